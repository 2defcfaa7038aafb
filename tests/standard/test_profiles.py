from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.generate.datapackage import package_of
from bot.generate.views import compiled_views, with_definitions
from bot.standard.checks import check_entities
from bot.standard.model import Entity, Patch, Profile, Standard
from bot.standard.package_checks import check_package
from bot.standard.problems import Severity
from bot.standard.profiles import Structure, apply_profile, whole
from bot.standard.values import JSON
from tests.worlds import checkout, entity, many, one, read_source

WORLD = {
    "service": entity(
        "service",
        {"name": {}, "phones": many("phone"), "home": one("place"), "phone_id": {}},
        ("id", "name"),
        tabular_required=["phone_id"],
    ),
    "phone": entity("phone", {"number": {}, "service_id": {}, "place_id": {}}),
    "place": entity("place", {"name": {}, "phones": many("phone")}),
}


def with_patch(patch: Mapping[str, JSON]) -> Structure:
    standard = checkout(WORLD, ("own", patch))
    return apply_profile(standard, standard.profiles[0])


def properties(structure: Structure, name: str) -> list[str]:
    return list(structure.entities[name].schema["properties"])


def test_a_patch_removes_and_adds_properties() -> None:
    structure = with_patch({"service": {"properties": {"name": None, "extra": {"type": "string"}}}})
    assert properties(structure, "service") == ["id", "phones", "home", "phone_id", "extra"]
    assert structure.entities["service"].schema["required"] == ["id"]


@pytest.mark.parametrize("nothing", [None, {}])
def test_a_patch_that_says_nothing_removes_its_entity_and_all_that_held_it(nothing: JSON) -> None:
    structure = with_patch({"phone": nothing})
    assert list(structure.entities) == ["place", "service"]
    assert properties(structure, "service") == ["id", "name", "home", "phone_id"]
    assert properties(structure, "place") == ["id", "name"]


def test_an_entity_of_the_profiles_own_is_pruned_like_the_others() -> None:
    own = entity("visit", {"phones": many("phone"), "place": one("place")})
    structure = with_patch({"visit": own, "phone": None})
    assert properties(structure, "visit") == ["id", "place"]


def test_an_entity_without_properties_is_none() -> None:
    gone = dict.fromkeys(("id", "name", "phones"))
    assert list(with_patch({"place": {"properties": gone}}).entities) == ["phone", "service"]


def test_removals_of_what_is_not_there_are_named() -> None:
    structure = with_patch(
        {"service": {"properties": {"nam": None}, "allOf": None}, "ghost": None, "spirit": {"title": "x"}}
    )
    assert [(problem.file, problem.pointer, problem.severity) for problem in structure.problems] == [
        ("own/ghost.json", "", Severity.WARNING),
        ("own/service.json", "/properties/nam", Severity.WARNING),
        ("own/service.json", "/allOf", Severity.NOTICE),
        ("own/spirit.json", "", Severity.WARNING),
    ]


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({"anyOf": [{"required": ["name"]}, {"required": ["phone_id"]}]}, {"anyOf": [{"required": ["phone_id"]}]}),
        ({"anyOf": [{"required": ["name"]}]}, {}),
        ({"not": {"required": ["name"]}}, {}),
        (
            {"if": {"required": ["name"]}, "then": {"required": ["id"]}, "else": {"required": ["phone_id"]}},
            {"allOf": [{"required": ["phone_id"]}]},
        ),
        (
            {"if": {"required": ["id"]}, "then": {"required": ["name", "id"]}},
            {"if": {"required": ["id"]}, "then": {"required": ["id"]}},
        ),
        ({"allOf": [{"required": ["name", "id"]}]}, {"allOf": [{"required": ["id"]}]}),
        (
            {"dependentRequired": {"name": ["id"], "id": ["name", "phone_id"]}},
            {"dependentRequired": {"id": ["phone_id"]}},
        ),
        ({"dependentSchemas": {"id": {"required": ["name"]}}}, {"dependentSchemas": {"id": {"required": []}}}),
        ({"example": {"name": "x", "id": "y"}}, {"example": {"id": "y"}}),
    ],
)
def test_what_asks_for_a_removed_property_is_settled(more: dict[str, JSON], left: dict[str, JSON]) -> None:
    standard = checkout({"service": {**WORLD["service"], **more}}, ("own", {"service": {"properties": {"name": None}}}))
    schema = apply_profile(standard, standard.profiles[0]).entities["service"].schema
    assert {key: schema[key] for key in schema if key in more or key == "allOf"} == left


