"""Facts: what differs between two versions of an entity, one change per place and keyword. No opinion here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from bot.standard.keywords import (
    DEFINITIONS,
    LIST_OF_SCHEMAS,
    MAP_OF_SCHEMAS,
    ONE_SCHEMA,
)
from bot.standard.values import JSON, same

Steps: TypeAlias = tuple[str, ...]


class Absent(Enum):
    """Stands where a side says nothing (null is something)."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `steps` lead, in the entity's schema, to what changed; `keyword` is the keyword there,
    or the one whose list gained or lost `base` or `head`; `entity` alone where it was added or removed."""

    rule: str
    entity: str
    steps: Steps
    keyword: str
    base: JSON | Absent
    head: JSON | Absent

    @property
    def id(self) -> str:
        """Recognises the change again in another run: rule, place and what is gained or lost, not the file."""
        gained = [None if each is ABSENT else each for each in (self.base, self.head)]
        listed = gained if self.rule in LISTED else []
        text = json.dumps([self.rule, self.entity, self.steps, self.keyword, listed], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def is_per_name(self) -> bool:
        """Whether a list of names gained or lost one (a column of a table says for itself that it is required)."""
        return self.keyword in PER_NAME and self.steps[-1:] != ("constraints",)

    @property
    def place(self) -> Steps:
        """The steps to what changed, in the file of the entity."""
        if self.is_per_name:
            return (*self.steps[:-2], self.keyword)  # the list stands beside `properties`
        if self.rule in LISTED:
            return (*self.steps, LISTED[self.rule])
        whole = self.rule == "schema-changed" or self.keyword in MAP_OF_SCHEMAS | DEFINITIONS or not self.keyword
        return self.steps if whole else (*self.steps, self.keyword)

    @property
    def term(self) -> str:
        """What people call it: `service.url`, or `service` for the entity."""
        names = [
            name for keyword, name in zip(self.steps[::2], self.steps[1::2], strict=False) if keyword == "properties"
        ]
        return ".".join([self.entity, *names])


LISTED = {
    "enum-value-added": "enum",
    "enum-value-removed": "enum",
    "key-added": "foreignKeys",
    "key-removed": "foreignKeys",
}
"""Rules about the values that a list gained or lost, and the keyword of the list."""

PER_NAME = {"required": "required", "tabular_required": "tabular-required"}
"""Keywords that list names: each name gained or lost is a change of its own, at the property it names."""

ANNOTATIONS = frozenset(
    {
        "$comment",
        "aliases",
        "core",
        "datapackage_metadata",
        "default",
        "deprecated",
        "description",
        "example",
        "examples",
        "name",
        "order",
        "path",
        "profiles",
        "readOnly",
        "settled",
        "source",
        "title",
        "writeOnly",
    }
)
"""Keywords that describe; documents do not depend on them."""


def diff(entity: str, base: Mapping[str, JSON], head: Mapping[str, JSON]) -> list[Change]:
    """The changes from one version of an entity's schema to another, in the order of their places."""
    return sorted(_Diff(entity).schema(base, head, ()), key=lambda change: (change.steps, change.keyword, change.rule))


def added(entity: str, schema: JSON) -> Change:
    """An entity that only head has."""
    return Change("entity-added", entity, (), "", ABSENT, schema)


def removed(entity: str, schema: JSON) -> Change:
    """An entity that only base has."""
    return Change("entity-removed", entity, (), "", schema, ABSENT)


