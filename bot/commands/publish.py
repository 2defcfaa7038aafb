"""`publish`: tells every place about a report that was made before, as long as it speaks of the present."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.commands.announcing.everywhere import announce
from bot.commands.announcing.news import Announcement, Channels, News
from bot.community.channels import PULL_REQUEST, Channel, Forum
from bot.community.configuration import Configuration, Gate
from bot.community.proposed import mends
from bot.errors import UsageError
from bot.ports import Clock, Forge
from bot.publish.lately import Lately
from bot.publish.messages import Version
from bot.publish.patience import Patience
from bot.publish.telling import Planning, Telling
from bot.report.model import Report
from bot.report.subject import PullRequest
from bot.standard.problems import Problem


@dataclass(frozen=True, slots=True)
class Links:
    """Where people find more: the page of the whole report, and the forum's address ("" where there is none)."""

    report: str = ""
    forum: str = ""


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """`only` limits it to channels by id. A dry run looks and writes nothing. `anew`: see News."""

    report: Report
    number: int
    only: frozenset[str] = frozenset()
    dry_run: bool = False
    links: Links = field(default_factory=Links)
    anew: bool = False


def run(
    request: PublishRequest, configuration: Configuration, channels: Channels, clock: Clock, today: str
) -> Announcement:
    """Tell of a report on a pull request; raises DeliveryError where the pull request cannot be read."""
    known = {PULL_REQUEST, *(each.id for each in configuration.channels)}
    if strangers := sorted(request.only - known):
        raise UsageError(f"there is no channel {strangers[0]!r}", f"The channels are: {', '.join(sorted(known))}.")
    pull_request = present(channels.forge, request.number, clock)
    judged = request.report.head.commit
    if judged and judged != pull_request.head_sha:
        return Announcement(superseded=True)
    news = news_of(request.report, pull_request, configuration, request.links, channels.forge.now(), today)
    news = replace(news, anew=request.anew)
    return tell(news, channels, clock, only=request.only, dry_run=request.dry_run)


def news_of(
    report: Report, pull_request: PullRequest, configuration: Configuration, links: Links, now: float, today: str
) -> News:
    """The news of a report as the configuration has it told. `now`: by the forge's clock, which all runs share, in
    seconds since 1970; `today`: `MM-DD`."""
    return News(
        report,
        pull_request,
        # Two runs on one commit are told apart by when they began.
        Version(pull_request.head_sha, int(now * 1000)),
        configuration.channels,
        configuration.is_quiet(today),
        links.report,
        _discussion(links.forum, configuration.channels),
        configuration.check.name,
        configuration.check.gate is Gate.ADVISORY,
        doubt_of(report, configuration),
        suggesting=configuration.suggestions,
    )


def doubt_of(report: Report, configuration: Configuration) -> Problem | None:
    """Why nobody knows whether the check is required. What mends the settings is not kept out by them: it is judged
    as where the check is required."""
    mended = mends([each.problem for each in report.findings])
    return None if mended else configuration.check.doubt


def _discussion(forum: str, channels: tuple[Channel, ...]) -> str:
    """The topic to discuss in: the first that is for everybody, else the first there is."""
    threads = [each for each in channels if isinstance(each.place, Forum)]
    threads.sort(key=lambda each: bool(each.countries or each.profiles))
    for each in threads:
        if isinstance(each.place, Forum) and (forum or each.place.host):
            return f"{forum or f'https://{each.place.host}'}/t/{each.place.topic}"
    return ""


def tell(
    news: News, channels: Channels, clock: Clock, only: frozenset[str] = frozenset(), *, dry_run: bool = False
) -> Announcement:
    """Tell of the news; what was written is held against the present once more at the end."""
    if dry_run:
        return announce(news, channels, Planning(clock), only)
    current = truth(channels.forge, news.pull_request, clock)
    announcement = announce(news, channels, Telling(clock, current, Lately(current, clock)), only)
    if announcement.wrote and not announcement.superseded:
        announcement.superseded = not current()
    return announcement


def present(forge: Forge, number: int, clock: Clock) -> PullRequest:
    """The pull request as it is now; raises DeliveryError where that cannot be had in good time."""
    return Patience(clock).ask(lambda: forge.pull_request(number))


def truth(forge: Forge, pull_request: PullRequest, clock: Clock) -> Callable[[], bool]:
    """Whether the pull request still is what was judged."""

    def current() -> bool:
        now = present(forge, pull_request.number, clock)
        return (now.head_sha, now.state) == (pull_request.head_sha, pull_request.state)

    return current
