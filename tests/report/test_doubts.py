"""What cannot be read, or is no schema, on some side: a finding, and a verdict that says why it is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.commands.check import CheckRequest, run
from bot.compat.confirming import Confirmer
from bot.errors import InputError
from bot.render.markdown import document
from bot.report.model import Outcome, Report
from bot.standard.values import JSON
from tests.report.test_report import BASE, PHONE, conforms, phone, schemas
from tests.standard.test_loading import FILES
from tests.standard.test_package_form import GOOD, with_part
from tests.worlds import GivenSources, checked, entity, quietly


def reason(report: Report) -> str:
    """The reason of the only profile, which is the same for publishers and tools."""
    [profile] = report.profiles
    assert profile.verdicts is not None
    assert profile.verdicts.publishers.reason == profile.verdicts.consumers.reason
    return profile.verdicts.publishers.reason


def new(report: Report) -> list[tuple[str, str]]:
    return [(each.problem.rule, each.problem.pointer) for each in report.findings if each.gates]


@pytest.mark.parametrize(
    ("keyword", "value", "rule"),
    [
        ("type", {"a": 1}, "schema-invalid"),
        ("format", ["a"], "schema-invalid"),
        ("datapackage_type", ["a"], "keyword-malformed"),
        ("datapackage_type", {}, "keyword-malformed"),
        ("name", [[]], "keyword-malformed"),
        ("constraints", {"enum": "abc"}, "constraint-malformed"),
    ],
)
def test_a_property_that_says_nothing_is_a_change_that_nobody_can_judge(
    confirmer: Confirmer, keyword: str, value: JSON, rule: str
) -> None:
    head = phone()
    head["properties"]["number"][keyword] = value
    report = checked(confirmer, BASE, schemas(phone=head))
    assert (report.outcome, report.exit_status) == (Outcome.UNKNOWN, 1)
    assert [each[0] for each in new(report)] == [rule]
    assert f"schema/phone.json/properties/number/{keyword}" in reason(report)
    changes = conforms(report)["profiles"]["hsds"]["changes"]
    assert changes
    assert {each["verdicts"]["publishers"]["verdict"] for each in changes} == {"unknown"}
    assert report.unselected == ()
    assert f"/properties/number/{keyword}" in document(report)


@pytest.mark.parametrize("uri", [3, "http://json-schema.org/draft-03/schema#"])
def test_a_schema_in_a_dialect_that_nobody_knows(confirmer: Confirmer, uri: JSON) -> None:
    report = checked(confirmer, BASE, schemas(phone={**PHONE, "$schema": uri}))
    assert report.outcome is Outcome.UNKNOWN
    assert [each[1] for each in new(report)] == ["/$schema"]
    assert "/$schema" in reason(report)


def test_what_is_none_on_both_sides_and_stays_so_is_in_nobodys_way(confirmer: Confirmer) -> None:
    fax: Any = phone()
    fax["properties"]["number"]["type"] = "strin"
    base, head = (schemas(phone=phone(kind={"description": each}), fax=fax) for each in ("a", "b"))
    report = checked(confirmer, base, head)
    assert (report.outcome, report.exit_status) == (Outcome.COMPATIBLE, 0)
    assert [finding.in_base for finding in report.findings if finding.problem.file == "schema/fax.json"] == [True]


def test_what_is_none_on_both_sides_and_changes_is_shown_as_what_has_to_be_mended(confirmer: Confirmer) -> None:
    base = phone(number={"type": "strin"})
    head = phone(number={"type": "strin"}, kind={"enum": ["voice"]})
    report = checked(confirmer, schemas(phone=base), schemas(phone=head))
    assert report.outcome is Outcome.UNKNOWN
    assert new(report) == [("schema-invalid", "/properties/number/type")]


def test_what_neither_side_can_read_is_shown(confirmer: Confirmer) -> None:
    broken = {**BASE, "schema/fax.json": b"{"}
    report = checked(confirmer, broken, broken)
    assert (report.outcome, report.exit_status) == (Outcome.INVALID, 3)
    assert new(report) == [("json-invalid", "")]
    assert "schema/fax.json" in document(report)
    assert "schema/fax.json: this is not JSON" in reason(report)


def test_a_patch_that_nobody_can_read_is_shown(confirmer: Confirmer) -> None:
    report = checked(confirmer, BASE, BASE, {"phone": b"nul"})
    assert report.exit_status == 3
    assert new(report) == [("json-invalid", "")]


def test_a_base_that_head_mends_is_the_reason(confirmer: Confirmer) -> None:
    report = checked(confirmer, {**BASE, "schema/fax.json": b"{"}, {**BASE, "schema/fax.json": PHONE})
    assert (report.outcome, report.exit_status) == (Outcome.UNKNOWN, 1)
    assert "schema/fax.json: in base: this is not JSON" in reason(report)
    [finding] = [each for each in report.findings if each.problem.rule == "json-invalid"]
    assert (finding.in_base, finding.on_change) == (False, False)
    assert "in base: this is not JSON" in document(report)
    conforms(report)


# Tables.


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("/schema/fields/0/type", ["string"]),
        ("/schema/fields/0/constraints", {"enum": "abc"}),
        ("/schema/fields/0/foreignKeys", True),
        ("/schema/foreignKeys/0", None),
        ("/schema/primaryKey", [["id"]]),
        ("/foreignKeys", [None]),
    ],
)
def test_a_table_that_says_nothing_is_not_judged(confirmer: Confirmer, place: str, value: JSON) -> None:
    base = json.loads(json.dumps(GOOD))
    other = {"name": "fax", "schema": {"fields": [{"name": "id", "type": "string"}]}}
    base["resources"].append(other)
    head = with_part(f"/resources/0{place}", value)
    head["resources"].append(other)
    for before, after in ((base, head), (head, base)):
        report = checked(confirmer, {"datapackage.json": before}, {"datapackage.json": after})
        assert report.outcome is Outcome.UNKNOWN
        assert f"datapackage.json/resources/0{place}".removesuffix("/enum") in reason(report)
        conforms(report)
    assert new(checked(confirmer, {"datapackage.json": base}, {"datapackage.json": head}))


def test_a_package_without_form_is_refused_part_by_part(confirmer: Confirmer) -> None:
    head = with_part("/resources/0/schema/fields/1", [1])
    report = checked(confirmer, {"datapackage.json": GOOD}, {"datapackage.json": head})
    assert report.exit_status == 3
    assert new(report) == [("package-invalid", "/resources/0/schema/fields/1")]


def test_properties_that_are_none_are_one_fault_and_not_many_removals(confirmer: Confirmer) -> None:
    report = checked(confirmer, BASE, schemas(phone={**PHONE, "properties": None}))
    assert report.outcome is Outcome.UNKNOWN
    assert ("schema-invalid", "/properties") in new(report)
    [profile] = report.profiles
    assert [each.change.rule for each in profile.changes] == ["properties-changed"]


def test_a_directory_without_a_standard_is_no_base(confirmer: Confirmer) -> None:
    sources = GivenSources({}, BASE, {})
    with pytest.raises(InputError, match="no standard in base") as caught:
        run(CheckRequest("base"), sources, confirmer, quietly)
    assert "--base" in caught.value.hint


@pytest.mark.parametrize("path", ["schema/openapi.json", "datapackage.json", "schema/profiles/small/openapi.json"])
def test_a_file_beside_the_sources_that_is_no_json_is_said(confirmer: Confirmer, path: str) -> None:
    base = FILES if "profiles" in path else BASE
    report = checked(confirmer, base, {**base, path: b"{nonsense"})
    assert new(report) == [("json-invalid", "")]
    assert report.outcome is Outcome.COMPATIBLE
    assert checked(confirmer, base, {**base, path: b"{}"}).exit_status == 0


def test_a_reference_that_leads_nowhere_in_head_alone_is_no_verdict(confirmer: Confirmer) -> None:
    leads = {"$ref": "unit.json"}
    base = {"schema/phone.json": entity("phone", {"unit": leads}), "schema/unit.json": entity("unit", {})}
    head = {**base, "schema/phone.json": entity("phone", {"unit": {"$ref": "unt.json"}})}
    report = checked(confirmer, base, head)
    assert report.outcome is Outcome.UNKNOWN
    assert reason(report) == "schema/phone.json/properties/unit/$ref: the reference 'unt.json' leads nowhere"
    assert ("reference-dangling", "/properties/unit/$ref") in new(report)


def test_what_led_nowhere_before_may_be_mended_or_taken_out(confirmer: Confirmer) -> None:
    base = {
        "schema/phone.json": entity("phone", {"unit": {"$ref": "unt.json"}}),
        "schema/unit.json": entity("unit", {}),
    }
    mended = {**base, "schema/phone.json": entity("phone", {"unit": {"$ref": "unit.json"}})}
    for head in (base, mended, {**base, "schema/phone.json": entity("phone", {})}):
        assert checked(confirmer, base, head).outcome is Outcome.COMPATIBLE


@pytest.mark.parametrize(
    "keyword", [{"$dynamicRef": "#x"}, {"$dynamicRef": "unit.json"}, {"contentSchema": {"$ref": "gone.json"}}]
)
def test_a_keyword_that_no_validator_can_follow_alone_ends_nothing(confirmer: Confirmer, keyword: JSON) -> None:
    base = {"schema/phone.json": entity("phone", {"unit": {"example": "x"}}), "schema/unit.json": entity("unit", {})}
    head = {**base, "schema/phone.json": entity("phone", {"unit": {"example": "x", **keyword}})}
    report = checked(confirmer, base, head)
    assert [each.change.entity for each in report.profiles[0].changes] == ["phone"]


def test_schemas_that_are_gone_are_no_small_thing(confirmer: Confirmer) -> None:
    package = {"name": "x", "resources": [{"name": "phone", "path": "phones.csv", "schema": {"fields": []}}]}
    base = {"schema/phone.json": entity("phone", {}), "datapackage.json": package}
    report = checked(confirmer, base, {"datapackage.json": package})
    assert ("schemas-missing", "") in new(report)
    assert report.exit_status == 1


def test_a_declaration_that_is_gone_takes_its_profiles_with_it_and_is_no_small_thing(confirmer: Confirmer) -> None:
    head = {path: each for path, each in FILES.items() if path != "schema/standard.yml"}
    report = checked(confirmer, FILES, head)
    assert ("declaration-missing", "") in new(report)
    assert report.exit_status == 1
    # To begin with one is what every standard may do.
    assert "declaration-missing" not in {rule for rule, _ in new(checked(confirmer, head, FILES))}


def test_patches_on_tables_are_not_passed_over_where_a_profile_was_asked_for(confirmer: Confirmer) -> None:
    tables = {"datapackage.json": GOOD}
    with pytest.raises(InputError, match="has tables alone") as caught:
        checked(confirmer, tables, tables, patch={"phone": None})
    assert caught.value.hint
    assert checked(confirmer, tables, BASE, patch={"phone": {"title": "Phone"}}).profiles


@pytest.mark.parametrize("nonsense", [[], "id", None, 7])
def test_properties_that_are_none_do_not_take_their_entity_out_of_a_profile(
    confirmer: Confirmer, nonsense: JSON
) -> None:
    members = entity("phone", {"number": {"profiles": {"small": "must"}}})
    files = {**FILES, "schema/phone.json": members, "schema/profiles/small/phone.json": {"title": "Phone"}}
    report = checked(confirmer, files, {**files, "schema/phone.json": {**members, "properties": nonsense}})
    assert report.outcome is Outcome.UNKNOWN
    assert not any("removed" in each.change.rule for each in report.profiles[0].changes)
    assert ("schema-invalid", "/properties") in new(report)


def test_all_of_nothing_is_said_and_judged(confirmer: Confirmer) -> None:
    """Validators take it for no demand at all, though the metaschema forbids it."""
    odd, added = ({**made, "allOf": []} for made in (phone(), phone(fax={})))
    report = checked(confirmer, schemas(phone=odd), schemas(phone=added))
    assert report.outcome is Outcome.COMPATIBLE
    assert new(report) == []
    assert "/allOf" in {each.problem.pointer for each in report.findings if each.in_base}
    assert checked(confirmer, schemas(phone=added), schemas(phone=odd)).outcome is Outcome.BREAKING
    assert new(checked(confirmer, BASE, schemas(phone=odd))) == [("schema-invalid", "/allOf")]
