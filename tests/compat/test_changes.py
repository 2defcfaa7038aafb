from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.compat.applying import applied
from bot.compat.changes import ABSENT, REORDERED, Change
from bot.compat.differing import diff
from bot.standard.values import JSON, same
from tests.worlds import entity, read_source

BASE = entity(
    "service",
    {
        "name": {"enum": ["x", "y"]},
        "url": {"format": "uri"},
        "phones": {"type": "array", "items": {"$ref": "phone.json"}},
    },
    ("id", "name"),
)


def edited(**changes: JSON) -> dict[str, JSON]:
    made: dict[str, JSON] = json.loads(json.dumps(BASE))
    made.update(changes)
    return made


def with_property(key: str, **changes: JSON) -> dict[str, JSON]:
    properties = {**BASE["properties"], key: {**BASE["properties"].get(key, {}), **changes}}
    return edited(properties=properties)


def without_property(key: str) -> dict[str, JSON]:
    return edited(properties={name: each for name, each in BASE["properties"].items() if name != key})


CASES: list[tuple[dict[str, JSON], list[tuple[str, str, str]]]] = [
    (edited(required=["id"]), [("required-removed", "service.name", "required")]),
    (edited(required=["id", "name", "url"]), [("required-added", "service.url", "required")]),
    (edited(tabular_required=["url"]), [("tabular-required-added", "service.url", "tabular_required")]),
    (without_property("url"), [("term-removed", "service.url", "properties/url")]),
    (with_property("extra", type="string"), [("term-added", "service.extra", "properties/extra")]),
    (with_property("name", enum=["x"]), [("enum-value-removed", "service.name", "properties/name/enum")]),
    (with_property("name", enum=["y", "x"]), [("order-changed", "service.name", "properties/name/enum")]),
    (
        with_property("name", enum=["x", "z"]),
        [("enum-value-added", "service.name", "properties/name/enum"), ("enum-value-removed", "service.name", "properties/name/enum")],
    ),
    (with_property("url", enum=["a"]), [("enum-added", "service.url", "properties/url/enum")]),
    (with_property("url", format="email"), [("format-changed", "service.url", "properties/url/format")]),
    (with_property("url", maxLength=5), [("max-length-added", "service.url", "properties/url/maxLength")]),
    (with_property("url", constraints={"unique": True}), [("unique-added", "service.url", "properties/url/constraints/unique")]),
    (with_property("url", type="number"), [("type-changed", "service.url", "properties/url/type")]),
    (with_property("url", description="Other words."), [("description-changed", "service.url", "properties/url/description")]),
    (with_property("url", datapackage_type="date"), [("column-type-added", "service.url", "properties/url/datapackage_type")]),
    (with_property("phones", items={"$ref": "line.json"}), [("reference-changed", "service.phones", "properties/phones/items/$ref")]),
    (edited(allOf=[{"required": ["url"]}]), [("all-of-added", "service", "allOf")]),
    (edited(additionalProperties=False), [("additional-properties-added", "service", "additionalProperties")]),
    (edited(title="Service"), [("title-added", "service", "title")]),
    (with_property("phones", constraints={}), [("constraints-added", "service.phones", "properties/phones/constraints")]),
    (with_property("url", constraints=None), [("constraints-changed", "service.url", "properties/url/constraints")]),
    (edited(properties=dict(reversed(BASE["properties"].items()))), [("order-changed", "service", "properties")]),
    (edited(required=["name", "id"]), [("order-changed", "service", "required")]),
    (edited(required=["id", None]), [("required-changed", "service", "required")]),
    (edited(name="services"), [("name-changed", "service", "name")]),
    (edited(**{"$defs": {"web": BASE["properties"]["url"]}, "properties": {**BASE["properties"], "url": {"$ref": "#/$defs/web"}}}), [("schema-added", "service/web", "$defs/web"), ("schema-moved", "service.url", "properties/url")]),
]  # fmt: skip


@pytest.mark.parametrize(("head", "expected"), CASES)
def test_one_change_a_place_and_keyword(head: dict[str, JSON], expected: list[tuple[str, str, str]]) -> None:
    assert [(change.rule, change.term, "/".join(change.place)) for change in diff("service", BASE, head)] == expected


@pytest.mark.parametrize("head", [case[0] for case in CASES])
def test_all_changes_made_to_base_make_head(head: dict[str, JSON]) -> None:
    schema: dict[str, JSON] = BASE
    for change in diff("service", BASE, head):
        schema = applied(change, schema)
    order = {keyword: schema.get(keyword, []) or None for keyword in ("required", "tabular_required")}
    assert diff("service", schema, head) == []
    assert order


def test_a_property_loses_what_makes_it_a_column_in_one_change() -> None:
    bare = {key: each for key, each in BASE["properties"]["url"].items() if key != "constraints"}
    head = edited(properties={**BASE["properties"], "url": bare})
    [change] = diff("service", BASE, head)
    assert (change.rule, change.place) == ("constraints-removed", ("properties", "url", "constraints"))
    assert diff("service", head, BASE)[0].rule == "constraints-added"


def test_in_tables_every_property_is_a_column_and_constraints_are_told_one_by_one() -> None:
    base: dict[str, JSON] = {"properties": {"a": {"type": "string"}}}
    head: dict[str, JSON] = {"properties": {"a": {"type": "string", "constraints": {"required": True}}}}
    assert [change.rule for change in diff("t", base, head, tables=True)] == ["tabular-required-added"]


