from __future__ import annotations

from dataclasses import replace

import pytest

from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, Change
from bot.report.model import ReportedChange
from bot.report.promise import beyond_wording
from tests.render.reports import addition, profile, question, removal, reported, rewording


def metadata(keyword: str) -> ReportedChange:
    return ReportedChange(Change("metadata-changed", "", (), keyword, "a", "b"), "standard.yml", "", 1, bump=Bump.PATCH)


def test_words_are_words() -> None:
    assert beyond_wording(reported()) == ()
    assert beyond_wording(reported(profile("core", "Core", rewording("a"), metadata("title")))) == ()


def test_everything_else_is_more_than_words() -> None:
    for made in (addition("a"), removal("a"), question("a"), metadata("uri"), metadata("version")):
        assert beyond_wording(reported(profile("core", "Core", rewording("b"), made))) == (made,)


def test_a_change_is_named_once_for_all_profiles() -> None:
    report = reported(profile("core", "Core", addition("a")), profile("uk", "UK", addition("a")))
    assert len(beyond_wording(report)) == 1


def test_a_change_in_no_profile_counts_too() -> None:
    report = replace(reported(profile("core", "Core")), unselected=(addition("a"), rewording("b")))
    assert beyond_wording(report) == (addition("a"),)


def test_a_name_that_renames_a_column_is_more_than_a_word() -> None:
    change = Change("name-changed", "service", ("properties", "url"), "name", "url", "link")
    made = ReportedChange(change, "schema/service.json", "/properties/url", 1, bump=Bump.MAJOR)
    assert beyond_wording(reported(profile("core", "Core", made))) == (made,)


def test_another_order_is_no_more_than_words() -> None:
    change = Change("order-changed", "service", (), "required", ["a", "b"], ["b", "a"])
    made = ReportedChange(change, "schema/service.json", "/required", 1, bump=Bump.PATCH)
    assert beyond_wording(reported(profile("core", "Core", made))) == ()
    removed = Change("term-removed", "service", ("properties", "a"), "", {}, ABSENT)
    assert not removed.is_moot


@pytest.mark.parametrize(
    "keyword", ["path", "default", "readOnly", "deprecated", "replaced_by", "datapackage_metadata"]
)
def test_what_is_no_rule_for_documents_is_not_yet_words(keyword: str) -> None:
    change = Change(f"{keyword}-changed", "service", ("properties", "url"), keyword, "a", "b")
    made = ReportedChange(change, "schema/service.json", "/properties/url", 1, bump=Bump.PATCH)
    assert beyond_wording(reported(profile("core", "Core", made))) == (made,)
