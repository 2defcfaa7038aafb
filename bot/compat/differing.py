"""What differs between two versions of an entity: diff first, judge second. No opinion here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.compat.changes import ABSENT, MOVED, PER_NAME, REORDERED, Absent, Change, Steps, added, removed
from bot.standard.inlining import inlined
from bot.standard.keywords import DEFINITIONS, LIST_OF_SCHEMAS, MAP_OF_SCHEMAS, ONE_SCHEMA
from bot.standard.values import JSON, lacking, same


def diff(entity: str, base: Mapping[str, JSON], head: Mapping[str, JSON], *, tables: bool = False) -> list[Change]:
    """The changes from one version of an entity's schema to another, in the order of their places. In `tables`
    every property is a column; elsewhere `constraints` make it one."""
    found = _Diff(entity, base, head, tables=tables).schema(base, head, ())
    return sorted(found, key=lambda change: (change.steps, change.keyword, change.rule))


def differences(
    entity: str, base: Mapping[str, JSON] | None, head: Mapping[str, JSON] | None, *, tables: bool = False
) -> list[Change]:
    """What became of an entity that one side may not have."""
    if base is None:
        return [added(entity, head)]
    return [removed(entity, base)] if head is None else diff(entity, base, head, tables=tables)


class _Diff:
    def __init__(self, entity: str, base: JSON, head: JSON, *, tables: bool) -> None:
        self._entity = entity
        self._roots = base, head
        self._tables = tables

    def _change(self, rule: str, steps: Steps, keyword: str, base: JSON | Absent, head: JSON | Absent) -> Change:
        return Change(rule, self._entity, steps, keyword, base, head)

    def schema(self, base: JSON, head: JSON, steps: Steps) -> Iterator[Change]:
        if not isinstance(base, Mapping) or not isinstance(head, Mapping):
            if not same(base, head):
                yield self._change("schema-changed", steps, "", base, head)
            return
        if self._is_moved(base, head):
            yield self._change(MOVED, steps, "", base, head)
            base, head = (inlined(root, side) for root, side in zip(self._roots, (base, head), strict=True))
        for keyword in sorted({*base, *head}):
            ours, theirs = base.get(keyword, ABSENT), head.get(keyword, ABSENT)
            if ours is ABSENT or theirs is ABSENT or not same(ours, theirs):
                yield from self._keyword(keyword, ours, theirs, steps)
        yield from self._order(base, head, steps)

    def _keyword(self, keyword: str, base: JSON | Absent, head: JSON | Absent, steps: Steps) -> Iterator[Change]:
        if keyword in PER_NAME and _are_names(base, head):
            yield from self._names(keyword, _list(base), _list(head), steps)
        elif keyword in MAP_OF_SCHEMAS | DEFINITIONS and _are_maps(base, head):
            yield from self._map(keyword, _map(base), _map(head), steps)
        elif keyword == "constraints" and _are_maps(base, head) and (self._tables or ABSENT not in (base, head)):
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
        if base != head and sorted(base) == sorted(head):
            yield self._change(REORDERED, steps, keyword, base, head)

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

    def _order(self, base: JSON, head: JSON, steps: Steps) -> Iterator[Change]:
        """The order of the terms that both sides have: the columns of tables and the forms for people follow it."""
        ours, theirs = (each if isinstance(each := side.get("properties"), Mapping) else {} for side in (base, head))
        before = [name for name in ours if name in theirs]
        after = [name for name in theirs if name in ours]
        if before != after:
            yield self._change(REORDERED, steps, "properties", before, after)

    def _is_moved(self, base: Mapping[str, JSON], head: Mapping[str, JSON]) -> bool:
        """Whether one side is a reference to a definition of what the other one says in place: at the place, or
        with changes to it, which are found there."""
        pairs = zip(self._roots, (base, head), strict=True)
        return ("$ref" in base) != ("$ref" in head) and any(inlined(root, side) is not side for root, side in pairs)

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
        lost, gained = lacking(base, head), lacking(head, base)
        if lost:
            yield self._change(f"{what}-removed", steps, keyword, lost, ABSENT)
        if gained:
            yield self._change(f"{what}-added", steps, keyword, ABSENT, gained)
        if not lost and not gained:
            yield self._change(REORDERED, steps, keyword, base, head)


LONGEST_SUBJECT = 60
_NAMED = {
    "$ref": "reference",
    "$schema": "dialect",
    "datapackage_type": "column-type",
    "datapackage_format": "column-format",
    "primaryKey": "primary-key",
    "profile": "table-profile",
}


def _rule(keyword: str, base: JSON | Absent, head: JSON | Absent) -> str:
    subject = _NAMED.get(keyword, _kebab(keyword))
    return f"{subject}-{'added' if base is ABSENT else 'removed' if head is ABSENT else 'changed'}"


def _kebab(keyword: str) -> str:
    """A keyword as ids are written; strangers call theirs what they like (`meta:enum`, `例`)."""
    spread = re.sub(r"([A-Z])", r"-\1", keyword).lower()
    return re.sub(r"[^a-z0-9]+", "-", spread)[:LONGEST_SUBJECT].strip("-") or "keyword"


def _are_names(*sides: JSON | Absent) -> bool:
    return _are_lists(*sides) and all(isinstance(each, str) for side in sides for each in _list(side))


def _are_lists(*sides: JSON | Absent) -> bool:
    return all(side is ABSENT or isinstance(side, list) for side in sides)


def _are_maps(*sides: JSON | Absent) -> bool:
    return all(side is ABSENT or isinstance(side, Mapping) for side in sides)


def _list(side: JSON | Absent) -> list[JSON]:
    return [] if side is ABSENT else list(side)


def _map(side: JSON | Absent) -> Mapping[str, JSON]:
    return {} if side is ABSENT else side
