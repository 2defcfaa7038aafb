"""From a pair of profiles to what the report says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.compat.allowance import Allowance
from bot.compat.bump import Bump, highest
from bot.compat.changes import ABSENT, Change
from bot.compat.due import UNKNOWN, Now
from bot.compat.engine import Engine
from bot.compat.judging import Judgement, ProfileJudge
from bot.compat.verdicts import COMPATIBLE, Verdicts, unknown, worst_of
from bot.report.described import UNCHANGED, Described, described
from bot.report.fingerprints import of_change
from bot.report.model import Outcome, ProfileReport, ReportedChange, outcome_of
from bot.report.pairing import Doubt, ProfilePair
from bot.report.provenance import Provenance
from bot.standard.reach import places


@dataclass(frozen=True, slots=True)
class ProfileReporter:
    """Judges pairs of profiles with one engine. `now`: the version of head, and the day. `allowance`: what may
    be asked about single changes, in all of them."""

    engine: Engine
    provenance: Provenance
    now: Now = UNKNOWN
    allowance: Allowance = field(default_factory=Allowance)

    def report(self, pair: ProfilePair) -> ProfileReport:
        """What is said of a profile."""
        judgement = ProfileJudge(self.engine, *pair.versions(), pair.tabulate, self.now, self.allowance).judge()
        around = tuple(described(self.engine, pair))
        said = tuple(map(self._said, around))
        changes = tuple(self._changes(pair, judgement))
        verdicts = worst_of(judgement.verdicts, *(each.judged.verdicts for each in around))
        outcome, bump = outcome_of(verdicts.publishers.answer), judgement.bump
        if pair.doubts:
            # Of what nobody can say what it allowed, nobody can say that it allows it still.
            verdicts = _at_least_unknown(verdicts, pair.doubts[0])
            outcome, bump = outcome_of(verdicts.publishers.answer), Bump.MAJOR
        if pair.head_standard.unreadable:
            outcome = Outcome.INVALID
        combined = {
            name: Verdicts(COMPATIBLE, COMPATIBLE, verdict, COMPATIBLE) for name, verdict in judgement.combined.items()
        }
        return ProfileReport(
            pair.profile.id,
            pair.profile.title,
            outcome,
            highest([bump, *(each.bump for each in (*said, *changes))]),
            verdicts,
            (*said, *changes),
            combined,
            countries=(pair.base or pair.profile).countries,
        )

    def _changes(self, pair: ProfilePair, judgement: Judgement) -> Iterator[ReportedChange]:
        if pair.base is None or pair.head is None:
            yield self._came_or_went(pair, judgement)
            return
        reach = self._reach(pair)
        for each in judgement.changes:
            reported = self._reported(pair, each.change, each.verdicts, each.bump, reach.get(each.change.entity, 0))
            yield replace(reported, notes=each.notes)
        for change, doubt in pair.unjudged:
            verdicts = _at_least_unknown(UNCHANGED, doubt)
            yield self._reported(pair, change, verdicts, Bump.MAJOR, reach.get(change.entity, 0))

    def _reported(
        self, pair: ProfilePair, change: Change, verdicts: Verdicts, bump: Bump, reach: int
    ) -> ReportedChange:
        origin = self.provenance.of(change, pair.base, pair.head)
        known = of_change(change, *pair.schemas(change.entity))
        where = origin.file, origin.pointer, origin.line, reach
        return ReportedChange(change, *where, verdicts, bump, fingerprint=known)

    def _said(self, made: Described) -> ReportedChange:
        origin, judged = self.provenance.at(made.file, made.steps), made.judged
        return ReportedChange(judged.change, origin.file, origin.pointer, origin.line, 0, judged.verdicts, judged.bump)

    def _reach(self, pair: ProfilePair) -> dict[str, int]:
        counted: dict[str, int] = {}
        for standard, structure in zip((pair.base_standard, pair.head_standard), pair.structures, strict=True):
            if structure is not None:
                counted |= places(structure.entities, standard.views)
        return counted

    def _came_or_went(self, pair: ProfilePair, judgement: Judgement) -> ReportedChange:
        """A whole profile added or removed is one change."""
        rule = "profile-added" if pair.base is None else "profile-removed"
        sides = (ABSENT, pair.profile.id) if pair.base is None else (pair.profile.id, ABSENT)
        bump = Bump.MINOR if pair.base is None else Bump.MAJOR
        return self._reported(pair, Change(rule, "", (), "", *sides), judgement.verdicts, bump, 0)


def _at_least_unknown(verdicts: Verdicts, doubt: Doubt) -> Verdicts:
    """Nobody can say what a file or a schema that is none allows; what breaks beside it breaks all the same."""
    # The place is part of the reason: a report that is read back has that alone.
    reason = unknown("", "", f"{doubt.file}{doubt.place}: {doubt.reason}")
    return worst_of(verdicts, Verdicts(reason, reason, reason, reason))
