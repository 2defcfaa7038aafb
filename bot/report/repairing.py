"""For each change that breaks, the smallest edit of head's files with which it does not, as the engine says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.compat.engine import Engine
from bot.compat.notes import About
from bot.compat.repair.edits import Edit, edited
from bot.compat.repair.texts import edited_text
from bot.compat.repair.ways import MARK, Place, Way, ways
from bot.compat.verdicts import Answer
from bot.report.keeping import keeps_valid, with_file
from bot.report.model import ProfileReport, Repair, ReportedChange
from bot.report.pairing import ProfilePair
from bot.report.repair_words import words
from bot.report.rewriting import rewritten, whole
from bot.report.table_places import place_in_tables
from bot.standard.model import Entity, Standard
from bot.standard.pointers import PointsNowhere, pointer, steps
from bot.standard.reading import Reading
from bot.standard.values import same

MOST = 60
"""Changes that are repaired: who breaks more did not mean to stay compatible."""


@dataclass(slots=True)
class Repairer:
    """Repairs the changes of profiles; one that several profiles share is repaired once, for all of them."""

    engine: Engine
    base: Standard
    head: Standard
    pairs: Sequence[ProfilePair]
    _known: dict[tuple[str, str, str], Repair | None] = field(default_factory=dict)

    def repaired(self, reports: Sequence[ProfileReport]) -> list[ProfileReport]:
        """The reports with the repairs of their changes."""
        broken: dict[tuple[str, str, str], list[tuple[ProfilePair, ReportedChange]]] = {}
        for pair, report in zip(self.pairs, reports, strict=True):
            for each in filter(_breaks, report.changes):
                broken.setdefault(_key(each), []).append((pair, each))
        for key, found in list(broken.items())[:MOST]:
            self._known[key] = self._repair(found)
        return [replace(report, changes=tuple(map(self._with, report.changes))) for report in reports]

    def _with(self, reported: ReportedChange) -> ReportedChange:
        repair = self._known.get(_key(reported)) if _breaks(reported) else None
        return reported if repair is None else replace(reported, repair=repair)

    def _repair(self, found: Sequence[tuple[ProfilePair, ReportedChange]]) -> Repair | None:
        pair, reported = found[0]
        # A column that is gone from a data package is nowhere in its file.
        if not reported.file and self.head.package is not None:
            reported = replace(reported, file=self.head.profiles[0].file)
        if reported.change.rule == "entity-removed" and reported.file not in self.head.readings:
            return self._given_back(found)
        place = self._place(reported, pair)
        if place is None:
            return None
        renamed = next((each.term for each in reported.notes if each.about is About.RENAMED_TO), "")
        for way, edit in ways(reported.change, replace(place, renamed=renamed.rpartition(".")[2])):
            made = self._made(reported, way, edit)
            if made is None:
                continue
            head = with_file(self.head, reported.file, json.loads(made.text))
            if all(keeps_valid(self.engine, pair, head, each.change) for pair, each in found):
                return made.repair
        return None

    def _given_back(self, found: Sequence[tuple[ProfilePair, ReportedChange]]) -> Repair | None:
        """The file of an entity that was removed, with a word that it is to go."""
        reported = found[0][1]
        reading, name = self.base.readings.get(reported.file), reported.change.entity
        if reading is None or not _is_editable(reading):
            return None
        edit = Edit((MARK,), True, "description" if "description" in reading.value else "name")
        text = edited_text(reading.text, [edit])
        entity = Entity(name, reported.file, json.loads(text))
        head = replace(self.head, entities={**self.head.entities, name: entity})
        if not all(keeps_valid(self.engine, pair, head, each.change) for pair, each in found):
            return None
        return whole(words(Way.DEPRECATED, reported.change, entity.schema), reported.file, entity.schema, text)

    def _place(self, reported: ReportedChange, pair: ProfilePair) -> Place | None:
        """Where a change was made; None where head has no such file, or none that can be edited."""
        ours, theirs = (standard.readings.get(reported.file) for standard in (self.base, self.head))
        if theirs is None or not _is_editable(theirs) or (ours is not None and not _is_editable(ours)):
            return None
        if self.head.package is not None:
            # A base of another kind is compared as the tables that are made of it.
            own = self.base.package or pair.versions()[0].package
            before = ours.value if ours is not None and self.base.package is not None else own.descriptor()
            return place_in_tables(reported.change, own, self.head.package, before, theirs.value)
        before = ours.value if ours is not None else {}
        # A place in a patch, as far as it is there, is that of the entity's schema.
        chosen = reported.pointer.endswith("/profiles")
        there = steps(reported.pointer) if chosen else reported.change.place
        return Place(before, there, theirs.value, there)

    def _made(self, reported: ReportedChange, way: Way, edit: Edit) -> Made | None:
        reading = self.head.readings[reported.file]
        try:
            wanted, text = edited(reading.value, [edit]), edited_text(reading.text, [edit])
        except (PointsNowhere, KeyError):
            return None
        if not same(json.loads(text), wanted):
            return None
        said = words(way, reported.change, edit.value)
        return Made(text, rewritten(said, reported.file, pointer(edit.steps), edit.value, reading.text, text))


@dataclass(frozen=True, slots=True)
class Made:
    """A repair, and the whole text of the file with it."""

    text: str
    repair: Repair


def _breaks(reported: ReportedChange) -> bool:
    return reported.verdicts is not None and reported.verdicts.publishers.answer is Answer.BREAKING


def _key(reported: ReportedChange) -> tuple[str, str, str]:
    return reported.change.id, reported.file, reported.pointer


def _is_editable(reading: Reading) -> bool:
    return reading.readable and reading.marks is None and isinstance(reading.value, dict)
