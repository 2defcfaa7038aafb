from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.generate.datapackage import foreign_keys, package_of
from bot.generate.examples import Examples
from bot.generate.release import artefacts, release
from bot.generate.views import compiled_views, with_definitions
from bot.standard.model import Link, Package, Standard, View
from bot.standard.profiles import Structure, apply_profile
from bot.standard.values import JSON
from tests.generate.consistency import inside
from tests.worlds import ROOT, checkout, entity, many, one, read_source

ID = "00000000-0000-4000-8000-000000000000"
WORLD = {
    "organization": entity("organization", {"name": {"example": "Kitchen"}}),
    "service": entity(
        "service",
        {
            "name": {"example": "Lunch"},
            "organization_id": {"example": "o"},
            "organization": one("organization"),
            "phones": many("phone"),
            "fee": {"type": "number", "example": "2.5"},
        },
        ("id", "phones"),
    ),
    "phone": entity("phone", {"number": {"example": "0800"}, "service_id": {"example": "s"}}),
}


def made(entities: dict[str, JSON], *views: View) -> tuple[Structure, dict[str, JSON]]:
    standard = checkout(entities)
    structure = apply_profile(standard, standard.profiles[0])
    return structure, dict(compiled_views(structure.entities, views))


def test_a_nested_view_holds_everything() -> None:
    _, views = made(WORLD, View("service"))
    properties = views["service"]["properties"]
    assert properties["phones"]["items"]["properties"]["number"]["example"] == "0800"
    assert properties["organization"]["properties"]["name"]["type"] == "string"
    assert "$ref" not in json.dumps(views["service"])


def test_what_describes_a_property_overrides_what_describes_its_entity() -> None:
    described = {
        **WORLD,
        "service": entity(
            "service", {"owner": {**one("organization"), "description": "Who owns it.", "title": "Owner"}}
        ),
    }
    owner = made(described, View("service"))[1]["service"]["properties"]["owner"]
    assert (owner["description"], owner["title"], owner["path"]) == ("Who owns it.", "Owner", "organizations.csv")


def test_what_constrains_a_reference_stands_beside_it() -> None:
    """Copied in, `required` would replace that of the entity; it must add to it."""
    limited = {**WORLD, "service": entity("service", {"owner": {**one("organization"), "required": ["name"]}})}
    owner = made(limited, View("service"))[1]["service"]["properties"]["owner"]
    assert owner["required"] == ["name"]
    assert owner["allOf"][0]["required"] == ["id"]


def test_list_views_have_no_arrays_anywhere() -> None:
    deep = {**WORLD, "organization": entity("organization", {"phones": many("phone")}, ("id", "phones"))}
    view = made(deep, View("service"))[1]["service_list"]
    assert list(view["properties"]) == ["id", "name", "organization_id", "organization", "fee"]
    assert view["required"] == ["id"]
    assert view["properties"]["organization"]["required"] == ["id"]


def test_packages_are_arrays_of_the_nested_view() -> None:
    views = made(WORLD, View("service"))[1]
    assert views["service_package"] == {"type": "array", "items": views["service"]}


def test_views_add_links() -> None:
    views = made(
        WORLD,
        View(
            "organization",
            (
                Link("services", "service", many=True, without=("organization",)),
                Link("first", "service", many=False),
                Link("x", "ghost", many=True),
            ),
        ),
    )[1]
    properties = views["organization"]["properties"]
    assert list(properties) == ["id", "name", "services", "first"]
    assert "organization" not in properties["services"]["items"]["properties"]
    assert properties["first"]["properties"]["organization"]["type"] == "object"


def test_a_property_of_the_same_name_is_not_replaced_by_a_link() -> None:
    own = {**WORLD, "organization": entity("organization", {"services": {"type": "string"}})}
    assert (
        made(own, View("organization", (Link("services", "service", many=True),)))[1]["organization"]["properties"][
            "services"
        ]["type"]
        == "string"
    )


def test_views_of_what_is_not_there_are_left_out() -> None:
    assert made({"phone": entity("phone", {})}, View("service", definitions=True))[1] == {}


def test_cycles_end_in_definitions() -> None:
    ring = {"a": entity("a", {"b": one("b")}), "b": entity("b", {"list": many("a"), "self": one("b")})}
    views = made(ring, View("a", definitions=True))[1]
    view = views["a"]
    assert view["properties"]["b"]["properties"]["list"]["items"] == {"$ref": "#/$defs/a"}
    assert view["$defs"].keys() == {"a", "b"}
    assert view["$defs"]["a"]["properties"]["b"]["$ref"] == "#/$defs/b"
    assert views["a_package"]["$defs"].keys() == {"a", "b"}
    assert "list" not in json.dumps(views["a_list"]["properties"]["b"]["properties"])


