"""A decision in a quiet time is told when that is over."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands.publish import Links
from bot.commands.run import DAY, Due
from bot.community.configuration import Configuration
from bot.community.quiet import Quiet
from bot.report.model import Report
from bot.report.subject import PullRequest
from tests.scene import EVERYBODY, Scene, report, scene


@dataclass
class Judge:
    """Judges all alike."""

    def report(self, pull_request: PullRequest, _: Configuration) -> Report:
        made = report()
        return replace(made, head=replace(made.head, commit=pull_request.head_sha))


def night(here: Scene, today: str) -> list[int]:
    """What a run of the clock looks at."""
    with here.channels() as channels:
        due = Due(here.configuration, channels, Judge(), here.time, Links(), today)  # type: ignore[arg-type]
        return [each.number for each in due.handle(due.everything())]


def told(here: Scene) -> int:
    (parent,) = [each for each in here.world.slack.messages(EVERYBODY) if not each.parent]
    return sum(bool(each.parent) for each in here.world.slack.messages(EVERYBODY, parent.ts))


def test_what_is_merged_in_a_quiet_time_is_told_when_that_is_over() -> None:
    with scene() as here:
        here.configuration = replace(here.configuration, quiet=(Quiet("12-20", "01-03"),))
        night(here, "12-18")
        here.world.github.close(here.number, merged=True)
        here.time.seconds += DAY
        assert night(here, "12-21") == [here.number]
        assert told(here) == 0
        here.time.seconds += 14 * DAY
        assert night(here, "01-04") == [here.number]
        assert told(here) == 1
        here.time.seconds += 8 * DAY
        assert night(here, "01-12") == []
