"""From a pair of profiles to what the report says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.compat.bump import Bump, highest
from bot.compat.changes import ABSENT, Change
from bot.compat.engine import Engine
from bot.compat.judging import Judgement, ProfileJudge
from bot.compat.verdicts import COMPATIBLE, Verdicts, unknown, worst
from bot.report.model import Outcome, ProfileReport, ReportedChange, outcome_of
from bot.report.pairing import ProfilePair
from bot.report.provenance import Provenance, metadata_of
from bot.standard.model import Profile, Standard
from bot.standard.reach import places
from bot.standard.values import JSON, same

UNCHANGED = Verdicts(COMPATIBLE, COMPATIBLE, COMPATIBLE, COMPATIBLE)


@dataclass(frozen=True, slots=True)
class ProfileReporter:
    """Judges pairs of profiles with one engine."""

    engine: Engine
    provenance: Provenance

    def report(self, pair: ProfilePair) -> ProfileReport:
        """What is said of a profile."""
        judgement = ProfileJudge(self.engine, *pair.versions(), pair.tabulate).judge()
        described = tuple(self._described(pair))
        changes = tuple(self._changes(pair, judgement))
        outcome, bump = outcome_of(judgement.verdicts.publishers.answer), judgement.bump
        verdicts = judgement.verdicts
        if pair.unsound:
            verdicts = _at_least_unknown(verdicts, pair)
            outcome, bump = outcome_of(verdicts.publishers.answer), Bump.MAJOR
        if pair.base_standard.unreadable:
            # Nobody can say what base allowed, so nobody can say that head allows it still.
            outcome, bump = max(outcome, Outcome.UNKNOWN, key=lambda each: each.rank), Bump.MAJOR
        if pair.head_standard.unreadable:
            outcome = Outcome.INVALID
        combined = {
            name: Verdicts(COMPATIBLE, COMPATIBLE, verdict, COMPATIBLE) for name, verdict in judgement.combined.items()
        }
        return ProfileReport(
            pair.profile.id,
            pair.profile.title,
            outcome,
            highest([bump, *(each.bump for each in (*described, *changes))]),
            verdicts,
            (*described, *changes),
            combined,
            countries=(pair.base or pair.profile).countries,
        )

    def _changes(self, pair: ProfilePair, judgement: Judgement) -> Iterator[ReportedChange]:
        if pair.base is None or pair.head is None:
            yield self._came_or_went(pair, judgement)
            return
        reach = self._reach(pair)
        for each in judgement.changes:
            yield self._reported(pair, each.change, each.verdicts, each.bump, reach.get(each.change.entity, 0))

    def _reported(
        self, pair: ProfilePair, change: Change, verdicts: Verdicts, bump: Bump, reach: int
    ) -> ReportedChange:
        origin = self.provenance.of(change, pair.base, pair.head)
        return ReportedChange(change, origin.file, origin.pointer, origin.line, reach, verdicts, bump)

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

    def _described(self, pair: ProfilePair) -> Iterator[ReportedChange]:
        """What changed in what the standard and the profile say of themselves."""
        if pair.base is None or pair.head is None:
            return
        for change in (*_metadata(pair.base_standard, pair.head_standard), *_own_words(pair.base, pair.head)):
            yield self._reported(pair, change, UNCHANGED, Bump.PATCH, 0)


def _at_least_unknown(verdicts: Verdicts, pair: ProfilePair) -> Verdicts:
    """Nobody can say what a schema that is none allows; what breaks beside it breaks all the same."""
    name, (place, message) = next(iter(pair.unsound.items()))
    reason = unknown("", f"{name}.json{place}", f"the schema cannot be read as one: {message}")
    return Verdicts(
        worst([verdicts.strict_backward, reason]),
        worst([verdicts.strict_forward, reason]),
        worst([verdicts.publishers, reason]),
        worst([verdicts.consumers, reason]),
    )


def _metadata(base: Standard, head: Standard) -> Iterator[Change]:
    if base.kind is head.kind:
        yield from _differences(dict(metadata_of(base)), dict(metadata_of(head)))


def _own_words(base: Profile, head: Profile) -> Iterator[Change]:
    keys = ("title", "uri", "version", "countries", "maintainers", "page")
    if base.selects and head.selects:
        yield from _differences(*({key: _plain(getattr(side, key)) for key in keys} for side in (base, head)))


def _plain(value: JSON) -> JSON:
    return list(value) if isinstance(value, tuple) else value


def _differences(base: dict[str, JSON], head: dict[str, JSON]) -> Iterator[Change]:
    for key in sorted({*base, *head}):
        ours, theirs = base.get(key, ABSENT), head.get(key, ABSENT)
        if ours is ABSENT or theirs is ABSENT or not same(ours, theirs):
            yield Change("metadata-changed", "", (), key, ours, theirs)