class _Diff:
    def __init__(self, entity: str) -> None:
        self._entity = entity

    def _change(self, rule: str, steps: Steps, keyword: str, base: JSON | Absent, head: JSON | Absent) -> Change:
        return Change(rule, self._entity, steps, keyword, base, head)

    def schema(self, base: JSON, head: JSON, steps: Steps) -> Iterator[Change]:
        if not isinstance(base, Mapping) or not isinstance(head, Mapping):
            if not same(base, head):
                yield self._change("schema-changed", steps, "", base, head)
            return
        for keyword in sorted({*base, *head}):
            ours, theirs = base.get(keyword, ABSENT), head.get(keyword, ABSENT)
            if ours is ABSENT or theirs is ABSENT or not same(ours, theirs):
                yield from self._keyword(keyword, ours, theirs, steps)

    def _keyword(self, keyword: str, base: JSON | Absent, head: JSON | Absent, steps: Steps) -> Iterator[Change]:
        if keyword in PER_NAME and _are_lists(base, head):
            yield from self._names(keyword, _list(base), _list(head), steps)
        elif keyword in MAP_OF_SCHEMAS | DEFINITIONS and _are_maps(base, head):
            yield from self._map(keyword, _map(base), _map(head), steps)
        elif keyword == "constraints" and _are_maps(base, head):
            yield from self._constraints(_map(base), _map(head), steps)
        elif keyword in ONE_SCHEMA and isinstance(base, Mapping) and isinstance(head, Mapping):
            yield from self.schema(base, head, (*steps, keyword))
        elif (
            keyword in LIST_OF_SCHEMAS and isinstance(base, list) and isinstance(head, list) and len(base) == len(head)
        ):
            for at, (ours, theirs) in enumerate(zip(base, head, strict=True)):
                yield from self.schema(ours, theirs, (*steps, keyword, str(at)))
        elif keyword == "enum" and isinstance(base, list) and isinstance(head, list):
            yield from self._values("enum-value", keyword, base, head, steps)
        elif keyword == "foreignKeys" and _are_lists(base, head):
            yield from self._values("key", keyword, _list(base), _list(head), steps)
        else:
            yield self._change(_rule(keyword, base, head), steps, keyword, base, head)

    def _names(self, keyword: str, base: list[JSON], head: list[JSON], steps: Steps) -> Iterator[Change]:
        for name in sorted({str(each) for each in (*base, *head)}):
            if (name in base) != (name in head):
                rule = f"{PER_NAME[keyword]}-{'added' if name in head else 'removed'}"
                gained = (ABSENT, name) if name in head else (name, ABSENT)
                yield self._change(rule, (*steps, "properties", name), keyword, *gained)

    def _map(self, keyword: str, base: Mapping[str, JSON], head: Mapping[str, JSON], steps: Steps) -> Iterator[Change]:
        what = "term" if keyword == "properties" else "pattern-term" if keyword == "patternProperties" else "schema"
        for name in sorted({*base, *head}):
            place = (*steps, keyword, name)
            if name not in base:
                yield self._change(f"{what}-added", place, keyword, ABSENT, head[name])
            elif name not in head:
                yield self._change(f"{what}-removed", place, keyword, base[name], ABSENT)
            else:
                yield from self.schema(base[name], head[name], place)

    def _constraints(self, base: Mapping[str, JSON], head: Mapping[str, JSON], steps: Steps) -> Iterator[Change]:
        """Constraints of a table's column. One that is left out is false; an enum is a list of values."""
        for name in sorted({*base, *head}):
            ours, theirs = base.get(name, ABSENT), head.get(name, ABSENT)
            if name in ("required", "unique"):
                before, after = ours is True, theirs is True
                if before != after:
                    rule = f"{'tabular-required' if name == 'required' else name}-{'added' if after else 'removed'}"
                    yield self._change(rule, (*steps, "constraints"), name, ours, theirs)
            elif ours is ABSENT or theirs is ABSENT or not same(ours, theirs):
                if name == "enum" and isinstance(ours, list) and isinstance(theirs, list):
                    yield from self._values("enum-value", name, ours, theirs, (*steps, "constraints"))
                else:
                    yield self._change(_rule(name, ours, theirs), (*steps, "constraints"), name, ours, theirs)

    def _values(self, what: str, keyword: str, base: list[JSON], head: list[JSON], steps: Steps) -> Iterator[Change]:
        lost = [value for value in base if not any(same(value, other) for other in head)]
        gained = [value for value in head if not any(same(value, other) for other in base)]
        if lost:
            yield self._change(f"{what}-removed", steps, keyword, lost, ABSENT)
        if gained:
            yield self._change(f"{what}-added", steps, keyword, ABSENT, gained)
        if not lost and not gained:
            yield self._change("order-changed", steps, keyword, base, head)


_NAMED = {
    "$ref": "reference",
    "datapackage_type": "column-type",
    "datapackage_format": "column-format",
    "foreign_key": "key",
    "primaryKey": "primary-key",
}


def _rule(keyword: str, base: JSON | Absent, head: JSON | Absent) -> str:
    subject = _NAMED.get(keyword, _kebab(keyword))
    return f"{subject}-{'added' if base is ABSENT else 'removed' if head is ABSENT else 'changed'}"


def _kebab(keyword: str) -> str:
    return "".join("-" + each.lower() if each.isupper() else each for each in keyword).replace("_", "-").strip("-$")


def _are_lists(*sides: JSON | Absent) -> bool:
    return all(side is ABSENT or isinstance(side, list) for side in sides)


def _are_maps(*sides: JSON | Absent) -> bool:
    return all(side is ABSENT or isinstance(side, Mapping) for side in sides)


def _list(side: JSON | Absent) -> list[JSON]:
    return [] if side is ABSENT else list(side)


def _map(side: JSON | Absent) -> Mapping[str, JSON]:
    return {} if side is ABSENT else side


# One change alone.

Edit: TypeAlias = Callable[[JSON], JSON]


def applied(change: Change, schema: Mapping[str, JSON]) -> dict[str, JSON]:
    """The base version of an entity's schema with this one change made to it."""
    if change.is_per_name:
        return dict(_edited(schema, change.place, lambda names: _with_name(names, change)))
    if change.rule in LISTED:
        return dict(_edited(schema, change.place, lambda values: _with_values(values, change)))
    return dict(_edited(schema, change.place, lambda _: change.head))


def _with_name(names: JSON | Absent, change: Change) -> JSON | Absent:
    kept = [name for name in _list(names) if name != change.steps[-1]]
    return kept if change.head is ABSENT else [*kept, change.steps[-1]]


def _with_values(values: JSON | Absent, change: Change) -> JSON | Absent:
    lost = _list(change.base)
    kept = [value for value in _list(values) if not any(same(value, other) for other in lost)]
    return kept + _list(change.head)


def _edited(value: JSON, path: Steps, edit: Edit) -> JSON:
    """A copy of a JSON value with the part at the path edited; ABSENT in is nothing there, ABSENT out removes it."""
    if not path:
        return edit(value)
    first, *rest = path
    if isinstance(value, list):
        return [_edited(each, tuple(rest), edit) if str(at) == first else each for at, each in enumerate(value)]
    members = dict(value) if isinstance(value, Mapping) else {}
    part = members.get(first, {} if rest else ABSENT)
    edited = _edited(part, tuple(rest), edit)
    if edited is ABSENT:
        members.pop(first, None)
    else:
        members[first] = edited
    return members
