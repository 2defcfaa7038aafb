from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema.protocols import Validator

from bot.adapters.jsonschema_library import ask, validator
from bot.compat.bump import Bump
from bot.compat.confirming import Confirmer, Judged
from bot.compat.containment.nodes import Node
from bot.compat.engine import Engine, Side
from bot.compat.judging import JudgedChange, Judgement, ProfileJudge
from bot.compat.variants import MOST_ADDED
from bot.compat.verdicts import Answer
from bot.generate.datapackage import package_of
from bot.standard.dialects import Draft
from bot.standard.loading import load
from bot.standard.profiles import apply_profile
from bot.standard.values import JSON
from tests.worlds import checkout, entity, judge, many, one, pair, snapshot

WORLD: dict[str, dict[str, JSON]] = {
    "service": entity(
        "service",
        {
            "name": {"example": "Hot lunch"},
            "status": {"enum": ["active", "inactive"], "example": "active"},
            "url": {"format": "uri", "example": "https://example.org"},
            "fee": {"type": "number", "example": "5"},
            "phones": many("phone"),
            "place": one("place"),
            "place_id": {},
        },
        ("id", "name"),
        tabular_required=["place_id"],
    ),
    "phone": entity("phone", {"number": {"example": "0800"}, "service_id": {}}),
    "place": entity("place", {"name": {}}),
}


def world(**changed: JSON) -> dict[str, JSON]:
    made: dict[str, JSON] = json.loads(json.dumps(WORLD))
    for name, schema in changed.items():
        if schema is None:
            del made[name]
        else:
            made[name] = schema
    return made


def service(
    key: str = "", *, drop: str = "", required: tuple[str, ...] = ("id", "name"), more: JSON = None, **changes: JSON
) -> dict[str, JSON]:
    made: dict[str, JSON] = json.loads(json.dumps(WORLD["service"]))
    made["required"] = list(required)
    if drop:
        del made["properties"][drop]
    if key:
        made["properties"].setdefault(key, {}).update(changes)
    return {**made, **(more or {})}


def without_constraints(key: str) -> dict[str, JSON]:
    made = service()
    del made["properties"][key]["constraints"]
    return made


def judged(head: dict[str, JSON], confirmer: Confirmer) -> Judgement:
    return judge(checkout(WORLD), checkout(head), confirmer)


def only(judgement: Judgement) -> JudgedChange:
    [change] = judgement.changes
    return change


def answers(change: JudgedChange) -> str:
    verdicts = change.verdicts
    ordered = (verdicts.publishers, verdicts.consumers, verdicts.strict_backward, verdicts.strict_forward)
    return "".join(verdict.answer.value[0] for verdict in ordered)


