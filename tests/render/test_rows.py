from __future__ import annotations

from dataclasses import replace

from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, Change
from bot.compat.verdicts import COMPATIBLE, breaking, unknown
from bot.render.rows import MEANINGS, cell, combined, rows
from bot.report.model import ReportedChange, Unaffected
from tests.render.reports import addition, judged, profile, question, removal, reported, rewording


def test_the_most_serious_comes_first_and_words_last() -> None:
    changes = rewording("words"), addition("new"), question("open"), removal("gone")
    found = rows(reported(profile("core", "Core", *changes)))
    assert [(row.number, row.reported.change.term) for row in found] == [
        (1, "service.gone"),
        (2, "service.open"),
        (3, "service.new"),
        (4, "service.words"),
    ]
    assert [row.matters for row in found] == [True, True, True, False]
    assert [row.is_wording for row in found] == [False, False, False, True]


def test_profiles_share_the_row_of_a_change() -> None:
    both = reported(profile("core", "Core", removal("a")), profile("uk", "UK", removal("a")))
    [row] = rows(both)
    assert row.cells.keys() == {"core", "uk"}


def test_what_reads_differently_has_a_row_of_its_own_and_each_points_to_the_other() -> None:
    """The same place becomes something else in each profile: a shared row would say what is true of one alone."""

    def kept(*values: str) -> ReportedChange:
        change = Change("pattern-changed", "service", ("properties", "a"), "pattern", *values)
        return ReportedChange(change, "f", "/a", 1, 1, judged(), Bump.MINOR)

    report = reported(profile("core", "Core", kept("x", "y")), profile("uk", "UK", kept("x", "z")))
    first, second = rows(report)
    core, uk = report.profiles
    assert first.reported.change.id == second.reported.change.id
    assert (cell(first, core), cell(first, uk)) == ("compatible", "see 2")
    assert (cell(second, core), cell(second, uk)) == ("see 1", "compatible")


def test_a_profile_that_goes_is_no_matter_of_the_others() -> None:
    def gone(name: str) -> ReportedChange:
        change = Change("profile-removed", "", (), "", name, ABSENT)
        return ReportedChange(change, "f", "", 1, 0, judged(breaking({})), Bump.MAJOR)

    together = {"service": judged(breaking({}))}
    report = reported(profile("core", "Core", gone("core"), combined=together), profile("uk", "UK", gone("uk")))
    assert [cell(row, each) for row in rows(report) for each in report.profiles] == [
        "breaks publishers",
        "another profile",
        "another profile",
        "breaks publishers",
    ]
    assert combined(report.profiles[0]) == {}
    assert combined(replace(report.profiles[0], changes=())) == together


def test_what_a_change_means_in_a_few_words() -> None:
    open_ = unknown("pattern", "", "x")
    read = {
        "compatible": judged(),
        "compatible, new to tools": judged(COMPATIBLE, breaking({})),
        "compatible, perhaps new to tools": judged(COMPATIBLE, open_),
        "breaks publishers": judged(breaking({})),
        "a person has to look": judged(open_),
    }
    for words, verdicts in read.items():
        report = reported(profile("core", "Core", replace(addition("a"), verdicts=verdicts)))
        [row] = rows(report)
        assert cell(row, report.profiles[0]) == words
        assert words in MEANINGS


def test_why_a_change_is_none_of_a_profile() -> None:
    change = removal("a")
    for why, words in ((None, "not in profile"), *((each, None) for each in Unaffected)):
        other = profile("uk", "UK", unaffected={change.change.id: why} if why else {})
        [row] = rows(reported(profile("core", "Core", change), other))
        said = cell(row, other)
        assert said in MEANINGS
        assert words in (None, said)


def test_changes_that_break_only_together_are_none_without_effect() -> None:
    harmless = replace(addition("a"), bump=Bump.PATCH)
    together = {"service": judged(breaking({}))}
    report = reported(
        profile("core", "Core", harmless, addition("b"), rewording("c"), combined=together),
        profile("uk", "UK", harmless),
    )
    first, second, third = rows(report)
    core, uk = report.profiles
    assert [row.matters for row in (first, second, third)] == [True, True, False]
    assert (cell(first, core), cell(second, core), cell(third, core)) == (
        "compatible alone",
        "compatible alone",
        "wording only",
    )
    assert {cell(row, uk) for row in (first, second)} == {"compatible", "not in profile"}
