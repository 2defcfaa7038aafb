from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.standard.checks import check_entities
from bot.standard.model import Standard
from bot.standard.profiles import Structure, apply_profile
from bot.standard.values import JSON
from tests.worlds import checkout, entity, many

WORLD = {
    "service": entity("service", {"name": {"example": "x"}, "phones": many("phone")}),
    "phone": entity("phone", {"number": {"example": "1"}}),
}
Found = tuple[str, str, str, str]


def with_patch(patch: Mapping[str, JSON]) -> Standard:
    return checkout(WORLD, ("own", patch))


def made(standard: Standard) -> Structure:
    return apply_profile(standard, standard.profiles[0])


def found(standard: Standard) -> list[Found]:
    return [(each.severity.value, each.rule, each.file, each.pointer) for each in check_entities(standard)]


def test_a_patch_that_is_in_order_has_no_problems() -> None:
    assert found(with_patch({"service": {"properties": {"name": {"maxLength": 9}}, "required": ["id", "name"]}})) == []


@pytest.mark.parametrize(
    ("patch", "severity", "rule", "place"),
    [
        ({"properties": {"z": {"$ref": "nope.json"}}}, "error", "reference-dangling", "/properties/z/$ref"),
        ({"properties": {"z": {"$ref": "http://x/y"}}}, "error", "reference-outside", "/properties/z/$ref"),
        ({"properties": {"name": {"type": "strnig"}}}, "error", "schema-invalid", "/properties/name/type"),
        ({"properties": {"name": {"pattern": "("}}}, "error", "pattern-invalid", "/properties/name/pattern"),
        ({"required": ["id", "zzz"]}, "error", "required-undefined", "/required/1"),
        ({"properties": {"name": {"$ref": "#/properties/name"}}}, "error", "reference-cyclic", "/properties/name/$ref"),
        ({"properties": {"name": None}, "required": ["id", "name"]}, "warning", "required-undefined", "/required/1"),
    ],
)
def test_what_a_patch_makes_wrong_is_said_at_the_patch(
    patch: dict[str, JSON], severity: str, rule: str, place: str
) -> None:
    assert (severity, rule, "own/service.json", place) in found(with_patch({"service": patch}))


def test_an_entity_of_the_profiles_own_is_checked_like_the_others() -> None:
    visit = entity("visit", {"place": {"$ref": "nope.json"}}, ("id", "zz"))
    standard = with_patch({"visit": visit})
    assert ("error", "reference-dangling", "own/visit.json", "/properties/place/$ref") in found(standard)
    assert ("error", "required-undefined", "own/visit.json", "/required/1") in found(standard)
    schema = made(standard).entities["visit"].schema
    assert list(schema["properties"]) == ["id"]
    assert schema["required"] == ["id"]


def test_what_a_patch_requires_and_nobody_has_is_not_released() -> None:
    standard = with_patch({"service": {"required": ["id", "zzz"], "properties": {"z": {"$ref": "http://x/y"}}}})
    schema = made(standard).entities["service"].schema
    assert schema["required"] == ["id"]
    assert list(schema["properties"]) == ["id", "name", "phones"]


def test_a_reference_to_a_property_that_the_profile_removes_is_left_out_with_a_warning() -> None:
    patch = {
        "phone": {"properties": {"number": None}},
        "service": {"properties": {"z": {"$ref": "phone.json#/properties/number"}, "y": {"$ref": "#/properties/z"}}},
    }
    standard = with_patch(patch)
    assert ("warning", "reference-dangling", "own/service.json", "/properties/z/$ref") in found(standard)
    assert list(made(standard).entities["service"].schema["properties"]) == ["id", "name", "phones"]


def test_what_is_wrong_with_the_standard_itself_is_not_the_patchs_fault() -> None:
    service = entity("service", {"name": {"$ref": "nope.json"}}, ("id", "zz"))
    standard = checkout({"service": service}, ("own", {"service": {"properties": {"more": {"type": "string"}}}}))
    assert {file for severity, _, file, _ in found(standard) if severity == "error"} == {"schema/service.json"}


@pytest.mark.parametrize("name", ["nmae", "gone"])
def test_a_patch_on_a_property_that_is_not_there_leaves_no_stub(name: str) -> None:
    standard = with_patch({"service": {"properties": {name: {"maxLength": 9}}}})
    structure = made(standard)
    assert name not in structure.entities["service"].schema["properties"]
    assert [(each.rule, each.file, each.pointer) for each in structure.problems] == [
        ("patch-aimless", "own/service.json", f"/properties/{name}")
    ]
