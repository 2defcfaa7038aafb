"""What no schema may ask of a validator: to look at one value in more ways than can be followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from bot.standard.documents import DanglingReference, Documents, Target
from bot.standard.keywords import REFERENCES, subschemas
from bot.standard.schema_checks import IN_PLACE, all_places
from bot.standard.values import JSON

MOST_WAYS = 1_000
"""In how many ways a schema may look at the same value: more is no standard, but an attack or a mistake."""

HERE = ""
ANY = "*"
"""Stands for every property that `additionalProperties` and its like may be about."""
_SAME_VALUE = IN_PLACE | {"dependentSchemas", "dependencies"}
_ANY_PROPERTY = frozenset({"patternProperties", "additionalProperties", "unevaluatedProperties"})


def tangled(documents: Mapping[str, JSON]) -> str | None:
    """The path of the first document with a schema that looks at a value in too many ways; None: all are fine.

    Alternatives and references that double at each step (`allOf` of the next twice, thirty deep) are a billion
    ways, and a validator that follows them all has no end in sight. It is the same where each step goes into a
    property. A way that leads back to a schema is followed once: validators remember what they found there.
    """
    known = Documents(documents)
    ways: dict[int, _Ways] = {}
    for path in documents:
        for _, place in all_places(known, known.root(path), ()):
            if _ways(place, known, ways).most > MOST_WAYS:
                return path
    return None


@dataclass(slots=True)
class _Ways:
    """In how many ways a schema looks at a value, and at each of its parts; more than MOST_WAYS are not told
    apart. Not `done`: still being counted."""

    here: int = 1
    parts: Counter[str] = field(default_factory=Counter)
    done: bool = False

    @property
    def most(self) -> int:
        """At whichever value it is most."""
        named = max((count for part, count in self.parts.items() if part != ANY), default=0)
        return max(self.here, named + self.parts[ANY])

    def add(self, part: str, other: _Ways) -> None:
        """Count the ways of a schema for the same value, or for a part of it."""
        self.here = min(self.here + (other.here if part == HERE else 0), MOST_WAYS + 1)
        for each, count in other.parts.items() if part == HERE else [(part, other.most)]:
            self.parts[each] = min(self.parts[each] + count, MOST_WAYS + 1)


def _ways(start: Target, documents: Documents, ways: dict[int, _Ways]) -> _Ways:
    """The ways of a schema. Each schema is counted once, after those that it leads to."""
    stack = [(start, list(_following(start, documents)))]
    while stack:
        place, following = stack[-1]
        found = ways.get(id(place.schema))
        if found is None:
            ways[id(place.schema)] = _Ways()
            more = [each for _, each in following if id(each.schema) not in ways]
            stack += [(each, list(_following(each, documents))) for each in more]
            continue
        stack.pop()
        if not found.done:
            for part, each in following:
                if ways[id(each.schema)].done:
                    found.add(part, ways[id(each.schema)])
            found.done = True
    return ways[id(start.schema)]


def _following(place: Target, documents: Documents) -> Iterator[tuple[str, Target]]:
    """The schemas that a schema leads to, each with the part of the value that it looks at."""
    if not isinstance(place.schema, Mapping):
        return
    for keyword in sorted(REFERENCES & place.schema.keys()):
        if isinstance(place.schema[keyword], str):
            with suppress(DanglingReference):  # a validator will say so
                yield HERE, documents.follow(place.schema[keyword], place)
    for more, part in subschemas(place.schema):
        yield _part(*more), documents.within(place, part, *more)


def _part(keyword: str, name: str = "") -> str:
    if keyword in _SAME_VALUE:
        return HERE
    if keyword == "properties":
        return f".{name}"
    return ANY if keyword in _ANY_PROPERTY else "[]"
