"""What can be said of a node at a glance: bounds on its types, its values and its discriminating keys.

Every answer errs on the wide side, so that "these two have nothing in common" can be relied upon.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations

from bot.compat.containment.marks import Marks
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
from bot.compat.containment.predicates import EveryKey, Name, Predicate, Rest, SomeKey

DEEPEST = 12


class Glance:
    """Remembers what it has seen of the nodes of one arena."""

    def __init__(self, arena: Arena) -> None:
        """`arena` unfolds references."""
        self._arena = arena
        self._types: dict[Node, frozenset[str]] = {}
        self._listed: dict[Node, frozenset[Hashable] | None] = {}
        self._marks: dict[Node, Marks] = {}
        self._full: dict[Node, frozenset[str]] = {}
        self._overlaps: dict[tuple[Node, str], dict[Node, tuple[Node, ...]]] = {}

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

    def full(self, node: Node, depth: int = 0) -> frozenset[str]:
        """Types of which it admits every value."""
        known = self._full.get(node)
        if known is None:
            known = self._full_of(node, depth) if depth < DEEPEST else frozenset()
            if depth == 0:
                self._full[node] = known
        return known

    def _full_of(self, node: Node, depth: int) -> frozenset[str]:
        match node:
            case Kinds(_, types):
                return types
            case Listed(_, keys, holds=False):
                return TYPES - {key[0] for key in keys if isinstance(key, tuple)}
            case Atom(strong=False):
                return TYPES - {type_about(node)}
            case AllOf(_, parts):
                return frozenset(TYPES.intersection(*(self.full(part, depth + 1) for part in parts)))
            case AnyOf(_, parts):
                return frozenset().union(*(self.full(part, depth + 1) for part in parts))
            case Ref():
                return self.full(self._arena.body(node), depth + 1)
            case _:
                return frozenset()

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
            case Kinds(_, types) if not types:
                return frozenset()
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

    def marks(self, node: Node, depth: int = 0) -> Marks:
        """What it demands of single keys of objects."""
        if node not in self._marks:
            self._marks[node] = self._marks_of(node, depth)
        return self._marks[node]

    def _marks_of(self, node: Node, depth: int) -> Marks:
        marks = Marks()
        match node:
            case Atom(_, predicate):
                self.mark(marks, predicate)
            case AllOf(_, parts):
                for part in parts:
                    marks.add(self.marks(part, depth))
            case Ref() if depth < DEEPEST:
                return self.marks(self._arena.body(node), depth + 1)
        return marks

    def mark(self, marks: Marks, predicate: Predicate) -> bool:
        """Take in what a predicate says of single keys; False where it says nothing of the kind."""
        match predicate:
            case SomeKey(Name(name), node):
                marks.required.add(name)
                self._list(marks, name, node)
            case EveryKey(Name(name), node):
                return self._list(marks, name, node)
            case EveryKey(Rest() as rest, node) if node is self._arena.false:
                marks.shut.append(rest)
            case _:
                return False
        return True

    def _list(self, marks: Marks, name: str, node: Node) -> bool:
        keys = self.listed(node)
        if keys is not None:
            marks.list(name, keys)
        return keys is not None

    def overlaps(self, union: AnyOf | OneOf, kind: str) -> dict[Node, tuple[Node, ...]]:
        """For each part of a union the others that may share a value of this type with it."""
        if (union, kind) not in self._overlaps:
            found: dict[Node, list[Node]] = {part: [] for part in union.parts}
            for left, right in combinations(found, 2):
                if not self.apart(left, right, kind):
                    found[left].append(right)
                    found[right].append(left)
            self._overlaps[union, kind] = {part: tuple(others) for part, others in found.items()}
        return self._overlaps[union, kind]

    def tells_apart(self, union: AnyOf | OneOf, kind: str) -> bool:
        """Whether most of its parts share no value with most others."""
        parts = dict.fromkeys(union.parts)
        silent = sum(not self._tells(part, kind) for part in parts)
        if 4 * silent * (silent - 1) > len(parts) * (len(parts) - 1):
            return False  # nothing keeps those apart from each other: there is no need to look at all pairs
        overlaps = self.overlaps(union, kind)
        return 4 * sum(map(len, overlaps.values())) <= len(overlaps) * (len(overlaps) - 1)

    def _tells(self, node: Node, kind: str) -> bool:
        """Whether there is anything by which it could be told apart from a part that says nothing of the kind."""
        if kind not in self.types(node) or self.listed(node) is not None:
            return True
        marks = self.marks(node) if kind == "object" else Marks()
        return bool(marks.listed or marks.shut)

    def apart(self, left: Node, right: Node, kind: str) -> bool:
        """True: no value of this type is admitted by both."""
        if kind not in self.types(left) & self.types(right):
            return True
        ours, theirs = self.listed(left), self.listed(right)
        if ours is not None and theirs is not None and not ours & theirs:
            return True
        if kind != "object":
            return False
        return self.marks(left).apart(self.marks(right))
