"""Answers the four questions about a schema of base and one of head."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.compat.confirming import Confirmer, Fault, Judged
from bot.compat.containment.admits import every
from bot.compat.containment.closing import Closing
from bot.compat.containment.compiling import Compiler
from bot.compat.containment.emission import Emission, Inexpressible
from bot.compat.containment.nodes import Arena, Node
from bot.compat.containment.outcomes import Empty, Found, Obstacle, Outcome, Stuck
from bot.compat.containment.parts import smallest
from bot.compat.containment.positions import Position
from bot.compat.containment.signatures import Signatures
from bot.compat.containment.solver import Goal, Solver
from bot.compat.dressing import dressed, realistic
from bot.compat.hoisting import hoisted
from bot.compat.verdicts import COMPATIBLE, Answer, Forms, Verdict, Verdicts, breaking, unknown
from bot.standard.documents import Documents
from bot.standard.values import JSON, exceeds, same

STEPS = 60_000
STEPS_A_SCHEMA = 200
"""Work allowed for one question, and what is added for each schema that the two refer to. HSDS needs a few hundred
steps an entity; FHIR, whose 738 definitions all reach each other, 140,000."""
MOST_WITNESSES = 6
MOST_VALUES = 20_000
MOST_FAILURES = 2
"""Who cannot judge two examples will judge none."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One version of a structure: its documents and the path of the schema in question."""

    documents: Documents
    root: str


class Engine:
    """Keeps what it learnt from one question to the next: schemas that two questions share are done once."""

    def __init__(self, confirmer: Confirmer, steps: int = STEPS, *, realistic: bool = False) -> None:
        """`confirmer` judges the examples; `steps` bounds the work of one question; `realistic` examples are
        filled with the examples that the schemas give, for people to read."""
        self.arena = Arena()
        self.solver = Solver(self.arena)
        self.closing = Closing(self.arena, self.solver.admission)
        self.steps = steps
        self.confirmer = confirmer
        self.realistic = realistic
        self._signatures = Signatures()
        self._compilers: dict[tuple[int, bool], tuple[Documents, Compiler]] = {}

    def allowed(self, *sides: Side) -> int:
        """How many steps one question about these sides may take."""
        compilers = (self._compiler(side, formats=formats) for side in sides for formats in (False, True))
        return self.steps + STEPS_A_SCHEMA * max((compiler.schemas for compiler in compilers), default=0)

    def compare(self, base: Side, head: Side) -> Verdicts:
        """All four answers."""
        pair = Pair(self, base, head)
        return Verdicts(pair.strict_backward(), pair.strict_forward(), pair.publishers(), pair.consumers())

    def pair(self, base: Side, head: Side) -> Pair:
        """The two sides, to ask one question at a time."""
        return Pair(self, base, head)

    def example(self, schema: JSON) -> Found | None:
        """A small value that a schema admits, its formats asserted; None where none was found."""
        outcome = self._search(schema)
        return outcome if isinstance(outcome, Found) else None

    def is_empty(self, schema: JSON) -> bool:
        """Whether it is proved that a schema admits nothing."""
        return isinstance(self._search(schema), Empty)

    def _search(self, schema: JSON) -> Outcome:
        side = Side(Documents({"schema": schema}), "schema")
        return self.solver.solve(self.solver.conjunction(self.node(side, formats=True)), self.steps)

    def node(self, side: Side, *, formats: bool) -> Node:
        """The node of a side's schema."""
        return self._compiler(side, formats=formats).node(side.documents.root(side.root))

    def _compiler(self, side: Side, *, formats: bool) -> Compiler:
        key = (id(side.documents), formats)
        if key not in self._compilers:
            compiler = Compiler(self.arena, self._signatures, side.documents, formats=formats)
            self._compilers[key] = (side.documents, compiler)
        return self._compilers[key][1]


