from __future__ import annotations

import logging
from dataclasses import dataclass, replace

import pytest

from bot.adapters.services import DiscourseForum
from bot.commands.announcing.containing import contained
from bot.commands.publish import Links
from bot.commands.run import Due
from bot.community.configuration import Configuration
from bot.errors import GitError
from bot.publish.delivery import Superseded
from bot.publish.places import Refused, Unavailable
from bot.report.model import Report
from bot.report.subject import PullRequest
from tests.scene import report, scene

HIDDEN = "words-that-nobody-is-to-read"


@dataclass
class Judge:
    """Judges all pull requests alike, and fails at one in a way that nobody foresaw."""

    fails_at: int
    problem: Exception

    def report(self, pull_request: PullRequest, _: Configuration) -> Report:
        if pull_request.number == self.fails_at:
            raise self.problem
        made = report()
        return replace(made, head=replace(made.head, commit=pull_request.head_sha))


def fail(*_: object, **__: object) -> None:
    raise OverflowError(HIDDEN)


def test_what_fails_in_a_way_that_nobody_foresaw_fails_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(DiscourseForum, "posts", fail)
    with scene() as here, caplog.at_level(logging.ERROR):
        done = here.publish()
        failed = {each.channel: each.error for each in done.told if each.error is not None}
        assert list(failed) == ["forum"]
        assert "OverflowError in fail" in str(failed["forum"])
        assert len(here.comments()) == len(here.messages()) == 1
    assert "forum: OverflowError in fail" in caplog.text
    assert HIDDEN not in caplog.text + str(failed)


@pytest.mark.parametrize("problem", [RecursionError(HIDDEN), GitError("the commit is gone", "Fetch it.")])
def test_a_pull_request_that_fails_leaves_the_others_their_turn(problem: Exception) -> None:
    with scene() as here, here.channels() as channels:
        other = here.world.github.open_pull_request("Another")
        judge = Judge(here.number, problem)
        due = Due(here.configuration, channels, judge, here.time, Links(), "06-01")  # type: ignore[arg-type]
        first, second = due.handle([here.number, other])
        assert (first.report, second.error) == (None, None)
        assert isinstance(first.error, Refused)
        assert HIDDEN not in f"{first.error.message} {first.error.hint}"
        assert len(here.world.github.comments(other)) == 1


def test_that_somebody_else_will_tell_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def superseded(*_: object) -> None:
        raise Superseded

    monkeypatch.setattr(DiscourseForum, "posts", superseded)
    with scene() as here:
        assert here.publish().superseded


def test_the_bots_own_errors_keep_their_words() -> None:
    known = Unavailable("busy", "Wait.", 5)
    assert contained("forum", known) is known
    assert contained("forum", GitError("gone", "Fetch it.")).hint == "Fetch it."
    assert "ValueError" in contained("forum", ValueError(HIDDEN)).message
