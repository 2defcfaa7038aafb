from __future__ import annotations

import pytest

from bot.standard.checks import check_entities
from bot.standard.problems import Severity
from bot.standard.values import JSON
from tests.worlds import checkout, entity

OTHER = entity("other", {"kind": {}})


def undefined(**more: JSON) -> list[tuple[str, Severity]]:
    standard = checkout({"other": OTHER, "thing": {**entity("thing", {}), **more}})
    return [(each.pointer, each.severity) for each in check_entities(standard) if each.rule == "required-undefined"]


@pytest.mark.parametrize(
    "described",
    [
        {"allOf": [{"$ref": "other.json"}]},
        {"$ref": "other.json"},
        {"anyOf": [{"properties": {"kind": {}}}, {"properties": {"sort": {}}}]},
        {"if": {"required": ["id"]}, "then": {"properties": {"kind": {"type": "string"}}}},
        {"dependentSchemas": {"id": {"properties": {"kind": {}}}}},
        {"patternProperties": {"^k": {"type": "string"}}},
        {"additionalProperties": {"type": "string"}},
        {"allOf": [{"$ref": "#/$defs/base"}], "$defs": {"base": {"properties": {"kind": {}}}}},
    ],
)
def test_a_name_that_another_schema_of_the_same_object_describes_is_a_property(described: dict[str, JSON]) -> None:
    assert undefined(required=["id", "kind"], **described) == []
    assert undefined(required=["id", "kind"]) == [("/required/1", Severity.ERROR)]


@pytest.mark.parametrize(
    "idle",
    [
        {"not": {"properties": {"gone": {}}}},
        {"allOf": [{"$ref": "#"}]},
        {"additionalProperties": False},
        {"additionalProperties": {}},
        {"allOf": [True], "patternProperties": {}},
    ],
)
def test_a_name_that_nothing_describes_is_said_in_every_surrounding(idle: dict[str, JSON]) -> None:
    assert undefined(required=["id", "gone"], **idle) == [("/required/1", Severity.ERROR)]


def test_a_name_inside_is_a_warning_at_its_place() -> None:
    position = {"type": "object", "properties": {"lat": {"type": "number"}}, "required": ["lat", "lon"]}
    assert undefined(**{"$defs": {"position": position}}) == [("/$defs/position/required/1", Severity.WARNING)]
    # What is required beside a reference, or in an alternative, is described elsewhere.
    beside = {"allOf": [{"required": ["lon"]}], "$defs": {"more": {"required": ["lon"]}}}
    assert undefined(**beside) == []