@pytest.mark.parametrize(
    ("schema", "left"),
    [
        ({"anyOf": [one("phone"), one("place")]}, {"anyOf": [one("place")]}),
        ({"anyOf": [one("phone")]}, None),
        ({"allOf": [one("phone"), {"type": "object"}]}, {"allOf": [{"type": "object"}]}),
        ({"allOf": [one("phone")]}, {}),
        ({"type": "object", "properties": {"p": one("phone"), "q": {}}}, {"type": "object", "properties": {"q": {}}}),
        ({"type": "object", "additionalProperties": one("phone")}, None),
        ({"type": "array", "prefixItems": [{}, one("phone")]}, None),
        ({"$ref": "phone.json#/properties/number"}, None),
        ({"type": "string", "not": one("phone")}, {"type": "string"}),
    ],
)
def test_references_to_a_removed_entity_go_with_it(schema: JSON, left: JSON) -> None:
    standard = checkout(
        {**WORLD, "service": entity("service", {}) | {"properties": {"x": schema, "id": {}}}}, ("own", {"phone": None})
    )
    found = apply_profile(standard, standard.profiles[0]).entities["service"].schema["properties"]
    assert found.get("x") == left


# Whatever is taken away, a consistent release is left.


def inconsistencies(standard: Standard, structure: Structure, *, nested: bool = False) -> list[str]:
    """What is wrong with a release: in its entities, its tables, its views (the nested ones where asked for:
    they take long to make)."""
    release_of = replace(standard, entities=structure.entities, profiles=(), views=())
    problems = [*check_entities(release_of), *check_package(package_of(structure, {}), "")]
    found = [problem.message for problem in problems if problem.severity is Severity.ERROR]
    views = [
        with_definitions(structure.entities, view.entity)
        for view in standard.views
        if view.entity in structure.entities
    ]
    if nested:
        views += [schema for _, schema in compiled_views(structure.entities, standard.views)]
    for schema in views:
        found += inside(schema, schema.get("definitions", {}))
    return found


def inside(schema: JSON, definitions: JSON) -> Iterator[str]:
    """References in a view that lead out of it, and required properties that it does not have."""
    if isinstance(schema, list):
        for each in schema:
            yield from inside(each, definitions)
    elif isinstance(schema, dict):
        reference = schema.get("$ref")
        if (
            isinstance(reference, str)
            and reference != "#"
            and reference.removeprefix("#/definitions/") not in definitions
        ):
            yield f"{reference} leads nowhere"
        if "properties" in schema and isinstance(schema.get("required"), list):
            yield from (f"{name} is required" for name in schema["required"] if name not in schema["properties"])
        for each in schema.values():
            yield from inside(each, definitions)


def removals(standard: Standard, profile: Profile) -> Iterator[tuple[str, Profile]]:
    entities = apply_profile(standard, profile).entities
    for name, each in entities.items():
        yield name, _patched(profile, name, None)
        for key in each.schema["properties"]:
            yield f"{name}.{key}", _patched(profile, name, {"properties": {key: None}})


def _patched(profile: Profile, name: str, value: JSON) -> Profile:
    before = profile.patches.get(name)
    merged = (
        value
        if before is None or value is None
        else {**before.value, "properties": {**before.value.get("properties", {}), **value["properties"]}}
    )
    return replace(profile, patches={**profile.patches, name: Patch(name, f"{name}.json", merged)})