def test_references_inside_a_file_are_copied_too() -> None:
    local = {
        "a": {
            **entity(
                "a",
                {
                    "x": {"$ref": "#/$defs/short"},
                    "y": {"$ref": "b.json#/properties/n"},
                    "z": {"$ref": "elsewhere.json"},
                    "w": {"$ref": "#/$defs/none"},
                },
            ),
            "$defs": {"short": {"type": "string", "maxLength": 3}},
        },
        "b": entity("b", {"n": {"type": "integer"}}),
    }
    properties = made(local, View("a"))[1]["a"]["properties"]
    assert properties["x"]["maxLength"] == 3
    assert properties["y"]["type"] == "integer"
    assert properties["z"]["$ref"] == "elsewhere.json"
    assert properties["w"]["$ref"] == "#/$defs/none"


def test_definitions_keep_references() -> None:
    structure, _ = made(WORLD)
    view = with_definitions(structure.entities, "service")
    assert view["properties"]["phones"]["items"] == {"$ref": "#/definitions/phone"}
    assert list(view["definitions"]) == ["organization", "phone"]


NAMED = {
    f"{name}": {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"https://old/{name}.json", **schema}
    for name, schema in WORLD.items()
}


def test_copies_do_not_bear_the_name_of_what_they_are_copied_from() -> None:
    """References in a part that has an `$id` would be read from there, and lead nowhere."""
    ring = {
        **NAMED,
        "phone": {**NAMED["phone"], "properties": {**WORLD["phone"]["properties"], "of": one("service")}},
    }
    views = made(ring, View("service", definitions=True))[1]
    for name, schema in views.items():
        assert "$id" not in json.dumps(schema), name
        assert json.dumps(schema).count('"$schema"') == ("$schema" in schema) == 1, name
    assert views["service"]["$defs"]["service"]["required"] == ["id", "phones"]
    assert list(inside(views["service"], views["service"])) == []
    plain = made({**WORLD, "phone": {**WORLD["phone"], "properties": ring["phone"]["properties"]}}, View("service"))[1]
    assert {**plain["service"], "$schema": NAMED["service"]["$schema"]} == views["service"]


def test_a_release_is_called_by_its_own_address_whatever_its_files_were_called() -> None:
    standard = checkout(NAMED)
    profile = replace(standard.profiles[0], uri="https://new.example", version="1.0.0")
    files = dict(artefacts(release(standard, apply_profile(standard, profile))))
    for path, content in files.items():
        if path.startswith("schema/"):
            assert json.loads(content)["$id"] == f"https://new.example/1.0.0/{path}"
            assert "https://old" not in content


# Tables.


def test_columns_keys_and_constraints() -> None:
    structure, _ = made({**WORLD, "service": {**WORLD["service"], "tabular_required": ["organization_id"]}})
    tables = {table["name"]: table for table in package_of(structure, {"name": "n"}).tables}
    fields = {field["name"]: field for field in tables["service"]["schema"]["fields"]}
    assert list(fields) == ["id", "name", "organization_id", "fee"]
    assert fields["organization_id"]["constraints"] == {"required": True, "unique": False}
    assert tables["service"]["schema"]["foreignKeys"] == [
        {"fields": "organization_id", "reference": {"resource": "organization", "fields": "id"}}
    ]
    assert tables["phone"]["schema"]["foreignKeys"] == [
        {"fields": "service_id", "reference": {"resource": "service", "fields": "id"}}
    ]
    assert "foreignKeys" not in tables["organization"]["schema"]


@pytest.mark.parametrize(
    ("schema", "field"),
    [
        (
            {"format": "date", "datapackage_type": "date"},
            {"type": "date", "constraints": {"required": False, "unique": False}},
        ),
        (
            {"format": "uri", "datapackage_format": "url"},
            {"type": "string", "format": "url", "constraints": {"required": False, "unique": False}},
        ),
        ({"enum": ["a"]}, {"type": "string", "constraints": {"required": False, "unique": False, "enum": ["a"]}}),
        (
            {"pattern": "^a$", "maxLength": 3},
            {"type": "string", "constraints": {"required": False, "unique": False, "pattern": "^a$", "maxLength": 3}},
        ),
        (
            {"pattern": "^a$", "datapackage_type": "year"},
            {"type": "year", "constraints": {"required": False, "unique": False}},
        ),
        ({"type": ["string", "null"]}, {"type": "string", "constraints": {"required": False, "unique": False}}),
        ({"type": ["string", "number"]}, {"type": "any", "constraints": {"required": False, "unique": False}}),
    ],
)
def test_what_json_says_in_the_words_of_tables(schema: dict[str, JSON], field: dict[str, JSON]) -> None:
    structure, _ = made({"a": entity("a", {"x": schema})})
    found = package_of(structure, {}).tables[0]["schema"]["fields"][1]
    assert {key: found[key] for key in ("type", "format", "constraints") if key in found} == field


