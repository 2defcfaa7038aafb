"""What no schema may ask of a validator: to look at one value in more ways than can be followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from bot.standard.documents import DanglingReference, Documents, Target
from bot.standard.keywords import REFERENCES, subschemas
from bot.standard.schema_checks import IN_PLACE, all_places
from bot.standard.values import JSON

MOST_WAYS = 10_000
"""In how many ways one schema may look at the same value: more is no standard, but an attack or a mistake."""


def tangled(documents: Mapping[str, JSON]) -> str | None:
    """The path of the first document with a schema that looks at one value in too many ways; None: all are fine.

    Alternatives and references that double at each step (`allOf` of the next twice, thirty deep) are a billion
    ways, and a validator that follows them all has no end in sight.
    """
    known = Documents(documents)
    ways: dict[int, int] = {}
    for path in documents:
        for _, place in all_places(known, known.root(path), ()):
            if _ways(place, known, ways) > MOST_WAYS:
                return path
    return None


def _ways(start: Target, documents: Documents, ways: dict[int, int]) -> int:
    """In how many ways a schema looks at a value; more than MOST_WAYS are not told apart. Each schema is counted
    once; a way that leads back to one under way adds nothing."""
    stack = [(start, list(_following(start, documents)))]
    while stack:
        place, following = stack[-1]
        at = id(place.schema)
        if at not in ways:
            ways[at] = 0
            more = [each for each in following if id(each.schema) not in ways]
            stack += [(each, list(_following(each, documents))) for each in more]
            continue
        stack.pop()
        if not ways[at]:
            ways[at] = min(MOST_WAYS + 1, 1 + sum(ways[id(each.schema)] for each in following))
    return ways[id(start.schema)]


def _following(place: Target, documents: Documents) -> Iterator[Target]:
    """The schemas that look at the same value because this one does."""
    if not isinstance(place.schema, Mapping):
        return
    for keyword in sorted(REFERENCES & place.schema.keys()):
        if isinstance(place.schema[keyword], str):
            with suppress(DanglingReference):  # a validator will say so
                yield documents.follow(place.schema[keyword], place)
    for more, part in subschemas(place.schema):
        if more[0] in IN_PLACE or more[0] in ("dependentSchemas", "dependencies"):
            yield documents.within(place, part, *more)
