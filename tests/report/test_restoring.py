"""Repairs that put lines of base back: files that are gone, and what a profile says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from bot.compat.confirming import Confirmer
from bot.report.model import Outcome, Report
from tests.render.test_goldens import standard
from tests.report.test_repairing import all_mended, broken
from tests.worlds import checked

PROFILE = "schema/profiles/uk/profile.yml"
DECLARED = "id: uk\ntitle: UK\nuri: https://example.org/uk\nversion: 1.0.0\n"
SELECTION = "select:\n  remove:\n    - service.url\n    - service.status\n"
PAGE = "page:\n  items: contents\n  total_items: total\n"


def with_profile(text: str, **more: Any) -> dict[str, Any]:
    return {**standard(), PROFILE: text.encode(), **more}


def repaired(report: Report) -> list[str]:
    """The words of each change that breaks; none where it has no repair."""
    return [each.repair.words if each.repair else "" for each in broken(report)]


def test_a_selection_that_a_profile_took_back_stands_again(confirmer: Confirmer) -> None:
    base, head = with_profile(DECLARED), with_profile(DECLARED + SELECTION)
    report = checked(confirmer, base, head)
    assert sorted({*repaired(report)}) == [
        "keep service.status selected in the profile, and announce the end",
        "keep service.url selected in the profile, and announce the end",
    ]
    edits = {(each.repair.start_line, each.repair.file) for each in broken(report) if each.repair}
    assert len(edits) == 1
    again = all_mended(head, (each.repair for each in broken(report)))
    assert again[PROFILE] == base[PROFILE]
    assert checked(confirmer, base, again).outcome is Outcome.COMPATIBLE


def test_what_else_a_profile_changed_stays(confirmer: Confirmer) -> None:
    base = with_profile(DECLARED + SELECTION.replace("service.url", "phone.number"))
    head = with_profile((DECLARED + SELECTION).replace("title: UK", "title: Open Referral UK"))
    report = checked(confirmer, base, head)
    [reported] = [each for each in broken(report) if each.change.rule == "term-removed"]
    again = all_mended(head, [reported.repair])[PROFILE].decode()
    assert "title: Open Referral UK" in again
    assert "service.url" not in again


def test_an_entity_that_a_profile_no_longer_selects(confirmer: Confirmer) -> None:
    base, head = with_profile(DECLARED), with_profile(DECLARED + "select:\n  remove: [phone]\n")
    report = checked(confirmer, base, head)
    assert "keep phone selected in the profile, and announce the end" in repaired(report)
    again = all_mended(head, (each.repair for each in broken(report)))
    assert checked(confirmer, base, again).outcome is Outcome.COMPATIBLE


def test_a_part_of_list_answers_that_is_renamed(confirmer: Confirmer) -> None:
    base, head = with_profile(DECLARED + PAGE), with_profile(DECLARED + PAGE.replace("contents", "results"))
    report = checked(confirmer, base, head)
    assert repaired(report) == ["leave items of list answers as it was until the next major version"]
    again = all_mended(head, (each.repair for each in broken(report)))
    assert checked(confirmer, base, again).outcome is Outcome.COMPATIBLE


def test_a_profile_that_is_gone_is_given_back(confirmer: Confirmer) -> None:
    base = with_profile(DECLARED)
    head = {path: each for path, each in base.items() if path != PROFILE}
    report = checked(confirmer, base, head)
    assert repaired(report) == ["keep the profile uk, and announce the end"]
    again = all_mended(head, (each.repair for each in broken(report)))
    assert checked(confirmer, base, again).outcome is Outcome.COMPATIBLE


def test_a_profile_of_several_files_that_is_gone_is_not(confirmer: Confirmer) -> None:
    base = with_profile(DECLARED, **{"schema/profiles/uk/service.json": {"required": ["id", "url"]}})
    head = {path: each for path, each in base.items() if "/uk/" not in path}
    assert repaired(checked(confirmer, base, head)) == [""]


@pytest.mark.parametrize("text", ["id: uk\n", "id: [", ""])
def test_a_profile_that_is_none_is_not_repaired_by_lines(confirmer: Confirmer, text: str) -> None:
    report = checked(confirmer, with_profile(DECLARED), with_profile(text))
    assert [each for each in repaired(report) if each] == []


# Entities.


def lost(name: str, declared: bytes) -> dict[str, Any]:
    head = {**standard(), "schema/standard.yml": declared}
    del head[f"schema/{name}.json"]
    head["schema/service.json"]["properties"].pop("phones", None)
    return head


def test_an_entity_that_the_standard_still_lists_is_given_back(confirmer: Confirmer) -> None:
    base = standard()
    base["schema/service.json"]["properties"].pop("phones")
    report = checked(confirmer, base, lost("phone", base["schema/standard.yml"]))
    words = "keep phone, marked as deprecated, until the next major version"
    assert {*repaired(report)} == {words}
    again = all_mended(lost("phone", base["schema/standard.yml"]), (each.repair for each in broken(report)))
    mended = checked(confirmer, base, again)
    assert mended.outcome is Outcome.COMPATIBLE
    assert not any(each.gates for each in mended.findings)


def without_phones(views: bytes = b"[]") -> dict[str, Any]:
    base = standard()
    base["schema/service.json"]["properties"].pop("phones")
    base["schema/standard.yml"] = base["schema/standard.yml"].replace(b"views: []", b"views: " + views)
    return base


def given_back(confirmer: Confirmer, base: dict[str, Any], head: dict[str, Any]) -> dict[str, Any]:
    """Head with all edits; nothing in it gates, and no published data breaks."""
    report = checked(confirmer, base, head)
    made = [each.repair for each in broken(report) if each.repair is not None]
    again = all_mended(head, (each for repair in made for each in (repair, *repair.beside)))
    mended = checked(confirmer, base, again)
    assert mended.outcome is Outcome.COMPATIBLE
    assert not any(each.gates for each in mended.findings)
    return again


@pytest.mark.parametrize("views", [b"[]", b"[{entity: phone}]"])
def test_an_entity_that_the_standard_no_longer_lists_comes_back_with_its_lines(
    confirmer: Confirmer, views: bytes
) -> None:
    base = without_phones(views)
    declared = base["schema/standard.yml"].replace(b"phone, ", b"").replace(views, b"[]")
    assert declared != base["schema/standard.yml"]
    head = lost("phone", declared)
    found = [each.repair for each in broken(checked(confirmer, base, head)) if each.repair]
    assert {(each.file, each.words) for each in found} == {
        ("schema/phone.json", "keep phone, marked as deprecated, until the next major version")
    }
    assert [[each.file for each in one.beside] for one in found] == [["schema/standard.yml"]] * len(found)
    assert given_back(confirmer, base, head)["schema/standard.yml"] == base["schema/standard.yml"]


def test_what_else_a_declaration_changed_stays(confirmer: Confirmer) -> None:
    base = without_phones()
    declared = base["schema/standard.yml"].replace(b"phone, ", b"").replace(b"title: A", b"title: The")
    again = given_back(confirmer, base, lost("phone", declared))["schema/standard.yml"]
    assert again == base["schema/standard.yml"].replace(b"title: A", b"title: The")


def test_an_entity_on_a_line_with_another_that_went_is_not_given_back_with_it(confirmer: Confirmer) -> None:
    base = without_phones()
    base["schema/fax.json"] = {**base["schema/phone.json"], "name": "fax"}
    base["schema/standard.yml"] = base["schema/standard.yml"].replace(b"[phone, ", b"[phone, fax, ")
    declared = base["schema/standard.yml"].replace(b"phone, fax, ", b"")
    assert {*repaired(checked(confirmer, base, lost("phone", declared)))} == {""}


def test_two_entities_that_stood_on_lines_of_their_own_come_back_together(confirmer: Confirmer) -> None:
    base = without_phones()
    base["schema/fax.json"] = {**base["schema/phone.json"], "name": "fax"}
    lines = b"entities:\n  - phone\n  - service\n  - fax\n"
    base["schema/standard.yml"] = base["schema/standard.yml"].replace(b"entities: [phone, service]\n", lines)
    declared = base["schema/standard.yml"].replace(b"  - phone\n", b"").replace(b"  - fax\n", b"")
    again = given_back(confirmer, base, lost("phone", declared))
    assert again["schema/standard.yml"] == base["schema/standard.yml"]
