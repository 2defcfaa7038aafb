"""Makes a deep example shallower: what stands inside a value of its own kind takes that value's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from bot.standard.pointers import replaced
from bot.standard.values import JSON

Path: TypeAlias = tuple[str | int, ...]

DEEP = 6
"""Levels that a person follows; what is not deeper is left as it is."""
MOST_TRIES = 24
MOST_VALUES = 400


def hoisted(value: JSON, still_breaks: Callable[[JSON], bool]) -> JSON:
    """The value with the innermost of objects that stand in each other in the place of the outermost, as far as it
    is an example that breaks then."""
    places = list(_objects(value, ()))
    if max((len(path) for path, _ in places), default=0) <= DEEP or len(places) > MOST_VALUES:
        return value
    nested = [
        (outer, inner, part)
        for outer, _ in places
        for inner, part in places
        if outer and len(inner) > len(outer) and inner[: len(outer)] == outer
    ]
    nested.sort(key=lambda each: len(each[0]) - len(each[1]))
    candidates = (replaced(value, outer, part) for outer, _, part in nested[:MOST_TRIES])
    return next((each for each in candidates if still_breaks(each)), value)


def _objects(value: JSON, path: Path) -> Iterator[tuple[Path, JSON]]:
    """Every object in a value, and where it is."""
    if isinstance(value, dict):
        yield path, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in inside:
        yield from _objects(part, (*path, step))
