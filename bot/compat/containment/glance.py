"""What can be said of a node at a glance: bounds on its types, its values and its discriminating keys.

Every answer errs on the wide side, so that "these two have nothing in common" can be relied upon.
"""

from __future__ import annotations

from collections.abc import Hashable

from bot.compat.containment.nodes import (
    TYPES,
    AllOf,
    AnyOf,
    Arena,
    Atom,
    Kinds,
    Listed,
    Node,
    OneOf,
    Ref,
    type_about,
)
from bot.compat.containment.predicates import EveryKey, Name, SomeKey

DEEPEST = 12


class Glance:
    """Remembers what it has seen of the nodes of one arena."""

    def __init__(self, arena: Arena) -> None:
        """`arena` unfolds references."""
        self._arena = arena
        self._types: dict[Node, frozenset[str]] = {}
        self._listed: dict[Node, frozenset[Hashable] | None] = {}
        self._marks: dict[Node, dict[str, frozenset[Hashable]]] = {}
        self._apart: dict[tuple[Node, Node, str], bool] = {}

    def types(self, node: Node, depth: int = 0) -> frozenset[str]:
        """The types that its values can have."""
        known = self._types.get(node)
        if known is None:
            known = self._types_of(node, depth) if depth < DEEPEST else TYPES
            if depth == 0:
                self._types[node] = known
        return known

    def _types_of(self, node: Node, depth: int) -> frozenset[str]:
        match node:
            case Kinds(_, types):
                return types
            case Listed(_, keys, holds=True):
                return frozenset(key[0] for key in keys if isinstance(key, tuple))
            case Atom(strong=True):
                return frozenset({type_about(node)})
            case AllOf(_, parts):
                return frozenset(TYPES.intersection(*(self.types(part, depth + 1) for part in parts)))
            case AnyOf(_, parts) | OneOf(_, parts, holds=True):
                return frozenset().union(*(self.types(part, depth + 1) for part in parts))
            case Ref():
                return self.types(self._arena.body(node), depth + 1)
            case _:
                return TYPES

    def listed(self, node: Node, depth: int = 0) -> frozenset[Hashable] | None:
        """The only scalars it can admit (it admits no array or object then); None: no such list."""
        if node not in self._listed:
            self._listed[node] = self._listed_of(node, depth)
        return self._listed[node]

    def _listed_of(self, node: Node, depth: int) -> frozenset[Hashable] | None:
        if depth > DEEPEST:
            return None
        match node:
            case Listed(_, keys, holds=True):
                return keys
            case AllOf(_, parts):
                found = [each for part in parts if (each := self.listed(part, depth + 1)) is not None]
                return frozenset.intersection(*found) if found else None
            case AnyOf(_, parts):
                options = [self.listed(part, depth + 1) for part in parts]
                return (
                    None
                    if None in options
                    else frozenset().union(*(option for option in options if option is not None))
                )
            case Ref():
                return self.listed(self._arena.body(node), depth + 1)
            case _:
                return None

    def marks(self, node: Node, depth: int = 0) -> dict[str, frozenset[Hashable]]:
        """For objects: keys that must be there, with the only scalars they can have."""
        if node not in self._marks:
            self._marks[node] = self._marks_of(node, depth)
        return self._marks[node]

    def _marks_of(self, node: Node, depth: int) -> dict[str, frozenset[Hashable]]:
        if isinstance(node, Ref):
            return self.marks(self._arena.body(node), depth + 1) if depth < DEEPEST else {}
        parts = node.parts if isinstance(node, AllOf) else (node,)
        required: set[str] = set()
        listed: dict[str, frozenset[Hashable]] = {}
        for part in parts:
            match part:
                case Atom(predicate=SomeKey(Name(name), value)):
                    required.add(name)
                    self._mark(listed, name, value)
                case Atom(predicate=EveryKey(Name(name), value)):
                    self._mark(listed, name, value)
                case Ref() if depth < DEEPEST:
                    inner = self.marks(part, depth + 1)
                    required |= inner.keys()
                    for name, keys in inner.items():
                        listed[name] = listed.get(name, keys) & keys
        return {name: keys for name, keys in listed.items() if name in required}

    def _mark(self, listed: dict[str, frozenset[Hashable]], name: str, value: Node) -> None:
        keys = self.listed(value)
        if keys is not None:
            listed[name] = listed.get(name, keys) & keys

    def apart(self, left: Node, right: Node, kind: str) -> bool:
        """True: no value of this type is admitted by both."""
        pair = (left, right, kind) if left.serial <= right.serial else (right, left, kind)
        if pair not in self._apart:
            self._apart[pair] = self._are_apart(left, right, kind)
        return self._apart[pair]

    def _are_apart(self, left: Node, right: Node, kind: str) -> bool:
        if kind not in self.types(left) & self.types(right):
            return True
        ours, theirs = self.listed(left), self.listed(right)
        if ours is not None and theirs is not None and not ours & theirs:
            return True
        if kind != "object":
            return False
        marks = self.marks(right)
        return any(name in marks and not keys & marks[name] for name, keys in self.marks(left).items())
