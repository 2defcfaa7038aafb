"""The smallest part of a value that is itself what was looked for: schemas that refer to themselves hide it deep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.compat.containment.admits import Admission
from bot.compat.containment.nodes import Node
from bot.standard.values import JSON, exceeds

MOST_PARTS = 50
MOST_VALUES = 2_000


def smallest(admission: Admission, goal: Iterable[Node], value: JSON) -> JSON:
    """The smallest object or array inside a value, or else the value, that surely satisfies the goal. Where
    the value is very large it is left as it is."""
    if exceeds(value, MOST_VALUES):
        return value
    nodes = tuple(goal)
    sized = sorted(_parts(value), key=lambda each: each[0])[:MOST_PARTS]
    inside = (part for _, part in sized if part is not value)
    return next((part for part in inside if admission.surely(nodes, part)), value)


def _parts(value: JSON) -> Iterator[tuple[int, JSON]]:
    """Every object and array in a value with the number of values in it; the whole comes last."""
    if not isinstance(value, (dict, list)):
        return
    size = 1
    for each in value.values() if isinstance(value, dict) else value:
        inner = 1
        for count, part in _parts(each):
            inner = count
            yield count, part
        size += inner
    yield size, value
