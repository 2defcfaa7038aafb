"""An array that satisfies what is asked of its items, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bot.compat.containment.nodes import Node
from bot.compat.containment.outcomes import (
    EMPTY,
    Best,
    Empty,
    Found,
    Obstacle,
    Outcome,
    Stuck,
)
from bot.compat.containment.predicates import (
    Count,
    Distinct,
    EveryItem,
    ItemCount,
    Predicate,
    SomeItem,
)
from bot.standard.values import JSON, freeze

if TYPE_CHECKING:
    from bot.compat.containment.solver import Goal, Solver

LONGEST = 2_000

Items: TypeAlias = list["Goal"]


def find(solver: Solver, predicates: Iterable[Predicate]) -> Outcome:
    """An array for which every predicate holds."""
    return _Search(solver, list(predicates)).run()


@dataclass(frozen=True, slots=True)
class Wish:
    """An item that must be somewhere: at `index`, or where `onward` there or later. Wishes of one `group`
    need different places."""

    index: int
    onward: bool
    node: Node
    group: int


class _Search:
    def __init__(self, solver: Solver, predicates: list[Predicate]) -> None:
        self._solver = solver
        self._every = [each for each in predicates if isinstance(each, EveryItem)]
        self._wishes = list(_wishes(predicates))
        self._limits = [each for each in predicates if isinstance(each, Count) and each.upper]
        lengths = [each for each in predicates if isinstance(each, ItemCount)]
        self._least = max((each.limit for each in lengths if not each.upper), default=0)
        self._most = min((each.limit for each in lengths if each.upper), default=None)
        distinct = {each.holds for each in predicates if isinstance(each, Distinct)}
        self._distinct, self._repeated = True in distinct, False in distinct

    def run(self) -> Outcome:
        if (self._distinct and self._repeated) or any(limit.limit < 0 for limit in self._limits):
            return EMPTY
        shortest = max([self._least, *(wish.index + 1 for wish in self._wishes), 2 if self._repeated else 0])
        first_free = max([0, *(each.index + (not each.onward) for each in self._every)])
        if shortest > LONGEST or len(self._wishes) > LONGEST:
            return Stuck(Obstacle("minItems", "", f"an array of at least {shortest} items"))
        # Past the first free place all places are alike: more items than wishes and repetitions need never help.
        longest = max(shortest, first_free) + len(self._wishes) + 2 * self._repeated
        best = Best()
        for length in range(shortest, 1 + min(longest, longest if self._most is None else self._most)):
            if best.add(self._of_length(length)):
                break
        return best.outcome

    def _goal(self, index: int) -> Goal:
        nodes = [each.node for each in self._every if each.index == index or (each.onward and each.index <= index)]
        return self._solver.conjunction(*nodes)

    def _of_length(self, length: int) -> Outcome:
        items = [self._goal(index) for index in range(length)]
        if any(isinstance(self._solver.inner(goal), Empty) for goal in set(items)):
            return EMPTY
        best = Best()
        for granted in self._grant(items, self._wishes, {}):
            for repeated in self._repeat(granted) if self._repeated else (granted,):
                for limited in self._limit(repeated, 0, [0] * len(self._limits)):
                    if best.add(self._values(limited)):
                        return best.outcome
        return best.outcome

    def _grant(self, items: Items, wishes: list[Wish], taken: dict[int, set[int]]) -> Iterator[Items]:
        """Every way to give each wish a place."""
        if not wishes:
            yield items
            return
        wish, *rest = wishes
        places = range(wish.index, len(items)) if wish.onward else range(wish.index, min(wish.index + 1, len(items)))
        used = taken.get(wish.group, set())
        tried: set[Goal] = set()
        for place in places:
            self._solver.spend()
            if place in used or (wish.onward and items[place] in tried):
                continue
            tried.add(items[place])
            goal = items[place] | self._solver.conjunction(wish.node)
            if not isinstance(self._solver.inner(goal), Empty):
                narrowed = [*items[:place], goal, *items[place + 1 :]]
                yield from self._grant(narrowed, rest, {**taken, wish.group: used | {place}})

    def _repeat(self, items: Items) -> Iterator[Items]:
        """Every way to have two equal items."""
        tried: set[tuple[Goal, Goal]] = set()
        for left in range(len(items)):
            for right in range(left + 1, len(items)):
                if (items[left], items[right]) not in tried:
                    tried.add((items[left], items[right]))
                    goal = items[left] | items[right]
                    yield [goal if index in (left, right) else each for index, each in enumerate(items)]

    def _limit(self, items: Items, index: int, counts: list[int]) -> Iterator[Items]:
        """Every way to say of each item which of the limited schemas it satisfies, within the limits."""
        if not self._limits or index == len(items):
            yield items
            return
        for inside in self._choices(len(self._limits)):
            self._solver.spend()
            following = [count + chosen for count, chosen in zip(counts, inside, strict=True)]
            if any(count > limit.limit for count, limit in zip(following, self._limits, strict=True)):
                continue
            negate = self._solver.arena.negate
            nodes = [
                limit.node if chosen else negate(limit.node) for chosen, limit in zip(inside, self._limits, strict=True)
            ]
            goal = items[index] | self._solver.conjunction(*nodes)
            if not isinstance(self._solver.inner(goal), Empty):
                yield from self._limit([*items[:index], goal, *items[index + 1 :]], index + 1, following)

    def _choices(self, many: int) -> Iterator[tuple[bool, ...]]:
        for bits in sorted(range(2**many), key=lambda bits: bits.bit_count()):
            yield tuple(bool(bits >> at & 1) for at in range(many))

    def _values(self, items: Items) -> Outcome:
        values: list[JSON] = []
        doubts: list[Obstacle] = []
        for at, goal in enumerate(items):
            outcome = self._solver.inner(goal | self._different(values) if self._distinct else goal)
            if isinstance(outcome, Empty) and self._distinct:
                return self._ran_out(
                    goal, [value for value, other in zip(values, items[:at], strict=True) if other == goal]
                )
            if not isinstance(outcome, Found):
                return outcome
            values.append(outcome.value)
            doubts += outcome.doubts
        if self._repeated and len({freeze(value) for value in values}) == len(values):
            return Stuck(Obstacle("uniqueItems", "", "whether two items can be equal"))
        return Found(values, tuple(doubts))

    def _ran_out(self, goal: Goal, alike: list[JSON]) -> Outcome:
        """No value was left: proved where the items with this very goal use up all its values."""
        if isinstance(self._solver.inner(goal | self._different(alike)), Empty):
            return EMPTY
        return Stuck(Obstacle("uniqueItems", "", "whether there are enough different items"))

    def _different(self, values: list[JSON]) -> Goal:
        arena = self._solver.arena
        return self._solver.conjunction(*(arena.negate(arena.listed([value])) for value in values))


def _wishes(predicates: list[Predicate]) -> Iterator[Wish]:
    for group, each in enumerate(predicates):
        if isinstance(each, SomeItem):
            yield Wish(each.index, each.onward, each.node, group)
        elif isinstance(each, Count) and not each.upper:
            yield from (Wish(0, True, each.node, group) for _ in range(min(each.limit, LONGEST + 1)))
