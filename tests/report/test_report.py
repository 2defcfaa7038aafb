from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from bot.commands.check import CheckRequest, PatchDirectory, run
from bot.compat.bump import Bump
from bot.compat.confirming import Confirmer
from bot.errors import UsageError
from bot.render.markdown import document
from bot.report.model import Outcome, Report, Unaffected
from bot.report.parsing import from_json
from bot.report.serialising import as_json
from bot.standard.values import JSON
from tests.standard.test_loading import FILES, PROFILE, STANDARD
from tests.worlds import checked, entity, many, quietly


def schemas(**entities: JSON) -> dict[str, JSON]:
    return {f"schema/{name}.json": each for name, each in entities.items() if each is not None}


PHONE = entity("phone", {"number": {"example": "0800"}, "kind": {"enum": ["voice", "fax"], "example": "voice"}})
BASE = schemas(phone=PHONE)


def phone(**properties: JSON) -> dict[str, JSON]:
    made: dict[str, JSON] = json.loads(json.dumps(PHONE))
    for key, each in properties.items():
        if each is None:
            del made["properties"][key]
        else:
            made["properties"].setdefault(
                key, {"name": key, "description": "x", "type": "string", "constraints": {}, "example": "x"}
            ).update(each)
    return made


def conforms(report: Report) -> dict[str, Any]:
    value = as_json(report)
    schema = json.loads(files("bot.report").joinpath("schemas/report.json").read_text())
    errors = [
        f"{error.instance_path}: {error.message}" for error in jsonschema_rs.validator_for(schema).iter_errors(value)
    ]
    assert errors == []
    read: dict[str, Any] = json.loads(json.dumps(value))
    # What one run writes another reads: nothing is lost on the way.
    assert as_json(from_json(read)) == value
    assert document(from_json(read)) == document(report)
    return read


def test_nothing_changed(confirmer: Confirmer) -> None:
    report = checked(confirmer, BASE, BASE)
    assert (report.outcome, report.bump, report.exit_status) == (Outcome.COMPATIBLE, Bump.NONE, 0)
    assert conforms(report)["profiles"]["hsds"]["changes"] == []


def test_a_breaking_change(confirmer: Confirmer) -> None:
    report = checked(confirmer, BASE, schemas(phone=phone(kind={"enum": ["voice"]})))
    assert (report.outcome, report.bump, report.exit_status) == (Outcome.BREAKING, Bump.MAJOR, 1)
    [change] = conforms(report)["profiles"]["hsds"]["changes"]
    assert (change["rule"], change["term"], change["file"], change["pointer"]) == (
        "enum-value-removed",
        "phone.kind",
        "schema/phone.json",
        "/properties/kind/enum",
    )
    assert change["verdicts"]["publishers"]["witness"]["kind"] == "fax"
    assert (change["base"], change["head"]) == (["fax"], None)
    assert change["line"] == 1


def test_an_example_stands_in_all_its_forms(confirmer: Confirmer) -> None:
    """Whole and readable; as small as can be; as the entity's own example with what makes it break."""
    report = checked(confirmer, BASE, schemas(phone=phone(kind={"enum": ["voice"]})))
    [change] = conforms(report)["profiles"]["hsds"]["changes"]
    verdict = change["verdicts"]["publishers"]
    assert [each["pointer"] for each in verdict["faults"]] == ["/kind"]
    assert verdict["forms"]["minimal"].keys() == {"id", "kind"}
    assert verdict["forms"]["realistic"] == {**verdict["witness"], "number": "0800"}
    for form in (verdict["witness"], *verdict["forms"].values()):
        sides = (
            jsonschema_rs.is_valid(each["schema/phone.json"], form)
            for each in (BASE, schemas(phone=phone(kind={"enum": ["voice"]})))
        )
        assert list(sides) == [True, False]


def test_an_added_entity_is_named_without_its_content(confirmer: Confirmer) -> None:
    report = checked(confirmer, BASE, schemas(phone=PHONE, fax=entity("fax", {})))
    [change] = conforms(report)["profiles"]["hsds"]["changes"]
    assert (change["rule"], change["term"], change["head"], report.bump) == ("entity-added", "fax", None, Bump.MINOR)


