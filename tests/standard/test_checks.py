from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.standard.checks import check_entities
from bot.standard.dialects import Draft
from bot.standard.entity_checks import confusable, shown, snake_case
from bot.standard.loading import load
from bot.standard.model import Link, Package, View
from bot.standard.package_checks import check_package
from bot.standard.reach import places
from bot.standard.schema_checks import schema_errors
from bot.standard.values import JSON
from tests.standard.test_loading import FILES, STANDARD
from tests.worlds import checkout, entity, many, one, read_source, snapshot


def found(schema: dict[str, JSON], **others: JSON) -> list[tuple[str, str, str]]:
    standard = checkout({"thing": schema, **others})
    return [
        (problem.severity.value, problem.rule, problem.pointer)
        for problem in check_entities(standard)
        if problem.file == "schema/thing.json"
    ]


def thing(**more: JSON) -> dict[str, JSON]:
    return {**entity("thing", {"name": {"example": "x"}}), **more}


def with_name(**changes: JSON) -> dict[str, JSON]:
    made = thing()
    made["properties"]["name"].update(changes)
    return {
        **made,
        "properties": {
            key: {name: each for name, each in schema.items() if each is not None}
            for key, schema in made["properties"].items()
        },
    }


def test_a_good_entity_has_no_problems() -> None:
    assert found(thing()) == []


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        (with_name(type="strin"), ("error", "schema-invalid", "/properties/name/type")),
        (with_name(minLength=-1), ("error", "schema-invalid", "/properties/name/minLength")),
        (with_name(pattern="("), ("error", "pattern-invalid", "/properties/name/pattern")),
        (with_name(**{"$ref": "ghost.json"}), ("error", "reference-dangling", "/properties/name/$ref")),
        (with_name(**{"$ref": "#/$defs/none"}), ("error", "reference-dangling", "/properties/name/$ref")),
        (with_name(**{"$ref": "https://example.org/x.json"}), ("error", "reference-outside", "/properties/name/$ref")),
        (with_name(**{"$ref": "file:///etc/passwd"}), ("error", "reference-outside", "/properties/name/$ref")),
        (with_name(**{"$ref": "../../etc/passwd"}), ("error", "reference-outside", "/properties/name/$ref")),
        (with_name(**{"$ref": "/etc/passwd"}), ("error", "reference-outside", "/properties/name/$ref")),
        (thing(name="other"), ("warning", "name-mismatched", "/name")),
        (with_name(name="title"), ("warning", "name-mismatched", "/properties/name/name")),
        (with_name(description=None), ("warning", "description-missing", "/properties/name")),
        (thing(description=""), ("warning", "description-missing", "")),
        (with_name(example=None), ("notice", "example-missing", "/properties/name")),
        (with_name(type="number"), ("warning", "example-rejected", "/properties/name/example")),
        (with_name(format="date"), ("warning", "example-rejected", "/properties/name/example")),
        (thing(tabular_required=["gone"]), ("error", "required-undefined", "/tabular_required/0")),
    ],
)  # fmt: skip
def test_one_thing_wrong(schema: dict[str, JSON], problem: tuple[str, str, str]) -> None:
    assert found(schema) == [problem]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("phoneNumber", "name-malformed"),
        ("phone-number", "name-malformed"),
        ("pаypal", "name-confusable"),
        ("ｎame", "name-confusable"),
    ],
)
def test_names(name: str, rule: str) -> None:
    made = thing()
    made["properties"][name] = {**made["properties"]["name"], "name": name}
    assert [problem[1] for problem in found(made)] == [rule]


def test_a_name_that_can_be_taken_for_another_is_shown_as_it_is() -> None:
    schema = entity("phone", {"numb\u0435r": {"example": "x"}})
    [message] = [each.message for each in check_entities(checkout({"phone": schema})) if each.rule == "name-confusable"]
    assert r"the name 'numb\u{0435}r' can be taken" in message


def test_required_names_must_be_there() -> None:
    assert found({**thing(), "required": ["id", "gone"]}) == [("error", "required-undefined", "/required/1")]


def test_references_deep_inside_are_looked_at() -> None:
    made = thing(allOf=[{"properties": {"x": {"items": {"$ref": "ghost.json"}}}}])
    assert found(made) == [("error", "reference-dangling", "/allOf/0/properties/x/items/$ref")]


def test_numbers_may_have_their_examples_as_text() -> None:
    assert found(with_name(type="number", example="12.5")) == []
    assert found(with_name(type="boolean", example="True")) == []


