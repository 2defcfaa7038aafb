"""One way through the unions of a goal, for values of one type: what it has come to demand."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.compat.containment.demands import Demands
from bot.compat.containment.marks import Marks
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
from bot.compat.containment.predicates import EveryKey, Name, Predicate, SomeKey

if TYPE_CHECKING:
    from bot.compat.containment.solver import Solver


WIDE = 8
"""More parts than this are many: other unions had better narrow them down first."""


MOST_VALUES = 16
"""Of a key, to be looked at one by one."""


class Contradiction(Exception):
    """No value of the branch's type satisfies what it demands."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A union that is not yet decided, and its options."""

    union: AnyOf | OneOf
    options: list[Node]

    @property
    def scatters(self) -> bool:
        """Whether it leaves no choice and still decides nothing: to be none of many."""
        only = self.options[0]
        return isinstance(self.union, OneOf) and not self.union.holds and len(getattr(only, "parts", ())) > WIDE

    @property
    def names_parts(self) -> bool:
        """Whether each option stands for one part of the union."""
        return not isinstance(self.union, OneOf) or self.union.holds or self.options[0] in self.union.parts


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
        self._kin: dict[str, tuple[Ref, ...]] = {}
        self._pending: list[AnyOf | OneOf] = []
        self._marks = Marks()
        self.keys = Demands()

    def copy(self) -> Branch:
        """A branch that demands the same."""
        other = Branch(self._solver, self.kind)
        other.predicates = dict(self.predicates)
        other.candidates, other.excluded, other.obstacles = self.candidates, self.excluded, self.obstacles
        other._demanded, other._kin = set(self._demanded), dict(self._kin)
        other._pending = list(self._pending)
        other._marks = self._marks.copy()
        other.keys = self.keys.copy()
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
                    waiting.extend(reversed(parts))
                case Ref():
                    self._follow(each)
                    waiting.append(self._solver.arena.body(each))
                case AnyOf() | OneOf():
                    self._pending.append(each)
                case _:
                    self._demand(each)

    def _barred(self, node: Node) -> bool:
        return self._solver.arena.known_opposite(node) in self._demanded

    def _follow(self, ref: Ref) -> None:
        kin = self._solver.arena.kin(ref)
        if kin:
            if self._of_kin(ref) is False:
                raise Contradiction
            self._kin[kin] = (*self._kin.get(kin, ()), ref)

    def _of_kin(self, ref: Ref) -> bool | None:
        """What is known of a definition because another version of it is demanded, or its complement."""
        arena, contradict = self._solver.arena, self._solver.contradict
        for other in self._kin.get(arena.kin(ref), ()):
            if other.holds is not ref.holds and contradict(ref, other):
                return False
            if other.holds is ref.holds and contradict(arena.negate(ref), other):
                return True
        return None

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
                    self._hold(predicate)
                elif strong:
                    raise Contradiction
            case Opaque(_, keyword, pointer, reason):
                self.obstacles += (Obstacle(keyword, pointer, reason),)

    def _hold(self, predicate: Predicate) -> None:
        if predicate in self.predicates:
            return
        self.predicates[predicate] = None
        if self.kind == "object":
            self.keys.add(predicate)
            if self._solver.glance.mark(self._marks, predicate) and self._marks.contradictory:
                raise Contradiction

    def simplify(self) -> list[Node] | None:
        """Decide all unions that leave no choice; then the options of one that does, None if none is left."""
        while True:
            choices = self._choices()
            if choices is None:
                continue  # something was decided, and what that demands may decide others
            if not choices:
                return None
            chosen = self._best(choices)
            self._pending.remove(chosen.union)
            if len(chosen.options) > 1:
                return chosen.options
            self.assume(chosen.options[0])

    def _choices(self) -> list[Choice] | None:
        """The unions that leave a choice; None once one did not, and was decided."""
        choices = []
        for union in list(self._pending):
            options = self._options(union)
            if options == []:
                raise Contradiction
            choice = Choice(union, options or [])
            if options is not None and (len(options) > 1 or choice.scatters):
                choices.append(choice)
                continue
            self._pending.remove(union)
            if options is not None:
                self.assume(options[0])
                return None
        return choices

    def _best(self, choices: list[Choice]) -> Choice:
        """The shortest; but where some are wide, one whose parts a key tells apart, since it narrows others down."""
        open_ones = [each for each in choices if not each.scatters] or choices
        if len(open_ones) > 1 and any(each.scatters or len(each.options) > WIDE for each in choices):
            tells_apart = self._solver.glance.tells_apart
            telling = [each for each in open_ones if each.names_parts and tells_apart(each.union, self.kind)]
            open_ones = telling or open_ones
        return min(open_ones, key=lambda choice: len(choice.options))

    def _options(self, union: AnyOf | OneOf) -> list[Node] | None:
        """The parts of a union that are still possible; None where it is satisfied already."""
        self._solver.spend(len(union.parts) // 8)
        possible: list[Node] = []
        sure: list[Node] = []
        for part in union.parts:
            verdict = self._verdict(part)
            if verdict is True and isinstance(union, AnyOf):
                return None
            if verdict is not False:
                possible.append(part)
            if verdict is True:
                sure.append(part)
        if isinstance(union, AnyOf):
            return possible
        return self._exactly_one(union, possible, sure) if union.holds else self._not_one(union, possible, sure)

    def _exactly_one(self, union: OneOf, possible: list[Node], sure: list[Node]) -> list[Node]:
        if len(sure) > 1:
            return []
        return [self._alone(union, part, possible) for part in sure or possible]

    def _alone(self, union: OneOf, part: Node, possible: list[Node]) -> Node:
        """The values that one part admits and the others do not."""
        arena = self._solver.arena
        if possible.count(part) > 1:
            return arena.false
        others = self._solver.glance.overlaps(union, self.kind)[part]
        return arena.all([part, *(arena.negate(each) for each in others if each in possible)])

    def _not_one(self, union: OneOf, possible: list[Node], sure: list[Node]) -> list[Node] | None:
        arena = self._solver.arena
        if len(sure) > 1:
            return None
        if sure:
            return [part for part in possible if part is not sure[0]] + [sure[0]] * (possible.count(sure[0]) - 1)
        overlaps = self._solver.glance.overlaps(union, self.kind)
        order = {part: at for at, part in enumerate(possible)}
        pairs = [
            arena.all([part, other])
            for part in possible
            for other in (part, *overlaps[part])
            if (possible.count(part) > 1 if other is part else order.get(other, -1) > order[part])
        ]
        self._solver.spend(len(possible) // 8 + len(pairs))
        return [arena.all(arena.negate(part) for part in possible), *pairs]

    def _verdict(self, node: Node) -> bool | None:
        """What is known at once of a node in this branch: demanded (True), impossible (False), or neither."""
        if node in self._demanded:
            return True
        if self._barred(node) or self.kind not in self._solver.glance.types(node) or self._excluded(node):
            return False
        if self.kind in self._solver.glance.full(node):
            return True
        match node:
            case Kinds(_, types):
                return self.kind in types
            case Atom(_, predicate, strong):
                if type_about(node) != self.kind:
                    return not strong
                return True if predicate in self.predicates else self._of_key(predicate)
            case Listed(_, keys, holds=True) if self.candidates is not None:
                return None if keys & self.candidates else False
            case AllOf(_, parts):
                return self._all(parts)
            case Ref():
                return self._of_kin(node)
            case _:
                return None

    def _excluded(self, node: Node) -> bool:
        """Whether what is known of keys rules a node out."""
        return self.kind == "object" and self._marks.apart(self._solver.glance.marks(node))

    def _of_key(self, predicate: Predicate) -> bool | None:
        """Whether a demand on one key holds, for all that is known of that key."""
        match predicate:
            case SomeKey(Name(name), node):
                return False if self._marks.shuts(name) else self._value_of(name, node)
            case EveryKey(Name(name), node):
                return True if self._marks.shuts(name) else self._value_of(name, node)
            case _:
                return None

    def _value_of(self, name: str, node: Node) -> bool | None:
        keys = self._marks.values(name)
        if keys is None or len(keys) > MOST_VALUES:
            return None
        arena, admits = self._solver.arena, self._solver.admission.admits
        answers = {admits(node, arena.values[key]) for key in keys}
        return answers.pop() if len(answers) == 1 else None

    def _all(self, parts: tuple[Node, ...]) -> bool | None:
        verdicts = [self._verdict(part) for part in parts]
        return False if False in verdicts else None if None in verdicts else True
