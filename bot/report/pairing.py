"""Pairs the profiles of two versions of a standard, and gives each pair the form in which it is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.compat.judging import Schema, Version
from bot.generate.datapackage import package_of
from bot.report.soundness import fault_of
from bot.standard.model import Entity, Kind, Package, Profile, Standard, View
from bot.standard.profiles import Structure, apply_profile
from bot.standard.superset import select
from bot.standard.values import same

NO_PACKAGE = Package({}, ())


@dataclass(frozen=True)
class ProfilePair:
    """A profile in base and in head; None where a side does not have it."""

    base_standard: Standard
    head_standard: Standard
    base: Profile | None
    head: Profile | None

    @property
    def profile(self) -> Profile:
        """The profile as head has it, or base where it is gone."""
        profile = self.head or self.base
        return profile if profile is not None else Profile("", "")

    @cached_property
    def structures(self) -> tuple[Structure | None, Structure | None]:
        """The profile applied on each side; None where there is none, or tables alone."""
        return _structure(self.base_standard, self.base), _structure(self.head_standard, self.head)

    @cached_property
    def skipped(self) -> frozenset[str]:
        """Entities whose file could not be read on some side: nothing is said of them."""
        files = self.base_standard.unreadable | self.head_standard.unreadable
        return frozenset(file.rpartition("/")[2].removesuffix(".json") for file in files)

    @cached_property
    def unsound(self) -> dict[str, tuple[str, str]]:
        """Changed entities whose schema on some side is none, with the place and what is wrong there."""
        found = {}
        for name in self._names:
            sides = [each.entities[name].schema for each in self.structures if each and name in each.entities]
            faults = [fault for fault in map(fault_of, sides) if fault is not None]
            if faults and not (len(sides) == len(self.structures) and same(sides[0], sides[1])):
                found[name] = faults[-1]
        return found

    @cached_property
    def _names(self) -> list[str]:
        return sorted({name for each in self.structures if each is not None for name in each.entities})

    @cached_property
    def stand_ins(self) -> dict[str, Schema]:
        """What stands on both sides for a schema that is none, so that the others can be judged: the other side's
        version of it, or one that allows everything."""
        found: dict[str, Schema] = {}
        for name in self._names:
            sides = [each.entities[name].schema for each in self.structures if each and name in each.entities]
            sound = [side for side in sides if fault_of(side) is None]
            if len(sound) < len(sides):
                found[name] = sound[0] if sound else {"name": name, "type": "object", "properties": {}}
        return found

    def versions(self) -> tuple[Version, Version]:
        """Both sides as they are judged. Where views add other links than before, views are judged as well."""
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
    """The profiles of both sides, paired by id; a single one on each side is a pair whatever it is called."""
    # A profile whose file head cannot read is not one that head removed.
    ours, theirs = (
        {each.id: each for each in side.profiles if only in ("", each.id) and each.file not in head.unreadable}
        for side in (base, head)
    )
    if len(ours) == 1 and len(theirs) == 1:
        yield ProfilePair(base, head, next(iter(ours.values())), next(iter(theirs.values())))
        return
    for name in {**theirs, **ours}:
        yield ProfilePair(base, head, ours.get(name), theirs.get(name))


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
    return Version({}, standard.package if whole else select(standard.package, profile.id))


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
        yield f"{view.entity}_view", {"$ref": f"{view.entity}.json", "properties": links}
