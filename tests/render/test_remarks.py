from __future__ import annotations

from dataclasses import replace

import pytest

from bot.compat.allowance import beyond
from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, Change
from bot.compat.notes import About, Note
from bot.render.advice import advice
from bot.render.markdown import document
from bot.render.proofs import proofs
from bot.render.remarks import deprecated, remarks, told
from bot.render.rows import rows
from bot.render.verdict import headline
from bot.report.model import Repair, Report, ReportedChange
from tests.render.reports import addition, judged, profile, question, removal, reported, rewording

EVIDENCE = ("a similar name", "the same type")
DETAILS = {"since": "3.1", "reason": "nobody fills it", "replaced_by": "urls", "removal": "4.0"}


def noted(made: ReportedChange, about: About, term: str = "", **details: str) -> ReportedChange:
    note = Note(about, term, EVIDENCE if term else (), details)
    return replace(made, notes=(*made.notes, note))


def change(rule: str, keyword: str, base: object, head: object, bump: Bump = Bump.PATCH) -> ReportedChange:
    made = Change(rule, "service", ("properties", "url"), keyword, base, head)
    return ReportedChange(made, "schema/service.json", "/properties/url", 3, 1, judged(), bump)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (removal("url"), "service.url removed"),
        (noted(removal("url"), About.RENAMED_TO, "service.urls"), "service.url removed, perhaps renamed to service.urls"),
        (noted(addition("urls"), About.RENAMED_FROM, "service.url"), "service.urls added, perhaps a new name of service.url"),
        (noted(addition("urls"), About.NAME_CAPTURE), "service.urls added"),
        (noted(removal("url"), About.WAS_DEPRECATED), "service.url removed, which was deprecated"),
        (noted(removal("url"), About.WAS_DEPRECATED, since="3.0"), "service.url removed, which was deprecated (since 3.0)"),
        (
            noted(noted(removal("url"), About.WAS_DEPRECATED, removal="5.0"), About.BEFORE_ITS_TIME, removal="5.0"),
            "service.url removed, which was deprecated (it goes in 5.0): sooner than was announced",
        ),
        (
            noted(addition("url"), About.NEW_AND_DEPRECATED, replaced_by="urls"),
            "service.url added, deprecated from the start (use urls instead)",
        ),
        (
            replace(rewording("url"), notes=(Note(About.BROUGHT_FORWARD, "", ("5.0",), {"removal": "4.0"}),)),
            "service.url is to go in 4.0 already, and not in 5.0, as was announced",
        ),
        (noted(rewording("url"), About.DEPRECATED), "service.url is deprecated"),
        (
            noted(rewording("url"), About.DEPRECATED, **DETAILS),
            "service.url is deprecated (since 3.1; use urls instead; it goes in 4.0; reason: nobody fills it)",
        ),
        (noted(rewording("url"), About.IN_USE_AGAIN), "service.url is deprecated no longer"),
        (
            noted(change("format-changed", "format", "url", "uri"), About.MISSPELT),
            "format of service.url changes from url to uri: a misspelling put right",
        ),
        (
            noted(change("primary-key-added", "primaryKey", ABSENT, "id"), About.UNDECLARED_KEY),
            "the primary key id of service.url is declared, as it was not before: please look whether data has two rows with the same one",
        ),
    ],
)  # fmt: skip
def test_a_note_is_said_in_the_sentence_of_its_change(made: ReportedChange, expected: str) -> None:
    assert told(made) == expected


def report(*changes: ReportedChange) -> Report:
    return reported(profile("core", "Core", *changes), profile("uk", "UK", *changes))


def test_a_rename_says_how_to_do_it_without_breaking() -> None:
    way = (
        "To rename without breaking: keep service.url beside service.urls and mark it as deprecated, replaced by "
        "service.urls, until the next major version."
    )
    found = list(remarks(report(noted(removal("url"), About.RENAMED_TO, "service.urls"))))
    assert found == [
        f"service.urls looks like service.url under a new name ({EVIDENCE[0]} and {EVIDENCE[1]}). {way}",
    ]


def test_how_a_rename_is_done_is_not_said_beside_the_edit_that_does_it() -> None:
    edit = Repair("keep service.url beside urls", "schema/service.json", "/properties/url", {}, 3, 3, "a\n", "b\n")
    gone = noted(removal("url"), About.RENAMED_TO, "service.urls")
    (said,) = remarks(report(replace(gone, repair=edit)))
    assert said == f"service.urls looks like service.url under a new name ({EVIDENCE[0]} and {EVIDENCE[1]})."
    (said,) = remarks(report(replace(gone, repair=replace(edit, words="keep service.url"))))
    assert "To rename without breaking" in said


def test_terms_that_go_without_having_been_deprecated_are_told_of_together() -> None:
    gone = [noted(removal(term), About.NEVER_DEPRECATED) for term in ("fees", "url")]
    assert [*remarks(report(gone[0]))] == ["service.fees goes without having been marked as deprecated first."]
    words = "service.fees and service.url go without having been marked as deprecated first."
    assert [*remarks(report(*gone))] == [words]
    renamed = noted(gone[1], About.RENAMED_TO, "service.urls")
    assert [*remarks(report(renamed))][1:] == []


def test_names_that_may_be_taken_are_told_of_together_and_once_for_all_profiles() -> None:
    one = list(remarks(report(noted(addition("a"), About.NAME_CAPTURE))))
    assert one == [
        "service.a is new where any name was allowed: publishers may use that name in another sense already."
    ]
    [many] = remarks(report(*(noted(addition(each), About.NAME_CAPTURE) for each in "abcdefg")))
    assert many.startswith("service.a, service.b, service.c and 4 more are new")


def test_a_change_without_notes_is_worth_no_remark() -> None:
    assert list(remarks(report(removal("url"), addition("urls")))) == []
    assert "Worth knowing" not in document(report(removal("url")))


def test_what_is_deprecated_is_in_the_first_sentence_of_a_change_that_affects_nobody() -> None:
    made = report(noted(rewording("url"), About.DEPRECATED))
    assert deprecated(made) == ["service.url"]
    assert headline(made) == ("Wording only: no document and no tool is affected. Deprecated from now on: service.url.")


def test_the_advice_for_a_rename_keeps_both_names() -> None:
    made = report(noted(removal("url"), About.RENAMED_TO, "service.{urls}"))
    assert advice(made, str).startswith(
        "Keep service.url beside service.{urls}, optional and marked as deprecated, until the next major version"
    )


def test_hostile_details_can_neither_format_nor_call_anybody() -> None:
    hostile = "@everyone **now** <img src=x onerror=alert(1)> | [x](http://evil.example)\n# big"
    made = report(noted(rewording("url"), About.DEPRECATED, reason=hostile, replaced_by=hostile))
    [row] = [line for line in document(made).splitlines() if "is deprecated" in line and line.startswith("|")]
    outside = "".join(row.split("`")[::2])
    assert not any(each in outside for each in ("@everyone", "**now**", "<img", "http://"))


def test_that_changes_were_not_judged_one_by_one_is_said_once() -> None:
    many = [replace(question(each), verdicts=judged(beyond())) for each in "ab"]
    report = reported(profile("core", "Core", *many, question("c")))
    [said] = remarks(report)
    assert said.startswith("There are so many changes that 2 of them were judged only together")
    assert [len(list(proofs(report, row))) for row in rows(report)] == [0, 0, 1]
