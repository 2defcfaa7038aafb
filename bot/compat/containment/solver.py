"""Finds a value that all nodes of a goal admit, or proves that there is none.

A goal is a set of nodes. "Every value of base is a value of head" holds exactly when the goal
{base, complement of head} is empty. A goal is taken type by type; unions are split into branches, each
branch ends in predicates on one type, and those on parts of a value become goals of their own.

A goal met again inside itself counts as empty there: the smallest value of a goal never holds another
value of the same goal. An emptiness that leans on such an assumption is remembered only once the goal
it leans on has turned out empty too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, TypeAlias

from bot.compat.containment import arrays, numbers, objects, texts
from bot.compat.containment.admits import Admission
from bot.compat.containment.branches import Branch, Contradiction
from bot.compat.containment.glance import Glance
from bot.compat.containment.nodes import AllOf, Arena, Node
from bot.compat.containment.outcomes import (
    EMPTY,
    Best,
    Empty,
    Found,
    Obstacle,
    Outcome,
    Stuck,
)

Goal: TypeAlias = frozenset[Node]

DEEPEST = 60
NOTHING = DEEPEST + 2
"""Where an emptiness leans that leans on no open goal."""
HASTY = 4
"""Such a part of the work is for looking for a value in haste."""
PLAIN_FIRST = ("null", "boolean", "number", "string", "array", "object")


class OutOfWork(Exception):
    """The budget of steps is spent."""


class Solver:
    """Solves goals over one arena and remembers their outcomes."""

    def __init__(self, arena: Arena) -> None:
        """`arena` holds the nodes of all goals."""
        self.arena = arena
        self.glance = Glance(arena)
        self.admission = Admission(arena)
        self.steps_left = 0
        self._settled: dict[Goal, Outcome] = {}
        self._open: dict[Goal, int] = {}
        self._leaning: list[dict[Goal, tuple[int, Outcome]]] = []
        self._lowest = NOTHING
        self._level: frozenset[Goal] = frozenset()
        self._tried: set[Goal] = set()
        self._eager = False

    def solve(self, goal: Iterable[Node], steps: int) -> Outcome:
        """A value that every node admits, the proof that there is none, or what stands in the way.
        `steps` bounds the work; past it the answer is an obstacle. A value is looked for in haste first; then
        what two versions of a definition have to do with each other is settled before all that contains them."""
        for share, self._eager in ((steps // HASTY, False), (steps - steps // HASTY, True)):
            self.steps_left = share
            try:
                return self.inner(frozenset(goal))
            except OutOfWork:
                continue
            except RecursionError:
                break
            finally:
                self._open.clear()
                self._leaning.clear()
                self._tried.clear()
                self._lowest = NOTHING
                self._level = frozenset()
        return Stuck(Obstacle("", "", "more work than is allowed for one question"))

    def spend(self, steps: int = 1) -> None:
        """Count work; raises OutOfWork."""
        self.steps_left -= steps
        if self.steps_left < 0:
            raise OutOfWork

    def contradict(self, *nodes: Node) -> bool:
        """Whether no value is in both of two nodes that are demanded of one: proved, by the way. A goal about that
        very value is no proof of itself; those about its parts it leans on may be."""
        goal = frozenset(nodes)
        if goal in self._level or goal in self._tried:
            return False
        if not self._eager:
            return isinstance(self._recalled(goal), Empty)
        empty = isinstance(self._outcome(goal, self._level), Empty)
        if not empty:
            self._tried.add(goal)
        return empty

    def inner(self, goal: Goal) -> Outcome:
        """The outcome of a goal about a part of the value in question."""
        return self._outcome(goal, frozenset())

    def _outcome(self, goal: Goal, level: frozenset[Goal]) -> Outcome:
        known = self._recalled(goal)
        return self._attempt(goal, level) if known is None else known

    def _recalled(self, goal: Goal) -> Outcome | None:
        known = self._settled.get(goal)
        if known is None and goal in self._open:
            self._lowest = min(self._lowest, self._open[goal])
            return EMPTY
        return known or self._leant(goal)

    def _leant(self, goal: Goal) -> Outcome | None:
        for layer in self._leaning:
            if goal in layer:
                depth, outcome = layer[goal]
                self._lowest = min(self._lowest, depth)
                return outcome
        return None

    def _attempt(self, goal: Goal, level: frozenset[Goal]) -> Outcome:
        """`level`: the goals about the same value that have led to this one."""
        depth = len(self._open)
        if depth > DEEPEST:
            return Stuck(Obstacle("", "", f"schemas nested more than {DEEPEST} deep"))
        outer, self._lowest = self._lowest, NOTHING
        self._open[goal] = depth
        self._leaning.append({})
        above, self._level = self._level, level | {goal}
        outcome = self._by_type(goal)
        self._level = above
        del self._open[goal]
        layer = self._leaning.pop()
        leans_on, self._lowest = self._lowest, outer
        if isinstance(outcome, Found) or leans_on >= depth:
            self._settled[goal] = outcome
            if isinstance(outcome, Empty):
                self._settled.update((each, result) for each, (_, result) in layer.items())
            # Else what leant on this goal being empty is forgotten: it leant on what is not so.
        elif isinstance(outcome, Empty):
            self._leaning[-1].update(layer)
            self._leaning[-1][goal] = (leans_on, outcome)
            self._lowest = min(outer, leans_on)
        return outcome

    def _by_type(self, goal: Goal) -> Outcome:
        self.spend()
        types = frozenset(PLAIN_FIRST).intersection(*(self.glance.types(node) for node in goal))
        best = Best()
        for kind in PLAIN_FIRST:
            if kind in types and best.add(self._branches(goal, kind)):
                break
        return best.outcome

    def _branches(self, goal: Goal, kind: str) -> Outcome:
        try:
            branch = Branch(self, kind)
            for node in sorted(goal, key=lambda node: node.serial):
                branch.assume(node)
            return self._descend(branch)
        except Contradiction:
            return EMPTY

    def _descend(self, branch: Branch) -> Outcome:
        self.spend()
        options = branch.simplify()
        if options is None:
            return self._settle(branch)
        best = Best()
        for option in options:
            try:
                narrower = branch.copy()
                narrower.assume(option)
                if best.add(self._descend(narrower)):
                    break
            except Contradiction:
                continue
        return best.outcome

    def _settle(self, branch: Branch) -> Outcome:
        """The outcome of a branch in which nothing is left to choose."""
        outcome = self._listed(branch) if branch.candidates is not None else self._built(branch)
        if branch.obstacles and isinstance(outcome, Found):
            return Found(outcome.value, (*outcome.doubts, *branch.obstacles))
        return outcome

    def _listed(self, branch: Branch) -> Outcome:
        best = Best()
        for key in sorted(branch.candidates or (), key=repr):
            value = self.arena.values[key]
            answers = [self.admission.holds(predicate, value) for predicate in branch.predicates]
            if key in branch.excluded or False in answers:
                continue
            doubts = () if None not in answers else (Obstacle("enum", "", "a listed value that cannot be judged"),)
            if best.add(Found(value, doubts)):
                break
        return best.outcome

    def _built(self, branch: Branch) -> Outcome:
        match branch.kind:
            case "null":
                return EMPTY if ("null", None) in branch.excluded else Found(None)
            case "boolean":
                free = [value for value in (False, True) if ("boolean", value) not in branch.excluded]
                return Found(free[0]) if free else EMPTY
            case "number":
                return numbers.find(branch.predicates, _bare(branch.excluded, "number"))
            case "string":
                return texts.find(branch.predicates, _bare(branch.excluded, "string"))
            case "array":
                return arrays.find(self, branch.predicates)
            case _:
                return objects.find(self, branch.keys)

    def conjunction(self, *nodes: Node) -> Goal:
        """A goal, with intersections taken apart so that equal goals look equal."""
        flat: set[Node] = set()
        for node in nodes:
            flat.update(node.parts if isinstance(node, AllOf) else (node,))
        return frozenset(flat)


def _bare(keys: frozenset[Hashable], kind: str) -> frozenset[Any]:
    return frozenset(key[1] for key in keys if isinstance(key, tuple) and key[0] == kind)
