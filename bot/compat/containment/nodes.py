"""The algebra that schemas are compiled to: sets of values, with union, intersection and complement.

Every node is interned: two schemas that say the same in the same way are one object, whatever file or
draft they came from. `Arena.negate` pushes a complement down to the leaves, so no node means "not".
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.compat.containment.predicates import (
    TYPE_OF,
    Bound,
    Count,
    EveryItem,
    EveryKey,
    ItemCount,
    KeyCount,
    Length,
    Name,
    Predicate,
    Rest,
    Selector,
    SomeItem,
    SomeKey,
)
from bot.standard.values import JSON, exceeds, freeze, type_of

TYPES = frozenset({"null", "boolean", "number", "string", "array", "object"})
MOST_PARTS = 3_000


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """The values of these types."""

    serial: int
    types: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """The null, boolean, number and string values listed, or (where not `holds`) every other value."""

    serial: int
    keys: frozenset[Hashable]
    holds: bool


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A predicate on values of one type. Where `strong`, values of other types are out, else they are in
    (a keyword of JSON Schema says nothing about them)."""

    serial: int
    predicate: Predicate
    strong: bool


@dataclass(frozen=True, slots=True, eq=False)
class AllOf:
    """The values that every part admits."""

    serial: int
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AnyOf:
    """The values that some part admits."""

    serial: int
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class OneOf:
    """The values that exactly one part admits or (where not `holds`) none or several."""

    serial: int
    parts: tuple[Node, ...]
    holds: bool


@dataclass(frozen=True, slots=True, eq=False)
class Ref:
    """The values of a definition that refers to itself, or all others; `Arena.body` unfolds it once."""

    serial: int
    name: Hashable
    holds: bool


@dataclass(frozen=True, slots=True, eq=False)
class Opaque:
    """A set of values that is not modelled, because of `keyword` at `pointer`; or its complement."""

    serial: int
    keyword: str
    pointer: str
    reason: str
    content: Hashable
    holds: bool


Node: TypeAlias = Kinds | Listed | Atom | AllOf | AnyOf | OneOf | Ref | Opaque


