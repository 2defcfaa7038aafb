from __future__ import annotations

from typing import Any

import pytest

from bot.compat.due import UNKNOWN, Now
from bot.compat.obsolete import obsolete
from bot.standard.loading import load
from bot.standard.problems import Severity
from bot.standard.values import JSON
from tests.worlds import checkout, entity, snapshot

PHONE = entity("phone", {"number": {}, "old": {"deprecated": True}})


def found(term: JSON, now: Now = UNKNOWN, required: tuple[str, ...] = ("id",), **beside: Any) -> list[tuple[str, str]]:
    """The problems of a term `fees` of a service: their rules and places."""
    properties = {"fees": term, "name": {}, "phone": {"$ref": "phone.json"}, **beside}
    service = entity("service", properties, required)
    standard = checkout({"service": service, "phone": PHONE}, ("uk", {"service": {"properties": {"cost": {}}}}))
    return [(each.rule, each.pointer) for each in obsolete(standard, now) if "fees" in each.message]


def rules(term: JSON, now: Now = UNKNOWN, required: tuple[str, ...] = ("id",), **beside: Any) -> list[str]:
    return [rule for rule, _ in found(term, now, required, **beside)]


def test_a_term_in_use_and_one_that_is_given_up_in_order_have_no_problem() -> None:
    assert rules({"replaced_by": "nothing", "removal": "1.0"}, Now("4.0")) == []
    assert rules({"deprecated": True, "replaced_by": "name", "removal": "5.0"}, Now("4.0", "2026-01-01")) == []


def test_a_term_is_still_there_when_it_was_to_be_gone() -> None:
    term = {"deprecated": True, "removal": "4.0"}
    assert found(term, Now("4.0-dev")) == [("removal-due", "/properties/fees")]
    assert rules(term, Now("3.2")) == rules(term, Now("")) == []
    assert rules({"deprecation": {"removal": "2026-11-25"}}, Now("", "2026-11-25")) == ["removal-due"]


def test_when_a_term_goes_has_to_be_clear() -> None:
    assert rules({"deprecated": True, "removal": "soon"}, Now("4.0")) == ["removal-unclear"]


def test_a_term_that_is_given_up_may_not_be_required() -> None:
    assert rules({"deprecated": True}, required=("id", "fees")) == ["deprecated-required"]
    assert rules({"description": "DEPRECATED: fees."}, required=("id", "fees")) == ["deprecated-required"]


@pytest.mark.parametrize(
    "successor",
    [
        *("name", "phone", "phone.number", "service.name", "service.phone.number", "cost", "service.cost"),
        *("https://example.org/cost", "the term for costs", ["name", "phone.number"], ""),
    ],
)
def test_a_successor_may_stand_beside_in_another_entity_or_in_a_profile(successor: JSON) -> None:
    assert rules({"deprecated": True, "replaced_by": successor}) == []


@pytest.mark.parametrize("successor", ["nme", "phone.nmber", "service.nme", "fees", "service.fees", ["name", "nme"]])
def test_a_successor_that_is_nowhere_or_the_term_itself_is_none(successor: JSON) -> None:
    assert rules({"deprecated": True, "replaced_by": successor}) == ["successor-missing"]


def test_a_successor_that_is_given_up_itself_is_told_of() -> None:
    assert rules({"deprecated": True, "replaced_by": "phone.old"}) == ["successor-deprecated"]


def test_terms_below_others_and_in_lists_are_looked_at() -> None:
    below: dict[str, Any] = {"type": "array", "items": {"properties": {"fees": {"deprecated": True}}}}
    assert found({}, costs={**below, "items": {**below["items"], "required": ["fees"]}}) == [
        ("deprecated-required", "/properties/costs/items/properties/fees")
    ]


def test_an_entity_may_be_given_up() -> None:
    standard = checkout({"service": {**entity("service", {}), "deprecated": True, "replaced_by": "offer"}})
    (problem,) = obsolete(standard, UNKNOWN)
    assert (problem.rule, problem.pointer, problem.severity) == ("successor-missing", "", Severity.WARNING)


def test_hostile_nesting_and_forms_end() -> None:
    deep: dict[str, JSON] = {"deprecated": True}
    for _ in range(300):
        deep = {"properties": {"fees": deep}}
    assert rules(deep) == []
    circle = {"$ref": "service.json"}
    standard = checkout({"service": {"properties": {"a": {"deprecated": True, "replaced_by": "a.a.b"}, "b": circle}}})
    assert [each.rule for each in obsolete(standard, UNKNOWN)] == ["successor-missing"]
    assert [*obsolete(checkout({"service": {"properties": [], "required": 3, "$ref": 3}}), UNKNOWN)] == []


def test_columns_are_terms_too() -> None:
    old = {"name": "old", "deprecated": True, "replaced_by": "nme", "constraints": {"required": True}}
    fields = [{"name": "id", "type": "string"}, old, {"name": "older", "deprecated": True, "replaced_by": "phone.id"}]
    tables = [{"name": "service", "schema": {"fields": fields}}, {"name": "phone", "schema": {"fields": fields[:1]}}]
    standard = load(snapshot({"datapackage.json": {"name": "x", "version": "4.0", "resources": tables}}))
    found = [(each.rule, each.file, each.pointer) for each in obsolete(standard, UNKNOWN)]
    place = "/resources/0/schema/fields/1"
    assert found == [
        ("deprecated-required", "datapackage.json", place),
        ("successor-missing", "datapackage.json", place),
    ]


def test_a_data_package_that_is_none_has_no_terms() -> None:
    for resources in ([], [{"name": "a"}], [{"name": "a", "schema": {"fields": [3, None]}}], 3):
        assert [*obsolete(load(snapshot({"datapackage.json": {"name": "x", "resources": resources}})), UNKNOWN)] == []
