"""What a standard and a profile say of themselves, and what no profile shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.compat.bump import Bump
from bot.compat.confirming import Confirmer
from bot.report.model import Outcome, Report
from tests.worlds import checked, entity

PAGE = "page: {items: contents, total_items: total}\n"
STANDARD = """\
name: example
title: Example
version: "1.0.0"
state: development
base_uri: https://example.org
entities: [service, phone]
views: []
"""
PROFILE = 'id: core\ntitle: Core\nuri: https://example.org/core\nversion: "1.0.0"\n'


def selected(name: str, **properties: dict[str, Any]) -> dict[str, Any]:
    made = entity(name, properties)
    for each in made["properties"].values():
        each.setdefault("profiles", {"core": "must"})
    return made


def files(*, profile: str = PROFILE + PAGE, standard: str = STANDARD, **service: dict[str, Any]) -> dict[str, Any]:
    return {
        "schema/standard.yml": standard.encode(),
        "schema/service.json": selected("service", **{"url": {}, **service}),
        "schema/phone.json": selected("phone"),
        "schema/profiles/core/profile.yml": profile.encode(),
    }


def judged(confirmer: Confirmer, head: Mapping[str, Any]) -> Report:
    return checked(confirmer, files(), head)


PAGES: dict[str, tuple[str, str, Outcome, Bump]] = {
    "added": ("page: {items: contents, total_items: total, empty: empty}\n", "page-part-added", Outcome.COMPATIBLE, Bump.MINOR),
    "removed": ("page: {items: contents}\n", "page-part-removed", Outcome.BREAKING, Bump.MAJOR),
    "renamed": ("page: {items: contents, total_items: count}\n", "page-part-renamed", Outcome.BREAKING, Bump.MAJOR),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_list_answers_of_the_api_are_judged(name: str, confirmer: Confirmer) -> None:
    page, rule, outcome, bump = PAGES[name]
    report = judged(confirmer, files(profile=PROFILE + page))
    [change] = report.profiles[0].changes
    assert (change.change.rule, report.outcome, report.bump) == (rule, outcome, bump)
    assert change.file == "schema/profiles/core/profile.yml"
    assert change.pointer.startswith("/page/")
    if outcome is Outcome.BREAKING:
        assert change.verdicts is not None
        assert change.verdicts.publishers.witness == {"total": 0}


def test_what_cannot_be_found_among_its_own_changes_shows_with_those_of_no_profile(confirmer: Confirmer) -> None:
    report = judged(confirmer, files(url={"profiles": {"core": "could"}}))
    assert [each.change.rule for each in report.unselected] == ["profiles-changed"]
    assert report.bump is Bump.PATCH


def test_a_term_that_leaves_a_profile_says_by_itself_that_it_is_selected_no_more(confirmer: Confirmer) -> None:
    report = judged(confirmer, files(url={"profiles": {}}))
    assert [each.change.rule for each in report.profiles[0].changes] == ["term-removed"]
    assert report.unselected == ()


@pytest.mark.parametrize(
    ("head", "file", "keyword"),
    [
        (files(standard=STANDARD.replace("Example", "Model")), "schema/standard.yml", "title"),
        (files(standard=STANDARD.replace("[service, phone]", "[phone, service]")), "schema/standard.yml", "entities"),
        (files(profile=PROFILE.replace("Core", "Kernel") + PAGE), "schema/profiles/core/profile.yml", "title"),
        (files(profile=PROFILE + PAGE + "description: What all use.\n"), "schema/profiles/core/profile.yml", "description"),
    ],
)  # fmt: skip
def test_words_and_orders_are_patches_in_the_file_that_says_them(
    head: Mapping[str, Any], file: str, keyword: str, confirmer: Confirmer
) -> None:
    report = judged(confirmer, head)
    [change] = report.profiles[0].changes
    assert (change.file, change.change.keyword, change.bump) == (file, keyword, Bump.PATCH)
    assert report.outcome is Outcome.COMPATIBLE


def test_a_file_in_which_nothing_that_is_judged_changed_is_told_of_all_the_same(confirmer: Confirmer) -> None:
    report = judged(confirmer, files(profile=PROFILE + PAGE + "select: {add: [service.url]}\n"))
    assert [(each.change.rule, each.file) for each in report.unselected] == [
        ("notation-changed", "schema/profiles/core/profile.yml")
    ]
    assert report.bump is Bump.PATCH


def test_the_same_written_with_other_spaces_is_no_change(confirmer: Confirmer) -> None:
    report = judged(confirmer, files(profile=PROFILE + "page:\n  items: contents\n  total_items: total\n"))
    assert (report.bump, report.unselected) == (Bump.NONE, ())
