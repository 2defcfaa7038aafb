from __future__ import annotations

from dataclasses import replace

import pytest

from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, Change
from bot.render.occasion import Occasion
from bot.render.verdict import headline
from bot.report.model import Outcome, Report, ReportedChange
from bot.report.subject import State
from bot.standard.model import Kind
from bot.standard.problems import Severity
from tests.render.reports import (
    OCCASION,
    UK,
    addition,
    ended,
    judged,
    problem,
    profile,
    question,
    removal,
    reported,
    rewording,
)

CORE_STAYS = profile("core", "Core", addition("a"))
CORE_BREAKS = profile("core", "Core", removal("a"))
UK_STAYS = profile("uk", "Open Referral UK", addition("a"))
UK_BREAKS = profile("uk", "Open Referral UK", removal("a"))
AU = profile("au", "Australia", addition("a"))
UNTOUCHED = profile("core", "Core")
MISSING = problem(Severity.ERROR, "there is no standard in head")
MISSING = replace(MISSING, problem=replace(MISSING.problem, rule="standard-missing"))
CAME = Change("profile-added", "", (), "", ABSENT, "uk")
NEW = profile("uk", "Open Referral UK", ReportedChange(CAME, "", "", 0, 0, judged(), Bump.MINOR))


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (reported(CORE_BREAKS), "This change would break data published under Core."),
        (reported(CORE_BREAKS, UK_STAYS, AU), "This change would break data published under 1 of 3 profiles."),
        (reported(CORE_BREAKS, UK_BREAKS), "This change would break data published under both profiles."),
        (
            reported(CORE_BREAKS, UK_BREAKS, profile("au", "Australia", removal("a"))),
            "This change would break data published under all 3 profiles.",
        ),
        (reported(CORE_STAYS), "Data published under Core stays valid."),
        (reported(CORE_STAYS, UK_STAYS), "Data published under both profiles stays valid."),
        (reported(CORE_STAYS, NEW), "Data published under Core stays valid."),
        (
            reported(NEW),
            "This change begins with Open Referral UK: there is no published data that it could break.",
        ),
        (reported(UNTOUCHED), "Nothing has changed in the sources of the standard."),
        (reported(profile("core", "Core", rewording("a"))), "Wording only: no document and no tool is affected."),
        (
            reported(UNTOUCHED, unselected=(addition("a"),)),
            "No document and no tool is affected.",
        ),
        (
            reported(profile("core", "Core", *map(addition, "abcdefgh"), question("q"))),
            "The bot could not decide 1 of 9 changes; a person has to look.",
        ),
        (
            reported(profile("core", "Core", question("q"))),
            "The bot could not decide this change; a person has to look.",
        ),
        (
            reported(replace(UNTOUCHED, outcome=Outcome.UNKNOWN, bump=Bump.MAJOR)),
            "The bot could not decide this change; a person has to look.",
        ),
        (reported(unreadable=True), "This change cannot be judged: what it changes cannot be read."),
        (
            reported(unreadable=True, findings=(MISSING,)),
            "This change cannot be judged: no standard is to be found in it.",
        ),
        (
            reported(CORE_STAYS, findings=(problem(Severity.ERROR, "x"), problem(Severity.WARNING, "y"))),
            "Data published under Core stays valid. 1 error in the files has to be mended.",
        ),
        (
            reported(CORE_STAYS, findings=(problem(Severity.ERROR, "x", in_base=True),)),
            "Data published under Core stays valid.",
        ),
        (
            reported(CORE_BREAKS, findings=(problem(Severity.ERROR, "x"),)),
            "This change would break data published under Core.",
        ),
    ],
)
def test_the_verdict_in_a_sentence(report: Report, said: str) -> None:
    assert headline(report) == said


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            reported(CORE_BREAKS, UK_STAYS),
            (
                "United Kingdom (Open Referral UK): published data stays valid. "
                "Elsewhere it would break data published under Core."
            ),
        ),
        (
            reported(CORE_STAYS, UK_BREAKS),
            (
                "United Kingdom (Open Referral UK): this change would break published data. "
                "Data published elsewhere stays valid, too."
            ),
        ),
        (
            reported(UNTOUCHED, UK_BREAKS),
            "United Kingdom (Open Referral UK): this change would break published data.",
        ),
        (
            reported(CORE_STAYS, profile("uk", "Open Referral UK")),
            "United Kingdom (Open Referral UK): nothing changes. Data published elsewhere stays valid, too.",
        ),
        (
            reported(UNTOUCHED, profile("uk", "Open Referral UK", rewording("a"))),
            "United Kingdom (Open Referral UK): no document and no tool is affected.",
        ),
        (
            reported(profile("core", "Core", question("q")), UK_STAYS),
            "United Kingdom (Open Referral UK): published data stays valid. Elsewhere a person has to look: Core.",
        ),
        (
            reported(UNTOUCHED, profile("uk", "Open Referral UK", question("q"))),
            "United Kingdom (Open Referral UK): not decided; a person has to look.",
        ),
        (reported(UK_STAYS), "Data published under Open Referral UK stays valid."),
        (reported(CORE_STAYS), "Data published under Core stays valid."),
    ],
)
def test_readers_hear_first_what_it_means_where_they_are(report: Report, said: str) -> None:
    assert headline(report, UK) == said


def test_without_a_place_the_profiles_lead() -> None:
    occasion = replace(OCCASION, profiles=("uk", "au"))
    report = reported(CORE_STAYS, UK_BREAKS, AU)
    assert headline(report, occasion) == (
        "For Open Referral UK and Australia: this change would break published data (Open Referral UK). "
        "Data published elsewhere stays valid, too."
    )


@pytest.mark.parametrize(
    ("occasion", "verb"),
    [(OCCASION, "would break"), (ended(State.CLOSED), "would break"), (ended(State.MERGED), "breaks")],
)
def test_what_is_merged_breaks(occasion: Occasion, verb: str) -> None:
    assert headline(reported(CORE_BREAKS), occasion) == f"This change {verb} data published under Core."


def test_where_files_have_errors_what_is_not_decided_waits_for_them() -> None:
    report = reported(
        profile("core", "Core", question("url"), question("name")), findings=(problem(Severity.ERROR, "gone"),)
    )
    said = "The bot could not decide any of the 2 changes; 1 error in the files has to be mended first."
    assert headline(report) == said
    assert (
        headline(replace(report, findings=())) == "The bot could not decide any of the 2 changes; a person has to look."
    )


def test_where_schemas_went_it_is_not_said_that_nothing_has_changed_in_the_sources() -> None:
    report = reported(UNTOUCHED)
    tables = replace(report, base=replace(report.base, kind=Kind.CHECKOUT.value))
    tables = replace(tables, head=replace(report.head, kind=Kind.TABULAR.value))
    assert headline(tables) == "Compared as tables, nothing of the standard has changed."
