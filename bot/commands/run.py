"""`run` and `reconcile`: work out what is due, whatever woke the bot, and do it.

What shall stand is worked out anew from the pull requests themselves, so that whatever an earlier run left
undone is done, and a run that finds everything done writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.commands.announcing.containing import contained
from bot.commands.announcing.news import Announcement, Channels
from bot.commands.judge import Judge
from bot.commands.publish import Links, news_of, present, tell
from bot.community.configuration import Configuration
from bot.community.quiet import days_back
from bot.ports import Clock
from bot.publish.patience import Patience
from bot.publish.places import DeliveryError, Gone
from bot.report.model import Report
from bot.report.subject import PullRequest

MOST_ROUNDS = 3
"""How often a pull request that moves on while it is told of is judged again."""
OVERDUE = 3 * 24 * 3600.0
"""Seconds after which a clock that strikes once a day sleeps: schedules may be late, or left out, under load."""
DAY = 24 * 3600.0
LOOK_BACK = 7
"""Days, those that are quiet not counted, for which a merged or closed pull request is looked at again: should its last
run have died, or its end have come in a quiet time, when nobody is told."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of one pull request. `report` is None where it could not even be read; `is_gone`: nor need it be,
    since it is not there any more."""

    number: int
    report: Report | None
    announcement: Announcement
    error: DeliveryError | None = None
    title: str = ""
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """What handling pull requests takes. `today`: `MM-DD`. `anew`: see News."""

    configuration: Configuration
    channels: Channels
    judge: Judge
    clock: Clock
    links: Links
    today: str
    anew: bool = False

    def handle(self, numbers: Iterable[int]) -> Iterator[Handled]:
        """Judge and tell of each; one that fails does not keep the others from being handled."""
        for number in numbers:
            try:
                yield self._handle(number)
            except Gone as problem:
                yield self._gone(number, problem)
            except Exception as problem:  # noqa: BLE001 - what nobody foresaw of one is not to end the run for all
                yield Handled(number, None, Announcement(), contained(f"#{number}", problem))

    def overdue(self) -> bool:
        """Whether the clock, which looks after all of them each night, sleeps: whatever else wakes the bot does so
        in its place."""
        last = self.channels.forge.last_clock()
        return last is not None and self.clock.now() - last > OVERDUE

    def everything(self) -> list[int]:
        """The numbers of all pull requests that may need a word: open, or over not long ago."""
        forge = self.channels.forge
        since = self.clock.now() - DAY * days_back(self.configuration.quiet, self.today, LOOK_BACK)
        found = Patience(self.clock).ask(lambda: [*forge.open_pull_requests(), *forge.closed_pull_requests(since)])
        return sorted({each.number for each in found})

    def _handle(self, number: int) -> Handled:
        pull_request = present(self.channels.forge, number, self.clock)
        for again in range(MOST_ROUNDS):
            handled = self._told(pull_request, anew=self.anew or again > 0)
            if not handled.announcement.superseded:
                break
            pull_request = present(self.channels.forge, number, self.clock)
        return handled

    def _gone(self, number: int, problem: Gone) -> Handled:
        """A pull request that was deleted is nobody's trouble. But to a token that may see nothing of the repository
        all look so."""
        forge = self.channels.forge
        try:
            Patience(self.clock).ask(lambda: next(iter(forge.open_pull_requests()), None))
        except DeliveryError:
            return Handled(number, None, Announcement(), problem)
        return Handled(number, None, Announcement(), is_gone=True)

    def _told(self, pull_request: PullRequest, *, anew: bool) -> Handled:
        report = self.judge.report(pull_request, self.configuration)
        now = self.channels.forge.now()
        news = news_of(report, pull_request, self.configuration, self.links, now, self.today)
        told = tell(replace(news, anew=anew), self.channels, self.clock)
        return Handled(pull_request.number, report, told, title=pull_request.title)