CASES: dict[str, tuple[dict[str, JSON], str, str, Bump]] = {
    "an optional term": (world(service=service("extra", type="string")), "term-added", "ccbc", Bump.MINOR),
    "a term removed": (world(service=service(drop="url")), "term-removed", "bccb", Bump.MAJOR),
    "a new required": (world(service=service(required=("id", "name", "url"))), "required-added", "bcbc", Bump.MAJOR),
    "a required let go": (world(service=service(required=("id",))), "required-removed", "cbcb", Bump.MINOR),
    "an enum narrowed": (world(service=service("status", enum=["active"])), "enum-value-removed", "bcbc", Bump.MAJOR),
    "an enum widened": (world(service=service("status", enum=["active", "inactive", "closed"])), "enum-value-added", "cbcb", Bump.MINOR),
    "a type narrowed": (world(service=service("fee", type="integer")), "type-changed", "bcbc", Bump.MAJOR),
    "a type widened": (world(service=service("fee", type=["number", "string"])), "type-changed", "cbcb", Bump.MINOR),
    **{
        f"the format {name}": (world(service=service("name", format=name)), "format-added", "cccc", Bump.PATCH)
        for name in ("csv", "currency", "telephone", "url")
    },
    "words": (world(service=service("name", description="Other words.")), "description-changed", "cccc", Bump.PATCH),
    "a refactoring": (world(service=service("name", type="string", allOf=[{"type": "string"}])), "all-of-added", "cccc", Bump.PATCH),
    "an entity added": (world(visit=entity("visit", {})), "entity-added", "cccb", Bump.MINOR),
    "unique at last": (world(service=service("name", constraints={"unique": True})), "unique-added", "bccc", Bump.MAJOR),
    "unique no more": (world(phone={**entity("phone", {"number": {}, "service_id": {}}), "properties": {**WORLD["phone"]["properties"], "id": {**WORLD["phone"]["properties"]["id"], "constraints": {"unique": False}}}}), "unique-removed", "cccc", Bump.PATCH),
    "required in tables": (world(phone={**WORLD["phone"], "tabular_required": ["service_id"]}), "tabular-required-added", "bccc", Bump.MAJOR),
    "not required in tables": (world(service=service(more={"tabular_required": []})), "tabular-required-removed", "cbcc", Bump.MINOR),
    "another type in tables": (world(service=service("fee", datapackage_type="string")), "column-type-added", "cbcc", Bump.MINOR),
    "a narrower type in tables": (world(service=service("name", datapackage_type="date")), "column-type-added", "bccc", Bump.MAJOR),
    "a new column": (world(service=service("phones", constraints={})), "constraints-added", "cccc", Bump.MINOR),
    "a column no more": (world(service=without_constraints("url")), "constraints-removed", "bccc", Bump.MAJOR),
    "a column renamed": (world(service=service("url", name="web")), "name-changed", "bccc", Bump.MAJOR),
    "a table renamed": (world(service=service(more={"name": "services"})), "name-changed", "bbcc", Bump.MAJOR),
    "a file that calls itself": (world(service=service(more={"$id": "https://example.org/service.json"})), "id-added", "cccc", Bump.PATCH),
    "an anchor": (world(service=service(more={"$anchor": "here"})), "anchor-added", "cccc", Bump.PATCH),
    "a comment": (world(service=service(more={"$comment": "x"})), "comment-added", "cccc", Bump.PATCH),
    "a definition nobody uses": (world(service=service(more={"$defs": {"x": {"type": "null"}}})), "schema-added", "cccc", Bump.PATCH),
    "another order": (world(service=service(more={"properties": dict(reversed(WORLD["service"]["properties"].items()))})), "order-changed", "cccc", Bump.PATCH),
    "what was said already": (world(phone={**WORLD["phone"], "properties": {**WORLD["phone"]["properties"], "number": {**WORLD["phone"]["properties"]["number"], "constraints": {"unique": False, "required": False}, "type": ["string"]}}}), "type-changed", "cccc", Bump.PATCH),
    "a key": (world(service=service("url", foreign_key="phone")), "foreign-key-added", "bccc", Bump.MAJOR),
    "a key to nothing": (world(service=service("url", foreign_key="ghost")), "foreign-key-added", "cccc", Bump.PATCH),
    "another dialect of tables": (world(service=service(more={"datapackage_metadata": {"profile": "tabular-data-resource", "dialect": {"delimiter": ";"}}})), "datapackage-metadata-added", "uucc", Bump.MAJOR),
    "a list of nothing": (world(phone={**WORLD["phone"], "tabular_required": []}), "notation-changed", "cccc", Bump.PATCH),
    "a nested list removed": (world(service=service(drop="phones")), "term-removed", "bbcb", Bump.MAJOR),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_a_change_means(name: str, confirmer: Confirmer) -> None:
    head, rule, expected, bump = CASES[name]
    change = only(judged(head, confirmer))
    assert (change.change.rule, answers(change), change.bump) == (rule, expected, bump)


def test_nothing_changes_against_itself(confirmer: Confirmer) -> None:
    judgement = judged(world(), confirmer)
    assert (judgement.changes, judgement.bump) == ((), Bump.NONE)
    assert judgement.verdicts.publishers.answer is Answer.COMPATIBLE


def test_an_entity_removed_takes_what_held_it_along(confirmer: Confirmer) -> None:
    judgement = judged(world(phone=None, service=service(drop="phones")), confirmer)
    found = {each.change.rule: each.verdicts.publishers.answer for each in judgement.changes}
    assert found == {"term-removed": Answer.BREAKING, "entity-removed": Answer.BREAKING}
    assert judgement.bump is Bump.MAJOR


def test_each_change_is_judged_alone(confirmer: Confirmer) -> None:
    """Of three changes the two that break say so, each with its own example; the third does not."""
    head = world(service={**service(drop="url", required=("id", "name", "status")), "title": "A service"})
    judgement = judged(head, confirmer)
    found = {each.change.rule: each for each in judgement.changes}
    assert found["title-added"].verdicts.publishers.answer is Answer.COMPATIBLE
    assert "status" not in found["required-added"].verdicts.publishers.witness
    assert found["term-removed"].verdicts.publishers.witness["url"]


def test_a_change_in_a_nested_entity_is_reported_once(confirmer: Confirmer) -> None:
    phone = json.loads(json.dumps(WORLD["phone"]))
    del phone["properties"]["number"]
    change = only(judged(world(phone=phone), confirmer))
    assert change.change.term == "phone.number"
    assert set(change.verdicts.publishers.witness) == {"id", "number"}


@pytest.mark.parametrize("more", [{}, {"drop": "url"}], ids=["alone", "beside one that breaks"])
def test_many_terms_that_are_added_are_judged_together(more: Any, confirmer: Confirmer) -> None:
    head = service(**more)
    head["properties"] |= {f"new_{at}": {"type": "string"} for at in range(MOST_ADDED + 1)}
    engine = Asked(confirmer)
    chosen = pair(checkout(WORLD), checkout(world(service=head)))
    judgement = ProfileJudge(engine, *chosen.versions(), chosen.tabulate).judge()
    added = [each for each in judgement.changes if each.change.rule == "term-added"]
    assert len(added) == MOST_ADDED + 1
    assert {(answers(each), each.bump) for each in added} == {("ccuc", Bump.MINOR)}
    assert judgement.verdicts.publishers.answer is (Answer.BREAKING if more else Answer.COMPATIBLE)
    assert engine.compiled < MOST_ADDED


def test_of_many_terms_that_are_added_the_one_that_breaks_is_named(confirmer: Confirmer) -> None:
    head = service()
    head["properties"] |= {f"new_{at}": {"type": "string"} for at in range(MOST_ADDED + 1)}
    head["properties"]["new_7"]["constraints"] = {"required": True}
    judgement = judged(world(service=head), confirmer)
    broken = [each.change.term for each in judgement.changes if each.bump is Bump.MAJOR]
    assert broken == ["service.new_7"]


class Asked(Engine):
    """Counts the schemas that it is asked about."""

    compiled = 0

    def node(self, side: Side, *, formats: bool) -> Node:
        self.compiled += 1
        return super().node(side, formats=formats)


def either(first: int, second: int) -> dict[str, JSON]:
    """A thing of which `a` or `b` must be long enough."""
    options = [{"properties": {"a": {"minLength": first}}}, {"properties": {"b": {"minLength": second}}}]
    return {"thing": entity("thing", {"a": {}, "b": {}}, ("id", "a", "b"), anyOf=options)}


def test_changes_that_break_only_together_are_reported_as_such(confirmer: Confirmer) -> None:
    """Each change alone leaves a way out, both together none."""
    judgement = judge(checkout(either(0, 0)), checkout(either(1, 1)), confirmer)
    assert [each.verdicts.publishers.answer for each in judgement.changes] == [Answer.COMPATIBLE, Answer.COMPATIBLE]
    assert judgement.verdicts.publishers.answer is Answer.BREAKING
    assert judgement.combined["thing"].witness["a"] == judgement.combined["thing"].witness["b"] == ""
    assert judgement.bump is Bump.MAJOR


def test_changes_that_break_only_together_are_not_hidden_by_one_that_breaks_elsewhere(confirmer: Confirmer) -> None:
    other, less = entity("other", {"note": {}}), entity("other", {})
    judgement = judge(checkout({**either(0, 0), "other": other}), checkout({**either(1, 1), "other": less}), confirmer)
    assert [each.change.term for each in judgement.changes if each.bump is Bump.MAJOR] == ["other.note"]
    assert judgement.combined.keys() == {"thing"}
    assert judgement.combined["thing"].answer is Answer.BREAKING


def test_changes_that_break_only_together_are_not_hidden_by_one_that_breaks_beside_them(confirmer: Confirmer) -> None:
    before, after = ({"thing": {**either(at, at)["thing"]}} for at in (0, 1))
    before["thing"]["properties"] = {**before["thing"]["properties"], "c": {"type": "string"}}
    judgement = judge(checkout(before), checkout(after), confirmer)
    assert [each.change.term for each in judgement.changes if each.bump is Bump.MAJOR] == ["thing.c"]
    combined = judgement.combined["thing"]
    assert combined.answer is Answer.BREAKING
    # The example is of these changes and not of that one.
    assert (combined.witness["a"], combined.witness["b"], "c" in combined.witness) == ("", "", False)


def test_what_breaks_by_one_change_alone_is_no_combination(confirmer: Confirmer) -> None:
    before, after = ({"thing": {**either(0, at)["thing"]}} for at in (0, 1))
    before["thing"]["properties"] = {**before["thing"]["properties"], "c": {"type": "string"}}
    after["thing"]["properties"] = {**after["thing"]["properties"], "d": {"type": "string"}}
    judgement = judge(checkout(before), checkout(after), confirmer)
    assert [each.change.term for each in judgement.changes if each.bump is Bump.MAJOR] == ["thing.c"]
    assert judgement.combined == {}


def apart(first: int, second: int, **more: JSON) -> dict[str, JSON]:
    """A thing of which what one file defines for `a`, or another for `b`, must hold."""
    parts = {
        name: {**entity(name, {}), "$defs": {"text": {"minLength": least}}}
        for name, least in (("one", first), ("two", second))
    }
    options = [
        {"properties": {key: {"$ref": f"{name}.json#/$defs/text"}}} for key, name in (("a", "one"), ("b", "two"))
    ]
    thing = entity("thing", {"a": {}, "b": {}}, ("id", "a", "b"), anyOf=options)
    return {**parts, "thing": thing, "other": entity("other", more)}


@pytest.mark.parametrize("more", [{}, {"note": {}}], ids=["alone", "beside one that breaks"])
def test_files_that_break_another_only_together_are_reported_as_such(more: JSON, confirmer: Confirmer) -> None:
    judgement = judge(checkout(apart(0, 0, **more)), checkout(apart(1, 1)), confirmer)
    broken = [each.change.term for each in judgement.changes if each.bump is Bump.MAJOR]
    assert broken == [f"other.{name}" for name in more]
    assert judgement.combined["thing"].answer is Answer.BREAKING


def test_a_change_that_nobody_can_judge_explains_no_break(confirmer: Confirmer) -> None:
    unjudged = entity("thing", {"a": {}, "b": {}, "c": {"pattern": "^(?=1)1"}}, ("id", "a", "b"))
    before, after = ({**unjudged, "anyOf": either(at, at)["thing"]["anyOf"]} for at in (0, 1))
    after = json.loads(json.dumps(after))
    after["properties"]["c"]["pattern"] = "^(?=2)2?1?"
    judgement = judge(checkout({"thing": before}), checkout({"thing": after}), confirmer)
    found = {each.change.term: each.verdicts.publishers.answer for each in judgement.changes}
    assert found["thing.c"] is Answer.UNKNOWN
    assert judgement.combined["thing"].answer is Answer.BREAKING


def test_a_change_that_another_makes_good_does_not_break(confirmer: Confirmer) -> None:
    judgement = judge(checkout(either(0, 9)), checkout(either(9, 0)), confirmer)
    assert judgement.verdicts.publishers.answer is Answer.COMPATIBLE
    assert {each.verdicts.publishers.answer for each in judgement.changes} == {Answer.COMPATIBLE}
    assert judgement.combined == {}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case[2][0] == "b"])
