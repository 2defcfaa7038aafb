"""Standards in earlier drafts of JSON Schema, end to end: verdicts, examples and repairs by their own draft."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from bot.compat.bump import Bump
from bot.compat.confirming import Confirmer
from bot.report.model import Outcome, Report, ReportedChange
from bot.standard.dialects import Draft
from tests.worlds import checked

Files: TypeAlias = dict[str, Any]
Edit: TypeAlias = Callable[[Files], object]
OLD = (Draft.DRAFT4, Draft.DRAFT6, Draft.DRAFT7)


def standard(draft: Draft) -> Files:
    """Three files as many standards have them: definitions, names of their own, lists of items, what is ignored
    beside a reference, and a file of codes that is no entity itself."""
    own = "id" if draft is Draft.DRAFT4 else "$id"
    exclusive: dict[str, Any] = {"minimum": 0, "exclusiveMinimum": True}
    amount = exclusive if draft is Draft.DRAFT4 else {"exclusiveMinimum": 0}
    money = {
        "type": "object",
        "properties": {"amount": {"type": "number", **amount}, "currency": {"enum": ["GBP", "EUR"]}},
        "required": ["amount"],
    }
    service = {
        "$schema": draft.uri,
        own: "https://example.org/schemas/service.json",
        "type": "object",
        "definitions": {"money": money},
        "properties": {
            "id": {"type": "string"},
            "price": {"$ref": "#/definitions/money", "maxProperties": 0},
            "phones": {"type": "array", "items": {"$ref": "phone.json"}},
            "range": {"items": [{"type": "string"}, {"type": "number"}], "additionalItems": False},
            "kind": {"$ref": "codes.json#/definitions/kind"},
        },
        "dependencies": {"price": ["id"]},
        "required": ["id"],
    }
    phone = {
        "$schema": draft.uri,
        own: "https://example.org/schemas/phone.json",
        "type": "object",
        "properties": {"number": {"type": "string"}, "of": {"$ref": "service.json"}},
        "required": ["number"],
    }
    codes = {"$schema": draft.uri, "definitions": {"kind": {"type": "string", "enum": ["a", "b"]}}}
    return {"schema/codes.json": codes, "schema/phone.json": phone, "schema/service.json": service}


def service(files: Files) -> Any:
    return files["schema/service.json"]


def edited(files: Files, *edits: Edit) -> Files:
    made = copy.deepcopy(files)
    for edit in edits:
        edit(made)
    return made


def changes(report: Report) -> list[ReportedChange]:
    return list(report.profiles[0].changes)


def wrong(report: Report) -> list[str]:
    return [each.problem.rule for each in report.findings if each.gates]


@pytest.mark.parametrize("draft", Draft)
def test_a_standard_in_any_draft_is_no_problem(confirmer: Confirmer, draft: Draft) -> None:
    files = standard(draft)
    if draft is Draft.DRAFT2020:
        del service(files)["properties"]["range"]
    report = checked(confirmer, files, files)
    assert (report.outcome, report.bump, wrong(report)) == (Outcome.COMPATIBLE, Bump.NONE, [])


BREAKING: dict[str, tuple[Edit, str]] = {
    "a term of a definition": (
        lambda files: service(files)["definitions"]["money"]["properties"].pop("currency"),
        "term-removed",
    ),
    "a value in a definition": (
        lambda files: service(files)["definitions"]["money"]["properties"]["currency"].update(enum=["GBP"]),
        "enum-value-removed",
    ),
    "the first of listed items": (
        lambda files: service(files)["properties"]["range"]["items"].__setitem__(0, {"type": "integer"}),
        "type-changed",
    ),
    "a dependency": (lambda files: service(files)["dependencies"].update(kind=["price"]), "schema-added"),
    "what another file refers to": (
        lambda files: files["schema/codes.json"]["definitions"]["kind"].update(enum=["a"]),
        "enum-value-removed",
    ),
}


@pytest.mark.parametrize("draft", OLD)
@pytest.mark.parametrize("case", BREAKING)
def test_what_breaks_has_an_example_and_a_repair(confirmer: Confirmer, case: str, draft: Draft) -> None:
    edit, rule = BREAKING[case]
    base = standard(draft)
    report = checked(confirmer, base, edited(base, edit))
    [change] = changes(report)
    assert change.verdicts is not None
    assert (report.outcome, change.change.rule) == (Outcome.BREAKING, rule)
    assert isinstance(change.verdicts.publishers.witness, dict)
    assert change.verdicts.publishers.faults
    assert change.repair is not None
    assert wrong(report) == []


@pytest.mark.parametrize("draft", OLD)
def test_what_stands_beside_a_reference_is_ignored_until_draft_7(confirmer: Confirmer, draft: Draft) -> None:
    base = standard(draft)
    report = checked(confirmer, base, edited(base, lambda it: service(it)["properties"]["price"].pop("maxProperties")))
    assert (report.outcome, report.bump) == (Outcome.COMPATIBLE, Bump.PATCH)


def test_from_2019_on_it_counts(confirmer: Confirmer) -> None:
    base = standard(Draft.DRAFT2019)
    tightened = edited(base, lambda it: service(it)["properties"]["kind"].update(maxLength=0))
    assert checked(confirmer, base, tightened).outcome is Outcome.BREAKING


def test_a_flag_of_draft_4(confirmer: Confirmer) -> None:
    base = standard(Draft.DRAFT4)
    loosened = edited(
        base, lambda it: service(it)["definitions"]["money"]["properties"]["amount"].pop("exclusiveMinimum")
    )
    assert checked(confirmer, base, loosened).outcome is Outcome.COMPATIBLE
    assert checked(confirmer, loosened, base).outcome is Outcome.BREAKING


def test_a_format_that_the_draft_does_not_define_is_an_annotation(confirmer: Confirmer) -> None:
    def dated(files: Files) -> None:
        service(files)["properties"]["id"]["format"] = "date"

    four, seven = standard(Draft.DRAFT4), standard(Draft.DRAFT7)
    assert checked(confirmer, four, edited(four, dated)).outcome is Outcome.COMPATIBLE
    assert checked(confirmer, seven, edited(seven, dated)).outcome is Outcome.BREAKING


@pytest.mark.parametrize("draft", OLD)
def test_a_file_that_names_no_draft_is_read_as_its_neighbours_are(confirmer: Confirmer, draft: Draft) -> None:
    base = edited(
        standard(draft),
        lambda it: [it[f"schema/{name}.json"].pop("$schema") for name in ("phone", "codes")],
        lambda it: it["schema/phone.json"]["properties"].update(lines={"items": [{"type": "string"}]}),
    )
    report = checked(confirmer, base, base)
    assert (report.outcome, wrong(report)) == (Outcome.COMPATIBLE, [])
    other = edited(base, lambda it: it["schema/phone.json"]["properties"]["lines"].update(items=[{"type": "null"}]))
    assert checked(confirmer, base, other).outcome is Outcome.BREAKING


def named(draft: Draft) -> Edit:
    return lambda files: [schema.update({"$schema": draft.uri}) for schema in files.values()]


def rewritten(files: Files) -> None:
    service(files)["properties"]["range"] = {
        "prefixItems": [{"type": "string"}, {"type": "number"}],
        "items": False,
    }
    service(files)["properties"]["price"].pop("maxProperties")
    service(files)["dependentRequired"] = service(files).pop("dependencies")


def test_a_standard_that_moves_to_another_draft_and_says_the_same(confirmer: Confirmer) -> None:
    base = standard(Draft.DRAFT7)
    report = checked(confirmer, base, edited(base, named(Draft.DRAFT2020), rewritten))
    assert (report.outcome, report.bump) == (Outcome.COMPATIBLE, Bump.PATCH)


def test_what_breaks_in_a_standard_that_moves_is_told_from_the_move(confirmer: Confirmer) -> None:
    base = edited(standard(Draft.DRAFT7), lambda it: service(it)["properties"].pop("range"))
    head = edited(base, named(Draft.DRAFT2019), lambda it: it["schema/phone.json"]["properties"].pop("of"))
    report = checked(confirmer, base, head)
    blamed = {(each.change.rule, each.change.term) for each in report.profiles[0].blamed}
    # That a reference no longer stands alone is what the move itself does to prices.
    assert blamed >= {("term-removed", "phone.of"), ("dialect-changed", "service")}
    assert report.outcome is Outcome.BREAKING


def test_files_of_several_drafts_that_refer_to_each_other_are_for_a_person(confirmer: Confirmer) -> None:
    base = standard(Draft.DRAFT7)
    mixed = edited(base, lambda it: it["schema/phone.json"].update({"$schema": Draft.DRAFT2020.uri}))
    report = checked(confirmer, base, mixed)
    assert report.outcome is Outcome.UNKNOWN
    verdicts = report.profiles[0].verdicts
    assert verdicts is not None
    assert "name one draft in both" in verdicts.publishers.reason
    # What they leave alone is no question.
    assert checked(confirmer, mixed, mixed).outcome is Outcome.COMPATIBLE


def test_files_of_several_drafts_apart_are_each_judged_by_its_own(confirmer: Confirmer) -> None:
    alone = {"type": "object", "properties": {"a": {"items": [{"type": "string"}]}}}
    base = {
        "schema/one.json": {**alone, "$schema": Draft.DRAFT7.uri},
        "schema/two.json": {"$schema": Draft.DRAFT2020.uri, "type": "object", "properties": {"b": {"prefixItems": [True]}}},
    }  # fmt: skip
    head = edited(
        base,
        lambda it: it["schema/one.json"]["properties"]["a"].update(items=[{"type": "null"}]),
        lambda it: it["schema/two.json"]["properties"]["b"].update(prefixItems=[{"type": "null"}]),
    )
    report = checked(confirmer, base, head)
    assert [each.verdicts and each.verdicts.publishers.answer.value for each in changes(report)] == ["breaking"] * 2
    assert wrong(report) == []