def test_keys_that_cannot_be_are_not_made() -> None:
    """No column, no table, no identifier to refer to: no key."""
    entities = {
        "a": entity(
            "a",
            {
                "bs": many("b"),
                "gone": one("c"),
                "c_id": {},
                "named": {"foreign_key": "b"},
                "wrong": {"foreign_key": "ghost"},
            },
        ),
        "b": entity("b", {}),
        "c": {
            **entity("c", {"code": {}}),
            "properties": {"code": {"type": "string", "constraints": {}}},
            "required": [],
        },
    }
    structure, _ = made(entities)
    keys = foreign_keys(structure.entities)
    assert {table: [key["fields"] for key in each] for table, each in keys.items() if each} == {"a": ["named"]}


def test_an_entity_without_columns_is_no_table() -> None:
    structure, _ = made(
        {"a": {**entity("a", {"bs": many("b")}), "properties": {"bs": many("b")}, "required": []}, "b": entity("b", {})}
    )
    assert [table["name"] for table in package_of(structure, {}).tables] == ["b"]


# Examples.


def test_examples_are_typed_and_leave_out_what_nesting_says() -> None:
    structure, _ = made(WORLD)
    made_ = dict(Examples(structure.entities, (View("service"), View("ghost"))).all())
    examples = json.loads(json.dumps(made_).replace(f'"id": "{ID}", ', ""))
    assert examples["service"] == {
        "name": "Lunch",
        "organization": {"name": "Kitchen"},
        "phones": [{"number": "0800"}],
        "fee": 2.5,
    }
    assert examples["service_list"] == {"name": "Lunch", "organization": {"name": "Kitchen"}, "fee": 2.5}
    assert examples["service_package"] == [examples["service"]]


def test_examples_of_a_ring_end() -> None:
    structure, _ = made(
        {
            "a": entity("a", {"n": {"example": "x"}, "bs": many("b")}),
            "b": entity("b", {"as": many("a"), "m": {"example": "y"}}),
        }
    )
    view = View("a", (Link("more", "b", many=True),))
    expected = {"id": ID, "n": "x", "bs": [{"id": ID, "m": "y"}], "more": [{"id": ID, "m": "y"}]}
    assert Examples(structure.entities, (view,)).nested(view) == expected


# Whole releases.


def files_of(standard: Standard, metadata: dict[str, JSON]) -> dict[str, JSON]:
    structure = apply_profile(standard, standard.profiles[0])
    return {path: json.loads(text) for path, text in artefacts(release(standard, structure, metadata))}


def metadata_of(directory: Path) -> dict[str, JSON]:
    package = json.loads((directory / "datapackage.json").read_text())
    return {key: each for key, each in package.items() if key != "resources"}


REASON = "names the removed property link_entity as required in tables; the published files still do"


def without_known_difference(value: JSON) -> JSON:
    """The published files with the one slip they have taken out, wherever attribute is copied to."""
    if isinstance(value, list):
        return [without_known_difference(each) for each in value]
    if not isinstance(value, dict):
        return value
    made = {key: without_known_difference(each) for key, each in value.items()}
    if made.get("name") == "attribute" and "tabular_required" in made:
        made["tabular_required"] = [name for name in made["tabular_required"] if name != "link_entity"]
    return made


def published(directory: Path) -> dict[str, JSON]:
    paths = [*(directory / "schema").rglob("*.json"), directory / "datapackage.json"]
    ignored = {"schema/openapi.json", "schema/compiled/tabular.json"}
    return {
        str(path.relative_to(directory)): json.loads(path.read_text())
        for path in paths
        if str(path.relative_to(directory)) not in ignored
    }


def test_the_uk_profile_is_generated_as_it_was_published(data: Path) -> None:
    uk = data / "oruk-3.0"
    made = files_of(read_source(data / "hsds-3.0", ("uk", uk / "profile")), metadata_of(uk))
    expected = published(uk)
    generated = {path: value for path, value in made.items() if not path.startswith("examples/")}
    assert generated.keys() == expected.keys()
    assert {path for path in expected if generated[path] != without_known_difference(expected[path])} == set(), REASON


def test_hsds_3_is_generated_as_it_was_published(data: Path) -> None:
    hsds = data / "hsds-3.0"
    made = files_of(read_source(hsds), metadata_of(hsds))
    expected = published(hsds)
    assert {path for path in expected if made[path] != expected[path]} == set()


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Also in another process with another order of hashes."""
    digests = []
    for seed in ("1", "2"):
        output = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-m", "bot", "build", "--source", str(ROOT), "--output", str(output)],
            check=True,
            env=environment,
            capture_output=True,
        )
        digests.append({path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()})
    assert digests[0] == digests[1]
    assert {path.parts[0] for path in digests[0]} == {"core", "classic", "uk"}


def test_what_a_package_says_of_itself(bundled: Standard) -> None:
    structure = apply_profile(bundled, next(profile for profile in bundled.profiles if profile.id == "uk"))
    package = release(bundled, structure).package()
    assert isinstance(package, Package)
    assert package.metadata["version"] == "1.0.0"
    assert package.metadata["profile"] == "tabular-data-package"
    assert package.metadata["license"]["type"] == "CC-BY-SA-4.0"