class Pair:
    """Base and head of one question."""

    def __init__(self, engine: Engine, base: Side, head: Side) -> None:
        """Nothing is compiled before it is asked for."""
        self._engine = engine
        self._base, self._head = (Side(each.documents.around(each.root), each.root) for each in (base, head))

    def strict_backward(self) -> Verdict:
        """Is every value of base a value of head? Formats are annotations."""
        return self._answer(lambda: self._strict(self._base, self._head))

    def strict_forward(self) -> Verdict:
        """Is every value of head a value of base? Formats are annotations."""
        return self._answer(lambda: self._strict(self._head, self._base))

    def publishers(self) -> Verdict:
        """Is every document of closed base one of closed head?"""
        return self._answer(self._publishers)

    def _answer(self, question: Callable[[], Verdict]) -> Verdict:
        return COMPATIBLE if self._is_same else _guarded(question)

    @cached_property
    def _is_same(self) -> bool:
        """Whether both sides are the same, and all they lead to: a schema holds what it holds, whatever it says."""
        base, head = self._base.documents, self._head.documents
        alike = (self._base.root, base.draft, base.formats) == (self._head.root, head.draft, head.formats)
        return alike and same(base.documents, head.documents)

    def _publishers(self) -> Verdict:
        base, head = self._terms
        if base is head:
            return COMPATIBLE
        engine = self._engine
        cage, other_cage = self._cages
        outside = engine.arena.negate(engine.arena.all([head, other_cage]))
        goal = engine.solver.conjunction(base, cage, outside)
        accepted, kept = self._closed(self._base, cage), self._closed(self._head, other_cage)
        return self._decide(goal, accepted, kept, self._base)

    def consumers(self) -> Verdict:
        """Is every document of closed head, as a tool for base reads it, one of closed base?"""
        return self._answer(self._consumers)

    def _consumers(self) -> Verdict:
        base, head = self._terms
        if base is head:
            return COMPATIBLE
        engine = self._engine
        cage, other_cage = self._cages
        unreadable = engine.arena.negate(engine.closing.reading(base, *self._positions))
        goal = engine.solver.conjunction(head, other_cage, unreadable)
        mine, other = self._positions
        readable = self._closed(self._base, cage, lambda value: engine.closing.projected(value, mine, other))
        return self._decide(goal, self._closed(self._head, other_cage), readable, self._head)

    def _strict(self, inner: Side, outer: Side) -> Verdict:
        engine = self._engine
        part, whole = engine.node(inner, formats=False), engine.node(outer, formats=False)
        if part is whole:
            return COMPATIBLE
        goal = engine.solver.conjunction(part, engine.arena.negate(whole))
        return self._decide(goal, self._valid(inner, formats=False), self._valid(outer, formats=False), inner)

    def _decide(self, goal: Goal, accepted: Judge, kept: Judge, origin: Side) -> Verdict:
        """Solve the goal. A value found is a verdict only once the confirmer has accepted it on the one
        side (`origin`) and rejected it on the other; else another is looked for, a few times."""
        failures = 0

        def confirmed(value: JSON) -> bool:
            nonlocal failures
            for judge, wanted in ((accepted, True), (kept, False)):
                answer = judge.accepts(value)
                failures += answer is None
                if answer is not wanted:
                    return False
            return True

        solver, arena = self._engine.solver, self._engine.arena
        unconfirmed: list[Found] = []
        while len(unconfirmed) < MOST_WITNESSES and failures < MOST_FAILURES:
            others = (arena.negate(arena.listed([each.value])) for each in unconfirmed)
            outcome = self._solved(goal | solver.conjunction(*others))
            match outcome:
                case Empty() if not unconfirmed:
                    return COMPATIBLE
                case Found(value) if exceeds(value, MOST_VALUES):
                    reason = f"the smallest example that was found has more than {MOST_VALUES:,} values"
                    return unknown("", "", reason)
                case Found(value) if confirmed(value):
                    return self._refuted(value, origin, kept, confirmed)
                case Found():
                    unconfirmed.append(outcome)
                case Stuck(obstacle) if not unconfirmed:
                    return Verdict(Answer.UNKNOWN, obstacle=obstacle)
                case _:
                    break
        return Verdict(Answer.UNKNOWN, obstacle=_unconfirmed(unconfirmed[0], failed=failures > 0))

    def _solved(self, goal: Goal) -> Outcome:
        """The outcome of a goal, in the smallest form that is at hand."""
        solver = self._engine.solver
        outcome = solver.solve(goal, self._engine.allowed(self._base, self._head))
        if isinstance(outcome, Found):
            return Found(smallest(solver.admission, goal, outcome.value), outcome.doubts)
        return outcome

    def _refuted(self, value: JSON, origin: Side, kept: Judge, confirmed: Callable[[JSON], bool]) -> Verdict:
        if not self._engine.realistic:
            return breaking(value, kept.faults(value))
        place = origin.documents.root(origin.root)
        value = hoisted(value, confirmed)
        example = dressed(value, origin.documents, place, confirmed)
        forms = Forms(value, realistic(example, origin.documents, place, confirmed))
        return breaking(example, kept.faults(example), forms)

    @cached_property
    def _terms(self) -> tuple[Node, Node]:
        return self._engine.node(self._base, formats=True), self._engine.node(self._head, formats=True)

    @cached_property
    def _positions(self) -> tuple[Position, Position]:
        base, head = self._terms
        return frozenset({base}), frozenset({head})

    @cached_property
    def _cages(self) -> tuple[Node, Node]:
        mine, other = self._positions
        return self._engine.closing.cage(mine, other), self._engine.closing.cage(other, mine)

    def _valid(self, side: Side, *, formats: bool) -> Judge:
        return Judge(self._engine.confirmer, lambda: [_judged(side, formats=formats)])

    def _closed(self, side: Side, cage: Node, seen: Callable[[JSON], JSON] = lambda value: value) -> Judge:
        """Validity under a side, with its terms alone: under its schema and under its cage."""

        def schemas() -> Iterable[Judged]:
            closed = Emission(self._engine.arena, side.documents.draft).schema(cage)
            caged = Judged({"closed": closed}, "closed", side.documents.draft, formats=False)
            return [_judged(side, formats=True), caged]

        return Judge(self._engine.confirmer, schemas, seen)


