from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.adapters.jsonschema_library import ask, validator
from bot.compat.confirming import Confirmer, Judged
from bot.compat.engine import Engine, Side
from bot.compat.verdicts import Answer, Verdict
from bot.standard.dialects import Draft, named
from bot.standard.documents import Documents
from bot.standard.values import JSON
from tests.compat.containment.schemas import pool, schemas
from tests.compat.containment.test_disproved import PROOFS
from tests.worlds import compare

POOL = pool()


def admitted(schema: JSON, draft: Draft = Draft.DRAFT2020) -> list[bool | None]:
    judge = validator(Judged({"schema": schema}, "schema", draft, formats=False))
    return [ask(judge, value) for value in POOL]


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(base=schemas(), head=schemas())
def test_verdicts_agree_with_values(base: JSON, head: JSON, confirmer: Confirmer) -> None:
    """A proof survives every value of the pool; a value that refutes is never missed."""
    verdict = Engine(confirmer).pair(*_sides(base, head)).strict_backward()
    lost = [
        value
        for value, ours, theirs in zip(POOL, admitted(base), admitted(head), strict=True)
        if ours and theirs is False
    ]
    if verdict.answer is Answer.COMPATIBLE:
        assert not lost
    if lost:
        assert verdict.answer is not Answer.COMPATIBLE


def _sides(*both: JSON, draft: Draft = Draft.DRAFT2020) -> list[Side]:
    return [Side(Documents({"schema": schema}, draft), "schema") for schema in both]


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(schema=schemas())
def test_the_same_said_in_other_words_is_the_same(schema: JSON, confirmer: Confirmer) -> None:
    """Reflexivity, wrapping in allOf, a reference in between, another order of keys."""
    turned = dict(reversed(schema.items())) if isinstance(schema, dict) else schema
    variants: list[JSON] = [
        json.loads(json.dumps(schema)),
        {"allOf": [schema]},
        {"$ref": "#/$defs/x", "$defs": {"x": schema}},
        {"anyOf": [schema, schema]},
        turned,
    ]
    for variant in variants:
        pair = Engine(confirmer).pair(*_sides(schema, variant))
        assert pair.strict_backward().answer is Answer.COMPATIBLE
        assert pair.strict_forward().answer is Answer.COMPATIBLE


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(schema=schemas(1))
def test_nothing_is_in_a_set_and_its_complement(schema: JSON, confirmer: Confirmer) -> None:
    both = {"allOf": [schema, {"not": schema}]}
    assert Engine(confirmer).pair(*_sides(both, False)).strict_backward().answer is Answer.COMPATIBLE
    either = {"anyOf": [schema, {"not": schema}]}
    assert Engine(confirmer).pair(*_sides(True, either)).strict_backward().answer is Answer.COMPATIBLE


