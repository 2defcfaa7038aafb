"""Which schemas say the same, through all their references, and which refer to themselves.

Two schemas have one signature exactly when their keywords are equal and the schemas they refer to have
equal signatures, however the definitions are called and in whatever file they stand. For definitions
in a cycle the equality is that of their infinite unfoldings, found by refining partitions (Moore 1956).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.compat.containment.scopes import Scope, Scopes, Undetermined
from bot.standard.dialects import Draft
from bot.standard.documents import DanglingReference, Documents, Target
from bot.standard.keywords import (
    JUDGED,
    LIST_OF_SCHEMAS,
    MAP_OF_SCHEMAS,
    ONE_SCHEMA,
    REFERENCES,
    is_schema,
)
from bot.standard.values import JSON, freeze

Steps: TypeAlias = tuple[str, ...]
Key: TypeAlias = tuple[int, Scope]
Edges: TypeAlias = dict[Key, tuple["Key | Nowhere", ...]]
"""For each schema those it refers to."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Stands for where a reference leads that leads nowhere, or that cannot be followed."""

    name: Hashable


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in a schema: its keyword and text, the steps to the schema that holds it, and whether it is about the
    same value as the whole (`allOf`) or about a part of it (`properties`)."""

    keyword: str
    text: str
    steps: Steps
    in_place: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What a schema says itself: a number for its own keywords, its references, and whether it names a format."""

    number: int
    references: tuple[Reference, ...]
    formatted: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """A number that stands for what a schema says; `recursive` where it refers to itself, `endless` where
    it does so about the same value, which no validator survives; `formatted` where it names a format."""

    number: int
    recursive: bool
    endless: bool
    formatted: bool


class Signatures:
    """Gives out signatures; numbers are comparable between all the documents it has seen."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self._numbers: dict[Hashable, int] = {}
        # Keyed by identity; what has it is kept, so that its identity stays its own.
        self._shapes: dict[tuple[int, Draft], tuple[JSON, Shape]] = {}
        self._known: dict[int, tuple[Documents, dict[Key, Signature]]] = {}

    @staticmethod
    def key(target: Target) -> Key:
        """What tells schemas apart: their identity, and the scope in which their dynamic references are read."""
        return id(target.schema), target.scope

    def known(self, documents: Documents) -> dict[Key, Signature]:
        """The signatures that were given out for documents so far."""
        return self._known.setdefault(id(documents), (documents, {}))[1]

    def of(self, scopes: Scopes, target: Target) -> Signature:
        """The signature of a schema."""
        known, key = self.known(scopes.documents), self.key(target)
        if key not in known:
            graph = _Graph(self, scopes)
            graph.add(target)
            known.update(graph.signatures())
        return known[key]

    def number(self, key: Hashable) -> int:
        """A number for a key: the same for the same key."""
        return self._numbers.setdefault(key, len(self._numbers))

    def shape(self, documents: Documents, schema: JSON) -> Shape:
        """The schema's own keywords, with its references left out and listed."""
        key = id(schema), documents.draft  # one schema can be read in two drafts
        known = self._shapes.get(key)
        if known is None:
            shaping = _Shaping()
            number = self.number(("shape", documents.draft, shaping.of(schema, (), in_place=True)))
            shape = Shape(number, tuple(shaping.references), shaping.formatted)
            known = self._shapes[key] = (schema, shape)
        return known[1]


_SAME_VALUE = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies"})
_SHAPED = JUDGED | {"$id", "id", "$dynamicAnchor", "$recursiveAnchor"}


