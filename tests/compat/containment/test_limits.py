"""Schemas made to exhaust whoever judges them: each ends, with an answer or with a reason."""

from __future__ import annotations

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.verdicts import Answer
from bot.standard.values import JSON
from tests.worlds import compare


def chained(make: str, leaf: JSON, many: int = 30) -> JSON:
    """Definitions that refer to the next one twice each."""
    chain = {f"d{at}": _twice(make, {"$ref": f"#/$defs/d{at + 1}"}) for at in range(many)}
    return {"$defs": {**chain, f"d{many}": leaf}, "$ref": "#/$defs/d0"}


def _twice(make: str, schema: JSON) -> JSON:
    if make == "properties":
        return {"type": "object", "properties": {"a": schema, "b": schema}, "required": ["a", "b"]}
    return {make: [schema, schema]}


def nested(many: int, leaf: JSON) -> JSON:
    schema = leaf
    for at in range(many):
        schema = {"oneOf": [schema, {"const": at}]}
    return schema


TEXT: JSON = {"type": "string"}
LONG: JSON = {"type": "string", "minLength": 3}


@pytest.mark.parametrize(
    ("base", "head"),
    [
        (chained("allOf", TEXT), chained("allOf", LONG)),
        (chained("anyOf", TEXT), chained("anyOf", LONG)),
        (chained("properties", TEXT), chained("properties", LONG)),
        ({"$ref": "#"}, TEXT),
        ({"allOf": [{"$ref": "#"}]}, TEXT),
        ({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}, TEXT),
        ({"const": ["x"] * 10_000}, {"const": ["x"] * 10_001}),
        ({"enum": [{"n": n} for n in range(5_000)]}, {"enum": [{"n": n} for n in range(1, 5_000)]}),
        ({"type": "array", "minItems": 10**9}, {"type": "array", "minItems": 10**9 + 1}),
        ({"type": "string", "minLength": 10**9}, {"type": "string", "minLength": 10**9 + 1}),
        ({"type": "object", "minProperties": 10**9}, {"type": "object", "minProperties": 10**9 + 1}),
        ({"type": "number"}, {"type": "number", "multipleOf": 1e-300}),
        (chained("allOf", TEXT, 3_000), TEXT),
    ],
)
def test_what_cannot_be_decided_has_a_reason(confirmer: Confirmer, base: JSON, head: JSON) -> None:
    verdicts = compare(base, head, confirmer)
    for verdict in (verdicts.strict_backward, verdicts.publishers):
        assert verdict.answer is Answer.UNKNOWN
        assert verdict.reason


@pytest.mark.parametrize(
    ("base", "head"),
    [
        (nested(40, TEXT), nested(40, LONG)),
        ({"enum": list(range(20_000))}, {"enum": list(range(19_999))}),
        ({"type": "integer", "minimum": 10**300}, {"type": "integer", "minimum": 10**300 + 1}),
        ({"multipleOf": 10**300}, {"multipleOf": 3 * 10**300}),
        ({"properties": {f"p{n}": TEXT for n in range(800)}}, {"properties": {f"p{n}": TEXT for n in range(799)}}),
        ({"type": "string"}, {"type": "string", "pattern": "^(a+)+$"}),
        ({"type": "string"}, {"type": "string", "pattern": "^.*.*.*.*.*.*=.*$"}),
    ],
)
def test_what_is_large_is_decided_all_the_same(confirmer: Confirmer, base: JSON, head: JSON) -> None:
    assert compare(base, head, confirmer).publishers.answer is Answer.BREAKING
    assert compare(base, base, confirmer).publishers.answer is Answer.COMPATIBLE


def test_twice_the_same_under_one_of_is_nothing(confirmer: Confirmer) -> None:
    assert compare(chained("oneOf", TEXT), False, confirmer).publishers.answer is Answer.COMPATIBLE
