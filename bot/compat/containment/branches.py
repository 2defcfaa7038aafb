"""One way through the unions of a goal, for values of one type: what it has come to demand."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from bot.compat.containment.nodes import (
    AllOf,
    AnyOf,
    Atom,
    Kinds,
    Listed,
    Node,
    OneOf,
    Opaque,
    Ref,
    type_about,
)
from bot.compat.containment.outcomes import Obstacle
from bot.compat.containment.predicates import Predicate

if TYPE_CHECKING:
    from bot.compat.containment.solver import Solver


class Contradiction(Exception):
    """No value of the branch's type satisfies what it demands."""


class Branch:
    """What a value of type `kind` must satisfy; unions not yet decided wait in `pending`."""

    def __init__(self, solver: Solver, kind: str) -> None:
        """An empty branch, which every value of the type satisfies."""
        self._solver = solver
        self.kind = kind
        self.predicates: dict[Predicate, None] = {}
        self.candidates: frozenset[Hashable] | None = None
        self.excluded: frozenset[Hashable] = frozenset()
        self.obstacles: tuple[Obstacle, ...] = ()
        self._demanded: set[Node] = set()
        self._pending: list[AnyOf | OneOf] = []
        self._marks: dict[str, frozenset[Hashable]] = {}

    def copy(self) -> Branch:
        """A branch that demands the same."""
        other = Branch(self._solver, self.kind)
        other.predicates = dict(self.predicates)
        other.candidates, other.excluded, other.obstacles = self.candidates, self.excluded, self.obstacles
        other._demanded = set(self._demanded)
        other._pending = list(self._pending)
        other._marks = dict(self._marks)
        return other

    def assume(self, node: Node) -> None:
        """Demand one node more; raises Contradiction where that is at once impossible."""
        waiting = [node]
        while waiting:
            self._solver.spend()
            each = waiting.pop()
            if each in self._demanded:
                continue
            if self._barred(each):
                raise Contradiction
            self._demanded.add(each)
            match each:
                case AllOf(_, parts):
                    self._mark(each)
                    waiting.extend(reversed(parts))
                case Ref():
                    waiting.append(self._solver.arena.body(each))
                case AnyOf() | OneOf():
                    self._pending.append(each)
                case _:
                    self._demand(each)

    def _mark(self, node: Node) -> None:
        """Take in which keys an object must have with which values: what discriminates the parts of unions."""
        if self.kind == "object":
            for name, keys in self._solver.glance.marks(node).items():
                self._marks[name] = self._marks.get(name, keys) & keys

    def _discriminated(self, node: Node) -> bool:
        """Whether a key that must be there rules a node out."""
        if not self._marks:
            return False
        marks = self._solver.glance.marks(node)
        return any(name in marks and not keys & marks[name] for name, keys in self._marks.items())

    def _barred(self, node: Node) -> bool:
        return self._solver.arena.known_opposite(node) in self._demanded

    def _demand(self, node: Kinds | Listed | Atom | Opaque) -> None:
        match node:
            case Kinds(_, types):
                if self.kind not in types:
                    raise Contradiction
            case Listed(_, keys, holds=True):
                mine = frozenset(key for key in keys if isinstance(key, tuple) and key[0] == self.kind)
                self.candidates = mine if self.candidates is None else self.candidates & mine
                if not self.candidates:
                    raise Contradiction
            case Listed(_, keys):
                self.excluded |= keys
            case Atom(_, predicate, strong):
                if type_about(node) == self.kind:
                    self.predicates[predicate] = None
                elif strong:
                    raise Contradiction
            case Opaque(_, keyword, pointer, reason):
                self.obstacles += (Obstacle(keyword, pointer, reason),)

    def simplify(self) -> list[Node] | None:
        """Decide all unions that leave no choice; then the options of one that does, None if none is left."""
        while True:
            shortest: tuple[int, AnyOf | OneOf, list[Node]] | None = None
            for union in list(self._pending):
                options = self._options(union)
                if options is not None and len(options) > 1:
                    if shortest is None or len(options) < shortest[0]:
                        shortest = (len(options), union, options)
                    continue
                self._pending.remove(union)
                if options is not None:
                    self._only(options)
                    break  # what was just demanded may decide unions passed over before
            else:
                if shortest is None:
                    return None
                self._pending.remove(shortest[1])
                return shortest[2]

    def _only(self, options: list[Node]) -> None:
        if not options:
            raise Contradiction
        self.assume(options[0])

    def _options(self, union: AnyOf | OneOf) -> list[Node] | None:
        """The parts of a union that are still possible; None where it is satisfied already."""
        self._solver.spend(len(union.parts) // 8)
        verdicts = [(part, False if self._discriminated(part) else self._verdict(part)) for part in union.parts]
        possible = [part for part, verdict in verdicts if verdict is not False]
        sure = [part for part, verdict in verdicts if verdict is True]
        if isinstance(union, AnyOf):
            return None if sure else possible
        return self._exactly_one(possible, sure) if union.holds else self._not_one(possible, sure)

    def _exactly_one(self, possible: list[Node], sure: list[Node]) -> list[Node]:
        arena, apart = self._solver.arena, self._solver.glance.apart
        if len(sure) > 1:
            return []
        chosen = sure or possible
        return [
            arena.all(
                [
                    part,
                    *(
                        arena.negate(other)
                        for other in possible
                        if other is not part and not apart(part, other, self.kind)
                    ),
                ]
            )
            if possible.count(part) == 1
            else arena.false
            for part in chosen
        ]

    def _not_one(self, possible: list[Node], sure: list[Node]) -> list[Node] | None:
        arena, apart = self._solver.arena, self._solver.glance.apart
        if len(sure) > 1:
            return None
        if sure:
            return [part for part in possible if part is not sure[0]] + [sure[0]] * (possible.count(sure[0]) - 1)
        pairs = [
            arena.all([left, right])
            for at, left in enumerate(possible)
            for right in possible[at + 1 :]
            if not apart(left, right, self.kind)
        ]
        self._solver.spend(len(possible) ** 2 // 100 + len(pairs))
        return [arena.all(arena.negate(part) for part in possible), *pairs]

    def _verdict(self, node: Node) -> bool | None:
        """What is known at once of a node in this branch: demanded (True), impossible (False), or neither."""
        if node in self._demanded:
            return True
        if self._barred(node) or self.kind not in self._solver.glance.types(node):
            return False
        match node:
            case Kinds(_, types):
                return self.kind in types
            case Atom(_, predicate, strong):
                if type_about(node) != self.kind:
                    return not strong
                return True if predicate in self.predicates else None
            case Listed(_, keys, holds=True) if self.candidates is not None:
                return None if keys & self.candidates else False
            case AllOf(_, parts):
                return self._all(parts)
            case _:
                return None

    def _all(self, parts: tuple[Node, ...]) -> bool | None:
        verdicts = [self._verdict(part) for part in parts]
        return False if False in verdicts else None if None in verdicts else True