def test_ways_to_show_and_judge_names() -> None:
    assert snake_case("service_at_location")
    assert not snake_case("_x")
    assert not confusable("naïve")
    assert confusable("p\u0430y")
    assert shown("a\u202eb") == "a\\u{202e}b"


@pytest.mark.parametrize("draft", list(Draft))
def test_every_draft_has_its_metaschema(draft: Draft) -> None:
    assert list(schema_errors({"type": "object"}, draft)) == []
    assert [place for place, _ in schema_errors({"minLength": "x"}, draft)] == ["/minLength"]


def test_what_only_an_extended_structure_has() -> None:
    service = entity(
        "service",
        {"name": {"profiles": {"small": "may", "ghost": "must"}, "source": "https://example.org", "example": "x"}},
    )
    standard_yml = FILES["schema/standard.yml"]
    assert isinstance(standard_yml, bytes)
    files = {
        **FILES,
        "schema/service.json": service,
        "schema/standard.yml": standard_yml.replace(b"entity: phone", b"entity: fax"),
    }
    rules = {(problem.rule, problem.pointer) for problem in check_entities(load(snapshot(files)))}
    assert {
        ("view-invalid", "/views/0/links/0/entity"),
        ("membership-invalid", "/properties/name/profiles/small"),
        ("profile-unknown", "/properties/name/profiles/ghost"),
        ("source-missing", "/properties/id"),
    } <= rules


@pytest.mark.parametrize("wrong", [["small"], "small", None, True])
def test_profiles_that_are_no_object_put_a_term_in_none_and_that_is_said(wrong: JSON) -> None:
    service = entity("service", {"name": {"profiles": wrong, "source": "https://example.org", "example": "x"}})
    standard = load(snapshot({**FILES, "schema/service.json": service}))
    found = {(each.rule, each.pointer) for each in check_entities(standard)}
    assert ("membership-invalid", "/properties/name/profiles") in found


@pytest.mark.parametrize(("terms", "said"), [(1, ""), (2, "2 terms"), (5, "5 terms"), (1_200, "1,200 terms")])
def test_a_profile_that_is_gone_is_one_problem_however_many_terms_name_it(terms: int, said: str) -> None:
    member = {"profiles": {"ghost": "must", "spirit": 5}, "source": "https://example.org", "example": "x"}
    service = entity("service", {f"t{at:04}": member for at in range(terms)})
    found = [
        each
        for each in check_entities(load(snapshot({**FILES, "schema/service.json": service})))
        if each.rule in ("profile-unknown", "membership-invalid")
    ]
    assert [(each.rule, each.file, each.pointer) for each in found] == [
        ("profile-unknown", "schema/service.json", "/properties/t0000/profiles/ghost"),
        ("profile-unknown", "schema/service.json", "/properties/t0000/profiles/spirit"),
    ]
    assert found[0].message == "'ghost' is no profile of this standard"
    assert said in found[0].hint
    assert ("service.t0000, service.t0001" in found[0].hint) is (terms > 1)
    assert (f"and {terms - 3:,} more" in found[0].hint) is (terms > 3)


def test_a_link_that_a_view_cannot_add_is_said() -> None:
    clash = b"views: [{entity: service, links: [{property: name, entity: phone}, {property: x, entity: phone}]}]"
    doubled = clash.replace(b"property: name", b"property: x")
    for views, expected in ((clash, ["/views/0/links/0/property"]), (doubled, ["/views/0/links/1/property"])):
        declared = STANDARD.partition(b"views:")[0] + views
        files = {**FILES, "schema/standard.yml": declared}
        found = [each.pointer for each in check_entities(load(snapshot(files))) if each.rule == "link-clashing"]
        assert found == expected


def test_a_profile_that_cannot_be_read_is_no_reason_to_call_its_members_unknown() -> None:
    files = {**FILES, "schema/profiles/small/profile.yml": b"a: ["}
    assert "profile-unknown" not in {each.rule for each in check_entities(load(snapshot(files)))}


def test_published_standards_have_the_slips_that_are_known(data: Path) -> None:
    """taxonomy_detail calls itself taxonomy; 3.0 has no error."""
    standard = read_source(data / "hsds-3.0")
    problems = list(check_entities(standard))
    assert [problem.pointer for problem in problems if problem.rule == "name-mismatched"] == [
        "/properties/taxonomy_detail/name"
    ]
    assert [problem for problem in problems if problem.severity.value == "error"] == []


# Tables.


