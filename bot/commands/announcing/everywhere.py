"""Tells everybody about a report, each exactly once: the pull request first, then forums and chats side by side.

A place that fails does not keep the others from being told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from bot.commands.announcing.chat import meant_for_chat, tell_chat
from bot.commands.announcing.forum import tell_forum
from bot.commands.announcing.news import Announcement, Channels, News, Told
from bot.commands.announcing.pull_request import tell_besides, tell_in_comment
from bot.commands.announcing.suggestions import Margin
from bot.community.channels import PULL_REQUEST, Kind
from bot.community.noise import Situation
from bot.publish.delivery import Action, Superseded
from bot.publish.destinations import Destination, destinations, situation
from bot.publish.telling import Planning, Teller
from bot.publish.tracking import Tracking

Job = Callable[[], Iterator[Told]]


def announce(news: News, channels: Channels, teller: Teller, only: frozenset[str] = frozenset()) -> Announcement:
    """Tell everybody, or only some channels by id; what goes wrong at a place is said of that place."""
    announcement = Announcement()
    try:
        _Round(news, channels, teller, only, announcement.told).run()
    except Superseded:
        announcement.superseded = True
    return announcement


@dataclass(frozen=True, slots=True)
class _Round:
    news: News
    channels: Channels
    teller: Teller
    only: frozenset[str]
    told: list[Told]

    def run(self) -> None:
        here = not self.only or PULL_REQUEST in self.only
        margin = Margin(self.news, self.channels.forge, self.teller)
        suggested = margin.begin() if here else ()
        # What the comment remembers is needed even where only others are told.
        first, tracking = (
            tell_in_comment(
                replace(self.news, suggested=suggested), self.channels.forge, self.teller, meant=self._meant
            )
            if here
            else tell_in_comment(self.news, self.channels.forge, Planning())
        )
        self.told.extend([first] if here else [])
        at = self._situation(tracking)
        jobs = [partial(self._besides, margin, tracking, at)] if here else []
        chosen = self._chosen(at)
        self._do(chain(jobs, self._elsewhere(tracking, chosen, anew=self.news.anew)))
        if here and first.id:
            led = replace(self.news, suggested=margin.links)
            self._remember(first, tracking, chosen, led, anyway=margin.links != suggested)

    def _besides(self, margin: Margin, tracking: Tracking, at: Situation) -> Iterator[Told]:
        yield from tell_besides(self.news, self.channels.forge, self.teller, tracking, at)
        yield from margin.tell()

    def _situation(self, tracking: Tracking) -> Situation:
        return situation(self.news.report, self.news.pull_request, tracking.flips, quiet=self.news.quiet)

    def _chosen(self, at: Situation) -> list[Destination]:
        found = destinations(self.news.report, self.news.channels, at)
        return [each for each in found if not self.only or each.channel.id in self.only]

    def _meant(self, tracking: Tracking) -> Iterator[str]:
        """The messages that may be written where a history does not show for ever what was."""
        for each in self._chosen(self._situation(tracking)) if self.channels.chat is not None else ():
            if each.channel.kind is Kind.SLACK:
                yield from meant_for_chat(self.news, tracking, each)

    def _remember(
        self, first: Told, tracking: Tracking, chosen: list[Destination], news: News, *, anyway: bool
    ) -> None:
        """Keep the ids of messages elsewhere in the comment, or write `news` that it did not lead to yet.
        Where it names another id than ours by now, another run has written too, and neither saw the other's: the
        channel is read again, and one of them goes."""
        ids = {each.key: each.id for each in self.told if each.id and each.is_elsewhere}
        if not anyway and all(tracking.ids.get(key) == id_ for key, id_ in ids.items()):
            return
        second, kept = tell_in_comment(news, self.channels.forge, self.teller, ids, first.id, self._meant)
        # To people it is one message: what became of it is what was done first, unless that was nothing.
        self.told[0] = second if first.action == Action.SKIP.value or second.error else first
        disputed = {each.channel for each in self.told if each.key in ids and kept.ids.get(each.key) != each.id}
        self._do(self._elsewhere(kept, [each for each in chosen if each.channel.id in disputed], anew=True))

    def _do(self, jobs: Iterable[Job]) -> None:
        with ThreadPoolExecutor(max_workers=3) as pool:
            for outcome in pool.map(lambda job: list(job()), jobs):
                self.told.extend(outcome)

    def _elsewhere(self, tracking: Tracking, chosen: list[Destination], *, anew: bool = False) -> Iterator[Job]:
        """A job a service: services side by side, the places of each in their order."""
        news, teller = self.news, self.teller
        if self.channels.forum is not None:
            threads = [each for each in chosen if each.channel.kind is Kind.DISCOURSE]
            forum = partial(tell_forum, news, self.channels.forum, teller, tracking, anew=anew)
            yield lambda: chain.from_iterable(map(forum, threads))
        if self.channels.chat is not None:
            rooms = [each for each in chosen if each.channel.kind is Kind.SLACK]
            chat = partial(tell_chat, news, self.channels.chat, teller, tracking, anew=anew)
            yield lambda: chain.from_iterable(map(chat, rooms))
