"""Documents as publishers and readers of a standard mean them: with the terms that it defines, and no others.

`closed` adds to a structure one demand at each place of a document: no key but those defined there. The
demand stands beside the structure (a *cage*), never inside one of its schemas, so that it changes the
meaning of none of them. `reading` is the structure as a tool sees it that ignores keys it does not know.
Both are worked out for a pair of structures: where one side defines no term it takes the other's word
that terms are meant, so that the first term added is an addition and the last one removed a removal.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace

from bot.compat.containment.admits import Admission
from bot.compat.containment.nodes import AllOf, AnyOf, Arena, Atom, Node, OneOf, Ref
from bot.compat.containment.pairs import Leading, can_be_told
from bot.compat.containment.positions import Position, Positions, groups
from bot.compat.containment.predicates import (
    Count,
    EveryItem,
    EveryKey,
    KeyCount,
    Name,
    NameLike,
    Rest,
    Selector,
    SomeItem,
    SomeKey,
)
from bot.standard.values import JSON

NONE: frozenset[str] = frozenset()


class Closing:
    """Closes structures and reads them as a tool does, over one arena."""

    def __init__(self, arena: Arena, admission: Admission) -> None:
        """`arena` makes the nodes, `admission` tells which keys a pattern takes in."""
        self._arena = arena
        self._admission = admission
        self.positions = Positions(arena, admission)
        self._demanding = Leading(self.positions, self._demands_itself)
        self._losing = Leading(self.positions, self._loses)
        self._read: dict[tuple[Node, Position, Position], Node] = {}
        self._names: dict[Position, frozenset[str]] = {}

    # Closed documents.

    def cage(self, mine: Position, other: Position) -> Node:
        """The demand that documents at `mine` use defined terms only; `other` is the place in the other structure."""
        if not self._demanding.leads(mine, other):
            return self._arena.true
        name = ("cage", mine) if mine == other else ("cage", mine, other)
        return self._arena.ref(name, lambda: self._arena.all(self._demands(mine, other)))

    def _says_anything(self, position: Position) -> bool:
        terms = self.positions.terms(position)
        return bool(terms.defined or terms.extras or self.positions.has_items(position))

    def _demands_itself(self, mine: Position, other: Position) -> bool:
        """Whether keys are demanded to be defined ones there; True too where that cannot be told."""
        terms = self.positions.terms(mine), self.positions.terms(other)
        return self.allowed(mine, other) is not None or not can_be_told(*terms)

    def _demands(self, mine: Position, other: Position) -> Iterator[Node]:
        arena, positions = self._arena, self.positions
        terms = positions.terms(mine)
        allowed = self.allowed(mine, other)
        if allowed is not None:
            yield arena.keys(Rest(NONE, allowed, frozenset(terms.patterns)), arena.false)
        names = self._named(mine, other)
        for name in sorted(names):
            yield arena.keys(Name(name), self.cage(positions.key(mine, name), positions.key(other, name)))
        yield from self._pattern_demands(mine, other, names)
        yield from self._item_demands(mine, other)

    def allowed(self, mine: Position, other: Position) -> frozenset[str] | None:
        """The names of the only keys allowed, besides those of patterns; None where nothing is to be added."""
        terms, others = self.positions.terms(mine), self.positions.terms(other)
        if terms.constrains_extras or not (terms.defined or others.defined):
            return None
        # A name that is required without being defined is known all the same.
        return frozenset(terms.names) | terms.required | (others.required - frozenset(others.names))

    def _named(self, mine: Position, other: Position) -> frozenset[str]:
        """The names defined at `mine`, and those that `other` names and `mine` takes in: by a pattern, or because
        it says itself what other keys may be there, described or not."""
        positions, terms = self.positions, self.positions.terms(mine)
        others = positions.terms(other).names
        taken = (name for name in others if terms.constrains_extras or positions.key(mine, name))
        return frozenset(terms.names) | frozenset(taken)

    def _pattern_demands(self, mine: Position, other: Position, names: frozenset[str]) -> Iterator[Node]:
        own, others = (frozenset(self.positions.terms(each).patterns) for each in (mine, other))
        # A key that one side describes by a pattern the other may describe among all the rest.
        patterns = own | others
        choices = groups(patterns)
        if choices is None:
            reason = "too many of the patterns may match one key"
            yield self._arena.opaque("patternProperties", "", reason, ("cage", mine, other))
            return
        for group in (NONE, *choices):
            child = self.positions.pattern(mine, group & own)
            # Where one side describes no value it takes the other's word for the terms in it, as at any place.
            demand = self.cage(child, self.positions.pattern(other, group & others))
            if demand is not self._arena.true:
                yield self._arena.keys(Rest(group, names, patterns - group), demand)

    def _item_demands(self, mine: Position, other: Position) -> Iterator[Node]:
        positions = self.positions
        if not (positions.has_items(mine) or positions.has_items(other)):
            return
        first = positions.places(mine, other)
        for index in range(first + 1):
            demand = self.cage(positions.item(mine, index), positions.item(other, index))
            yield self._arena.atom(EveryItem(index, onward=index == first, node=demand))

    def projected(self, value: JSON, mine: Position, other: Position) -> JSON:
        """A document of `other` without the keys that a tool for `mine` does not know."""
        positions = self.positions
        if not self._losing.leads(mine, other):
            return value
        if isinstance(value, list):
            places = ((positions.item(mine, at), positions.item(other, at)) for at in range(len(value)))
            return [self.projected(item, *place) for item, place in zip(value, places, strict=True)]
        if not isinstance(value, dict):
            return value
        ignoring = self.ignores_unknown(mine, other)
        return {
            name: self.projected(item, positions.key(mine, name), positions.key(other, name))
            for name, item in value.items()
            if not ignoring or self._knows(mine, name)
        }

    def _knows(self, mine: Position, name: str) -> bool:
        patterns = self.positions.terms(mine).patterns
        plain = (Rest(frozenset({pattern}), NONE, NONE) for pattern in patterns)
        return name in self.known(mine) or any(self._admission.selects(each, name) is not False for each in plain)

    # Reading with the knowledge of base.

    def reading(self, node: Node, mine: Position, other: Position) -> Node:
        """What a tool for the structure at `mine` accepts of documents of `other`, ignoring unknown keys."""
        if mine == other or not self._losing.leads(mine, other):
            return node
        known = self._read.get((node, mine, other))
        if known is None:
            known = self._read[node, mine, other] = self._seen(node, mine, other)
        return known

    def _seen(self, node: Node, mine: Position, other: Position) -> Node:
        arena = self._arena
        match node:
            case AllOf(_, parts):
                return arena.all(self.reading(part, mine, other) for part in parts)
            case AnyOf(_, parts):
                return arena.any(self.reading(part, mine, other) for part in parts)
            case OneOf(_, parts, holds):
                one = arena.one(self.reading(part, mine, other) for part in parts)
                return one if holds else arena.negate(one)
            case Ref(_, name, holds):
                key: Hashable = ("reading", name, holds, mine, other)
                return arena.ref(key, lambda: self.reading(arena.body(node), mine, other), arena.kin(node))
            case Atom():
                return self._atom(node, mine, other)
            case _:
                return node

    def _atom(self, atom: Atom, mine: Position, other: Position) -> Node:
        arena, positions = self._arena, self.positions
        match atom.predicate:
            case EveryKey(selector, node):
                parts = [
                    arena.atom(EveryKey(known, self.reading(node, *child)), strong=atom.strong)
                    for known, child in self._known(selector, mine, other)
                ]
                return arena.all([*parts, *([arena.kinds({"object"})] if atom.strong else [])])
            case SomeKey(selector, node):
                parts = [
                    arena.atom(SomeKey(known, self.reading(node, *child)), strong=True)
                    for known, child in self._known(selector, mine, other)
                ]
                return arena.any([*parts, *([] if atom.strong else [arena.negate(arena.kinds({"object"}))])])
            case EveryItem() | SomeItem() as predicate:
                return self._item(predicate, mine, other, strong=atom.strong)
            case Count(node):
                index = positions.places(mine, other)
                child = positions.item(mine, index), positions.item(other, index)
                return arena.atom(replace(atom.predicate, node=self.reading(node, *child)), strong=atom.strong)
            case KeyCount() if self._drops(mine, other):
                reason = "it counts keys, and which of them a tool knows depends on the document"
                return arena.opaque("minProperties", "", reason, (atom, mine, other))
            case _:
                return atom

    def _item(self, predicate: EveryItem | SomeItem, mine: Position, other: Position, *, strong: bool) -> Node:
        positions = self.positions
        last = positions.places(mine, other)
        parts = []
        for index in range(
            predicate.index, max(last, predicate.index) + 1 if predicate.onward else predicate.index + 1
        ):
            child = positions.item(mine, index), positions.item(other, index)
            onward = predicate.onward and index >= last
            part = replace(predicate, index=index, onward=onward, node=self.reading(predicate.node, *child))
            parts.append(self._arena.atom(part, strong=strong))
        return self._arena.all(parts) if isinstance(predicate, EveryItem) else self._arena.any(parts)

    def ignores_unknown(self, mine: Position, other: Position) -> bool:
        """Whether a tool for `mine` drops keys there: not where any key is known, nor where no term is meant."""
        terms, others = self.positions.terms(mine), self.positions.terms(other)
        return not terms.typed and (terms.defined or others.defined)

    def known(self, mine: Position) -> frozenset[str]:
        """The names a tool for `mine` knows."""
        if mine not in self._names:
            terms = self.positions.terms(mine)
            self._names[mine] = frozenset(terms.names) | terms.required
        return self._names[mine]

    def _drops(self, mine: Position, other: Position) -> bool:
        terms, others = self.positions.terms(mine), self.positions.terms(other)
        known = self.known(mine) >= self.known(other) and terms.patterns.keys() >= others.patterns.keys()
        return self.ignores_unknown(mine, other) and not (known and not others.typed)

    def _loses(self, mine: Position, other: Position) -> bool:
        """Whether documents of `other` may have keys there that a tool for `mine` drops; True too where that cannot
        be told."""
        return self._drops(mine, other) or not can_be_told(self.positions.terms(mine), self.positions.terms(other))

    def _known(
        self, selector: Selector, mine: Position, other: Position
    ) -> Iterator[tuple[Selector, tuple[Position, Position]]]:
        """A selector cut down to the keys that a tool for `mine` knows, with the places of their values."""
        positions = self.positions
        if not self.ignores_unknown(mine, other):
            yield selector, self._child(selector, mine, other)
            return
        names = self.known(mine)
        for name in sorted(names & {selector.name} if isinstance(selector, Name) else names):
            if self._admission.selects(selector, name) is not False:
                yield Name(name), (positions.key(mine, name), positions.key(other, name))
        for pattern in sorted(positions.terms(mine).patterns):
            group = frozenset({pattern})
            match selector:
                case Rest(matching, listed, without):
                    cut = Rest(matching | group, listed | names, without)
                    yield cut, (positions.pattern(mine, group), positions.pattern(other, group))
                case NameLike():
                    yield selector, (positions.pattern(mine, group), positions.pattern(other, group))

    def _child(self, selector: Selector, mine: Position, other: Position) -> tuple[Position, Position]:
        match selector:
            case Name(name):
                return self.positions.key(mine, name), self.positions.key(other, name)
            case Rest(matching):
                return self.positions.pattern(mine, matching), self.positions.pattern(other, matching)
            case NameLike():
                return self.positions.pattern(mine, NONE), self.positions.pattern(other, NONE)
