"""Questions on which other tools give up or err: each is decided here."""

from __future__ import annotations

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.verdicts import Answer
from bot.standard.dialects import Draft
from bot.standard.values import JSON
from tests.worlds import compare

ADDRESS: JSON = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
NUMBERED: JSON = {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}}
EVALUATED: JSON = {"oneOf": [ADDRESS, NUMBERED], "unevaluatedProperties": False}
SHUT: JSON = {
    "type": "object",
    "properties": {"a": {"type": "string"}, "b": {"type": "integer"}},
    "additionalProperties": False,
}

CONTAINED: list[tuple[JSON, JSON]] = [
    ({"pattern": "^a{1,3}$"}, {"pattern": "^a{1,5}$"}),
    ({"pattern": "^a+$"}, {"pattern": "^a*$"}),
    ({"type": "string", "pattern": "^[a-z]{3}$"}, {"type": "string", "maxLength": 3}),
    (
        {"type": "object", "patternProperties": {"^x-": {"type": "integer"}}},
        {"type": "object", "patternProperties": {"^x": {"type": "number"}}},
    ),
    (EVALUATED, SHUT),
]


@pytest.mark.parametrize(("base", "head"), CONTAINED[:3] + CONTAINED[4:])
def test_what_is_contained_is_proved(confirmer: Confirmer, base: JSON, head: JSON) -> None:
    assert compare(base, head, confirmer).strict_backward.answer is Answer.COMPATIBLE


@pytest.mark.parametrize(("head", "base"), CONTAINED)
def test_what_is_wider_is_refuted(confirmer: Confirmer, base: JSON, head: JSON) -> None:
    assert compare(base, head, confirmer).strict_backward.answer is Answer.BREAKING


def test_a_shorter_pattern_takes_in_more_keys(confirmer: Confirmer) -> None:
    """As sets, what `^x-` leaves open `^x` does not; the other way round for a key that only `^x` describes."""
    base, head = CONTAINED[3]
    verdict = compare(base, head, confirmer).strict_backward
    assert verdict.answer is Answer.BREAKING
    [key] = verdict.witness
    assert key.startswith("x")
    assert not key.startswith("x-")
    only = {"propertyNames": {"pattern": "^x-"}}
    assert compare({**base, **only}, {**head, **only}, confirmer).strict_backward.answer is Answer.COMPATIBLE


def test_a_date_begins_with_a_digit(confirmer: Confirmer) -> None:
    base, head = {"type": "string", "format": "date"}, {"type": "string", "pattern": "^[0-9]"}
    verdicts = compare(base, head, confirmer)
    assert verdicts.publishers.answer is Answer.COMPATIBLE
    # For strict inclusion a format only describes.
    assert verdicts.strict_backward.answer is Answer.BREAKING


@pytest.mark.parametrize(
    "schema", [*[each for pair in CONTAINED for each in pair], {"format": "date"}, {"uniqueItems": True}]
)
def test_nothing_is_at_once_a_thing_and_its_opposite(confirmer: Confirmer, schema: JSON) -> None:
    for draft in (Draft.DRAFT2019, Draft.DRAFT2020):
        verdicts = compare({"allOf": [schema, {"not": schema}]}, False, confirmer, draft)
        assert verdicts.strict_backward.answer is Answer.COMPATIBLE


def test_an_emptiness_that_leans_on_an_open_assumption_is_not_remembered(confirmer: Confirmer) -> None:
    """`a` leads to `b`, which leads back to `a` or ends: met from inside `a` it looks empty, and is not."""
    definitions: JSON = {
        "a": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/$defs/b"}}},
        "b": {"anyOf": [{"$ref": "#/$defs/a"}, {"type": "null"}]},
    }
    ends = {"$defs": definitions, "$ref": "#/$defs/a"}
    assert compare(ends, False, confirmer).strict_backward.answer is Answer.BREAKING
    never = {"$defs": {**definitions, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}
    assert compare(never, False, confirmer).strict_backward.answer is Answer.COMPATIBLE
    both = {"$defs": definitions, "prefixItems": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}], "minItems": 2}
    assert compare({"type": "array", **both}, False, confirmer).strict_backward.answer is Answer.BREAKING