def table(name: str, *fields: JSON, **schema: JSON) -> dict[str, JSON]:
    return {"name": name, "schema": {"fields": [{"name": "id", "type": "string"}, *fields], **schema}}


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ([table("a"), table("a")], ("table-repeated", "/resources/1/name")),
        ([table("a", {"name": "id"})], ("column-repeated", "/resources/0/schema/fields/1")),
        ([table("a", {"name": "x", "type": "text"})], ("column-type-unknown", "/resources/0/schema/fields/1/type")),
        ([table("a", {"name": "x", "type": "string", "format": "url"})], ("column-format-unknown", "/resources/0/schema/fields/1/format")),
        ([table("a", primaryKey="key")], ("key-to-missing-column", "/resources/0/schema/primaryKey")),
        ([table("a", foreignKeys=[{"fields": "x", "reference": {"resource": "a", "fields": "id"}}])], ("key-to-missing-column", "/resources/0/schema/foreignKeys/0")),
        ([table("a", foreignKeys=[{"fields": "id", "reference": {"resource": "", "fields": ["x"]}}])], ("key-to-missing-column", "/resources/0/schema/foreignKeys/0")),
        ([table("a", foreignKeys=[{"fields": "id", "reference": {"resource": "b", "fields": "id"}}])], ("key-to-missing-table", "/resources/0/schema/foreignKeys/0")),
        ([table("a", foreignKeys=[{"fields": "id"}])], ("key-malformed", "/resources/0/schema/foreignKeys/0")),
    ],
)  # fmt: skip
def test_one_thing_wrong_with_a_package(tables: list[dict[str, JSON]], problem: tuple[str, str]) -> None:
    problems = list(check_package(Package({}, tuple(tables)), "datapackage.json"))
    assert [(each.rule, each.pointer) for each in problems] == [problem]
    assert problems[0].hint


def test_published_packages_are_sound(data: Path) -> None:
    for path in ("hsds-2.0.1", "hsds-3.0", "oruk-3.0"):
        value = json.loads((data / path / "datapackage.json").read_text())
        assert list(check_package(Package({}, tuple(value["resources"])), path)) == []


# Reach.


def test_how_many_places_hold_an_entity() -> None:
    entities = {
        "a": entity("a", {"bs": many("b"), "c": one("c")}),
        "b": entity("b", {"cs": many("c")}),
        "c": entity("c", {}),
    }
    views = (View("a"), View("b", (Link("more", "c", many=True),)), View("ghost"))
    assert places(checkout(entities).entities, views) == {"a": 1, "b": 2, "c": 4}


def test_an_entity_inside_itself_is_counted_once() -> None:
    entities = {"a": entity("a", {"bs": many("b")}), "b": entity("b", {"as": many("a")})}
    assert places(checkout(entities).entities, (View("a"),)) == {"a": 1, "b": 1}


@pytest.mark.parametrize(
    "properties",
    [
        {"a": {"$ref": "#/properties/b"}, "b": {"$ref": "#/properties/a"}},
        {"a": {"$ref": "#/properties/a"}},
        {"a": {"allOf": [{"$ref": "#/properties/a"}]}},
        {"a": {"$ref": "other.json#/properties/name"}},
    ],
)
def test_references_that_only_lead_to_each_other_are_found_once(properties: dict[str, JSON]) -> None:
    other = entity("other", {"name": {"$ref": "thing.json#/properties/a"}})
    standard = checkout({"thing": thing(properties=properties, required=[]), "other": other})
    assert [problem.rule for problem in check_entities(standard)].count("reference-cyclic") == 1


def test_an_entity_that_is_only_a_reference_to_itself_is_found() -> None:
    assert ("error", "reference-cyclic", "/$ref") in found(thing(**{"$ref": "#"}))


def test_recursion_through_properties_and_items_is_legitimate() -> None:
    schema = thing(properties={"self": {"$ref": "#"}, "parts": many("thing"), "alias": {"$ref": "#/properties/self"}})
    assert "reference-cyclic" not in {rule for _, rule, _ in found({**schema, "required": []})}


def test_a_reference_into_a_directory_below_is_told_which_files_are_read() -> None:
    part = {"schema/parts/unit.json": entity("unit", {})}
    thing = {"schema/thing.json": entity("thing", {"unit": {"$ref": "parts/unit.json"}})}
    found = [each for each in check_entities(load(snapshot({**part, **thing}))) if each.rule == "reference-dangling"]
    assert [each.hint for each in found] == [
        "Only the files in schema/ itself are read, and none in directories below it."
    ]
