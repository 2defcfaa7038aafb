"""The terms of a structure, place by place: which keys an object defines, which items an array holds.

A place of a document (`/contacts/0`) is described by all schemas that apply there; a *position* is that
set of nodes. Terms are collected through everything that applies to the same value (`allOf`, `anyOf`,
`oneOf`, `if`/`then`/`else`, `$ref`, `dependentSchemas`), never through `not`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from bot.compat.containment.admits import Admission
from bot.compat.containment.languages import Language, TooLarge
from bot.compat.containment.nodes import AllOf, AnyOf, Arena, Atom, Node, OneOf, Ref
from bot.compat.containment.patterns import Pattern, compiled
from bot.compat.containment.predicates import (
    Count,
    EveryItem,
    EveryKey,
    Name,
    Rest,
    SomeKey,
)

Position: TypeAlias = frozenset[Node]

NOWHERE: Position = frozenset()
MOST_GROUPS = 16
"""Four patterns of which each may match what any other does; or fifteen that have nothing in common."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the schemas of a position define for objects and arrays."""

    names: dict[str, frozenset[Node]]
    patterns: dict[str, frozenset[Node]]
    extras: tuple[tuple[Rest, Node], ...]
    open: tuple[tuple[Rest, Node], ...]
    required: frozenset[str]
    items: dict[int, frozenset[Node]]
    onward: tuple[EveryItem, ...]
    places: int
    containing: frozenset[Node]
    typed: bool
    shut: bool

    @property
    def defined(self) -> bool:
        """Whether any key is defined, by name or by pattern."""
        return bool(self.names or self.patterns)

    @property
    def constrains_extras(self) -> bool:
        """Whether the schemas themselves say what other keys may be there (none, or of which kind)."""
        return self.typed or self.shut


class Positions:
    """Reads the terms of positions over one arena."""

    def __init__(self, arena: Arena, admission: Admission) -> None:
        """`arena` unfolds references, `admission` tells which keys a pattern takes in."""
        self._arena = arena
        self._admission = admission
        self._known: dict[Position, Terms] = {}

    def terms(self, position: Position) -> Terms:
        """What is defined at a position."""
        known = self._known.get(position)
        if known is None:
            known = self._known[position] = self._collect(position)
        return known

    def _collect(self, position: Position) -> Terms:
        names: dict[str, set[Node]] = {}
        patterns: dict[str, set[Node]] = {}
        extras: list[tuple[Rest, Node]] = []
        required: set[str] = set()
        items: dict[int, set[Node]] = {}
        onward: list[EveryItem] = []
        containing: set[Node] = set()
        for atom in self._atoms(position):
            match atom.predicate:
                case EveryKey(Name(), node) if node is self._arena.false:
                    pass  # no value, so no term: this is how `dependentRequired` asks whether a name is there
                case EveryKey(Name(name), node):
                    names.setdefault(name, set()).add(node)
                case EveryKey(Rest(matching, listed, _) as rest, node):
                    if len(matching) == 1 and not listed:
                        patterns.setdefault(next(iter(matching)), set()).add(node)
                    else:
                        extras.append((rest, node))
                case SomeKey(Name(name), node) if node is self._arena.true:
                    required.add(name)
                case EveryItem(_, onward=True) as item:
                    onward.append(item)
                case EveryItem(index, _, node):
                    items.setdefault(index, set()).add(node)
                case Count(node, _, upper=False):
                    containing.add(node)
        constraints = [node for _, node in extras if node is not self._arena.true]
        return Terms(
            {name: frozenset(nodes) for name, nodes in names.items()},
            {pattern: frozenset(nodes) for pattern, nodes in patterns.items()},
            tuple(extras),
            tuple((rest, node) for rest, node in extras if node is not self._arena.false),
            frozenset(required),
            {index: frozenset(nodes) for index, nodes in items.items()},
            tuple(onward),
            max([0, *(index + 1 for index in items), *(each.index for each in onward)]),
            frozenset(containing),
            typed=any(node is not self._arena.false for node in constraints),
            shut=self._arena.false in constraints,
        )

    def _atoms(self, position: Iterable[Node]) -> list[Atom]:
        """The keywords that apply to the value itself. Strong atoms stand for complements: never terms."""
        found: list[Atom] = []
        seen: set[Node] = set()
        waiting = list(position)
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            match node:
                case AllOf(_, parts) | AnyOf(_, parts) | OneOf(_, parts, holds=True):
                    waiting.extend(parts)
                case Ref(_, _, holds=True):
                    waiting.append(self._arena.body(node))
                case Atom(strong=False):
                    found.append(node)
        return sorted(found, key=lambda atom: atom.serial)

    def key(self, position: Position, name: str) -> Position:
        """The position of a key's value."""
        terms = self.terms(position)
        nodes = set(terms.names.get(name, NOWHERE))
        for pattern, found in terms.patterns.items():
            if self._admission.selects(Rest(frozenset({pattern}), frozenset(), frozenset()), name) is not False:
                nodes |= found
        # "No other key" describes no value of another key.
        nodes |= {node for rest, node in terms.open if self._admission.selects(rest, name) is not False}
        return frozenset(nodes - {self._arena.false})

    def unnamed(self, position: Position, matched: frozenset[str]) -> Position:
        """The position of the value of a key that nothing names and that matches these patterns and no others."""
        terms = self.terms(position)
        nodes = {node for pattern, found in terms.patterns.items() if pattern in matched for node in found}
        nodes |= {node for rest, node in terms.open if rest.matching <= matched and not rest.without & matched}
        return frozenset(nodes - {self._arena.false})

    def pattern(self, position: Position, patterns: frozenset[str]) -> Position:
        """The position of the value of a key that no name defines and that matches exactly these patterns."""
        terms = self.terms(position)
        nodes = {node for pattern in patterns for node in terms.patterns.get(pattern, NOWHERE)}
        if not patterns:
            nodes |= {node for rest, node in terms.extras if not rest.matching}
        return frozenset(nodes - {self._arena.false})

    def item(self, position: Position, index: int) -> Position:
        """The position of an item."""
        terms = self.terms(position)
        onward = (each.node for each in terms.onward if each.index <= index)
        return terms.items.get(index, NOWHERE).union(onward, terms.containing)

    def places(self, *positions: Position) -> int:
        """How many first items of an array are described one by one."""
        return max(self.terms(position).places for position in positions)

    def has_items(self, position: Position) -> bool:
        """Whether anything is said of the items of an array."""
        terms = self.terms(position)
        return bool(terms.items or terms.onward or terms.containing)


@lru_cache(maxsize=4096)
def groups(patterns: frozenset[str]) -> tuple[frozenset[str], ...] | None:
    """Every choice of at least one of the patterns that one string may match at once: patterns for keys are mostly
    told apart by how these begin. None where there are too many."""
    found: list[frozenset[str]] = [frozenset()]
    for pattern in sorted(patterns):
        found += [group | {pattern} for group in found if all(_overlap(pattern, each) for each in group)]
        if len(found) > MOST_GROUPS:
            return None
    return tuple(sorted(found[1:], key=lambda group: (len(group), sorted(group))))


@lru_cache(maxsize=4096)
def _overlap(one: str, other: str) -> bool:
    """Whether some string may match both patterns; True too where that cannot be told."""
    both = compiled(one), compiled(other)
    regular = tuple(each for each in both if isinstance(each, Pattern))
    try:
        return len(regular) < len(both) or Language(regular).example() is not None
    except TooLarge:
        return True