class Judge:
    """Holds documents against schemas that must all accept them, seen as they are or as a tool sees them."""

    def __init__(
        self,
        confirmer: Confirmer,
        schemas: Callable[[], Iterable[Judged]],
        seen: Callable[[JSON], JSON] = lambda value: value,
    ) -> None:
        """`schemas` is asked once, when the first document is judged; it may raise Inexpressible."""
        self._confirmer = confirmer
        self._make = schemas
        self._seen = seen

    @cached_property
    def _schemas(self) -> tuple[Judged, ...] | None:
        try:
            return tuple(self._make())
        except Inexpressible:
            return None

    def accepts(self, value: JSON) -> bool | None:
        """Whether all accept it; None where nobody can say."""
        if self._schemas is None:
            return None
        seen = self._seen(value)
        return every(self._confirmer.accepts(schema, seen) for schema in self._schemas)

    def faults(self, value: JSON) -> tuple[Fault, ...]:
        """Why one of them rejects it."""
        seen = self._seen(value)
        return tuple(fault for schema in self._schemas or () for fault in self._confirmer.faults(schema, seen))


def _guarded(question: Callable[[], Verdict]) -> Verdict:
    """Schemas nested or chained deeper than Python can follow are a reason, and not the end."""
    try:
        return question()
    except RecursionError:
        return unknown("", "", "schemas nested, or references chained, deeper than can be followed")


def _judged(side: Side, *, formats: bool) -> Judged:
    return Judged(side.documents.documents, side.root, side.documents.draft, formats)


def _unconfirmed(found: Found, *, failed: bool) -> Obstacle:
    if found.doubts:
        return found.doubts[0]
    if failed:
        reason = "an example was found, but the validator that confirms examples fails on it or takes too long"
        return Obstacle("", "", reason)
    return Obstacle("", "", "an example was found, but the validator that confirms examples does not agree")
