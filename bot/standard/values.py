"""JSON values: their type, their equality as JSON Schema defines it, and keys to hash them by."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias, TypeGuard

JSON: TypeAlias = Any
"""Any JSON value. `Any`, because schemas are read keyword by keyword and a recursive alias would
need a cast at each step; what a value may be is checked where it is read."""

Schema: TypeAlias = Mapping[str, JSON] | bool


def exact(number: float) -> Fraction:
    """The number as it is written in JSON: 0.1 is one tenth, not the nearest binary fraction."""
    if isinstance(number, int):
        return Fraction(number)
    return Fraction(Decimal(repr(number)))


def number_value(number: Fraction) -> int | float:
    """The JSON number for an exact value: an integer where it is one."""
    return int(number) if number.denominator == 1 else float(number)


def is_number(value: JSON) -> TypeGuard[float]:
    """True for JSON numbers; Python's booleans are not numbers in JSON."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def type_of(value: JSON) -> str:
    """The JSON type of a value: null, boolean, number, string, array or object."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, (list, tuple)) else "object"


def freeze(value: JSON) -> Hashable:
    """A key that is equal for values that JSON Schema calls equal (1 and 1.0, not 1 and true)."""
    kind = type_of(value)
    if kind == "number":
        # A whole number equals its fraction and has its hash, and is far quicker to make.
        return (kind, value if isinstance(value, int) else exact(value))
    if kind == "array":
        return (kind, tuple(freeze(item) for item in value))
    if kind == "object":
        return (kind, frozenset((name, freeze(item)) for name, item in value.items()))
    return (kind, value)


def same(left: JSON, right: JSON) -> bool:
    """Equality of JSON values (JSON Schema core, section 4.2.2)."""
    if left is right:
        return True
    kind = type_of(left)
    if kind != type_of(right):
        return False
    if kind == "object":
        return left.keys() == right.keys() and all(same(item, right[name]) for name, item in left.items())
    if kind == "array":
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def lacking(values: Iterable[JSON], others: Iterable[JSON]) -> list[JSON]:
    """The values that are equal to none of the others, in their order; lists of thousands are held so at once."""
    known = {freeze(each) for each in others}
    return [each for each in values if freeze(each) not in known]


def exceeds(value: JSON, most: int) -> bool:
    """Whether a value has more than so many parts; a part that stands in several places counts in each."""
    waiting = [value]
    while waiting and most >= 0:
        most -= 1
        part = waiting.pop()
        if isinstance(part, (list, dict)):
            waiting.extend(part.values() if isinstance(part, dict) else part)
    return most < 0