@pytest.mark.parametrize("name", ["core", "classic", "uk"])
def test_any_one_entity_or_field_can_be_removed_from_a_bundled_profile(bundled: Standard, name: str) -> None:
    profile = next(each for each in bundled.profiles if each.id == name)
    for what, smaller in removals(bundled, profile):
        structure = apply_profile(bundled, smaller)
        assert inconsistencies(bundled, structure, nested="." not in what) == [], what


def test_any_one_entity_or_field_can_be_removed_from_hsds_3(data: Path) -> None:
    standard = read_source(data / "hsds-3.0")
    known = inconsistencies(standard, apply_profile(standard, standard.profiles[0]))
    for what, smaller in removals(standard, standard.profiles[0]):
        structure = apply_profile(standard, smaller)
        release_of = replace(standard, entities=structure.entities, profiles=(), views=())
        problems = [*check_entities(release_of), *check_package(package_of(structure, {}), "")]
        errors = [problem.message for problem in problems if problem.severity is Severity.ERROR]
        assert [each for each in errors if each not in known] == [], what


@settings(max_examples=40)
@given(st.data())
def test_selections_are_exact_and_consistent(bundled: Standard, data: st.DataObject) -> None:
    """Any selection takes exactly what it names, as far as that can stand."""
    every = [f"{name}.{key}" for name, each in bundled.entities.items() for key in each.schema["properties"]]
    added = data.draw(st.frozensets(st.sampled_from(every), max_size=25))
    removed = data.draw(
        st.frozensets(
            st.sampled_from([*bundled.entities, *sorted(added)] if added else [*bundled.entities]), max_size=4
        )
    )
    profile = Profile("none", "None", selects=True, added=added, removed=removed)
    structure = apply_profile(bundled, profile)
    wanted = {each for each in added if each not in removed and each.split(".")[0] not in removed}
    found = {f"{name}.{key}" for name, each in structure.entities.items() for key in each.schema["properties"]}
    assert found <= wanted
    # What is missing refers to an entity that is not there.
    for lost in wanted - found:
        name, key = lost.split(".")
        schema = bundled.entities[name].schema["properties"][key]
        target = schema.get("$ref") or schema.get("items", {}).get("$ref")
        assert target
        assert target.removesuffix(".json") not in structure.entities
    assert inconsistencies(bundled, structure) == []
    text = json.dumps({name: each.schema for name, each in structure.entities.items()})
    assert '"profiles"' not in text
    assert '"settled"' not in text


def test_unknown_selections_are_named(bundled: Standard) -> None:
    profile = Profile(
        "x",
        "X",
        file="p.yml",
        selects=True,
        added=frozenset({"service.nope", "ghost"}),
        removed=frozenset({"nobody.id"}),
    )
    problems = apply_profile(bundled, profile).problems
    assert [(problem.rule, problem.pointer) for problem in problems] == [
        ("selection-unknown", "/select/add"),
        ("selection-unknown", "/select/add"),
        ("selection-unknown", "/select/remove"),
    ]


def test_a_whole_entity_can_be_added(bundled: Standard) -> None:
    structure = apply_profile(bundled, Profile("x", "X", selects=True, added=frozenset({"phone"})))
    assert list(structure.entities) == ["phone"]
    assert "number" in properties(structure, "phone")


def test_the_whole_structure_is_a_profile_too(bundled: Standard) -> None:
    structure = whole(bundled)
    assert structure.entities.keys() == bundled.entities.keys()
    assert isinstance(structure.entities["service"], Entity)
    assert "profiles" not in structure.entities["service"].schema["properties"]["id"]


NESTED = entity(
    "service",
    {
        "place": {
            "type": "object",
            "properties": {"street": {"type": "string"}, "town": {"type": "string"}},
            "required": ["street", "town"],
            "dependentRequired": {"town": ["street"]},
        },
        "parts": {
            "type": "array",
            "items": {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["a", "b"]},
        },
    },
)


