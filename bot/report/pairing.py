"""Pairs the profiles of two versions of a standard, and gives each pair the form in which it is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from bot.compat.changes import Change
from bot.compat.differing import differences
from bot.compat.sides import Schema, Version
from bot.generate.datapackage import package_of
from bot.report.provenance import VIEW
from bot.standard.dialects import Draft, prevailing
from bot.standard.model import Entity, Kind, Package, Profile, Standard, View
from bot.standard.nowhere import leading_nowhere
from bot.standard.package_form import table_faults
from bot.standard.pointers import pointer
from bot.standard.problems import Severity
from bot.standard.profiles import Structure, apply_profile
from bot.standard.soundness import fault_of
from bot.standard.superset import select
from bot.standard.values import same

NO_PACKAGE = Package({}, ())


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something of which nobody can say what it allows: the file, the place in it, and why."""

    file: str
    place: str
    reason: str


@dataclass(frozen=True)
class ProfilePair:
    """A profile in base and in head; None where a side does not have it. `named`: the one that the pair is called
    after, where their ids differ."""

    base_standard: Standard
    head_standard: Standard
    base: Profile | None
    head: Profile | None
    named: Profile | None = None

    @property
    def profile(self) -> Profile:
        """The profile as head has it, or base where it is gone."""
        profile = self.named or self.head or self.base
        return profile if profile is not None else Profile("", "")

    @cached_property
    def structures(self) -> tuple[Structure | None, Structure | None]:
        """The profile applied on each side; None where there is none, or tables alone."""
        return _structure(self.base_standard, self.base), _structure(self.head_standard, self.head)

    @cached_property
    def skipped(self) -> frozenset[str]:
        """Entities, or tables, whose file could not be read on some side: nothing is said of them. Where tables are
        compared, those that are none are left out as well."""
        files = self.base_standard.unreadable | self.head_standard.unreadable
        lost = frozenset(file.rpartition("/")[2].removesuffix(".json") for file in files)
        return lost | self._faulty.keys() if self._in_tables else lost

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why nobody can say what the change does to the profile: what cannot be read on some side, and changed
        schemas that are none."""
        return (*_unread(self.head_standard, ""), *_unread(self.base_standard, "in base: "), *self._unsound.values())

    @cached_property
    def unjudged(self) -> tuple[tuple[Change, Doubt], ...]:
        """The changes to entities that are none on some side, of which each is as doubtful as the whole."""
        found: list[tuple[Change, Doubt]] = []
        for name, doubt in self._unsound.items() if not self._in_tables else ():
            base, head = (side.get(name) for side in self._parts)
            found += [(change, doubt) for change in differences(name, base, head)]
        return tuple(found)

    @cached_property
    def _unsound(self) -> dict[str, Doubt]:
        """Those of the faulty that are not the same on both sides."""
        sides = {name: [side.get(name) for side in self._parts] for name in self._faulty}
        return {
            name: doubts[-1] for name, doubts in self._faulty.items() if None in sides[name] or not same(*sides[name])
        }

    @property
    def is_unread(self) -> bool:
        """Whether a side is a data package that cannot be read: nothing is said of what it holds."""
        return _is_lost(self.base_standard) or _is_lost(self.head_standard)

    @cached_property
    def _in_tables(self) -> bool:
        return Kind.TABULAR in (self.base_standard.kind, self.head_standard.kind)

    def schemas(self, name: str) -> tuple[Schema | None, Schema | None]:
        """The schema of an entity, or its table, on each side; None where there is none."""
        base, head = self._parts
        return base.get(name), head.get(name)

    @cached_property
    def _parts(self) -> tuple[dict[str, Schema], dict[str, Schema]]:
        """The schemas of the entities, or the tables, of each side."""
        sides = zip((self.base_standard, self.head_standard), self.structures, strict=True)
        base, head = (_parts(standard, structure) for standard, structure in sides)
        return base, head

    @cached_property
    def _faulty(self) -> dict[str, list[Doubt]]:
        """Entities, or tables, that are none on some side, and why."""
        found: dict[str, list[Doubt]] = {}
        for standard, structure in zip((self.base_standard, self.head_standard), self.structures, strict=True):
            for name, doubt in _faults(standard, structure):
                found.setdefault(name, []).append(doubt)
        for name, doubt in self._lost:
            found.setdefault(name, []).append(doubt)
        return dict(sorted(found.items()))

    @property
    def _lost(self) -> Iterator[tuple[str, Doubt]]:
        """References that head lets lead nowhere. One that base had so already said nothing then, and may go."""
        if self.base is None or self.head is None or self._in_tables:
            return
        before = leading_nowhere(self.base_standard, self.base)
        for (name, reference), problem in leading_nowhere(self.head_standard, self.head).items():
            if (name, reference) not in before:
                yield name, Doubt(problem.file, problem.pointer, problem.message)

    @cached_property
    def stand_ins(self) -> dict[str, Schema]:
        """What stands on both sides for a schema that is none, so that the others can be judged: the other side's
        version of it, or one that allows everything."""
        found: dict[str, Schema] = {}
        for name in self._faulty:
            sound = [side[name] for side in self._parts if name in side and fault_of(side[name], _draft(side)) is None]
            found[name] = sound[0] if sound else {"name": name, "type": "object", "properties": {}}
        return {} if self._in_tables else found

    def versions(self) -> tuple[Version, Version]:
        """Both sides as they are judged. Where views add other links than before, views are judged as well."""
        return self._versions

    @cached_property
    def _versions(self) -> tuple[Version, Version]:
        if self.is_unread:
            return Version({}, NO_PACKAGE), Version({}, NO_PACKAGE)
        base, head = self.structures
        views = self.base_standard.views != self.head_standard.views
        return (
            _version(self.base_standard, self.base, self._standing_in(base), self.skipped, with_views=views),
            _version(self.head_standard, self.head, self._standing_in(head), self.skipped, with_views=views),
        )

    def _standing_in(self, structure: Structure | None) -> Structure | None:
        if structure is None or not self.stand_ins:
            return structure
        made = {name: Entity(name, f"schema/{name}.json", schema) for name, schema in self.stand_ins.items()}
        return Structure(structure.profile, {**structure.entities, **made})

    def tabulate(self, entities: Mapping[str, Schema]) -> Package:
        """The data package of entities of this profile."""
        files = {
            name: entity.file
            for structure in self.structures
            if structure
            for name, entity in structure.entities.items()
        }
        made = {name: Entity(name, files.get(name, f"schema/{name}.json"), schema) for name, schema in entities.items()}
        return package_of(Structure(self.profile, made), {})


def pair_profiles(base: Standard, head: Standard, only: str = "") -> Iterator[ProfilePair]:
    """The profiles of both sides, paired by id; a single one on each side is a pair whatever it is called. Where
    the structures differ, and all ids with them, a single one is paired with each of the other side's."""
    ours, theirs = ({each.id: each for each in side.profiles} for side in (base, head))
    # A profile whose file one side cannot read has not come or gone: the other side's stands for it.
    ours |= {name: each for name, each in theirs.items() if name not in ours and each.file in base.unreadable}
    theirs |= {name: each for name, each in ours.items() if name not in theirs and each.file in head.unreadable}
    # Which profiles a data package had that cannot be read, nobody knows: those of the other side stand for them.
    ours, theirs = (theirs if _is_lost(base) else ours), (ours if _is_lost(head) else theirs)
    if not ours.keys() & theirs.keys() and _are_wholes(base, head, len(ours), len(theirs)):
        pairs: list[tuple[Profile | None, Profile | None]] = list(product(ours.values(), theirs.values()))
    else:
        pairs = [(ours.get(name), theirs.get(name)) for name in {**theirs, **ours}]
    several = len(ours) > len(theirs)
    for one, other in pairs:
        named = one if several and one is not None else other or one
        if named is not None and only in ("", named.id):
            yield ProfilePair(base, head, one, other, named)


