from __future__ import annotations

import pytest

from bot.adapters.jsonschema_library import JsonSchemaConfirmer
from bot.adapters.worker import Worker
from bot.compat.confirming import Judged
from bot.standard.dialects import Draft
from bot.standard.values import JSON


class NoWorker(Worker):
    """One that must not be needed: what is asked of it fails the test."""

    def accepts(self, schema: Judged, instance: JSON) -> bool | None:
        raise AssertionError(schema.root, instance)


@pytest.fixture
def confirmer() -> JsonSchemaConfirmer:
    return JsonSchemaConfirmer(NoWorker())


def judged(schema: JSON) -> Judged:
    return Judged({"s.json": schema}, "s.json", Draft.DRAFT2020, formats=False)


def doubling(keyword: str, leaf: JSON) -> JSON:
    """Thirty definitions, each of which refers to the next one twice."""
    chain = {f"d{n}": {keyword: [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(30)}
    return {"$defs": {**chain, "d30": leaf}, "$ref": "#/$defs/d0"}


def never(depth: int) -> JSON:
    schema: JSON = {"type": "string"}
    for _ in range(depth):
        schema = {"anyOf": [{"oneOf": [schema, schema]}, {"oneOf": [schema, schema]}]}
    return schema


@pytest.mark.parametrize(
    ("schema", "instance"),
    [
        (doubling("allOf", {"type": "string"}), "x"),
        (doubling("anyOf", {"type": "string"}), 1),
        (doubling("oneOf", {"type": "string"}), "x"),
        ({"not": doubling("allOf", {"type": "string"})}, "x"),
        ({**doubling("allOf", {"properties": {"a": {}}}), "unevaluatedProperties": False}, {"a": 1}),
        (never(7), 1),
        ({"uniqueItems": True}, [{"n": n} for n in range(1000)]),
        ({"items": {"enum": list(range(100_000))}}, [99_999] * 1000),
        ({"pattern": ".*a.*b.*c"}, "abab" * 1000),
        ({"patternProperties": {".*a.*b.*c": {}}}, {"abab" * 1000: 1}),
    ],
)
def test_endless_work_has_no_answer(confirmer: JsonSchemaConfirmer, schema: JSON, instance: JSON) -> None:
    assert confirmer.accepts(judged(schema), instance) is None
    assert confirmer.faults(judged(schema), instance) == ()


@pytest.mark.parametrize(
    ("schema", "instance"),
    [
        ({"enum": list(range(100_000))}, 99_999),
        ({"uniqueItems": True}, list(range(10_000))),
        ({"multipleOf": 1e-300}, 5),
        ({"multipleOf": 10**300}, 10**300),
        ({"pattern": "^[^@]+@[^@]+$"}, "a" * 200 + "@" + "b" * 200),
        ({"properties": {f"p{n}": {"type": "integer"} for n in range(2000)}}, {f"p{n}": n for n in range(2000)}),
    ],
)
def test_much_work_that_ends_has_an_answer(confirmer: JsonSchemaConfirmer, schema: JSON, instance: JSON) -> None:
    assert confirmer.accepts(judged(schema), instance) is True


def test_every_document_has_the_whole_allowance(confirmer: JsonSchemaConfirmer) -> None:
    schema = judged({"items": {"type": "integer"}})
    assert [confirmer.accepts(schema, [0] * 8_000) for _ in range(4)] == [True] * 4


def test_a_schema_that_was_stopped_twice_is_asked_no_more(confirmer: JsonSchemaConfirmer) -> None:
    schema = judged({"type": "array", "items": doubling("allOf", {"type": "string"})})
    assert confirmer.accepts(schema, []) is True
    assert [confirmer.accepts(schema, ["x"]) for _ in range(2)] == [None, None]
    assert confirmer.accepts(schema, []) is None
    assert confirmer.faults(schema, 1) == ()
