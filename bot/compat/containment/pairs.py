"""Which places of two structures lead to a place of a certain kind: most lead to none, and need no second look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from bot.compat.containment.patterns import Irregular, compiled
from bot.compat.containment.positions import Position, Positions, Terms, groups

Pair: TypeAlias = tuple[Position, Position]
NONE: frozenset[str] = frozenset()
MOST_PAIRS = 5_000


class Leading:
    """Whether a pair of places, or one that lies inside it in some document, is of a kind."""

    def __init__(self, positions: Positions, kind: Callable[[Position, Position], bool]) -> None:
        """`kind` tells of one pair by itself."""
        self._positions = positions
        self._kind = kind
        self._known: dict[Pair, bool] = {}

    def leads(self, mine: Position, other: Position) -> bool:
        """Whether one of the kind is reached. Answered for all pairs on the way at once."""
        if (mine, other) not in self._known:
            self._explore((mine, other))
        return self._known[mine, other]

    def _explore(self, start: Pair) -> None:
        above: dict[Pair, list[Pair]] = {start: []}
        reached: list[Pair] = []
        waiting = [start]
        while waiting and len(above) <= MOST_PAIRS:
            pair = waiting.pop()
            known = self._known.get(pair)
            if known is None and self._kind(*pair):
                known = True
            if known:
                reached.append(pair)
            for inner in self._inside(*pair) if known is None else ():
                if inner not in above:
                    above[inner] = []
                    waiting.append(inner)
                above[inner].append(pair)
        # Where there are too many to look at each, any of them may be of the kind.
        self._known.update((pair, bool(waiting)) for pair in above if pair not in self._known)
        while reached:
            pair = reached.pop()
            self._known[pair] = True
            reached += (each for each in above[pair] if not self._known[each])

    def _inside(self, mine: Position, other: Position) -> Iterator[Pair]:
        """The places inside, whatever key is there: those of keys that are named, of all others by what patterns
        they match, and of items."""
        positions = self._positions
        terms, others = positions.terms(mine), positions.terms(other)
        for name in sorted({*terms.names, *others.names, *terms.required, *others.required, *_listed(terms, others)}):
            yield positions.key(mine, name), positions.key(other, name)
        own, their = frozenset(terms.patterns), frozenset(others.patterns)
        for group in (NONE, *(groups(own | their) or ())):
            yield positions.pattern(mine, group & own), positions.pattern(other, group & their)
        for matched in (NONE, *(groups(patterns_of(terms) | patterns_of(others)) or ())):
            yield positions.unnamed(mine, matched), positions.unnamed(other, matched)
        if positions.has_items(mine) or positions.has_items(other):
            for index in range(positions.places(mine, other) + 1):
                yield positions.item(mine, index), positions.item(other, index)


def patterns_of(terms: Terms) -> frozenset[str]:
    """Every pattern on which it depends what is said of a key."""
    extras = (rest.matching | rest.without for rest, _ in terms.extras)
    return frozenset(terms.patterns).union(*extras)


def can_be_told(*terms: Terms) -> bool:
    """Whether the patterns are few, or tell keys apart, and of a kind that can be decided."""
    patterns = NONE.union(*map(patterns_of, terms))
    return groups(patterns) is not None and not any(isinstance(compiled(each), Irregular) for each in patterns)


def _listed(*terms: Terms) -> frozenset[str]:
    return NONE.union(*(rest.names for each in terms for rest, _ in each.extras))