def test_a_new_error_fails_and_an_old_one_does_not(confirmer: Confirmer) -> None:
    broken = {**PHONE, "required": ["id", "gone"]}
    new = checked(confirmer, BASE, schemas(phone=broken))
    assert [(finding.problem.rule, finding.in_base) for finding in new.findings] == [("required-undefined", False)]
    assert new.exit_status == 1
    old = checked(confirmer, schemas(phone=broken), schemas(phone=broken))
    assert [finding.in_base for finding in old.findings] == [True]
    assert old.exit_status == 0


def test_a_warning_does_not_fail(confirmer: Confirmer) -> None:
    report = checked(confirmer, BASE, schemas(phone=phone(number={"description": ""})))
    assert [finding.problem.rule for finding in report.findings] == ["description-missing"]
    assert report.exit_status == 0


def test_findings_are_sorted_by_seriousness_and_have_lines(confirmer: Confirmer) -> None:
    text = json.dumps(
        {
            **phone(number={"description": "", "type": "strin"}, kind={"description": "", "example": None}),
            "name": "fone",
        },
        indent=1,
    )
    report = checked(confirmer, BASE, {"schema/phone.json": text.encode()})
    assert report.findings[0].problem.rule == "schema-invalid"
    assert text.split("\n")[report.findings[0].problem.line - 1].strip().startswith('"type": "strin"')


def test_a_head_that_cannot_be_read_is_invalid_and_still_reported(confirmer: Confirmer) -> None:
    report = checked(
        confirmer,
        {**BASE, **schemas(fax=entity("fax", {}))},
        {"schema/phone.json": b'{"a": 1,}', **schemas(fax=entity("fax", {"tone": {}}))},
    )
    assert (report.outcome, report.exit_status) == (Outcome.INVALID, 3)
    value = conforms(report)
    assert value["findings"][0]["rule"] == "json-invalid"
    assert [change["term"] for change in value["profiles"]["hsds"]["changes"]] == ["fax.tone"]


def test_a_base_that_cannot_be_read_is_a_finding_and_not_the_end(confirmer: Confirmer) -> None:
    report = checked(
        confirmer,
        {"schema/phone.json": b"{", **schemas(fax=entity("fax", {}))},
        {**BASE, **schemas(fax=entity("fax", {}))},
    )
    assert (report.outcome, report.exit_status) == (Outcome.UNKNOWN, 1)
    [finding] = report.findings
    assert (finding.in_base, finding.problem.message.startswith("in base: ")) == (False, True)
    assert conforms(report)["profiles"]["hsds"]["changes"] == []


def test_a_head_without_a_standard_is_invalid(confirmer: Confirmer) -> None:
    report = checked(confirmer, BASE, {})
    assert (report.outcome, report.exit_status) == (Outcome.INVALID, 3)
    assert [finding.problem.rule for finding in report.findings] == ["standard-missing"]


def test_the_first_standard_has_nothing_to_break(confirmer: Confirmer) -> None:
    report = checked(confirmer, {}, BASE)
    assert (report.outcome, report.bump, report.exit_status) == (Outcome.COMPATIBLE, Bump.MINOR, 0)
    assert [each.change.rule for each in report.profiles[0].changes] == ["profile-added"]


def test_a_profile_of_patches_is_told_what_it_gains(confirmer: Confirmer) -> None:
    head = schemas(phone=phone(tone={}), fax=entity("fax", {}))
    report = checked(confirmer, BASE, head, patch={"phone": {"properties": {"kind": None}}})
    gains = [finding.problem for finding in report.findings if finding.problem.rule == "term-gained"]
    assert [problem.message.split(" gains the ")[1].split(",")[0] for problem in gains] == [
        "entity fax",
        "term phone.tone",
    ]
    assert list(conforms(report)["profiles"]) == ["own"]
    assert report.exit_status == 0


def test_what_a_profile_removed_does_not_concern_it(confirmer: Confirmer) -> None:
    report = checked(confirmer, BASE, schemas(phone=phone(kind=None)), patch={"phone": {"properties": {"kind": None}}})
    assert report.profiles[0].changes == ()
    assert [each.change.term for each in report.unselected] == ["phone.kind"]
    assert (report.outcome, report.bump) == (Outcome.COMPATIBLE, Bump.PATCH)
    conforms(report)


# Extended structures: where a change was made.


def extended(**files_: Any) -> dict[str, Any]:
    service = entity("service", {"name": {"profiles": {"small": "must"}, "example": "x"}, "url": {"example": "x"}})
    service["properties"]["id"]["profiles"] = {"small": "must"}
    base: dict[str, Any] = {
        **FILES,
        "schema/service.json": service,
        "schema/profiles/small/profile.yml": PROFILE.replace(b"select: {add: [phone], remove: [service.name]}\n", b""),
    }
    return {**base, **files_}