def test_what_an_object_inside_asks_for_goes_with_its_property() -> None:
    gone = {"place": {"properties": {"street": None}}, "parts": {"items": {"properties": {"b": None}}}}
    standard = checkout({"service": NESTED}, ("own", {"service": {"properties": gone}}))
    properties = apply_profile(standard, standard.profiles[0]).entities["service"].schema["properties"]
    assert (properties["place"]["required"], properties["place"]["dependentRequired"]) == (["town"], {"town": []})
    assert properties["parts"]["items"]["required"] == ["a"]


def test_what_an_object_inside_asks_for_goes_with_the_entity_that_it_held() -> None:
    inside = {"type": "object", "properties": {"phone": one("phone"), "x": {"type": "string"}}, "required": ["phone"]}
    standard = checkout({**WORLD, "service": entity("service", {"inside": inside})}, ("own", {"phone": None}))
    left = apply_profile(standard, standard.profiles[0]).entities["service"].schema["properties"]["inside"]
    assert (list(left["properties"]), left["required"]) == (["x"], [])


def test_an_entity_that_says_nonsense_of_its_properties_is_not_one_without() -> None:
    sorts: list[JSON] = [None, [], 0, ""]
    for nonsense in sorts:
        standard = checkout({**WORLD, "place": {**WORLD["place"], "properties": nonsense}})
        assert "place" in apply_profile(standard, standard.profiles[0]).entities
    standard = checkout({**WORLD, "place": {**WORLD["place"], "properties": {}}})
    assert "place" not in apply_profile(standard, standard.profiles[0]).entities


def test_a_patch_on_what_cannot_be_read_is_not_said_to_change_what_is_not_there() -> None:
    patch = Patch("service", "p/service.json", {"required": ["id"]})
    profile = Profile("p", "P", patches={"service": patch})
    standard = checkout({"phone": entity("phone", {})})
    assert [each.rule for each in apply_profile(standard, profile).problems] == ["patch-aimless"]
    unread = replace(standard, unreadable=frozenset({"schema/service.json"}))
    assert apply_profile(unread, profile).problems == ()


MADE_OF_OTHERS = {
    "thing": entity("thing", {"kind": {}, "colour": {}}, ()),
    "service": {**entity("service", {}), "allOf": [{"$ref": "thing.json"}], "required": ["id", "kind"]},
}


@pytest.mark.parametrize(
    ("patch", "required"),
    [
        ({"thing": None}, ["id"]),
        ({"thing": {"properties": {"kind": None}}}, ["id"]),
        ({"thing": {"properties": {"colour": None}}}, ["id", "kind"]),
        ({"service": {"required": ["id", "kind", "colour"]}}, ["id", "kind", "colour"]),
        ({"service": {"required": ["id", "colour", "ghost"]}}, ["id", "colour"]),
        ({"service": {"required": ["id", "colour"]}, "thing": {"properties": {"colour": None}}}, ["id"]),
    ],
)
def test_what_an_entity_requires_is_kept_to_its_own_properties_and_those_it_is_made_of(
    patch: dict[str, JSON], required: list[str]
) -> None:
    standard = checkout(MADE_OF_OTHERS, ("own", patch))
    assert apply_profile(standard, standard.profiles[0]).entities["service"].schema["required"] == required


def test_what_the_standard_itself_requires_without_a_property_stays_its_own_matter() -> None:
    odd = {**MADE_OF_OTHERS["service"], "required": ["id", "kind", "ghost"]}
    standard = checkout({**MADE_OF_OTHERS, "service": odd}, ("own", {"thing": {"properties": {"colour": None}}}))
    schema = apply_profile(standard, standard.profiles[0]).entities["service"].schema
    assert schema["required"] == ["id", "kind", "ghost"]
