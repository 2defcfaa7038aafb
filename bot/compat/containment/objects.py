"""An object that satisfies what is asked of its keys, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from bot.compat.containment.demands import Demands
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
    Matches,
    Name,
    NameLike,
    Rest,
    Selector,
    SomeKey,
)
from bot.standard.values import JSON

if TYPE_CHECKING:
    from bot.compat.containment.solver import Goal, Solver

MOST_FEATURES = 15
MOST_REGIONS = 64
"""Six questions about a name that can each be answered either way whatever the others are; or more that cannot."""
MOST_KEYS = 200

Assignment: TypeAlias = dict[str, "Goal"]


def find(solver: Solver, demands: Demands) -> Outcome:
    """An object that is all that is asked."""
    return _Search(solver, demands).run()


@dataclass(frozen=True, slots=True)
class Region:
    """Names that no predicate mentions and that all selectors treat alike."""

    name: Goal
    value: Goal
    wanted: frozenset[SomeKey]


class _Search:
    def __init__(self, solver: Solver, demands: Demands) -> None:
        self._solver = solver
        self._some = demands.wanted
        self._named = demands.named
        self._unnamed = demands.unnamed
        self._least, self._most = demands.least, demands.most
        self._doubts: list[Obstacle] = []
        self._goals: dict[str, Goal] = {}

    def run(self) -> Outcome:
        required: Assignment = {}
        for each in self._some:
            if isinstance(each.selector, Name):
                name = each.selector.name
                required[name] = self._conjunction(required.get(name, self._goal(name)), each.node)
        outcome = self._check(required)
        if isinstance(outcome, Empty):
            return EMPTY
        wanted = [each for each in self._some if not isinstance(each.selector, Name)]
        best = Best()
        for assignment in self._assign(required, wanted):
            if best.add(self._complete(assignment)):
                break
        return best.outcome

    def _conjunction(self, goal: Goal, node: Node) -> Goal:
        return goal | self._solver.conjunction(node)

    def _check(self, assignment: Assignment) -> Outcome:
        """Whether every key of the assignment can have a value: Empty as soon as one cannot."""
        if self._most is not None and len(assignment) > self._most:
            return EMPTY
        worst: Outcome = Found({})
        for goal in assignment.values():
            outcome = self._solver.inner(goal)
            if isinstance(outcome, Empty):
                return EMPTY
            if isinstance(outcome, Stuck):
                worst = outcome
        return worst

    def _assign(self, assignment: Assignment, wanted: list[SomeKey]) -> Iterator[Assignment]:
        """Every way to give each wanted property a key: one that is there, one that is named, or a new one."""
        if not wanted:
            yield assignment
            return
        first, *rest = wanted
        for name in sorted({*assignment, *self._names}, key=lambda name: (name not in assignment, name)):
            if self._selects(first.selector, name, otherwise=True):
                goal = self._conjunction(assignment.get(name, self._goal(name)), first.node)
                yield from self._try(assignment, name, goal, rest)
        for region in self._regions:
            if first in region.wanted:
                new = self._new_name(region, assignment)
                if new is not None:
                    yield from self._try(assignment, new, self._conjunction(region.value, first.node), rest)

    def _try(self, assignment: Assignment, name: str, goal: Goal, rest: list[SomeKey]) -> Iterator[Assignment]:
        self._solver.spend()
        if not isinstance(self._solver.inner(goal), Empty):
            yield from self._assign({**assignment, name: goal}, rest)

    def _complete(self, assignment: Assignment) -> Outcome:
        """The object for an assignment, with as many keys more as it must have."""
        if self._least > MOST_KEYS:
            return Stuck(Obstacle("minProperties", "", f"an object of at least {self._least} keys"))
        complete = dict(assignment)
        for name, goal in self._spare(complete):
            if len(complete) >= self._least:
                break
            if isinstance(self._solver.inner(goal), Found):
                complete[name] = goal
        if len(complete) < self._least or isinstance(self._check(complete), Empty):
            return EMPTY if self._exhaustive(complete) else self._undecided()
        return self._object(complete)

    def _exhaustive(self, assignment: Assignment) -> bool:
        """Whether all keys that could have been added were proved impossible."""
        return not any(isinstance(self._solver.inner(goal), Stuck) for _, goal in self._spare(assignment))

    def _undecided(self) -> Stuck:
        return Stuck(Obstacle("minProperties", "", "whether there can be so many keys"))

    def _spare(self, assignment: Assignment) -> Iterator[tuple[str, Goal]]:
        taken = dict(assignment)
        for name in self._names:
            if name not in taken:
                yield name, self._goal(name)
        for region in self._regions:
            for _ in range(self._least):
                new = self._new_name(region, taken)
                if new is None:
                    break
                taken[new] = region.value
                yield new, region.value

    def _object(self, assignment: Assignment) -> Outcome:
        value: dict[str, JSON] = {}
        doubts = list(self._doubts)
        for name in sorted(assignment):
            outcome = self._solver.inner(assignment[name])
            if not isinstance(outcome, Found):
                return outcome
            value[name] = outcome.value
            doubts += outcome.doubts
        return Found(value, tuple(doubts))

    # Keys.

    @cached_property
    def _selectors(self) -> list[Selector]:
        """All selectors but those of a demand on each value of one key."""
        return [*(each.selector for each in self._unnamed), *(each.selector for each in self._some)]

    @cached_property
    def _names(self) -> list[str]:
        """Every name that some predicate mentions, sorted."""
        names = set(self._named)
        for selector in self._selectors:
            match selector:
                case Name(name):
                    names.add(name)
                case Rest(_, listed, _):
                    names |= listed
        return sorted(names)

    def _goal(self, name: str) -> Goal:
        """What the value of a key must satisfy, if the key is there."""
        goal = self._goals.get(name)
        if goal is None:
            others = (each.node for each in self._unnamed if self._selects(each.selector, name, otherwise=False))
            goal = self._goals[name] = self._solver.conjunction(*self._named.get(name, ()), *others)
        return goal

    def _selects(self, selector: Selector, name: str, *, otherwise: bool) -> bool:
        """Whether a selector takes in a key; `otherwise` where that cannot be told. A constraint left out
        and a wish let in both only make the search wider: what it proves empty is empty."""
        answer = self._solver.admission.selects(selector, name)
        if answer is None:
            self._doubt()
            return otherwise
        return answer

    def _doubt(self) -> None:
        obstacle = Obstacle("patternProperties", "", "a pattern or a condition on names that is not decided here")
        if obstacle not in self._doubts:
            self._doubts.append(obstacle)

    # Names that nothing mentions.

    @cached_property
    def _regions(self) -> list[Region]:
        arena = self._solver.arena
        free = [arena.kinds({"string"}), arena.unlisted(frozenset(("string", name) for name in self._names))]
        features, names = self._features(), self._solver.conjunction(*free)
        if len(features) <= MOST_FEATURES:
            found = list(islice(self._split(names, features, {}), MOST_REGIONS + 1))
            if len(found) <= MOST_REGIONS:
                return found
        self._doubt()
        return list(self._split(names, [], {}))

    def _features(self) -> list[Node]:
        """The questions about a name on which selectors differ."""
        arena = self._solver.arena
        found: dict[Node, None] = {}
        for selector in self._selectors:
            match selector:
                case Rest(matching, _, without):
                    found.update(
                        (arena.atom(Matches(pattern, holds=True)), None) for pattern in sorted(matching | without)
                    )
                case NameLike(node):
                    found[node] = None
        return list(found)

    def _split(self, name: Goal, features: list[Node], answers: dict[Node, bool]) -> Iterator[Region]:
        outcome = self._solver.inner(name)
        if isinstance(outcome, Empty):
            return
        if features:
            for answer in (True, False):
                node = features[0] if answer else self._solver.arena.negate(features[0])
                yield from self._split(
                    name | self._solver.conjunction(node), features[1:], {**answers, features[0]: answer}
                )
            return
        every = [each.node for each in self._unnamed if self._applies(each.selector, answers, otherwise=False)]
        some = [each for each in self._some if self._applies(each.selector, answers, otherwise=True)]
        yield Region(name, self._solver.conjunction(*every), frozenset(some))

    def _applies(self, selector: Selector, answers: dict[Node, bool], *, otherwise: bool) -> bool:
        match selector:
            case Name():
                return False
            case NameLike(node):
                return answers.get(node, otherwise)
            case Rest(matching, _, without):
                inside = all(self._answer(pattern, answers, otherwise=otherwise) for pattern in matching)
                return inside and not any(
                    self._answer(pattern, answers, otherwise=not otherwise) for pattern in without
                )

    def _answer(self, pattern: str, answers: dict[Node, bool], *, otherwise: bool) -> bool:
        return answers.get(self._solver.arena.atom(Matches(pattern, holds=True)), otherwise)

    def _new_name(self, region: Region, assignment: Assignment) -> str | None:
        """A name of the region that is not taken; None where there is none."""
        taken = frozenset(("string", name) for name in assignment)
        outcome = self._solver.inner(region.name | {self._solver.arena.unlisted(taken)})
        if not isinstance(outcome, Found):
            return None
        self._doubts += outcome.doubts
        return str(outcome.value)