def test_every_example_is_a_whole_document_of_one_side_alone(name: str, confirmer: Confirmer) -> None:
    """Held against the library once more, with schemas that are closed by hand."""
    head, _, _, _ = CASES[name]
    change = only(judged(head, confirmer))
    witness = change.verdicts.publishers.witness
    if "id" not in witness:
        assert all(isinstance(rows, list) for rows in witness.values())
        return
    sides = (WORLD, head)
    judges = [
        _closed_judge({f"{key}.json": each for key, each in side.items() if each}, f"{change.change.entity}.json")
        for side in sides
    ]
    assert [ask(each, witness) for each in judges] == [True, False]


def _closed_judge(documents: dict[str, JSON], root: str) -> Validator:
    closed = {path: {**schema, "additionalProperties": False} for path, schema in documents.items()}
    return validator(Judged(closed, root, Draft.DRAFT2020, formats=True))


def test_examples_look_like_data(confirmer: Confirmer) -> None:
    chosen = pair(checkout(WORLD), checkout(world(service=service("status", enum=["active"]))))
    judgement = ProfileJudge(Engine(confirmer, realistic=True), *chosen.versions(), chosen.tabulate).judge()
    witness = only(judgement).verdicts.publishers.witness
    assert (witness["name"], witness["status"]) == ("Hot lunch", "inactive")
    assert set(witness) == {"id", "name", "status"}


