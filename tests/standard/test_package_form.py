from __future__ import annotations

import json
from typing import Any

import pytest

from bot.standard.model import Package
from bot.standard.package_checks import check_package
from bot.standard.package_form import package_faults, table_faults
from bot.standard.pointers import pointer, resolve
from bot.standard.values import JSON

GOOD: dict[str, Any] = {
    "resources": [
        {
            "name": "phone",
            "schema": {
                "fields": [
                    {"name": "id", "type": "string", "format": "uuid", "constraints": {"unique": True}},
                    {"name": "number", "type": "integer", "constraints": {"minimum": 1, "maximum": "99"}},
                    {"name": "since", "type": "date", "constraints": {"minimum": "2000-01-01", "enum": ["2001-01-01"]}},
                    {"name": "service_id", "type": "string", "constraints": {"pattern": "^[a-z]+$", "maxLength": 3}},
                ],
                "primaryKey": "id",
                "foreignKeys": [{"fields": "service_id", "reference": {"resource": "", "fields": ["id"]}}],
            },
        }
    ]
}


def with_part(place: str, value: JSON) -> dict[str, Any]:
    """The good package with another value at a place."""
    made: dict[str, Any] = json.loads(json.dumps(GOOD))
    *way, last = place.split("/")[1:]
    around = resolve(made, way)
    around[int(last) if isinstance(around, list) else last] = value
    return made


def test_a_good_package_has_no_faults() -> None:
    assert list(package_faults(GOOD)) == []
    assert [*table_faults(GOOD["resources"][0]), *check_package(Package({}, tuple(GOOD["resources"])), "x")] == []


TABLE = "/resources/0"
SCHEMA = "/resources/0/schema"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("/resources", 5),
        (TABLE, [1]),
        (f"{TABLE}/name", ["phone"]),
        (SCHEMA, None),
        (f"{SCHEMA}/fields", {}),
        (f"{SCHEMA}/fields/1", [1]),
        (f"{SCHEMA}/fields/1", 1),
        (f"{SCHEMA}/fields/1/name", 7),
    ],
)
def test_what_is_no_table_or_no_column_is_named(place: str, value: JSON) -> None:
    [fault] = package_faults(with_part(place, value))
    assert (fault.rule, pointer(fault.steps)) == ("package-invalid", place)
    assert fault.hint


@pytest.mark.parametrize("value", [None, [], "x", {}, {"resource": []}])
def test_what_is_no_package_at_all(value: JSON) -> None:
    [fault] = package_faults(value)
    assert fault.steps == ()


def test_each_of_several_faults_is_said() -> None:
    broken = {"resources": [1, {"name": 2, "schema": {"fields": [3, {}]}}]}
    places = [pointer(fault.steps) for fault in package_faults(broken)]
    assert places == [
        "/resources/0",
        "/resources/1/name",
        "/resources/1/schema/fields/0",
        "/resources/1/schema/fields/1",
    ]


@pytest.mark.parametrize(
    ("place", "value", "rule"),
    [
        ("/schema/fields/0/type", ["string"], "column-malformed"),
        ("/schema/fields/0/format", {}, "column-malformed"),
        ("/schema/fields/0/foreignKeys", True, "column-malformed"),
        ("/schema/fields/0/constraints", [1], "constraint-malformed"),
        ("/schema/fields/0/constraints/required", "yes", "constraint-malformed"),
        ("/schema/fields/0/constraints/unique", 1, "constraint-malformed"),
        ("/schema/fields/0/constraints/enum", "abc", "constraint-malformed"),
        ("/schema/fields/0/constraints/enum", [], "constraint-malformed"),
        ("/schema/fields/0/constraints/pattern", "(", "constraint-malformed"),
        ("/schema/fields/0/constraints/pattern", ["a"], "constraint-malformed"),
        ("/schema/fields/0/constraints/minLength", -1, "constraint-malformed"),
        ("/schema/fields/0/constraints/maxLength", True, "constraint-malformed"),
        ("/schema/fields/0/constraints/minimum", "a", "constraint-malformed"),
        ("/schema/fields/1/constraints/maximum", "many", "constraint-malformed"),
        ("/schema/fields/1/constraints/maximum", None, "constraint-malformed"),
        ("/schema/fields/2/constraints/minimum", 2000, "constraint-malformed"),
        ("/schema/primaryKey", [["id"]], "key-malformed"),
        ("/schema/primaryKey", {"a": 1}, "key-malformed"),
        ("/schema/foreignKeys", {"a": 1}, "key-malformed"),
        ("/schema/foreignKeys/0", "service_id", "key-malformed"),
        ("/schema/foreignKeys/0/reference", "service", "key-malformed"),
        ("/schema/foreignKeys/0/reference/resource", [1], "key-malformed"),
        ("/schema/foreignKeys/0/reference/fields", [1], "key-malformed"),
        ("/schema/foreignKeys/0/fields", [], "key-malformed"),
        ("/schema/foreignKeys/0/fields", ["id", "service_id"], "key-malformed"),
        ("/foreignKeys", [None], "key-malformed"),
        ("/primaryKey", "id", "key-malformed"),
    ],
)
def test_one_part_of_the_wrong_form_is_one_problem_at_its_place(place: str, value: JSON, rule: str) -> None:
    package = with_part(TABLE + place, value)
    assert list(package_faults(package)) == []
    [fault] = table_faults(package["resources"][0])
    at = pointer(fault.steps)
    assert fault.rule == rule
    # A foreign key is one thing: what is wrong with a part of it is said of the whole.
    assert place == at or (rule == "key-malformed" and place.startswith(at))
    # Nothing else stumbles over it, or says it again.
    [problem] = check_package(Package({}, tuple(package["resources"])), "datapackage.json")
    assert (problem.rule, problem.pointer, problem.message) == (rule, TABLE + at, fault.message)
