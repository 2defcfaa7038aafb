from __future__ import annotations

import json
from pathlib import Path

from bot.standard.model import Package
from bot.standard.superset import profile_names, select


def field(name: str, *profiles: str | None, **more: object) -> dict[str, object]:
    listed = [{"name": profile} if profile is not None else {} for profile in profiles]
    return {"name": name, "type": "string", **({"applicationProfile": listed} if listed else {}), **more}


def table(name: str, *fields: dict[str, object], keys: list[object] | None = None) -> dict[str, object]:
    return {
        "name": name,
        "schema": {"primaryKey": "id", "fields": list(fields), **({"foreignKeys": keys} if keys else {})},
    }


def names(package: Package) -> dict[str, list[str]]:
    return {each["name"]: [one["name"] for one in each["schema"]["fields"]] for each in package.tables}


PACKAGE = Package(
    {},
    (
        table(
            "service", field("id", "openReferral"), field("own", "LGA"), field("theirs", "openCommunity"), field("none")
        ),
        table("empty", field("id", "openCommunity")),
        table(
            "review",
            field("id", None),
            field("service_id", "LGA"),
            keys=[
                {"fields": "service_id", "reference": {"resource": "service", "fields": "id"}},
                {"fields": "service_id", "reference": {"resource": "empty", "fields": "id"}},
                {"fields": "service_id", "reference": {"resource": "service", "fields": "theirs"}},
                {"fields": "service_id"},
            ],
        ),
    ),
)


def test_names_of_profiles() -> None:
    assert profile_names(PACKAGE) == ["LGA", "openCommunity", "openReferral"]


def test_what_everyone_has_is_in_every_profile_and_empty_tables_are_left_out() -> None:
    assert names(select(PACKAGE, "LGA")) == {"service": ["id", "own"], "review": ["id", "service_id"]}
    assert names(select(PACKAGE, "openCommunity")) == {"service": ["id", "theirs"], "empty": ["id"], "review": ["id"]}


def test_keys_that_lead_nowhere_are_dropped() -> None:
    review = select(PACKAGE, "LGA").tables[1]
    assert review["schema"]["foreignKeys"] == [
        {"fields": "service_id", "reference": {"resource": "service", "fields": "id"}}
    ]
    assert select(PACKAGE, "openCommunity").tables[2]["schema"]["foreignKeys"] == []


def test_one_object_instead_of_a_list() -> None:
    package = Package({}, (table("service", {"name": "id", "applicationProfile": {"name": "LGA"}}),))
    assert profile_names(package) == ["LGA"]
    assert names(select(package, "LGA")) == {"service": ["id"]}


def test_the_uks_own_profile_is_what_its_generator_published(data: Path) -> None:
    source = json.loads((data / "oruk-1.0/ExtendedDataPackage.json").read_text("utf-8-sig"))
    published = json.loads((data / "oruk-1.0/generated/ap.tableschema.json").read_text("utf-8-sig"))
    made = select(Package({}, tuple(source["resources"])), "LGA")
    expected = {each["name"]: [one["name"] for one in each["schema"]["fields"]] for each in published["resources"]}
    assert names(made) == {name: fields for name, fields in expected.items() if fields}
    assert len(made.tables) == 19
