"""For each change that breaks, the smallest edit of head's files with which it does not, as the engine says."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.compat.changes import Change
from bot.compat.engine import Engine
from bot.compat.notes import About
from bot.compat.repair.edits import Edit, edited
from bot.compat.repair.texts import edited_text
from bot.compat.repair.ways import Place, Way, ways
from bot.compat.verdicts import Answer
from bot.report.drafting import Draft, Made
from bot.report.keeping import keeps_valid
from bot.report.model import ProfileReport, Repair, ReportedChange
from bot.report.pairing import ProfilePair
from bot.report.repair_words import MOST, profile_words, words
from bot.report.restoring import restored
from bot.report.table_places import place_in_tables
from bot.standard.model import Standard
from bot.standard.pointers import PointsNowhere, steps
from bot.standard.reading import Reading
from bot.standard.snapshot import PROFILE
from bot.standard.values import same

_LOG = logging.getLogger(__name__)

Key = tuple[str, str, str]
"""A change, and the place in a file that made it: profiles that share it have the same."""
Found = Sequence[tuple[ProfilePair, ReportedChange]]
"""One change, in each profile that has it."""


@dataclass(slots=True)
class Repairer:
    """Repairs the changes of profiles; one that several profiles share is repaired once, for all of them. Each repair
    is made on what those before it left, so that all of them go together."""

    engine: Engine
    base: Standard
    head: Standard
    pairs: Sequence[ProfilePair]
    _done: list[tuple[Key, ReportedChange]] = field(default_factory=list)

    def repaired(self, reports: Sequence[ProfileReport]) -> list[ProfileReport]:
        """The reports with the repairs of their changes. What a person has to look at has none: what nobody can
        judge, nobody can say to be repaired."""
        broken: dict[Key, list[tuple[ProfilePair, ReportedChange]]] = {}
        for pair, report in zip(self.pairs, reports, strict=True):
            for each in filter(_breaks, report.changes):
                broken.setdefault(_key(each), []).append((pair, self._located(each)))
        draft = Draft(self.head, self.head)
        for key, found in list(broken.items())[:MOST]:
            draft = self._guarded(draft, key, found)
        known = draft.repairs()
        return [
            replace(report, changes=tuple(_repaired(each, known.get(_key(each))) for each in report.changes))
            for report in reports
        ]

    def _located(self, reported: ReportedChange) -> ReportedChange:
        # A column that is gone from a data package is nowhere in its file.
        lost = not reported.file and self.head.package is not None
        return replace(reported, file=self.head.profiles[0].file) if lost else reported

    def _guarded(self, draft: Draft, key: Key, found: Found) -> Draft:
        """A repair is an offer: what nobody foresaw about one costs that one, and never the report."""
        try:
            return self._with(draft, key, found)
        except Exception as problem:  # noqa: BLE001 - whatever the cause, there is no such repair
            _LOG.error("no repair of %s at %s: %s", found[0][1].change.rule, key[1] + key[2], type(problem).__name__)
            return draft

    def _with(self, draft: Draft, key: Key, found: Found) -> Draft:
        """The draft with the first way that keeps data valid; as it was where none does."""
        reported = found[0][1]
        earlier = next((done for done, other in reversed(self._done) if _is_near(other, reported)), None)
        if earlier is not None and self._holds(draft, found):
            said = profile_words(reported.change) if reported.file.endswith(PROFILE) else ""
            return draft.with_shared(key, earlier, said)
        for made in self._ways(draft, found):
            drafted = draft.with_repair(key, made)
            if drafted is not None and self._holds(drafted, found):
                self._done.append((key, reported))
                return drafted
        return draft

    def _holds(self, draft: Draft, found: Found) -> bool:
        return all(keeps_valid(self.engine, pair, draft.head, each.change) for pair, each in found)

    def _ways(self, draft: Draft, found: Found) -> Iterator[Made]:
        pair, reported = found[0]
        back = restored(reported, self.base, draft.head)
        if back is not None:
            yield from back
            return
        place = self._place(draft.head, reported, pair)
        if place is None:
            return
        renamed = next((each.term for each in reported.notes if each.about is About.RENAMED_TO), "")
        for way, edit in ways(reported.change, replace(place, renamed=renamed.rpartition(".")[2])):
            made = _made(draft.head.readings[reported.file], reported.change, way, edit)
            if made is not None:
                yield made

    def _place(self, head: Standard, reported: ReportedChange, pair: ProfilePair) -> Place | None:
        """Where a change was made; None where head has no such file, or none that can be edited."""
        ours, theirs = (standard.readings.get(reported.file) for standard in (self.base, head))
        if theirs is None or not _is_editable(theirs) or (ours is not None and not _is_editable(ours)):
            return None
        if head.package is not None:
            # A base of another kind is compared as the tables that are made of it.
            own = self.base.package or pair.versions()[0].package
            before = ours.value if ours is not None and self.base.package is not None else own.descriptor()
            return place_in_tables(reported.change, own, head.package, before, theirs.value)
        before = ours.value if ours is not None else {}
        # A place in a patch, as far as it is there, is that of the entity's schema.
        chosen = reported.pointer.endswith("/profiles")
        there = steps(reported.pointer) if chosen else reported.change.place
        return Place(before, there, theirs.value, there)


def _made(reading: Reading, change: Change, way: Way, edit: Edit) -> Made | None:
    try:
        wanted, text = edited(reading.value, [edit]), edited_text(reading.text, [edit])
    except (PointsNowhere, KeyError):
        return None
    return Made(words(way, change, edit.value), reading.path, text) if same(json.loads(text), wanted) else None


def _repaired(reported: ReportedChange, repair: Repair | None) -> ReportedChange:
    return replace(reported, repair=repair) if repair is not None and _breaks(reported) else reported


def _breaks(reported: ReportedChange) -> bool:
    return reported.verdicts is not None and reported.verdicts.publishers.answer is Answer.BREAKING


def _is_near(one: ReportedChange, other: ReportedChange) -> bool:
    """Whether a repair of the one may mend the other as well: one of them is around the other, or lines of a profile
    that were put back say something of both."""
    if one.file != other.file or one.file.endswith(PROFILE):
        return one.file == other.file
    shared = min(len(one.change.steps), len(other.change.steps))
    within = one.change.steps[:shared] == other.change.steps[:shared]
    return within and one.change.entity == other.change.entity


def _key(reported: ReportedChange) -> Key:
    return reported.change.id, reported.file, reported.pointer


def _is_editable(reading: Reading) -> bool:
    return reading.readable and reading.marks is None and isinstance(reading.value, dict)
