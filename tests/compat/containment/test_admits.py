"""Whether a value is in a node's set, against the library: the judge of constants must not guess either."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from bot.adapters.jsonschema_library import ask, validator
from bot.compat.confirming import Confirmer, Judged
from bot.compat.containment.admits import every, has_format, opposite, some
from bot.compat.engine import Engine, Side
from bot.standard.dialects import Draft
from bot.standard.documents import Documents
from bot.standard.values import JSON
from tests.compat.containment.schemas import pool, schemas

POOL = pool()


def admitted(schema: JSON, confirmer: Confirmer, *, formats: bool = False) -> list[bool | None]:
    engine = Engine(confirmer)
    node = engine.node(Side(Documents({"schema": schema}), "schema"), formats=formats)
    return [engine.solver.admission.admits(node, value) for value in POOL]


def valid(schema: JSON) -> list[bool | None]:
    judge = validator(Judged({"schema": schema}, "schema", Draft.DRAFT2020, formats=False))
    return [ask(judge, value) for value in POOL]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(schema=schemas())
def test_values_are_where_the_library_says(schema: JSON, confirmer: Confirmer) -> None:
    for value, ours, theirs in zip(POOL, admitted(schema, confirmer), valid(schema), strict=True):
        assert ours in (None, theirs), value


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(schema=schemas())
def test_a_complement_takes_what_the_schema_leaves(schema: JSON, confirmer: Confirmer) -> None:
    inside, outside = admitted(schema, confirmer), admitted({"not": schema}, confirmer)
    assert [opposite(each) for each in inside] == outside


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"a": {"type": "integer"}}, "additionalProperties": False},
        {"patternProperties": {"^a": {"type": "string"}}},
        {"propertyNames": {"maxLength": 1}},
        {"not": {"required": ["a"]}},
        {"minProperties": 2},
        {"items": {"type": "integer"}},
        {"prefixItems": [{"type": "integer"}, {"type": "string"}]},
        {"uniqueItems": True},
        {"not": {"uniqueItems": True}},
        {"contains": {"type": "integer"}, "maxContains": 1},
        {"not": {"contains": {"type": "integer"}, "minContains": 2}},
        {"maxItems": 1},
        {"oneOf": [{"type": "integer"}, {"minimum": 2}, {"const": "a"}]},
        {"not": {"oneOf": [{"type": "integer"}, {"minimum": 2}]}},
        {"multipleOf": 1.5},
        {"exclusiveMinimum": 1, "maximum": 2},
        {"minLength": 1, "maxLength": 1},
        {"pattern": "^[ab]"},
        {"not": {"pattern": "b"}},
        {"$ref": "#/$defs/tree", "$defs": {"tree": {"additionalProperties": {"$ref": "#/$defs/tree"}}}},
    ],
)
def test_every_kind_of_demand(schema: JSON, confirmer: Confirmer) -> None:
    """Each is decided for every value, and tells some values apart."""
    answers = admitted(schema, confirmer)
    assert answers == valid(schema)
    assert "$ref" in schema or set(answers) == {True, False}


def test_what_is_not_regular_is_left_open(confirmer: Confirmer) -> None:
    schema = {"pattern": r"^(a|b)\1$"}
    answers = admitted(schema, confirmer)
    assert {answer for value, answer in zip(POOL, answers, strict=True) if isinstance(value, str)} == {None}
    assert {answer for value, answer in zip(POOL, answers, strict=True) if not isinstance(value, str)} == {True}


@pytest.mark.parametrize(
    ("name", "text", "answer"),
    [
        ("date", "2026-01-31", True),
        ("date", "2026-02-30", False),
        ("date", "tomorrow", False),
        ("uri", "https://example.org/a/b", True),
        ("uri", "no uri", False),
        ("regex", "(", False),
        ("uuid", "ac148810-d857-441c-9679-408f346de14b", True),
        ("uuid", "ac148810", False),
        ("unknown-to-all", "x", None),
    ],
)
def test_formats(name: str, text: str, answer: bool | None) -> None:
    """Never more than is known."""
    assert has_format(name, text) is answer


def test_three_valued_logic() -> None:
    values: tuple[bool | None, ...] = (True, False, None)
    table = {(one, two): (every([one, two]), some([one, two])) for one in values for two in values}
    assert table == {
        (True, True): (True, True),
        (True, False): (False, True),
        (True, None): (None, True),
        (False, True): (False, True),
        (False, False): (False, False),
        (False, None): (False, None),
        (None, True): (None, True),
        (None, False): (False, None),
        (None, None): (None, None),
    }
    assert (every([]), some([])) == (True, False)