def test_a_misspelt_format_may_be_mended(confirmer: Confirmer) -> None:
    """`url` meant `uri`: PATCH (governance rule G6), in JSON and in tables."""
    base = checkout(world(service=service("url", format="url")))
    judgement = judge(base, checkout(WORLD), confirmer)
    assert (only(judgement).change.rule, judgement.bump) == ("format-changed", Bump.PATCH)


def test_references_by_the_names_that_files_give_themselves_lead_to_the_files(confirmer: Confirmer) -> None:
    """As in the build: what an `$id` says of itself moves no reference out of the standard."""
    uri = "https://example.org/schema"
    named = world()
    for name, schema in named.items():
        schema["$id"] = f"{uri}/{name}.json"
    named["service"]["properties"]["place"]["$ref"] = f"{uri}/place.json#"
    del named["place"]["properties"]["name"]
    judgement = judged(named, confirmer)
    broken = [each.change.term for each in judgement.changes if each.bump is Bump.MAJOR]
    assert broken == ["place.name"]
    assert judgement.combined == {}


def test_a_property_that_moves_into_a_definition_stays_the_column_it_was(confirmer: Confirmer) -> None:
    head = service(more={"$defs": {"web": WORLD["service"]["properties"]["url"]}})
    head["properties"]["url"] = {"$ref": "#/$defs/web"}
    judgement = judged(world(service=head), confirmer)
    assert {each.change.rule for each in judgement.changes} == {"schema-added", "schema-moved"}
    assert judgement.bump is Bump.PATCH