def test_a_change_to_the_structure_itself(confirmer: Confirmer) -> None:
    service = json.loads(json.dumps(extended()["schema/service.json"]))
    service["required"] = ["id", "name"]
    report = checked(confirmer, extended(), extended(**{"schema/service.json": service}))
    [change] = report.profiles[0].changes
    assert (change.file, change.pointer, change.change.rule) == ("schema/service.json", "/required", "required-added")


def test_a_change_in_a_patch_of_the_profile(confirmer: Confirmer) -> None:
    report = checked(
        confirmer,
        extended(),
        extended(**{"schema/profiles/small/service.json": {"properties": {"name": {"maxLength": 9}}}}),
    )
    [change] = report.profiles[0].changes
    assert (change.file, change.pointer) == ("schema/profiles/small/service.json", "/properties/name/maxLength")


def test_a_change_in_the_selection_of_a_property(confirmer: Confirmer) -> None:
    service = json.loads(json.dumps(extended()["schema/service.json"]))
    service["properties"]["url"]["profiles"] = {"small": "should"}
    report = checked(confirmer, extended(), extended(**{"schema/service.json": service}))
    [change] = report.profiles[0].changes
    assert (change.change.rule, change.file, change.pointer) == (
        "term-added",
        "schema/service.json",
        "/properties/url/profiles",
    )
    assert report.unselected == ()


def test_a_change_in_what_the_profile_adds(confirmer: Confirmer) -> None:
    profile = extended()["schema/profiles/small/profile.yml"] + b"select:\n  add: [service.url]\n"
    report = checked(confirmer, extended(), extended(**{"schema/profiles/small/profile.yml": profile}))
    [change] = report.profiles[0].changes
    assert (change.change.rule, change.file, change.pointer, change.line) == (
        "term-added",
        "schema/profiles/small/profile.yml",
        "/select",
        7,
    )


def test_what_no_profile_selects_is_said_apart(confirmer: Confirmer) -> None:
    service = json.loads(json.dumps(extended()["schema/service.json"]))
    service["properties"]["url"]["maxLength"] = 5
    report = checked(
        confirmer,
        extended(),
        extended(
            **{
                "schema/service.json": service,
                "schema/standard.yml": STANDARD.replace(b"[service, phone]", b"[service, phone, fax]"),
                "schema/fax.json": entity("fax", {}),
            }
        ),
    )
    assert {(each.change.rule, each.file) for each in report.unselected} == {
        ("entity-added", "schema/fax.json"),
        ("max-length-added", "schema/service.json"),
    }
    conforms(report)


def test_words_about_a_profile_are_a_patch(confirmer: Confirmer) -> None:
    profile = extended()["schema/profiles/small/profile.yml"].replace(b"title: Small", b"title: Tiny")
    report = checked(confirmer, extended(), extended(**{"schema/profiles/small/profile.yml": profile}))
    [change] = report.profiles[0].changes
    assert (change.change.rule, change.pointer, report.bump) == ("metadata-changed", "/title", Bump.PATCH)


def test_a_link_of_a_view_is_a_term_too(confirmer: Confirmer) -> None:
    standard = STANDARD.replace(b"    links: [{property: lines, entity: phone, many: true, without: [id]}]\n", b"")
    phones = b"select:\n  add: [phone]\n"
    files_ = {"schema/profiles/small/profile.yml": extended()["schema/profiles/small/profile.yml"] + phones}
    report = checked(confirmer, extended(**files_), extended(**files_, **{"schema/standard.yml": standard}))
    [change] = [each for each in report.profiles[0].changes if each.change.rule == "term-removed"]
    assert change.change.term == "service_view.lines"
    assert report.outcome is Outcome.BREAKING


def test_a_profile_removed_breaks_its_publishers(confirmer: Confirmer) -> None:
    other = PROFILE.replace(b"id: small", b"id: other").replace(b"Small", b"Other")
    base = extended(**{"schema/profiles/other/profile.yml": other})
    report = checked(confirmer, base, extended())
    outcomes = {
        profile.id: (profile.outcome, [each.change.rule for each in profile.changes]) for profile in report.profiles
    }
    assert outcomes == {"small": (Outcome.COMPATIBLE, []), "other": (Outcome.BREAKING, ["profile-removed"])}
    assert report.bump is Bump.MAJOR


