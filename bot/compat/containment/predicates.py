"""What a schema can ask of a value of one type, each with the question's exact opposite."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from bot.compat.containment.nodes import Node


@dataclass(frozen=True, slots=True)
class Bound:
    """A number at least `limit`, or at most where `upper`; not `limit` itself where `exclusive`."""

    limit: Fraction
    upper: bool
    exclusive: bool


@dataclass(frozen=True, slots=True)
class Multiple:
    """A number that is (or, where not `holds`, is not) a multiple of `of`."""

    of: Fraction
    holds: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """Draft 4 alone: a number written without a fraction part (`1`, not `1.0`), or one written with it."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Length:
    """A string of at least (`upper`: at most) `limit` characters."""

    limit: int
    upper: bool


@dataclass(frozen=True, slots=True)
class Matches:
    """A string that a pattern matches, or does not match."""

    pattern: str
    holds: bool


@dataclass(frozen=True, slots=True)
class HasFormat:
    """A string that has a format, or does not have it."""

    name: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Name:
    """Selects the key of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Selects the keys that match all of `matching`, none of `without`, and are none of `names`."""

    matching: frozenset[str]
    names: frozenset[str]
    without: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameLike:
    """Selects the keys whose name, as a string, the node admits."""

    node: Node


Selector: TypeAlias = Name | Rest | NameLike


@dataclass(frozen=True, slots=True)
class EveryKey:
    """An object in which each selected key has a value that `node` admits."""

    selector: Selector
    node: Node


@dataclass(frozen=True, slots=True)
class SomeKey:
    """An object in which some selected key has a value that `node` admits."""

    selector: Selector
    node: Node


@dataclass(frozen=True, slots=True)
class KeyCount:
    """An object with at least (`upper`: at most) `limit` keys."""

    limit: int
    upper: bool


@dataclass(frozen=True, slots=True)
class EveryItem:
    """An array whose item at `index` (and every later one where `onward`) is admitted by `node`, if it is there."""

    index: int
    onward: bool
    node: Node


@dataclass(frozen=True, slots=True)
class SomeItem:
    """An array that has an item at `index` (or, where `onward`, at some index from there on) that `node` admits."""

    index: int
    onward: bool
    node: Node


@dataclass(frozen=True, slots=True)
class ItemCount:
    """An array of at least (`upper`: at most) `limit` items."""

    limit: int
    upper: bool


@dataclass(frozen=True, slots=True)
class Distinct:
    """An array whose items are all different, or one in which two are equal."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Count:
    """An array in which at least (`upper`: at most) `limit` items are admitted by `node`."""

    node: Node
    limit: int
    upper: bool


Numeric: TypeAlias = Bound | Multiple | Whole
Textual: TypeAlias = Length | Matches | HasFormat
Keyed: TypeAlias = EveryKey | SomeKey | KeyCount
Indexed: TypeAlias = EveryItem | SomeItem | ItemCount | Distinct | Count
Predicate: TypeAlias = Numeric | Textual | Keyed | Indexed

TYPE_OF: dict[type, str] = {
    **dict.fromkeys((Bound, Multiple, Whole), "number"),
    **dict.fromkeys((Length, Matches, HasFormat), "string"),
    **dict.fromkeys((EveryKey, SomeKey, KeyCount), "object"),
    **dict.fromkeys((EveryItem, SomeItem, ItemCount, Distinct, Count), "array"),
}
"""The JSON type of the values that each predicate is about."""
