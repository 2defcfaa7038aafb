"""One change made to the base version of an entity, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.compat.changes import ABSENT, LISTED, REORDERED, REWRITTEN, Absent, Change, Steps
from bot.standard.values import JSON, same

Edit: TypeAlias = Callable[[JSON], JSON]


def applied(change: Change, schema: Mapping[str, JSON]) -> dict[str, JSON]:
    """The base version of an entity's schema with this one change made to it."""
    if change.rule == REWRITTEN:
        return dict(schema)
    if change.rule == REORDERED and isinstance(change.head, list):
        order = change.head
        return dict(edited(schema, change.place, lambda value: _ordered(value, order)))
    if change.is_per_name:
        return dict(edited(schema, change.place, lambda names: _with_name(names, change)))
    if change.rule in LISTED:
        return dict(edited(schema, change.place, lambda values: _with_values(values, change)))
    return dict(edited(schema, change.place, lambda _: change.head))


def _ordered(value: JSON, order: list[JSON]) -> JSON:
    """A list in this order; of a map the names that stand in it, those of others after them."""
    if not isinstance(value, Mapping):
        return order
    first = {name: value[name] for name in order if name in value}
    return {**first, **value}


def _with_name(names: JSON | Absent, change: Change) -> JSON | Absent:
    kept = [name for name in _list(names) if name != change.steps[-1]]
    return kept if change.head is ABSENT else [*kept, change.steps[-1]]


def _with_values(values: JSON | Absent, change: Change) -> JSON | Absent:
    lost = _list(change.base)
    kept = [value for value in _list(values) if not any(same(value, other) for other in lost)]
    return kept + _list(change.head)


def edited(value: JSON, path: Steps, edit: Edit) -> JSON:
    """A copy of a JSON value with the part at the path edited; ABSENT in is nothing there, ABSENT out removes it."""
    if not path:
        return edit(value)
    first, *rest = path
    if isinstance(value, list):
        return [edited(each, tuple(rest), edit) if str(at) == first else each for at, each in enumerate(value)]
    members = dict(value) if isinstance(value, Mapping) else {}
    part = members.get(first, {} if rest else ABSENT)
    made = edited(part, tuple(rest), edit)
    if made is ABSENT:
        members.pop(first, None)
    else:
        members[first] = made
    return members


def _list(side: JSON | Absent) -> list[JSON]:
    return list(side) if isinstance(side, list) else []