def test_an_entity_that_one_profile_removes_breaks_that_profile_alone(confirmer: Confirmer) -> None:
    other = PROFILE.replace(b"id: small", b"id: other").replace(b"Small", b"Other")
    base = extended(**{"schema/profiles/other/profile.yml": other})
    base["schema/service.json"]["properties"]["id"]["profiles"]["other"] = "must"
    head = {**base, "schema/profiles/other/service.json": b"null\n"}
    report = checked(confirmer, base, head)
    by_id = {profile.id: profile for profile in report.profiles}
    [change] = by_id["other"].changes
    assert (change.change.rule, by_id["other"].outcome) == ("entity-removed", Outcome.BREAKING)
    assert by_id["small"].outcome is Outcome.COMPATIBLE
    assert by_id["small"].unaffected == {change.change.id: Unaffected.UNCHANGED}
    conforms(report)


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("required", None),
        ("required", "id"),
        ("required", {"a": 1}),
        ("required", [1, None]),
        ("tabular_required", {}),
    ],
)
def test_a_schema_that_is_none_is_not_judged(confirmer: Confirmer, keyword: str, value: JSON) -> None:
    report = checked(confirmer, BASE, schemas(phone={**PHONE, keyword: value}))
    [profile] = report.profiles
    assert profile.outcome is Outcome.UNKNOWN
    assert profile.verdicts is not None
    assert f"phone.json/{keyword}" in profile.verdicts.publishers.reason
    assert report.exit_status == 1


@pytest.mark.parametrize(("keyword", "value"), [("name", None), ("name", 3), ("enum", "abc")])
def test_a_property_whose_keyword_is_ill_typed_is_not_judged(confirmer: Confirmer, keyword: str, value: JSON) -> None:
    head = phone()
    head["properties"]["kind"][keyword] = value
    report = checked(confirmer, BASE, schemas(phone=head))
    assert report.outcome is Outcome.UNKNOWN


def test_one_profile_alone(confirmer: Confirmer) -> None:
    assert [profile.id for profile in checked(confirmer, extended(), extended(), profile="small").profiles] == ["small"]
    with pytest.raises(UsageError, match="no profile 'big'") as caught:
        checked(confirmer, extended(), extended(), profile="big")
    assert "small" in caught.value.hint


# Tables.


def test_places_in_a_data_package(confirmer: Confirmer) -> None:
    def package(*names: str) -> dict[str, JSON]:
        fields = [{"name": name, "type": "string"} for name in names]
        return {
            "datapackage.json": {
                "title": "T" + names[-1],
                "resources": [{"name": "phone", "schema": {"fields": fields}}],
            }
        }

    report = checked(confirmer, package("id", "kind"), package("id", "tone"))
    value = conforms(report)["profiles"]["hsds"]["changes"]
    assert [(change["rule"], change["file"], change["pointer"]) for change in value] == [
        ("metadata-changed", "datapackage.json", "/title"),
        ("term-removed", "datapackage.json", "/resources/0/schema/fields/1"),
        ("term-added", "datapackage.json", "/resources/0/schema/fields/1"),
    ]


def test_hsds_3_0_to_3_1(data: Path, confirmer: Confirmer) -> None:
    from bot.adapters.sources import LocalSources

    base, head = data / "hsds-3.0", data / "hsds-3.1-dev"
    for patches, expected in (((), 14), ((PatchDirectory("uk", str(data / "oruk-3.0/profile")),), 12)):
        report = run(CheckRequest(str(base), str(head), patches), LocalSources(base), confirmer, quietly)
        assert (report.outcome, report.bump, report.exit_status) == (Outcome.COMPATIBLE, Bump.MINOR, 0)
        terms = [each.change.term for each in report.profiles[0].changes]
        assert len(terms) == len(set(terms)) == expected
        gained = [finding.problem for finding in report.findings if finding.problem.rule == "term-gained"]
        assert len(gained) == (9 if patches else 0)


def test_nested_entities_count_their_places(confirmer: Confirmer) -> None:
    world = {
        "service": entity("service", {"phones": many("phone")}),
        "organization": entity("organization", {"phones": many("phone")}),
        "phone": PHONE,
    }
    report = checked(confirmer, schemas(**world), schemas(**{**world, "phone": phone(tone={})}))
    [change] = report.profiles[0].changes
    # In organization, in its services, and in service.
    assert change.places == 3
