"""What a change does to the feeds that a project watches: numbers for the comment, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.commands.announcing.containing import contained
from bot.commands.impact import ImpactRequest, Judgement, prepared
from bot.community.canaries import Canary
from bot.conformance.impact import FeedImpact
from bot.errors import BotError
from bot.ports import Feed, Progress, Sources
from bot.render.safety import one_line
from bot.report.watched import FAULT, PROFILE, Watched

MOST_RECORDS = 20_000
"""Records of one feed that a pull request is tried on."""
MOST_SECONDS = 180.0
"""For all feeds of a pull request together."""


def _no_clock() -> float:
    return 0.0


@dataclass(frozen=True, slots=True)
class Watch:
    """The feeds, as they were fetched last. `clock`: seconds, by which the time for them is measured."""

    canaries: tuple[Canary, ...] = ()
    feeds: tuple[Feed, ...] = field(default=())
    clock: Callable[[], float] = _no_clock

    def numbers(self, request: ImpactRequest, sources: Sources, progress: Progress) -> tuple[Watched, ...]:
        """What the change does to each; nothing where the change cannot be judged, which is said elsewhere."""
        if not self.canaries:
            return ()
        try:
            judgement = prepared(request, sources)
        except BotError:
            return ()
        end = self.clock() + MOST_SECONDS
        return tuple(
            self._tried(canary, feed, judgement, progress, share)
            for share, canary, feed in zip(self._shares(end), self.canaries, self.feeds, strict=True)
        )

    def _shares(self, end: float) -> Iterator[float]:
        """When the time of each feed is up: each has its part of what those before it left."""
        for left in range(len(self.canaries), 0, -1):
            now = self.clock()
            yield now + max(end - now, 0) / left

    def _tried(self, canary: Canary, feed: Feed, judgement: Judgement, progress: Progress, end: float) -> Watched:
        try:
            read, impacts = judgement.of(feed, progress, lambda: self.clock() > end)
        except Exception as problem:  # noqa: BLE001 - strangers write feeds: whatever one sets off, the change is judged
            contained(f"the feed {one_line(canary.name)}", problem)
            return Watched(canary.name, canary.profile, 0, 0, 0, missing=FAULT)
        return _numbers(canary, dict(zip(judgement.profiles, impacts, strict=True)), read.truncated)


def _numbers(canary: Canary, found: Mapping[str, FeedImpact], truncated: str) -> Watched:
    """A feed under its own profile; where it names none, under the one that most of it is valid under."""
    best = canary.profile or max(found, key=lambda each: found[each].valid)
    if best not in found:
        return Watched(canary.name, best, 0, 0, 0, missing=PROFILE)
    feed = found[best]
    return Watched(
        canary.name,
        best,
        feed.recognised,
        feed.broken,
        feed.invalid,
        feed.undecided,
        feed.unrecognised,
        truncated,
    )
