from __future__ import annotations

import pytest

from bot.render.flips import decided, flipped
from bot.render.verdict import headline
from bot.report.model import Outcome, Report
from bot.report.subject import State
from tests.render.reports import OCCASION, UK, addition, ended, profile, question, removal, reported

BREAKS = reported(profile("core", "Core", addition("b")), profile("uk", "Open Referral UK", removal("a")))
STAYS = reported(profile("core", "Core", addition("b")), profile("uk", "Open Referral UK"))
OPEN = reported(profile("uk", "Open Referral UK", question("a")))
UNREADABLE = reported(unreadable=True)


@pytest.mark.parametrize(
    ("before", "report", "said"),
    [
        (Outcome.COMPATIBLE, BREAKS, "This change now breaks data published under Open Referral UK."),
        (Outcome.UNKNOWN, BREAKS, "This change now breaks data published under Open Referral UK."),
        (Outcome.BREAKING, STAYS, "This change no longer breaks published data."),
        (Outcome.UNKNOWN, STAYS, "This change is decided: published data stays valid."),
        (Outcome.INVALID, STAYS, "This change can be judged again: published data stays valid."),
        (
            Outcome.BREAKING,
            OPEN,
            "The verdict has changed. The bot could not decide this change; a person has to look.",
        ),
        (Outcome.COMPATIBLE, UNREADABLE, "This change can no longer be judged: what it changes cannot be read."),
    ],
)
def test_a_verdict_that_changes(before: Outcome, report: Report, said: str) -> None:
    assert flipped(before, report, OCCASION) == said


@pytest.mark.parametrize("report", [BREAKS, STAYS, OPEN, UNREADABLE])
def test_a_verdict_that_stands_is_said_as_it_is(report: Report) -> None:
    assert flipped(report.outcome, report, OCCASION) == headline(report)


def test_readers_hear_what_it_means_where_they_are() -> None:
    assert flipped(Outcome.BREAKING, STAYS, UK) == (
        "The verdict has changed. United Kingdom (Open Referral UK): nothing changes. "
        "Data published elsewhere stays valid, too."
    )


def test_how_a_pull_request_ended() -> None:
    assert decided(ended(State.MERGED)) == "Pull request 12 was merged."
    assert decided(ended(State.CLOSED)) == "Pull request 12 was closed without being merged."