def _is_lost(standard: Standard) -> bool:
    return standard.package is not None and bool(standard.unreadable)


def _are_wholes(base: Standard, head: Standard, ours: int, theirs: int) -> bool:
    """Whether the only profile of one side stands for the whole of it."""
    other_structure = base.kind is not head.kind or Kind.TABULAR in (base.kind, head.kind)
    return ours == theirs == 1 or (other_structure and min(ours, theirs) == 1)


def _structure(standard: Standard, profile: Profile | None) -> Structure | None:
    if profile is None or standard.kind in (Kind.TABULAR, Kind.NOTHING):
        return None
    return apply_profile(standard, profile)


def _version(
    standard: Standard,
    profile: Profile | None,
    structure: Structure | None,
    skipped: frozenset[str],
    *,
    with_views: bool,
) -> Version:
    if structure is not None:
        kept = {name: entity for name, entity in structure.entities.items() if name not in skipped}
        entities: dict[str, Schema] = {name: entity.schema for name, entity in kept.items()}
        package = package_of(Structure(structure.profile, kept), {})
        if with_views:
            entities |= dict(_view_schemas(standard.views, kept))
        return Version(entities, package)
    if profile is None or standard.package is None:
        return Version({}, NO_PACKAGE)
    whole = len(standard.profiles) == 1 and not profile.selects
    package = standard.package if whole else select(standard.package, profile.id)
    return Version({}, Package(package.metadata, tuple(each for each in package.tables if each["name"] not in skipped)))


def _unread(standard: Standard, said: str) -> Iterator[Doubt]:
    for problem in standard.problems:
        if problem.file in standard.unreadable and problem.severity is Severity.ERROR:
            yield Doubt(problem.file, problem.pointer, f"{said}{problem.message}")


def _parts(standard: Standard, structure: Structure | None) -> dict[str, Schema]:
    if structure is not None:
        return {name: entity.schema for name, entity in structure.entities.items()}
    return {str(table["name"]): table for table in standard.package.tables} if standard.package is not None else {}


def _faults(standard: Standard, structure: Structure | None) -> Iterator[tuple[str, Doubt]]:
    if structure is not None:
        draft = _draft(_parts(standard, structure))
        for name, entity in structure.entities.items():
            fault = fault_of(entity.schema, draft)
            if fault is not None:
                yield name, Doubt(entity.file, fault.pointer, fault.message)
    elif standard.package is not None:
        for at, table in enumerate(standard.package.tables):
            for wrong in table_faults(table):
                place = pointer(("resources", str(at), *wrong.steps))
                yield str(table["name"]), Doubt(standard.profiles[0].file, place, wrong.message)


def _draft(schemas: Mapping[str, Schema]) -> Draft:
    """In which schemas are read that do not name a draft themselves."""
    return prevailing(schemas.values())


def _view_schemas(views: tuple[View, ...], entities: Mapping[str, Entity]) -> Iterator[tuple[str, Schema]]:
    """Views as entities of their own: an entity and the properties that the view adds to it."""
    for view in views:
        if view.entity not in entities:
            continue
        links = {}
        for link in view.links:
            if link.entity in entities:
                one = {"$ref": f"{link.entity}.json"}
                links[link.property] = {"type": "array", "items": one} if link.many else one
        # Until draft 7 what stands beside a reference is ignored.
        yield f"{view.entity}{VIEW}", {"allOf": [{"$ref": f"{view.entity}.json"}], "properties": links}