class _Shaping:
    """Takes in a schema, to where it refers to others."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.formatted = False

    def of(self, schema: JSON, steps: Steps, *, in_place: bool) -> Hashable:
        if not isinstance(schema, dict):
            return freeze(schema)
        self.formatted = self.formatted or "format" in schema
        keywords = sorted(_SHAPED & schema.keys())
        return tuple(self._keyword(each, schema[each], steps, in_place=in_place) for each in keywords)

    def _keyword(self, keyword: str, value: JSON, steps: Steps, *, in_place: bool) -> Hashable:
        here = in_place and keyword in _SAME_VALUE

        def part(value: JSON, *more: str) -> Hashable:
            return self.of(value, (*steps, *more), in_place=here) if is_schema(value) else ("value", freeze(value))

        if keyword in REFERENCES and isinstance(value, str):
            self.references.append(Reference(keyword, value, steps, in_place))
            return keyword
        if keyword in MAP_OF_SCHEMAS and isinstance(value, dict):
            return keyword, tuple((name, part(value[name], keyword, name)) for name in sorted(value))
        if keyword in LIST_OF_SCHEMAS and isinstance(value, list):
            return keyword, "list", tuple(part(each, keyword, str(at)) for at, each in enumerate(value))
        return keyword, part(value, keyword) if keyword in ONE_SCHEMA else freeze(value)


class _Graph:
    """The schemas of one set of documents and what each refers to."""

    def __init__(self, signatures: Signatures, scopes: Scopes) -> None:
        self._signatures = signatures
        self._scopes = scopes
        self._shapes: dict[Key, Shape] = {}
        self._edges: Edges = {}
        self._same_value: Edges = {}

    def add(self, root: Target) -> None:
        waiting = [root]
        while waiting:
            target = waiting.pop()
            key = Signatures.key(target)
            if key in self._shapes:
                continue
            shape = self._shapes[key] = self._signatures.shape(self._scopes.documents, target.schema)
            edges: list[Key | Nowhere] = []
            same: list[Key | Nowhere] = []
            for reference in shape.references:
                edge = self._follow(target, reference, waiting)
                edges.append(edge)
                if reference.in_place:
                    same.append(edge)
            self._edges[key], self._same_value[key] = tuple(edges), tuple(same)

    def _follow(self, target: Target, reference: Reference, waiting: list[Target]) -> Key | Nowhere:
        try:
            place = self._place(target, reference.steps)
            found = self._scopes.follow(reference.keyword, reference.text, place)
        except DanglingReference:
            return Nowhere(reference.text)
        except Undetermined:
            return Nowhere((self._scopes.nowhere, reference.text))
        waiting.append(found)
        return Signatures.key(found)

    def _place(self, target: Target, steps: Steps) -> Target:
        place = self._scopes.within(target, target.schema)
        value = place.schema
        for step in steps:
            value = value[int(step)] if isinstance(value, list) else value[step]
            if self._scopes.documents.identifier(value):
                place = self._scopes.within(place, value)
        return place

    def signatures(self) -> dict[Key, Signature]:
        endless = {key for members in _components(self._same_value) for key in _cyclic(members, self._same_value)}
        numbers: dict[Key, int] = {}
        recursive: set[Key] = set()
        formatted: set[Key] = set()
        for members in _components(self._edges):
            if _cyclic(members, self._edges):
                recursive.update(members)
                numbers.update(self._cycle(members, numbers))
            else:
                seen = self._through(members[0], {}, numbers)
                numbers[members[0]] = self._number(("one", self._shapes[members[0]].number, seen))
            if any(self._shapes[key].formatted or not formatted.isdisjoint(self._edges[key]) for key in members):
                formatted.update(members)
        return {
            key: Signature(number, key in recursive, key in endless, key in formatted)
            for key, number in numbers.items()
        }

    def _number(self, key: Hashable) -> int:
        return self._signatures.number(key)

    def _cycle(self, members: list[Key], done: dict[Key, int]) -> dict[Key, int]:
        classes = {key: self._number(("in", self._shapes[key].number)) for key in members}
        while True:
            finer = {key: self._number((classes[key], self._through(key, classes, done))) for key in members}
            if len(set(finer.values())) == len(set(classes.values())):
                break
            classes = finer
        # Equal tables of (class, what it unfolds to) make equal classes of two cycles bisimilar.
        table = self._number(("table", frozenset((classes[key], finer[key]) for key in members)))
        return {key: self._number(("cycle", table, classes[key])) for key in members}

    def _through(self, key: Key, classes: dict[Key, int], done: dict[Key, int]) -> tuple[Hashable, ...]:
        return tuple(
            edge if isinstance(edge, Nowhere) else ("in", classes[edge]) if edge in classes else done[edge]
            for edge in self._edges[key]
        )


def _cyclic(members: list[Key], edges: Edges) -> list[Key]:
    return members if len(members) > 1 or members[0] in edges[members[0]] else []


def _components(edges: Edges) -> Iterator[list[Key]]:
    """Strongly connected components, each after all it refers to (Tarjan 1972, without recursion)."""
    walk = _Walk(edges)
    for start in edges:
        yield from walk.components(start)


class _Walk:
    def __init__(self, edges: Edges) -> None:
        self._edges = edges
        self._order: dict[Key, int] = {}
        self._low: dict[Key, int] = {}
        self._stack: dict[Key, None] = {}

    def components(self, start: Key) -> Iterator[list[Key]]:
        if start in self._order:
            return
        path = [(start, self._enter(start))]
        while path:
            key, rest = path[-1]
            inner = self._unvisited(key, rest)
            if inner is not None:
                path.append((inner, self._enter(inner)))
                continue
            path.pop()
            if path:
                above = path[-1][0]
                self._low[above] = min(self._low[above], self._low[key])
            if self._low[key] == self._order[key]:
                yield self._leave(key)

    def _enter(self, key: Key) -> Iterator[Key]:
        self._order[key] = self._low[key] = len(self._order)
        self._stack[key] = None
        return (edge for edge in self._edges[key] if not isinstance(edge, Nowhere))

    def _unvisited(self, key: Key, rest: Iterator[Key]) -> Key | None:
        for edge in rest:
            if edge not in self._order:
                return edge
            if edge in self._stack:
                self._low[key] = min(self._low[key], self._order[edge])
        return None

    def _leave(self, key: Key) -> list[Key]:
        component: list[Key] = []
        while not component or component[-1] != key:
            component.append(self._stack.popitem()[0])
        return component
