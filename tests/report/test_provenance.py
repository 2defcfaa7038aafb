"""Where a change is said to be made: the file and the place that a person has to open."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.compat.confirming import Confirmer
from bot.standard.values import JSON
from tests.standard.test_loading import FILES, STANDARD
from tests.worlds import checked

SELECT = {"schema/profiles/small/phone.json": {}, "schema/phone.json": FILES["schema/phone.json"]}
PROFILE = b"""
id: small
title: Small
uri: https://example.org/small/
version: "1.0.0"
select: {add: [phone, service]}
"""
BASE: dict[str, JSON] = {key: each for key, each in FILES.items() if key != "schema/profiles/small/phone.json"} | {
    "schema/profiles/small/profile.yml": PROFILE
}
LINK = b"{property: lines, entity: phone, many: true, without: [id]}"


def places(confirmer: Confirmer, base: dict[str, Any], head: dict[str, Any]) -> list[tuple[str, str, str]]:
    [profile] = checked(confirmer, base, head).profiles
    return [(each.change.rule, each.file, each.pointer) for each in profile.changes]


@pytest.mark.parametrize(
    ("before", "after", "rule", "place"),
    [
        (LINK, LINK + b", {property: more, entity: phone}", "term-added", "/views/0/links/1"),
        (LINK + b", {property: more, entity: phone}", LINK, "term-removed", "/views/0/links"),
        (LINK, LINK.replace(b", many: true", b""), "type-removed", "/views/0/links/0"),
    ],
)
def test_a_link_of_a_view_is_in_the_declaration(
    confirmer: Confirmer, before: bytes, after: bytes, rule: str, place: str
) -> None:
    base, head = ({**BASE, "schema/standard.yml": STANDARD.replace(LINK, each)} for each in (before, after))
    found = places(confirmer, base, head)
    assert (rule, "schema/standard.yml", place) in found
    assert {file for _, file, _ in found} == {"schema/standard.yml"}


def test_a_view_that_is_gone_is_missing_among_the_views(confirmer: Confirmer) -> None:
    without = STANDARD.partition(b"views:")[0] + b"views: [{entity: phone}]"
    found = places(confirmer, BASE, {**BASE, "schema/standard.yml": without})
    assert ("entity-removed", "schema/standard.yml", "/views") in found
    assert ("entity-added", "schema/standard.yml", "/views/0") in found


# Data packages.

TABLES: dict[str, Any] = {
    "resources": [
        {"name": "service", "schema": {"fields": [{"name": "id", "type": "string"}, {"name": "a", "type": "string"}]}},
        {
            "name": "phone",
            "schema": {
                "fields": [
                    {"name": "id", "type": "string"},
                    {"name": "service_id", "type": "string"},
                    {"name": "kind", "type": "string", "format": "uri", "constraints": {"enum": ["a", "b"]}},
                ],
                "foreignKeys": [
                    {"fields": "kind", "reference": {"resource": "service", "fields": "a"}},
                    {"fields": "service_id", "reference": {"resource": "service", "fields": "id"}},
                ],
            },
        },
    ]
}
FIELDS, KEYS = "/resources/1/schema/fields", "/resources/1/schema/foreignKeys"


def with_table(**changes: JSON) -> dict[str, JSON]:
    made: dict[str, Any] = json.loads(json.dumps(TABLES))
    schema = made["resources"][1]["schema"]
    schema["fields"][2].update(changes.pop("kind", {}))
    schema.update(changes)
    return {"datapackage.json": made}


@pytest.mark.parametrize(
    ("head", "rule", "place"),
    [
        (with_table(kind={"format": "email"}), "format-changed", f"{FIELDS}/2/format"),
        (with_table(kind={"type": "date"}), "type-changed", f"{FIELDS}/2/type"),
        (with_table(kind={"constraints": {"enum": ["a"]}}), "enum-value-removed", f"{FIELDS}/2/constraints/enum"),
        (with_table(kind={"constraints": {}}), "enum-removed", f"{FIELDS}/2/constraints"),
        (
            with_table(kind={"constraints": {"enum": ["a", "b"], "required": True}}),
            "tabular-required-added",
            f"{FIELDS}/2/constraints/required",
        ),
        (with_table(primaryKey="id"), "primary-key-added", "/resources/1/schema/primaryKey"),
        (with_table(foreignKeys=TABLES["resources"][1]["schema"]["foreignKeys"][:1]), "key-removed", f"{FIELDS}/1"),
        (
            with_table(
                foreignKeys=[
                    *TABLES["resources"][1]["schema"]["foreignKeys"],
                    {"fields": "id", "reference": {"resource": "service", "fields": "id"}},
                ]
            ),
            "key-added",
            f"{KEYS}/2",
        ),
        (
            with_table(
                foreignKeys=[
                    *TABLES["resources"][1]["schema"]["foreignKeys"],
                    {"fields": ["id", "kind"], "reference": {"resource": "service", "fields": ["id", "a"]}},
                ]
            ),
            "key-added",
            f"{KEYS}/2",
        ),
    ],
)
def test_a_change_to_a_table_is_where_it_is_written(
    confirmer: Confirmer, head: dict[str, JSON], rule: str, place: str
) -> None:
    assert (rule, "datapackage.json", place) in places(confirmer, {"datapackage.json": TABLES}, head)
