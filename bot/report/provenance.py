"""Where a change was made: in a file of the structure itself, in a patch of the profile, or in its selection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.compat.changes import Change
from bot.compat.differing import differences
from bot.report.package_places import place_of
from bot.standard.model import Entity, Kind, Profile, Standard
from bot.standard.pointers import PointsNowhere, pointer, resolve
from bot.standard.snapshot import STANDARD
from bot.standard.values import JSON, same

Steps = tuple[str, ...]

VIEW = "_view"
"""Ends the name under which a view is judged as an entity of its own."""

HIDDEN = frozenset({"aliases", "profiles", "settled"})
"""Keywords of the extended structure about itself. What they change shows in the profiles."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in a file. `line` is 0 where it is not known."""

    file: str
    pointer: str
    line: int


class Provenance:
    """Finds the origins of the changes from one version of a standard to another."""

    def __init__(self, base: Standard, head: Standard) -> None:
        """Works out what changed in the files of entities when first asked."""
        self._base, self._head = base, head

    @cached_property
    def own_changes(self) -> dict[str, Change]:
        """The changes to the entities' own files, by id."""
        return {change.id: change for change in self._all_changes if change.keyword not in HIDDEN}

    @cached_property
    def hidden_changes(self) -> list[Change]:
        """The changes to what the extended structure says about itself."""
        return [change for change in self._all_changes if change.keyword in HIDDEN]

    @cached_property
    def _all_changes(self) -> list[Change]:
        lost = self._base.unreadable | self._head.unreadable
        base, head = (
            {name: entity.schema for name, entity in side.entities.items() if entity.file not in lost}
            for side in (self._base, self._head)
        )
        return [change for name in {**base, **head} for change in differences(name, base.get(name), head.get(name))]

    def of(self, change: Change, base: Profile | None, head: Profile | None) -> Origin:
        """The origin of a change to a profile."""
        if not change.entity:
            return self.at((head or base or Profile("", "")).file, change.place)
        if self._head.kind is Kind.TABULAR or self._base.kind is Kind.TABULAR:
            return self._in_package(change)
        if self._changed_itself(change):
            return self._in_entity(change)
        if self._is_view(change.entity):
            return self._in_views(change)
        return self._in_patches(change, base, head) or self._in_selection(change, base, head)

    def own(self, change: Change) -> Origin:
        """The origin of a change to an entity's own file."""
        return self._in_entity(change)

    def at(self, file: str, steps: Steps) -> Origin:
        """A place in a file of head, or of base where head does not have the file."""
        side = self._head if file in self._head.readings else self._base
        return Origin(file, pointer(steps), side.line(file, steps))

    def _is_view(self, name: str) -> bool:
        return name.endswith(VIEW) and name not in self._base.entities and name not in self._head.entities

    def _in_views(self, change: Change) -> Origin:
        """A change to what a view adds: at the link, or at the view that had it."""
        steps: Steps = ("views",)
        for at, view in enumerate(self._head.views):
            if view.entity == change.entity.removesuffix(VIEW):
                links = [link.property for link in view.links]
                found = [str(links.index(name)) for name in change.steps[1:2] if name in links]
                steps = ("views", str(at), *(("links", *found) if links else ()))
        return self.at(STANDARD, steps)

    def _changed_itself(self, change: Change) -> bool:
        return change.id in self.own_changes

    def _in_entity(self, change: Change) -> Origin:
        entity = self._head.entities.get(change.entity) or self._base.entities.get(change.entity)
        file = entity.file if isinstance(entity, Entity) else ""
        return self.at(file, change.place)

    def _in_patches(self, change: Change, base: Profile | None, head: Profile | None) -> Origin | None:
        ours = base.patches.get(change.entity) if base else None
        theirs = head.patches.get(change.entity) if head else None
        patch = theirs or ours
        if patch is None or (ours is not None and theirs is not None and same(ours.value, theirs.value)):
            return None
        return self.at(patch.file, _there(patch.value, change.place))

    def _in_selection(self, change: Change, base: Profile | None, head: Profile | None) -> Origin:
        steps = (*change.steps[:2], "profiles")
        before, after = (_member(each, change.entity, steps) for each in (self._base, self._head))
        if change.steps[:1] == ("properties",) and not same(before, after):
            return self.at(
                self._head.entities[change.entity].file, _there(self._head.entities[change.entity].schema, steps)
            )
        profile = head or base
        if profile is None or not profile.selects or _selection(base) == _selection(head):
            return self._in_entity(change)
        return self.at(profile.file, ("select",))

    def _in_package(self, change: Change) -> Origin:
        for side in (self._head, self._base):
            if side.package is not None:
                steps = place_of(side.package, change)
                if steps is not None:
                    file, steps = side.profiles[0].file, _there(side.package.descriptor(), steps)
                    return Origin(file, pointer(steps), side.line(file, steps))
        return Origin("", "", 0)


def _selection(profile: Profile | None) -> tuple[frozenset[str], frozenset[str]] | None:
    return (profile.added, profile.removed) if profile is not None else None


def _member(standard: Standard, entity: str, steps: Steps) -> JSON:
    try:
        return resolve(standard.entities[entity].schema, steps)
    except (PointsNowhere, KeyError):
        return None


def _there(value: JSON, steps: Steps) -> Steps:
    """As much of the steps as leads to something that is there."""
    for length in range(len(steps), 0, -1):
        try:
            resolve(value, steps[:length])
        except PointsNowhere:
            continue
        return steps[:length]
    return ()


def metadata_of(standard: Standard) -> Mapping[str, JSON]:
    """What a standard says of itself."""
    if standard.package is not None:
        return standard.package.metadata
    described = {
        "title": standard.title,
        "version": standard.version,
        "state": standard.state,
        "base_uri": standard.base_uri,
    }
    return {**described, **standard.metadata}