TREE = {
    "$ref": "#/$defs/t",
    "$defs": {"t": {"type": "object", "properties": {"v": {"type": "integer"}, "next": {"$ref": "#/$defs/t"}}}},
}
CASES: list[tuple[str, JSON, JSON, str]] = [
    ("patterns", {"pattern": "^a{1,3}$", "type": "string"}, {"pattern": "^a{1,5}$"}, "compatible"),
    ("pattern and length", {"type": "string", "pattern": "^[a-z]{3}$"}, {"maxLength": 3}, "compatible"),
    ("keys by pattern", {"type": "object", "patternProperties": {"^x": {"type": "number"}}}, {"patternProperties": {"^x-": {"type": "integer"}}}, "breaking"),
    ("keys by a narrower pattern", {"type": "object", "patternProperties": {"^x": {"type": "integer"}}}, {"patternProperties": {"^x-": {"type": "number"}}}, "compatible"),
    (
        "evaluated through oneOf",
        {"type": "object", "oneOf": [{"properties": {"a": {"type": "string"}}, "required": ["a"]}, {"properties": {"b": {"type": "string"}}, "required": ["b"]}], "unevaluatedProperties": False},
        {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "additionalProperties": False},
        "compatible",
    ),
    ("itself and not itself", {"allOf": [{"$ref": "#/$defs/s"}, {"not": {"$ref": "#/$defs/s"}}], "$defs": {"s": {"oneOf": [{"type": "string"}, {"minimum": 2}]}}}, False, "compatible"),
    ("a tree is a tree", TREE, json.loads(json.dumps(TREE).replace("/t", "/tree").replace('"t"', '"tree"')), "compatible"),
    ("a tree with fewer values", TREE, json.loads(json.dumps(TREE).replace('"integer"', '"integer", "minimum": 0')), "breaking"),
    ("an endless list is empty", {"$ref": "#/$defs/l", "$defs": {"l": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/$defs/l"}}}}}, False, "compatible"),
    ("contains at least two", {"type": "array", "contains": {"const": 1}, "minContains": 2}, {"minItems": 2}, "compatible"),
    ("contains at most one", {"type": "array", "items": {"const": 1}, "uniqueItems": True}, {"maxItems": 1}, "compatible"),
    ("three different of two", {"type": "array", "items": {"enum": [1, 2]}, "uniqueItems": True, "minItems": 3}, False, "compatible"),
    ("different ones at fixed places", {"type": "array", "prefixItems": [{"const": 1}, {"const": 1}, {}], "minItems": 2, "uniqueItems": True}, False, "compatible"),
    ("many keys of few", {"type": "object", "propertyNames": {"enum": ["a", "b"]}}, {"maxProperties": 2}, "compatible"),
    ("a key that no pattern leaves", {"type": "object", "patternProperties": {".": {"type": "string"}}, "minProperties": 2}, {"additionalProperties": {"type": "string"}}, "breaking"),
    ("multiples", {"type": "number", "multipleOf": 6}, {"allOf": [{"multipleOf": 2}, {"multipleOf": 3}]}, "compatible"),
    ("tenths", {"type": "number", "multipleOf": 0.3}, {"multipleOf": 0.1}, "compatible"),
    ("no integer in between", {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2}, False, "compatible"),
    ("a number in between", {"type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 2}, {"multipleOf": 0.25}, "breaking"),
    ("dependent keys", {"dependentRequired": {"a": ["b"]}, "required": ["a"], "type": "object"}, {"required": ["b"]}, "compatible"),
    ("conditions", {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "type": "object"}, {"dependentRequired": {"a": ["b"]}}, "compatible"),
    ("exactly one", {"oneOf": [{"type": "integer"}, {"minimum": 2}]}, {"anyOf": [{"type": "integer"}, {"minimum": 2}]}, "compatible"),
    ("at least one is not exactly one", {"anyOf": [{"type": "integer"}, {"minimum": 2}]}, {"oneOf": [{"type": "integer"}, {"minimum": 2}]}, "breaking"),
    ("null breaks", {"type": ["string", "null"]}, {"type": "string"}, "breaking"),
    ("objects spelled out", {"const": {"a": [1, {"b": None}]}}, {"type": "object", "required": ["a"], "properties": {"a": {"minItems": 2, "prefixItems": [{"type": "integer"}]}}}, "compatible"),
    ("one equals one point nought", {"const": 1}, {"const": 1.0}, "compatible"),
    ("true is not one", {"const": True}, {"const": 1}, "breaking"),
    ("unevaluated items", {"type": "array", "prefixItems": [{}], "unevaluatedItems": False}, {"maxItems": 1}, "compatible"),
    ("evaluated by contains", {"type": "array", "contains": {"type": "string"}, "unevaluatedItems": {"type": "integer"}}, {"items": {"type": ["string", "integer"]}}, "compatible"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "head", "answer"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_known_answers(base: JSON, head: JSON, answer: str, confirmer: Confirmer) -> None:
    assert Engine(confirmer).pair(*_sides(base, head)).strict_backward().answer.value == answer


def test_a_witness_may_be_null(confirmer: Confirmer) -> None:
    verdict = compare({"type": ["string", "null"]}, {"type": "string"}, confirmer).strict_backward
    assert (verdict.answer, verdict.witness) == (Answer.BREAKING, None)


@pytest.mark.parametrize(
    ("schema", "keyword"),
    [
        ({"$ref": "#/$defs/x", "$defs": {"x": {"allOf": [{"$ref": "#/$defs/x"}]}}}, "$ref"),
        ({"$ref": "elsewhere.json"}, "$ref"),
        ({"type": "string", "pattern": "^(?=a)b"}, "pattern"),
        ({"type": "object", "patternProperties": {"(?!a)": {"type": "string"}}}, "patternProperties"),
        ({"type": "date"}, "type"),
        (
            {
                "type": "object",
                "anyOf": [{"properties": {f"p{n}": {}}} for n in range(9)],
                "unevaluatedProperties": False,
            },
            "unevaluatedProperties",
        ),
    ],
)
def test_what_cannot_be_decided_says_why(schema: JSON, keyword: str, confirmer: Confirmer) -> None:
    """Unknown, with the keyword that stopped it; and the schema is still compatible with itself."""
    verdict = Engine(confirmer).pair(*_sides(True, schema)).strict_backward()
    if verdict.answer is not Answer.BREAKING:
        assert verdict.answer is Answer.UNKNOWN
        assert keyword in verdict.reason
    converse = Engine(confirmer).pair(*_sides(schema, {"const": "never"})).strict_backward()
    assert converse.answer is not Answer.COMPATIBLE
    assert (
        Engine(confirmer).pair(*_sides(schema, json.loads(json.dumps(schema)))).strict_backward().answer
        is Answer.COMPATIBLE
    )


def test_work_is_bounded(confirmer: Confirmer) -> None:
    """A schema made to be slow ends in "unknown", not in an endless search."""
    options = [{"oneOf": [{"minimum": n}, {"multipleOf": n + 2}, {"maximum": -n}]} for n in range(40)]
    verdict = (
        Engine(confirmer, steps=5_000)
        .pair(*_sides({"allOf": options, "type": "number"}, {"allOf": options[1:], "not": {"allOf": options}}))
        .strict_backward()
    )
    assert verdict.answer in (Answer.UNKNOWN, Answer.BREAKING)


@pytest.mark.parametrize("draft", list(Draft))
def test_drafts_differ_where_they_should(draft: Draft, confirmer: Confirmer) -> None:
    def answer(base: JSON, head: JSON) -> Verdict:
        return Engine(confirmer).pair(*_sides(base, head, draft=draft)).strict_backward()

    old = draft is Draft.DRAFT4
    strict = answer({"type": "number", "minimum": 1}, {"minimum": 1, "exclusiveMinimum": True})
    assert (strict.witness == 1) == old
    # What stands beside a reference counts from 2019-09 on.
    definitions = {"definitions": {"s": {"type": "string"}}}
    beside = answer({"type": "string"}, {"$ref": "#/definitions/s", "maxLength": 1, **definitions})
    assert (beside.answer is Answer.COMPATIBLE) == (draft.order <= Draft.DRAFT7.order)
    # `const` came with draft 6.
    assert (answer({"type": "string"}, {"const": "a"}).answer is Answer.COMPATIBLE) == old
    # In draft 4 alone 1.0 is no integer.
    assert (answer({"type": "number", "multipleOf": 1}, {"type": "integer"}).answer is Answer.BREAKING) == old


def test_the_corpus_of_public_suites(data: Path, confirmer: Confirmer) -> None:
    """No wrong answer, every breaking one with a confirmed example, at least 99 of 100 decided."""
    answers: Counter[str] = Counter()
    wrong = set()
    for line in (data / "compat-corpus.jsonl").read_text().splitlines():
        case = json.loads(line)
        draft = named(case["draft"])
        assert draft is not None
        pair = Engine(confirmer).pair(*_sides(case["base"], case["head"], draft=draft))
        for direction, question in (("backward", pair.strict_backward), ("forward", pair.strict_forward)):
            expected = case[f"expected_{direction}"]
            if expected is None:
                continue
            answer = question().answer
            answers[answer.value] += 1
            if answer is not Answer.UNKNOWN and (answer is Answer.COMPATIBLE) != expected:
                wrong.add(case["id"])
    assert wrong == set(PROOFS)
    assert answers["unknown"] < 0.01 * answers.total()


def test_a_key_that_tells_alternatives_apart_is_used_among_many(confirmer: Confirmer) -> None:
    """As in FHIR: alternatives of no declared type, each with its own value of one required key."""

    def kinds(*required: str) -> JSON:
        return {
            "oneOf": [
                {"properties": {"kind": {"const": n}, "x": {"type": "string"}}, "required": ["kind", *required]}
                for n in range(60)
            ]
        }

    verdicts = compare({"type": "object", **kinds()}, {"type": "object", **kinds("x")}, confirmer)
    assert verdicts.strict_backward.answer is Answer.BREAKING
    assert verdicts.strict_forward.answer is Answer.COMPATIBLE
    both = {"kind": {"enum": [3, 4]}}
    shared = {"oneOf": [{"properties": both, "required": ["kind"]}, {"properties": both, "required": ["kind"]}]}
    assert compare({"type": "object", **shared}, False, confirmer).strict_backward.answer is Answer.COMPATIBLE
