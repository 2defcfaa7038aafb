"""A pull request that moves on while a run judges it: what was true when the run began is told nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from bot.commands.publish import Links
from bot.commands.run import Due, Handled
from bot.community.configuration import Configuration
from bot.report.model import Outcome, Report
from bot.report.subject import PullRequest
from bot.sandbox.github.premises import sha_of
from tests.scene import EVERYBODY, Scene, report, scene

BREAKING, COMPATIBLE = Outcome.BREAKING, Outcome.COMPATIBLE


@dataclass
class Judging:
    """Commits that break, and what happens while the bot judges."""

    breaks: frozenset[str] = frozenset()
    meanwhile: list[Callable[[], object]] | None = None

    def report(self, pull_request: PullRequest, _: Configuration) -> Report:
        made = report(BREAKING if pull_request.head_sha in self.breaks else COMPATIBLE)
        for each in self.meanwhile or []:
            each()
        self.meanwhile = None
        return replace(made, head=replace(made.head, commit=pull_request.head_sha))


def handled(here: Scene, judge: Judging) -> Handled:
    with here.channels() as channels:
        due = Due(here.configuration, channels, judge, here.time, Links(), "06-01")  # type: ignore[arg-type]
        (done,) = due.handle([here.number])
        return done


def words(here: Scene) -> list[str]:
    (parent,) = [each for each in here.world.slack.messages(EVERYBODY) if not each.parent]
    return [each.text for each in here.world.slack.messages(EVERYBODY, parent.ts) if each.parent]


def test_a_run_that_was_overtaken_while_it_judged_says_nothing_of_the_commit_before() -> None:
    with scene() as here:
        breaking = Judging(frozenset({sha_of("next")}))
        handled(here, breaking)
        assert words(here) == []

        def push_and_tell() -> None:
            here.world.github.push(here.number, sha_of("next"))
            handled(here, breaking)

        late = handled(here, Judging(breaking.breaks, [push_and_tell]))
        assert late.report is not None
        assert late.report.outcome is BREAKING
        assert {each.action for each in late.announcement.told} <= {"skip"}
        (said,) = words(here)
        assert "break" in said
        assert "would break" in here.comments()[0]


@pytest.mark.parametrize("merged", [True, False])
def test_a_run_that_was_overtaken_by_the_end_tells_how_it_ended(merged: bool) -> None:
    with scene() as here:
        handled(here, Judging())
        before = len(here.world.log)
        late = Judging(frozenset({here.head}), [lambda: here.world.github.close(here.number, merged=merged)])
        handled(here, late)
        (said,) = words(here)
        assert ("merged" if merged else "closed") in said
        assert not [each for each in here.writes(before) if each.endswith("/comments")]


def test_a_push_before_the_first_word_leaves_no_word_about_the_commit_before() -> None:
    with scene() as here:
        old = here.head
        handled(here, Judging(frozenset({old}), [lambda: here.world.github.push(here.number, sha_of("next"))]))
        assert here.world.github.check_runs(old) == ()
        assert len(here.world.github.check_runs(here.head)) == 1
        (comment,) = here.comments()
        assert "would break" not in comment
        assert "no longer" not in comment
