"""For each change that breaks, the smallest edit of head's files with which it does not, as the engine says."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.compat.applying import applied
from bot.compat.changes import ABSENT, Change
from bot.compat.differing import diff
from bot.compat.engine import Engine, Side
from bot.compat.judging import Schema, Version
from bot.compat.placed import placed
from bot.compat.repair.edits import Edit, behind, edited
from bot.compat.repair.texts import edited_text
from bot.compat.repair.ways import MARK, Place, Way, ways
from bot.compat.table_judge import TableJudge
from bot.compat.tables import as_entities, foreign_keys, pointer_of
from bot.compat.verdicts import Answer
from bot.report.model import ProfileReport, Repair, ReportedChange
from bot.report.pairing import ProfilePair
from bot.report.repair_words import words
from bot.report.rewriting import rewritten, whole
from bot.standard.documents import Documents
from bot.standard.model import Entity, Kind, Package, Profile, Standard
from bot.standard.pointers import PointsNowhere, pointer, resolve, steps
from bot.standard.reading import Reading
from bot.standard.values import JSON, same

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
        for way, edit in ways(reported.change, place):
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
        return whole(words(Way.DEPRECATED, reported.change), reported.file, entity.schema, text)

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
        said = words(way, reported.change)
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


def place_in_tables(change: Change, base: Package, head: Package, before: JSON, now: JSON) -> Place | None:
    """A place in the files of two data packages, whose tables and columns may stand in another order."""
    ours, theirs = (table_steps(package, change) for package in (base, head))
    if change.rule.startswith("key-"):
        return _key_place(change, head, now)
    if theirs is not None and change.rule == "term-added":
        return Place({}, theirs, now, theirs)
    if ours is None:
        return None
    if theirs is not None:
        return Place(before, ours, now, theirs)
    container = _container(base, head, change)
    return Place(before, ours, now, container, gone=True) if container is not None else None


def table_steps(package: Package, change: Change) -> tuple[str, ...] | None:
    """The steps to what changed; None where the package does not have the column or table."""
    found = pointer_of(package, change.entity, change.steps, "")
    if found is None or len(change.steps) < 2:
        return pointer_of(package, change.entity, change.steps, change.keyword)
    return (*found, *change.place[len(change.steps) :])


def _key_place(change: Change, head: Package, now: JSON) -> Place | None:
    """The foreign key that a column gained, among those of its table."""
    found = pointer_of(head, change.entity, (), "foreignKeys")
    if found is None or found[-1] != "foreignKeys" or len(change.steps) < 2 or change.head is ABSENT:
        return None
    gained = change.head if isinstance(change.head, list) else [change.head]
    for at, item in enumerate(resolve(now, found)):
        one = {"name": change.entity, "schema": {"foreignKeys": [item]}}
        if any(key.columns == (change.steps[1],) and key.text in gained for key in foreign_keys(one)):
            there = (*found, str(at))
            return Place({}, there, now, there)
    return None


def _container(base: Package, head: Package, change: Change) -> tuple[str, ...] | None:
    """Where a column or table that is gone would be: behind the nearest that stood before it."""
    tables, others = ([str(each["name"]) for each in package.tables] for package in (base, head))
    if change.entity not in others:
        return "resources", str(_next(change.entity, tables, others))
    ours = base.tables[tables.index(change.entity)]["schema"]["fields"]
    at = others.index(change.entity)
    theirs = head.tables[at]["schema"]["fields"]
    names = ([str(each["name"]) for each in fields] for fields in (ours, theirs))
    place = _next(change.steps[1], *names)
    return ("resources", str(at), "schema", "fields", str(place)) if len(change.steps) == 2 else None


def _next(name: str, ours: list[str], theirs: list[str]) -> int:
    last = behind(name, theirs, ours)
    return theirs.index(last) + 1 if last else 0


def with_file(standard: Standard, file: str, value: JSON) -> Standard:
    """The standard with another value in one of its files."""
    if standard.package is not None:
        around = {key: each for key, each in value.items() if key != "resources"}
        return replace(standard, package=Package(around, tuple(value["resources"])))
    entities = {
        name: Entity(name, file, value) if each.file == file else each for name, each in standard.entities.items()
    }
    return replace(
        standard, entities=entities, profiles=tuple(_patched(each, file, value) for each in standard.profiles)
    )


def _patched(profile: Profile, file: str, value: JSON) -> Profile:
    patches = {
        name: replace(each, value=value) if each.file == file else each for name, each in profile.patches.items()
    }
    return replace(profile, patches=patches)


# What the engine says.


def keeps_valid(engine: Engine, pair: ProfilePair, head: Standard, change: Change) -> bool:
    """Whether, with this head, what is left of a change breaks nothing that base allowed: base with that alone."""
    profile = next((each for each in head.profiles if pair.head is not None and each.id == pair.head.id), None)
    mended = ProfilePair(pair.base_standard, head, pair.base, profile, pair.named)
    base, version = mended.versions()
    if Kind.TABULAR in (pair.base_standard.kind, head.kind):
        tables = as_entities(base.package)
        left = _left(change, tables, as_entities(version.package), tables_alone=True)
        return left is not None and _tables_hold(engine, tables, left)
    entities = _left(change, base.entities, version.entities, tables_alone=False)
    if entities is None:
        return False
    others = as_entities(mended.tabulate(entities))
    return _entity_holds(engine, change.entity, base, entities, version) and _tables_hold(
        engine, as_entities(base.package), others
    )


def _left(
    change: Change, base: Mapping[str, Schema], head: Mapping[str, Schema], *, tables_alone: bool
) -> dict[str, Schema] | None:
    """Base with what the repaired head still changes at the place of a change; None where its entity is missing."""
    name = change.entity
    if name not in base or name not in head:
        return None
    schema = base[name]
    for each in diff(name, base[name], head[name], tables=tables_alone):
        if _is_about(each, change):
            schema = applied(each, schema)
    return {**base, name: schema}


def _is_about(other: Change, change: Change) -> bool:
    if not change.steps and not change.keyword:
        return True  # the entity itself was removed
    shared = min(len(other.steps), len(change.steps))
    return other.steps[:shared] == change.steps[:shared] and (shared > 0 or other.place == change.place)


def _entity_holds(engine: Engine, name: str, base: Version, entities: Mapping[str, Schema], head: Version) -> bool:
    # What is added may refer to entities that only head has.
    new = {each: schema for each, schema in head.entities.items() if each not in entities}
    sides = placed(base.entities), placed({**new, **entities})
    ours, theirs = (
        Side(Documents({f"{each}.json": it for each, it in side.items()}), f"{name}.json") for side in sides
    )
    return engine.pair(ours, theirs).publishers().answer is Answer.COMPATIBLE


def _tables_hold(engine: Engine, base: Mapping[str, Schema], head: Mapping[str, Schema]) -> bool:
    judge = TableJudge(engine, base, head)
    differing = [name for name in {**base, **head} if not same(base.get(name), head.get(name))]
    return all(judge.publishers(name).answer is Answer.COMPATIBLE for name in differing)
