"""What a change does to the feeds that a project watches: numbers for the comment, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.commands.impact import ImpactRequest, run
from bot.community.canaries import Canary
from bot.conformance.impact import FeedImpact, ProfileImpact
from bot.errors import BotError
from bot.ports import Feed, Progress, Sources
from bot.report.watched import Watched

MOST_RECORDS = 20_000
"""Records of one feed that a pull request is tried on."""


@dataclass(frozen=True, slots=True)
class Watch:
    """The feeds, as they were fetched last."""

    canaries: tuple[Canary, ...] = ()
    feeds: tuple[Feed, ...] = field(default=())

    def numbers(self, request: ImpactRequest, sources: Sources, progress: Progress) -> tuple[Watched, ...]:
        """What the change does to each; nothing where the change cannot be judged, which is said elsewhere."""
        if not self.canaries:
            return ()
        try:
            found = run(request, sources, self.feeds, progress)
        except BotError:
            return ()
        return tuple(_numbers(canary, at, found.profiles) for at, canary in enumerate(self.canaries))


def _numbers(canary: Canary, at: int, profiles: Iterable[ProfileImpact]) -> Watched:
    """A feed under its own profile, else under the one that most of it is valid under before the change."""
    found = {profile.id: profile.feeds[at] for profile in profiles}
    best = canary.profile if canary.profile in found else max(found, key=lambda each: _valid(found[each]))
    feed = found[best]
    return Watched(canary.name, best, feed.recognised, feed.broken, feed.invalid)


def _valid(feed: FeedImpact) -> int:
    return feed.kept + feed.broken
