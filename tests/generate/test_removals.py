"""Whatever several entities and fields are taken away at once, the release that is left goes together."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from bot.standard.values import JSON
from tests.generate.consistency import (
    Files,
    built,
    contradictions,
    in_profile,
    removals,
    sources_of,
    with_removals,
)
from tests.worlds import ROOT, entity, many, one

WORLD: dict[str, JSON] = {
    "schema/service.json": entity(
        "service",
        {"name": {"example": "Lunch"}, "organization_id": {"example": "o"}, "phones": many("phone")},
        ("id", "name"),
        tabular_required=["organization_id"],
        example={"id": "x", "name": "Lunch"},
    ),
    "schema/organization.json": entity("organization", {"owner": one("phone"), "owner_id": {"example": "p"}}),
    "schema/phone.json": entity("phone", {"number": {"example": "0800"}, "service_id": {"example": "s"}}),
}


@pytest.mark.parametrize("seed", range(60))
def test_of_a_small_world(seed: int) -> None:
    whole = built(WORLD, {})
    assert contradictions(whole) == []
    assert contradictions(built(WORLD, with_removals({}, removals(whole, seed)))) == []


@pytest.mark.parametrize("profile", ["core", "uk"])
def test_of_a_bundled_profile(profile: str) -> None:
    files, _ = sources_of(ROOT)
    whole = built(files, None, profile)
    assert contradictions(whole) == []
    for seed in range(3):
        gone = removals(whole, seed)
        assert contradictions(built(in_profile(files, profile, gone), None, profile)) == [], gone


def test_of_hsds_3_with_the_patches_of_the_uk(data: Path) -> None:
    files, patches = sources_of(data / "hsds-3.0", data / "oruk-3.0" / "profile")
    whole = built(files, patches)
    assert contradictions(whole) == []
    for seed in range(3):
        gone = removals(whole, seed)
        assert contradictions(built(files, with_removals(patches, gone))) == [], gone


# What would be found.


def spoilt(path: str, steps: list[str], value: JSON) -> Files:
    """The release of the small world with another value at a place; None takes it away."""
    made: dict[str, Any] = copy.deepcopy(built(WORLD, {}))
    around = made[path]
    for step in steps[:-1]:
        around = around[int(step) if isinstance(around, list) else step]
    if value is None:
        del around[steps[-1]]
    else:
        around[steps[-1]] = value
    return made


@pytest.mark.parametrize(
    ("path", "steps", "value", "found"),
    [
        ("schema/service.json", "properties/name", None, "required names name"),
        ("schema/service.json", "tabular_required", ["gone"], "tabular_required names gone"),
        ("schema/service.json", "example", {"gone": 1}, "example names gone"),
        ("schema/service.json", "properties/phones/items/$ref", "fax.json", "leads nowhere"),
        ("schema/compiled/service.json", "properties/phones", None, "lacks phones"),
        ("schema/compiled/service.json", "properties/name", None, "name is required"),
        ("schema/compiled/service_with_definitions.json", "definitions/phone", None, "leads nowhere"),
        ("datapackage.json", "resources/0/name", "fax", "other tables"),
        ("datapackage.json", "resources/0/schema/primaryKey", "gone", "no column"),
        ("datapackage.json", "resources/0/schema/fields", [], "other columns"),
        ("examples/service.json", "name", None, "required property"),
        ("examples/service.json", "gone", 1, "gone is unknown"),
    ],
)
def test_what_does_not_go_together_is_found(path: str, steps: str, value: JSON, found: str) -> None:
    assert any(found in wrong for wrong in contradictions(spoilt(path, steps.split("/"), value)))