def test_a_definition_that_says_something_else_is_a_move_and_a_change() -> None:
    definitions = {"web": {**BASE["properties"]["url"], "format": "email"}}
    head = edited(**{"$defs": definitions, "properties": {**BASE["properties"], "url": {"$ref": "#/$defs/web"}}})
    found = {change.rule: change.term for change in diff("service", BASE, head)}
    assert found == {"schema-added": "service/web", "schema-moved": "service.url", "format-changed": "service.url"}


def test_a_reference_to_another_file_or_to_nowhere_is_no_move() -> None:
    for reference in ("phone.json", "#/$defs/ghost", "#anchor"):
        head = edited(properties={**BASE["properties"], "url": {"$ref": reference}})
        rules = {change.rule for change in diff("service", BASE, head)}
        assert "reference-added" in rules
        assert "schema-moved" not in rules


def test_nothing_differs_from_itself() -> None:
    assert diff("service", BASE, json.loads(json.dumps(BASE))) == []


def test_added_lists_say_what_was_gained() -> None:
    [change] = diff("service", BASE, edited(required=["id", "name", "url"]))
    assert (change.base, change.head) == (ABSENT, "url")


def test_identity_survives_other_changes_and_tells_values_apart() -> None:
    [alone] = diff("service", BASE, with_property("name", enum=["x"]))
    among = [
        each
        for each in diff("service", BASE, {**with_property("name", enum=["x"]), "title": "T"})
        if each.rule == alone.rule
    ]
    assert [each.id for each in among] == [alone.id]
    [other] = diff("service", BASE, with_property("name", enum=["y"]))
    assert other.id != alone.id
    assert len(alone.id) == 12


def test_the_history_of_hsds_is_replayed(data: Path) -> None:
    """From 3.0 to 3.1-dev: each change once, and all of them together make 3.1-dev."""
    base, head = read_source(data / "hsds-3.0"), read_source(data / "hsds-3.1-dev")
    terms = []
    for name, each in base.entities.items():
        schema = dict(each.schema)
        for change in diff(name, each.schema, head.entities[name].schema):
            schema = applied(change, schema)
            terms += [change.term] if change.rule == "term-added" else []
        assert same(schema, head.entities[name].schema)
    assert terms == [
        "attribute.label",
        "organization.additional_websites",
        "service.additional_urls",
        "service.capacities",
        "service_area.service_at_location_id",
        "service_at_location.service_areas",
    ]


KEYS = st.sampled_from(["type", "format", "minLength", "enum", "description", "$ref", "items", "anyOf", "constraints"])
VALUES = st.sampled_from(
    ["string", 1, ["a"], ["a", "b"], {"unique": True}, {"type": "string"}, [{"type": "string"}], True]
)
SCHEMAS = st.dictionaries(KEYS, VALUES, max_size=3)
ENTITIES = st.fixed_dictionaries(
    {"properties": st.dictionaries(st.sampled_from("abc"), SCHEMAS, max_size=3)},
    optional={
        "required": st.lists(st.sampled_from("abc"), unique=True),
        "title": st.text(max_size=2),
        "allOf": st.lists(SCHEMAS, max_size=2),
    },
)


@settings(max_examples=300)
@given(ENTITIES, ENTITIES)
def test_any_two_versions(base: dict[str, JSON], head: dict[str, JSON]) -> None:
    changes = diff("e", base, head)
    assert (changes == []) == (diff("e", head, base) == [])
    schema = base
    for change in changes:
        schema = applied(change, schema)
    # Where among others an addition stands, one change does not say.
    assert [change for change in diff("e", schema, head) if change.rule != REORDERED] == []
    places = [(change.rule, change.steps, change.keyword) for change in changes]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("way", "term"),
    [
        ((), "service"),
        (("properties", "meta", "properties", "b", "items", "properties", "c"), "service.meta.b.c"),
        (("properties", "meta", "items", "0", "properties", "c"), "service.meta.c"),
        (("allOf", "1", "properties", "c"), "service.c"),
        (("$defs", "properties", "properties", "c"), "service/properties.c"),
        (("properties", "a", "definitions", "b", "items"), "service.a/b"),
        (("properties", "items", "items", "properties", "0"), "service.items.0"),
    ],
)
def test_a_term_is_called_by_all_properties_on_the_way(way: tuple[str, ...], term: str) -> None:
    assert Change("term-removed", "service", way, "", {}, ABSENT).term == term


@pytest.mark.parametrize(
    ("keyword", "rule"),
    [
        ("meta:enum", "meta-enum-added"),
        ("x-note", "x-note-added"),
        ("x_note", "x-note-added"),
        ("$comment", "comment-added"),
        ("maxLength", "max-length-added"),
        ("例", "keyword-added"),
        ("", "keyword-added"),
        ("$", "keyword-added"),
        ("a" * 500, f"{'a' * 60}-added"),
    ],
)
def test_whatever_a_keyword_is_called_its_rule_has_the_form_of_one(keyword: str, rule: str) -> None:
    assert [change.rule for change in diff("service", BASE, {**BASE, keyword: 3})] == [rule]


@given(st.text())
def test_a_rule_has_its_form_whatever_strangers_call_their_keywords(keyword: str) -> None:
    changes = diff("service", {}, {keyword: 3})
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", change.rule) for change in changes)
    assert [change.keyword for change in changes if change.keyword] == [keyword] * bool(keyword)
