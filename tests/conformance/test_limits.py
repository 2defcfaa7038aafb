from __future__ import annotations

import pytest

from bot.conformance.limits import tangled
from bot.standard.model import Standard
from bot.standard.values import JSON


def doubling(steps: int, how: str) -> dict[str, JSON]:
    """A schema whose every definition leads to the next twice."""
    anchor, reference = {
        "ref": ("$anchor", "#/$defs/d{}"),
        "anchor": ("$anchor", "#d{}"),
        "dynamic": ("$dynamicAnchor", "#d{}"),
    }[how]
    keyword = "$dynamicRef" if how == "dynamic" else "$ref"
    made: dict[str, JSON] = {
        f"d{at}": {anchor: f"d{at}", "anyOf": [{keyword: reference.format(at + 1)}] * 2} for at in range(steps)
    }
    last = {anchor: f"d{steps}", "type": "object"}
    return {"properties": {"deep": {keyword: reference.format(0)}}, "$defs": {**made, f"d{steps}": last}}


@pytest.mark.parametrize("how", ["ref", "anchor", "dynamic"])
def test_what_doubles_at_each_step_is_found_however_it_is_written(how: str) -> None:
    assert tangled({"fine.json": {"type": "object"}, "phone.json": doubling(30, how)}) == "phone.json"
    assert tangled({"phone.json": doubling(7, how)}) is None


def test_what_doubles_from_file_to_file_is_found() -> None:
    files: dict[str, JSON] = {f"e{at}.json": {"allOf": [{"$ref": f"e{at + 1}.json"}] * 2} for at in range(30)}
    assert tangled({**files, "e30.json": {"type": "object"}}) is not None


def test_what_doubles_with_each_step_into_a_property_is_found() -> None:
    def files(steps: int) -> dict[str, JSON]:
        made: dict[str, JSON] = {
            f"e{at}.json": {
                "anyOf": [{"properties": {"a": {"$ref": f"e{at + 1}.json"}}, "maxProperties": more} for more in (5, 6)]
            }
            for at in range(steps)
        }
        return {**made, f"e{steps}.json": {"type": "string"}}

    assert tangled(files(30)) is not None
    assert tangled(files(5)) is None


@pytest.mark.parametrize("keyword", ["additionalProperties", "items"])
def test_what_doubles_with_each_step_into_anything_is_found(keyword: str) -> None:
    files: dict[str, JSON] = {
        f"e{at}.json": {"allOf": [{keyword: {"$ref": f"e{at + 1}.json"}}, {keyword: {"$ref": f"e{at + 1}.json"}}]}
        for at in range(30)
    }
    assert tangled({**files, "e30.json": {}}) is not None


def test_many_properties_are_not_many_ways() -> None:
    wide: JSON = {"properties": {f"p{at}": {"$ref": "b.json"} for at in range(20_000)}}
    assert tangled({"a.json": wide, "b.json": {"type": "string"}}) is None


def test_recursion_through_properties_is_as_it_should_be() -> None:
    assert tangled({"a.json": {"properties": {"b": {"$ref": "a.json"}, "c": {"$ref": "a.json"}}}}) is None


def test_a_reference_that_leads_back_to_itself_ends() -> None:
    assert tangled({"a.json": {"allOf": [{"$ref": "b.json"}]}, "b.json": {"anyOf": [{"$ref": "a.json"}, {}]}}) is None


def test_a_reference_that_leads_nowhere_is_left_to_others() -> None:
    assert tangled({"a.json": {"$ref": "gone.json"}}) is None


def test_the_bundled_standard_is_not_tangled(bundled: Standard) -> None:
    assert tangled({f"{name}.json": dict(each.schema) for name, each in bundled.entities.items()}) is None