def test_a_change_to_what_moved_is_judged_where_it_moved_to(confirmer: Confirmer) -> None:
    head = service(more={"$defs": {"web": {**WORLD["service"]["properties"]["url"], "format": "email"}}})
    head["properties"]["url"] = {"$ref": "#/$defs/web"}
    judgement = judged(world(service=head), confirmer)
    broken = [
        (each.change.rule, each.verdicts.publishers.answer) for each in judgement.changes if each.bump is Bump.MAJOR
    ]
    assert broken == [("format-changed", Answer.BREAKING)]


def test_a_change_alone_finds_the_definitions_that_came_with_it(confirmer: Confirmer) -> None:
    head = service(more={"$defs": {"short": {"maxLength": 3}}})
    head["properties"]["name"]["allOf"] = [{"$ref": "#/$defs/short"}]
    judgement = judged(world(service=head), confirmer)
    found = {each.change.rule: each.verdicts.publishers.answer for each in judgement.changes}
    assert found == {"schema-added": Answer.COMPATIBLE, "all-of-added": Answer.BREAKING}


def test_a_definition_that_nothing_needs_any_more_breaks_nothing_by_going(confirmer: Confirmer) -> None:
    base = service(more={"$defs": {"short": {"maxLength": 3}}})
    base["properties"]["name"]["allOf"] = [{"$ref": "#/$defs/short"}]
    head = service()
    head["properties"]["name"]["maxLength"] = 2
    judgement = judge(checkout(world(service=base)), checkout(world(service=head)), confirmer)
    found = {each.change.rule: each.verdicts.publishers.answer for each in judgement.changes}
    assert found["schema-removed"] is Answer.COMPATIBLE
    assert found["max-length-added"] is Answer.BREAKING


def test_two_versions_of_different_kinds_meet_as_tables(confirmer: Confirmer) -> None:
    there = checkout(WORLD)
    package = package_of(apply_profile(there, there.profiles[0]), {}).descriptor()
    judgement = judge(load(snapshot({"datapackage.json": package})), there, confirmer)
    assert judgement.changes == ()
    narrower = judge(
        load(snapshot({"datapackage.json": package})), checkout(world(service=service(drop="url"))), confirmer
    )
    assert [(each.change.rule, each.change.term, each.bump) for each in narrower.changes] == [
        ("term-removed", "service.url", Bump.MAJOR)
    ]
