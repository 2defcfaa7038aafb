from __future__ import annotations

import pytest

from bot.standard.dialects import Draft
from bot.standard.soundness import fault_of, faults
from bot.standard.values import JSON


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {},
        {"type": "object", "properties": {"a": {"constraints": {"unique": False}, "datapackage_type": "date"}}},
        {"$schema": Draft.DRAFT2020.uri},
        {"$schema": Draft.DRAFT2020.uri + "#"},
        *({"$schema": draft.uri} for draft in Draft),
        {"tabular_required": ["a"], "datapackage_metadata": {"order": 1}},
    ],
)
def test_a_schema_that_can_be_judged(schema: JSON) -> None:
    assert faults(schema) == ()


@pytest.mark.parametrize(
    ("schema", "rule", "place"),
    [
        ({"type": {"a": 1}}, "schema-invalid", "/type"),
        ({"properties": {"a": {"format": ["a"]}}}, "schema-invalid", "/properties/a/format"),
        ({"properties": None}, "schema-invalid", "/properties"),
        ({"properties": [1]}, "schema-invalid", "/properties"),
        ({"$schema": 3}, "schema-invalid", "/$schema"),
        ({"$schema": "http://json-schema.org/draft-03/schema#"}, "dialect-unknown", "/$schema"),
        ({"$schema": "https://example.org/my-own"}, "dialect-unknown", "/$schema"),
        ({"datapackage_type": ["a"]}, "keyword-malformed", "/datapackage_type"),
        ({"properties": {"a": {"datapackage_type": {}}}}, "keyword-malformed", "/properties/a/datapackage_type"),
        ({"$defs": {"a": {"name": [[]]}}}, "keyword-malformed", "/$defs/a/name"),
        ({"tabular_required": "a"}, "keyword-malformed", "/tabular_required"),
        ({"datapackage_metadata": [1]}, "keyword-malformed", "/datapackage_metadata"),
        ({"constraints": []}, "constraint-malformed", "/constraints"),
        ({"properties": {"a/b": {"constraints": {"enum": "x"}}}}, "constraint-malformed", "/properties/a~1b/constraints/enum"),
        ({"type": "integer", "constraints": {"minimum": "x"}}, "constraint-malformed", "/constraints/minimum"),
        ({"datapackage_type": "date", "constraints": {"minimum": 1}}, "constraint-malformed", "/constraints/minimum"),
    ],
)  # fmt: skip
def test_what_keeps_a_schema_from_being_judged(schema: JSON, rule: str, place: str) -> None:
    fault = fault_of(schema)
    assert fault is not None
    assert (fault.rule, fault.pointer) == (rule, place)
    assert fault.message
    assert fault.hint


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"required": ["id", "a", "id"]}, "'id' stands in the list more than once"),
        ({"type": "text"}, '"text" is no type; there are string, number, integer, boolean, object, array, null'),
        ({"type": ["null", "date"]}, '"date" is no type; there are string'),
        ({"type": []}, "is not valid under any of"),
        ({"required": "id"}, '"id" is not of type "array"'),
        ({"properties": {"type": {"minLength": -1}}}, "-1 is less than the minimum of 0"),
        ({"required": [[], []]}, "is not of type"),
        ({"properties": {"type": "text"}}, "is not of type"),
    ],
)
def test_the_usual_slips_are_told_in_words(schema: JSON, said: str) -> None:
    assert any(said in fault.message for fault in faults(schema))


def test_a_schema_is_held_against_the_draft_that_it_names() -> None:
    """In draft 4 `exclusiveMinimum` is a flag."""
    flag = {"minimum": 1, "exclusiveMinimum": True}
    assert faults({"$schema": Draft.DRAFT4.uri, **flag}) == ()
    assert [fault.rule for fault in faults({"$schema": Draft.DRAFT6.uri, **flag})] == ["schema-invalid"]


def test_a_schema_that_names_no_draft_is_read_as_its_neighbours_are() -> None:
    flag = {"minimum": 1, "exclusiveMinimum": True}
    assert fault_of(flag, Draft.DRAFT4) is None
    assert fault_of(flag) is not None
    assert fault_of(flag, Draft.DRAFT4) is None


def test_to_be_all_of_nothing_is_a_fault_that_everybody_reads_alike() -> None:
    schema: dict[str, JSON] = {"properties": {"a": {"allOf": []}}}
    assert [(fault.rule, fault.pointer) for fault in faults(schema)] == [("schema-invalid", "/properties/a/allOf")]
    assert fault_of(schema) is None
    assert fault_of({**schema, "anyOf": []}) is not None
    assert fault_of({"allOf": {}}) is not None
