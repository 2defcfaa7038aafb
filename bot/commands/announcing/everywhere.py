"""Tells everybody about a report, each exactly once: the pull request first, then forums and chats side by side.

A place that fails does not keep the others from being told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from bot.commands.announcing.chat import meant_for_chat, tell_chat
from bot.commands.announcing.doubts import Doubts
from bot.commands.announcing.forum import tell_forum
from bot.commands.announcing.news import GONE, Announcement, Channels, News, Told
from bot.commands.announcing.pull_request import meant_besides, tell_besides, tell_in_comment
from bot.commands.announcing.suggestions import Margin
from bot.community.channels import PULL_REQUEST, Kind
from bot.community.noise import Situation
from bot.publish.delivery import Action, Superseded
from bot.publish.destinations import Destination, destinations, situation
from bot.publish.messages import rolling_key
from bot.publish.places import Held
from bot.publish.telling import Planning, Teller
from bot.publish.tracking import Learned, Tracking

Job = Callable[[], Iterator[Told]]


def announce(news: News, channels: Channels, teller: Teller, only: frozenset[str] = frozenset()) -> Announcement:
    """Tell everybody, or only some channels by id; what goes wrong at a place is said of that place."""
    announcement = Announcement()
    _Round(news, channels, teller, only, announcement.told).run()
    announcement.superseded = any(each.superseded for each in announcement.told)
    announcement.told[:] = [each for each in announcement.told if not each.superseded]
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
            else tell_in_comment(self.news, self.channels.forge, Planning(self.teller.clock))
        )
        self.told.extend([first] if here else [])
        if first.superseded:
            return
        at = self._situation(tracking)
        jobs = [partial(self._besides, margin, tracking, at)] if here else []
        chosen = self._chosen(at)
        self._do(chain(jobs, self._elsewhere(tracking, chosen, anew=self.news.anew)))
        if here and first.id:
            led = replace(self.news, suggested=margin.links)
            learned = replace(_learned(self.told), notes=margin.notes)
            if margin.links != suggested or tracking.learning(learned) != tracking:
                self._remember(first, tracking, chosen, led, learned)

    def _besides(self, margin: Margin, tracking: Tracking, at: Situation) -> Iterator[Told]:
        yield from tell_besides(self.news, self.channels.forge, self.teller, tracking, at)
        yield from margin.tell(tracking.notes)

    def _situation(self, tracking: Tracking) -> Situation:
        return situation(self.news.report, self.news.pull_request, tracking.flips, quiet=self.news.quiet)

    def _chosen(self, at: Situation) -> list[Destination]:
        found = destinations(self.news.report, self.news.channels, at)
        return [each for each in found if not self.only or each.channel.id in self.only]

    def _meant(self, tracking: Tracking) -> Iterator[str]:
        """The messages that may be written next: so that a history that hides what was does not mislead a later
        run, nor a list that lags one at the same time."""
        at = self._situation(tracking)
        yield from meant_besides(self.news, tracking, at)
        for each in self._chosen(at):
            if each.channel.kind is Kind.SLACK and self.channels.chat is not None:
                yield from meant_for_chat(self.news, tracking, each)
            if each.channel.kind is Kind.DISCOURSE and self.channels.forum is not None and each.allowance.create:
                yield rolling_key(each.channel.address, self.news.pull_request)

    def _remember(
        self, first: Told, tracking: Tracking, chosen: list[Destination], news: News, learned: Learned
    ) -> None:
        """Keep in the comment what was learned of messages elsewhere, or write `news` that it did not lead to yet.
        What another run may have written too is looked at once more, and one of them goes."""
        if any(each.superseded for each in self.told):  # what the comment says is not written over by what is old
            self._settle(Doubts(self.news.version.seq, first, None, tracking))
            return
        second, kept = tell_in_comment(news, self.channels.forge, self.teller, learned, first.id, self._meant)
        # To people it is one message: what became of it is what was done first, unless that was nothing.
        self.told[0] = second if first.action == Action.SKIP.value or second.error or second.superseded else first
        moved = self._settle(Doubts(self.news.version.seq, first, second, kept))
        # What hangs on a message that went is told beside the one that stayed.
        channels = {each.channel for each in moved}
        kept = kept.knowing({each.key: each.id for each in moved})
        self._do(self._elsewhere(kept, [each for each in chosen if each.channel.id in channels], anew=True))

    def _settle(self, doubts: Doubts) -> list[Told]:
        """Look once more at what is in doubt; the messages that stand where others of ours went."""
        doubted = [each for each in self.told if doubts.on(each)]
        settled = [each.again(each.id) for each in doubted if each.again is not None]
        changed = [after for before, after in zip(doubted, settled, strict=True) if after != before]
        self.told.extend(each for each in changed if each.superseded or each.error or each.action == GONE)
        ours = {each.id for each in doubted}
        return [each for each in changed if each.id and not each.superseded and each.id not in ours]

    def _do(self, jobs: Iterable[Job]) -> None:
        with ThreadPoolExecutor(max_workers=3) as pool:
            for outcome in pool.map(_until_superseded, jobs):
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


def _learned(told: Sequence[Told]) -> Learned:
    """What became of messages elsewhere, for the next run."""
    elsewhere = [each for each in told if each.is_elsewhere]
    return Learned(
        {each.key: each.id for each in elsewhere if each.id and each.action != GONE},
        frozenset(each.key for each in elsewhere if each.id and each.action == GONE),
        frozenset(each.key for each in elsewhere if isinstance(each.error, Held)),
        {each.key: each.over for each in elsewhere if each.over},
        {each.key: each.lost for each in elsewhere if each.lost},
    )


def _until_superseded(job: Job) -> list[Told]:
    done: list[Told] = []
    try:
        for told in job():
            done.append(told)
            if told.superseded:
                break
    except Superseded:
        done.append(Told(PULL_REQUEST, "", superseded=True))
    return done
