from __future__ import annotations

from dataclasses import replace

from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, Change
from bot.compat.notes import About, Note
from bot.compat.verdicts import breaking, unknown
from bot.render.advice import advice, advised
from bot.render.rows import rows
from bot.render.safety import code
from bot.report.model import ReportedChange
from bot.report.rewriting import rewritten
from tests.render.reports import addition, judged, profile, question, removal, reported


def broken(rule: str, name: str, base: object = ABSENT, head: object = ABSENT) -> ReportedChange:
    change = Change(rule, "service", ("properties", name), rule.rpartition("-")[0], base, head)
    return ReportedChange(change, "f", "/", 1, 1, judged(breaking({})), Bump.MAJOR)


def test_each_way_names_what_it_is_about() -> None:
    report = reported(
        profile(
            "core",
            "Core",
            broken("enum-value-removed", "status", ["inactive"]),
            broken("required-added", "url", ABSENT, "url"),
            removal("alert"),
        )
    )
    assert advice(report, code) == (
        "Keep `inactive` for now, and announce the end (change 1) · "
        "leave `service.url` optional, and announce what will be required (change 2) · "
        "keep `service.alert`, optional and marked as deprecated, until the next major version (change 3) · "
        "or keep what breaks for the next major version"
    )


def test_changes_with_the_same_way_share_it_by_their_numbers() -> None:
    report = reported(profile("core", "Core", *(removal(f"t{at}") for at in range(93))))
    assert advice(report, code) == (
        "Keep the terms, optional and marked as deprecated, until the next major version (changes 1 to 93) · "
        "or keep what breaks for the next major version"
    )
    mixed = [removal("a"), removal("b"), broken("unique-added", "c"), removal("d")]
    said = advice(reported(profile("core", "Core", *mixed)), code)
    assert "(changes 1, 2 and 4)" in said
    assert "recommend it in the description of `service.c` instead of requiring it (change 3)" in said


def test_an_edit_that_is_offered_is_not_told_otherwise() -> None:
    alone = broken("type-changed", "cost", "number", "string")
    repair = rewritten("leave service.cost as it was", "f", "/x", "number", "a", "b")
    for change, words in (
        (alone, "Keep what `service.cost` may hold now, and add an optional term for what is new (change 1)"),
        (replace(alone, repair=repair), "Keep what `service.cost` may hold now, and announce what will change"),
    ):
        assert advice(reported(profile("core", "Core", change)), code).startswith(words)


def test_it_is_known_of_which_changes_the_sentence_speaks() -> None:
    rules = ("enum-added", "type-changed", "key-added", "required-added", "enum-value-removed")
    report = reported(profile("core", "Core", *(broken(rule, "a", "x", "y") for rule in rules), broken(rules[1], "b")))
    assert len(advised(rows(report))) == 4


def test_there_are_few_ways_and_the_last_is_to_wait() -> None:
    rules = ("enum-added", "type-changed", "key-added", "required-added", "enum-value-removed")
    said = advice(reported(profile("core", "Core", *(broken(rule, "a", "x", "y") for rule in rules))), code)
    assert said.count(" · ") == 3
    assert said.endswith("or keep what breaks for the next major version")


def test_changes_that_break_only_together_can_be_parted() -> None:
    both = profile("core", "Core", addition("a"), combined={"service": judged(breaking({}))})
    report = reported(replace(both, outcome=profile("x", "X", removal("a")).outcome))
    assert advice(report, code).startswith("Take back one of the changes that break data together")


def test_what_is_not_decided_needs_a_person() -> None:
    report = reported(profile("core", "Core", question("a")))
    assert advice(report, code) == "Ask somebody who knows the structure to look at change 1"


def test_where_nothing_breaks_there_is_nothing_to_do() -> None:
    assert advice(reported(profile("core", "Core", addition("a"))), code) == ""
    assert advice(reported(profile("core", "Core", removal("a")), unreadable=True), code) == ""


def test_a_rename_of_which_nobody_can_tell_what_it_does_has_its_way_too() -> None:
    lost = replace(removal("url"), verdicts=judged(unknown("pattern", "/p", "nobody knows")))
    renamed = replace(lost, notes=(Note(About.RENAMED_TO, "service.urls", ("a similar name",)),))
    assert advice(reported(profile("core", "Core", lost)), code) == (
        "Ask somebody who knows the structure to look at change 1"
    )
    assert advice(reported(profile("core", "Core", renamed)), code) == (
        "Keep `service.url` beside `service.urls`, optional and marked as deprecated, until the next major version "
        "(change 1) · ask somebody who knows the structure to look at change 1"
    )
