"""How much work the `jsonschema` library may do for one answer: schemas can ask for more than a lifetime's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.compat.containment.patterns import Pattern, compiled, freedom
from bot.standard.values import JSON

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

    Keyword: TypeAlias = Callable[[Validator, Any, Any, Any], Iterator[ValidationError] | None]

MOST_STEPS = 20_000
"""A whole record of HSDS takes about a thousand; these take about half a second."""


class OutOfSteps(Exception):
    """The validation was stopped: it took more steps than it is allowed."""


@contextmanager
def allowance(judge: Validator) -> Iterator[None]:
    """Let a validator take so many steps, and no more, inside this block.

    They are counted on its format checker: the one object that the library hands unchanged to all the
    validators it makes of one.
    """
    _counter(judge).steps_left = MOST_STEPS
    yield


def counted(name: str, keyword: Keyword) -> Keyword:
    """A keyword of the library that counts its steps; raises OutOfSteps."""
    cost = _COSTS.get(name, _one)

    def counting(judge: Validator, value: JSON, instance: JSON, schema: JSON) -> Iterator[ValidationError] | None:
        counter = _counter(judge)
        counter.steps_left -= cost(value, instance)
        if counter.steps_left < 0:
            raise OutOfSteps
        return keyword(judge, value, instance, schema)

    return counting


def _counter(judge: Any) -> Any:
    # The protocol of validators says nothing of the attribute that all of them have.
    return judge.format_checker


def _one(_: JSON, __: JSON) -> int:
    return 1


def _far(_: JSON, __: JSON) -> int:
    return 2


def _listed(value: JSON, _: JSON) -> int:
    """One comparison is far quicker than one keyword."""
    return 1 + _size(value) // 20


def _members(_: JSON, instance: JSON) -> int:
    return 1 + _size(instance)


def _pairs(_: JSON, instance: JSON) -> int:
    """Items that have no order are compared each with each."""
    plain = not isinstance(instance, list) or all(isinstance(each, (str, int, float)) for each in instance)
    return 1 + _size(instance) // 20 if plain else 1 + len(instance) ** 2 // 20


def _matching(value: JSON, instance: JSON) -> int:
    return 1 + _backtracking(value, instance) if isinstance(instance, str) else 1


def _matching_keys(value: JSON, instance: JSON) -> int:
    if not isinstance(instance, dict) or not isinstance(value, dict):
        return 1
    return 1 + sum(_backtracking(pattern, name) for pattern in value for name in instance)


def _backtracking(pattern: JSON, text: str) -> int:
    """What a backtracking engine may do on a pattern whose parts can share a text in so many ways, and which
    it tries from every place of the text where it is not bound to its start."""
    if not isinstance(pattern, str):
        return 0
    known = compiled(pattern)
    reach = known.reach(text) if isinstance(known, Pattern) else len(text)
    return int(reach ** (freedom(pattern) + (not pattern.startswith("^")))) // 1500


def _size(value: JSON) -> int:
    return len(value) if isinstance(value, (list, dict, str)) else 1


_COSTS: dict[str, Callable[[JSON, JSON], int]] = {
    "$ref": _far,
    "$dynamicRef": _far,
    "$recursiveRef": _far,
    "enum": _listed,
    "required": _listed,
    "properties": _listed,
    "dependentRequired": _listed,
    "uniqueItems": _pairs,
    "uniqueColumns": _members,
    "foreignKeys": _members,
    "additionalProperties": _members,
    "unevaluatedProperties": _members,
    "unevaluatedItems": _members,
    "pattern": _matching,
    "patternProperties": _matching_keys,
}