class Arena:
    """Makes and interns nodes; keeps the bodies of definitions."""

    def __init__(self) -> None:
        """An empty arena."""
        self._nodes: dict[Hashable, Node] = {}
        self._opposites: dict[Node, Node] = {}
        self._bodies: dict[Hashable, Callable[[], Node]] = {}
        self._kin: dict[Hashable, str] = {}
        self._unfolded: dict[Ref, Node] = {}
        self.compiled: dict[Hashable, Node] = {}
        self.values: dict[Hashable, JSON] = {}
        self.true = self.kinds(TYPES)
        self.false = self.kinds(())

    def _intern(self, make: Callable[..., Node], *fields: Hashable) -> Node:
        key = (make, *fields)
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = make(len(self._nodes), *fields)
        return node

    def kinds(self, types: Iterable[str]) -> Node:
        """Values of the given types."""
        return self._intern(Kinds, frozenset(types))

    def listed(self, values: Iterable[JSON]) -> Node:
        """The listed values; arrays and objects are spelled out, so that their parts can be compared. Where
        they have more parts than can be compared, two lists are the same or nobody can say."""
        values = list(values)
        if exceeds([each for each in values if isinstance(each, (list, dict))], MOST_PARTS):
            return self.opaque("enum", "", f"it lists values of more than {MOST_PARTS} parts", freeze(values))
        scalars: set[Hashable] = set()
        parts: list[Node] = []
        for value in values:
            if type_of(value) in ("array", "object"):
                parts.append(self.all(self._container(value)))
            else:
                key = freeze(value)
                self.values.setdefault(key, value)
                scalars.add(key)
        if scalars:
            parts.append(self._intern(Listed, frozenset(scalars), True))
        return self.any(parts)

    def unlisted(self, keys: frozenset[Hashable]) -> Node:
        """Every value but the scalars with these keys."""
        return self._intern(Listed, keys, False)

    def _container(self, value: JSON) -> Iterator[Node]:
        if isinstance(value, dict):
            yield self.kinds({"object"})
            yield self.keys(Rest(frozenset(), frozenset(value), frozenset()), self.false)
            for name, item in value.items():
                yield self.keys(Name(name), self.listed([item]))
                yield self.required(name)
        else:
            yield self.kinds({"array"})
            yield self.atom(ItemCount(len(value), upper=True))
            yield self.atom(ItemCount(len(value), upper=False))
            for index, item in enumerate(value):
                yield self.atom(EveryItem(index, onward=False, node=self.listed([item])))

    def atom(self, predicate: Predicate, *, strong: bool = False) -> Node:
        """The values for which the predicate holds; where not `strong`, all values of other types too."""
        return self._intern(Atom, predicate, strong)

    def keys(self, selector: Selector, node: Node) -> Node:
        """Objects whose selected keys all have values that `node` admits; all that are not objects."""
        return self.atom(EveryKey(selector, node))

    def required(self, name: str) -> Node:
        """Objects that have the key; all values that are not objects."""
        return self.atom(SomeKey(Name(name), self.true))

    def all(self, parts: Iterable[Node]) -> Node:
        """Intersection: flat, without repetition, types merged."""
        types = TYPES
        kept: set[Node] = set()
        waiting = list(parts)
        while waiting:
            part = waiting.pop()
            if isinstance(part, AllOf):
                waiting.extend(part.parts)
            elif isinstance(part, Kinds):
                types &= part.types
            else:
                kept.add(part)
        if not types:
            return self.false
        if types != TYPES:
            kept.add(self.kinds(types))
        return self._combined(AllOf, kept, empty=self.true)

    def any(self, parts: Iterable[Node]) -> Node:
        """Union: flat, without repetition, types merged. A part that admits everything absorbs nothing:
        the terms that the other parts define still count."""
        types: frozenset[str] = frozenset()
        kept: set[Node] = set()
        waiting = list(parts)
        while waiting:
            part = waiting.pop()
            if isinstance(part, AnyOf):
                waiting.extend(part.parts)
            elif isinstance(part, Kinds):
                types |= part.types
            else:
                kept.add(part)
        if types:
            kept.add(self.kinds(types))
        return self._combined(AnyOf, kept, empty=self.false)

    def _combined(self, make: Callable[..., Node], parts: set[Node], *, empty: Node) -> Node:
        if len(parts) < 2:
            return next(iter(parts), empty)
        return self._intern(make, tuple(sorted(parts, key=_serial)))

    def one(self, parts: Iterable[Node]) -> Node:
        """The values that exactly one part admits. A part given twice counts twice."""
        kept = tuple(sorted((part for part in parts if part is not self.false), key=_serial))
        if len(kept) < 2:
            return next(iter(kept), self.false)
        return self._intern(OneOf, kept, True)

    def opaque(self, keyword: str, pointer: str, reason: str, content: Hashable) -> Node:
        """A set that is not modelled, and why. Two with the same content are the same set."""
        return self._intern(Opaque, keyword, pointer, reason, content, True)

    def ref(self, name: Hashable, body: Callable[[], Node], kin: str = "") -> Node:
        """A definition by name; its body is made when it is first unfolded. `kin`: how its like is called
        wherever it comes from, if it has any."""
        self._bodies.setdefault(name, body)
        self._kin.setdefault(name, kin)
        return self._intern(Ref, name, True)

    def kin(self, ref: Ref) -> str:
        """What definitions have in common that are likely to be versions of one another; nothing: no such."""
        return self._kin[ref.name]

    def body(self, ref: Ref) -> Node:
        """What a reference stands for."""
        body = self._unfolded.get(ref)
        if body is None:
            body = self._bodies[ref.name]()
            body = self._unfolded[ref] = body if ref.holds else self.negate(body)
        return body

    def negate(self, node: Node) -> Node:
        """The complement."""
        opposite = self._opposites.get(node)
        if opposite is None:
            opposite = self._opposites[node] = self._complement(node)
            self._opposites.setdefault(opposite, node)
        return opposite

    def known_opposite(self, node: Node) -> Node | None:
        """The complement, if it has been asked for before."""
        return self._opposites.get(node)

    def _complement(self, node: Node) -> Node:
        match node:
            case Kinds(_, types):
                return self.kinds(TYPES - types)
            case Listed(_, keys, holds):
                return self._intern(Listed, keys, not holds)
            case Atom(_, predicate, strong):
                return self.atom(self._opposite(predicate), strong=not strong)
            case AllOf(_, parts):
                return self.any(map(self.negate, parts))
            case AnyOf(_, parts):
                return self.all(map(self.negate, parts))
            case OneOf(_, parts, holds):
                return self._intern(OneOf, parts, not holds)
            case Ref(_, name, holds):
                return self._intern(Ref, name, not holds)
            case Opaque(_, keyword, pointer, reason, content, holds):
                return self._intern(Opaque, keyword, pointer, reason, content, not holds)

    def _opposite(self, predicate: Predicate) -> Predicate:
        match predicate:
            case Bound(limit, upper, exclusive):
                return Bound(limit, not upper, not exclusive)
            case Length(limit, upper) | KeyCount(limit, upper) | ItemCount(limit, upper):
                return replace(predicate, limit=limit + 1 if upper else limit - 1, upper=not upper)
            case Count(node, limit, upper):
                return Count(node, limit + 1 if upper else limit - 1, not upper)
            case EveryKey(selector, node):
                return SomeKey(selector, self.negate(node))
            case SomeKey(selector, node):
                return EveryKey(selector, self.negate(node))
            case EveryItem(index, onward, node):
                return SomeItem(index, onward, self.negate(node))
            case SomeItem(index, onward, node):
                return EveryItem(index, onward, self.negate(node))
            case _:
                return replace(predicate, holds=not predicate.holds)


def _serial(node: Node) -> int:
    return node.serial


def type_about(atom: Atom) -> str:
    """The JSON type that an atom is about."""
    return TYPE_OF[type(atom.predicate)]
