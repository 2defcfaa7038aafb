"""Tells every place about a report, each exactly once: the pull request first, then forums and chats side by side.

A place that fails does not keep the others from being told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from bot.community.channels import PULL_REQUEST, Channel, Forum, Kind, Slack
from bot.community.noise import Situation, allowance
from bot.ports import Chat, Forge
from bot.ports import Forum as ForumService
from bot.publish import messages
from bot.publish.delivery import Action, Delivered, Superseded
from bot.publish.destinations import Destination, destinations, situation
from bot.publish.messages import TrackingComment, Version
from bot.publish.places import C, Composer, DeliveryError, Place
from bot.publish.rolling import Line, rolling
from bot.publish.telling import Planning, Teller
from bot.publish.tracking import Tracking, read
from bot.render import check_run, comment, forum, slack
from bot.render.contents import Blocks
from bot.render.occasion import Occasion
from bot.report.model import Report
from bot.report.subject import PullRequest, State

Job = Callable[[], Iterator["Told"]]


@dataclass(frozen=True, slots=True)
class Channels:
    """The services that can be told. One that is not set up is None."""

    forge: Forge
    forum: ForumService | None = None
    chat: Chat | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What is to be told: the report, about which pull request, which version of the news it is, to whom, on a
    quiet day or not, and where the whole report and the discussion are. `advisory`: the check stops nobody."""

    report: Report
    pull_request: PullRequest
    version: Version
    channels: tuple[Channel, ...] = ()
    quiet: bool = False
    report_url: str = ""
    discuss_url: str = ""
    check_name: str = "standards-bot"
    advisory: bool = True

    def occasion(self, destination: Destination | None = None) -> Occasion:
        """For the readers of a place; none for those of the pull request."""
        if destination is None:
            return Occasion(self.pull_request, self.report_url, self.discuss_url)
        focus = destination.focus
        return Occasion(self.pull_request, self.report_url, self.discuss_url, focus.profiles, focus.place)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one message: what was done, or why nothing could be."""

    channel: str
    key: str
    action: str = ""
    id: str = ""
    error: DeliveryError | None = None


@dataclass(slots=True)
class Announcement:
    """What became of all of them. `superseded`: the pull request has moved on, and another run tells of it."""

    told: list[Told] = field(default_factory=list)
    superseded: bool = False

    @property
    def failed(self) -> bool:
        """Whether a message could not be delivered."""
        return any(each.error is not None for each in self.told)

    @property
    def wrote(self) -> bool:
        """Whether anything was written."""
        return any(each.action not in ("", Action.SKIP.value) for each in self.told)


def announce(news: News, channels: Channels, teller: Teller, only: frozenset[str] = frozenset()) -> Announcement:
    """Tell everybody, or only some channels by id; what goes wrong at a place is said of that place."""
    announcement = Announcement()
    try:
        _announce(news, channels, teller, only, announcement.told)
    except Superseded:
        announcement.superseded = True
    return announcement


def _announce(news: News, channels: Channels, teller: Teller, only: frozenset[str], told: list[Told]) -> None:
    # What the comment remembers is needed even where only others are told.
    writes = not only or PULL_REQUEST in only
    first, tracking = _comment(news, channels.forge, teller if writes else Planning(), {})
    told += [first] if writes else []
    at = situation(news.report, news.pull_request, tracking.flips, quiet=news.quiet)
    jobs: list[Job] = [partial(_rest, news, channels.forge, teller, tracking, at)] if writes else []
    jobs += _elsewhere(news, channels, teller, tracking, _chosen(destinations(news.report, news.channels, at), only))
    with ThreadPoolExecutor(max_workers=3) as pool:
        for outcome in pool.map(lambda job: list(job()), jobs):
            told += outcome
    ids = {each.key: each.id for each in told if each.id and each.channel != PULL_REQUEST}
    ids |= {each.key: each.id for each in told if each.id and "/verdict-" in each.key}
    if writes and first.id and any(tracking.ids.get(key) != id_ for key, id_ in ids.items()):
        told[0] = _comment(news, channels.forge, teller, ids)[0]


def _chosen(found: Iterable[Destination], only: frozenset[str]) -> list[Destination]:
    return [each for each in found if not only or each.channel.id in only]


def _elsewhere(
    news: News, channels: Channels, teller: Teller, tracking: Tracking, found: list[Destination]
) -> Iterator[Job]:
    """A job a service: services side by side, the places of each in their order."""
    if channels.forum is not None:
        threads = [(each, each.channel.place) for each in found if isinstance(each.channel.place, Forum)]
        forum_ = partial(_forum, news, channels.forum, teller, tracking)
        yield lambda: (told for each, thread in threads for told in forum_(each, thread))
    if channels.chat is not None:
        rooms = [(each, each.channel.place) for each in found if isinstance(each.channel.place, Slack)]
        chat = partial(_chat, news, channels.chat, teller, tracking)
        yield lambda: (told for each, room in rooms for told in chat(each, room))


def _tell(
    channel: str, teller: Teller, place: Callable[[], Place[C]], key: str, compose: Composer[C]
) -> tuple[Told, Delivered[C] | None]:
    try:
        done = teller.tell(place(), key, compose)
    except DeliveryError as problem:
        return Told(channel, key, error=problem), None
    return Told(channel, key, done.action.value, done.id), done


# The pull request itself.


def _comment(news: News, forge: Forge, teller: Teller, ids: dict[str, str]) -> tuple[Told, Tracking]:
    """The one comment, remembering these ids besides; and what it remembers."""
    quietly = news.pull_request.draft
    body = comment.comment(news.report, news.occasion())
    said = TrackingComment(
        news.report, news.pull_request, news.version, body, quietly, worth_it=news.report.says_something
    )
    key = messages.comment_key(news.pull_request)
    told, done = _tell(PULL_REQUEST, teller, partial(forge.comments, news.pull_request.number), key, said.composer(ids))
    tracking = read(done.content) if done is not None else Tracking().now(news.report.outcome)
    return told, tracking


def _rest(news: News, forge: Forge, teller: Teller, tracking: Tracking, at: Situation) -> Iterator[Told]:
    yield from _check(news, forge, teller)
    if allowance(Kind.GITHUB, at).flips:
        yield from _flip(news, forge, teller, tracking)


def _flip(news: News, forge: Forge, teller: Teller, tracking: Tracking) -> Iterator[Told]:
    """A short new comment when the verdict has changed: nobody is told of edits."""
    pull_request, before = news.pull_request, tracking.before
    key = messages.message_key(PULL_REQUEST, pull_request, f"verdict-{tracking.flips}")
    if before is None or key in tracking.ids or pull_request.state is not State.OPEN:
        return
    body = comment.flip(before, news.report, news.occasion())
    place = partial(forge.comments, pull_request.number)
    yield _tell(PULL_REQUEST, teller, place, key, messages.text(key, news.version, body))[0]


def _check(news: News, forge: Forge, teller: Teller) -> Iterator[Told]:
    """The check run of the commit."""
    if news.pull_request.state is not State.OPEN:
        return
    key = messages.check_key(news.pull_request)
    content = check_run.check_run(news.report, news.occasion(), advisory=news.advisory)
    place = partial(forge.checks, news.pull_request.head_sha, news.check_name)
    yield _tell(PULL_REQUEST, teller, place, key, messages.check(key, news.version, content))[0]


# Elsewhere.


def _forum(
    news: News, service: ForumService, teller: Teller, tracking: Tracking, destination: Destination, thread: Forum
) -> Iterator[Told]:
    """The line in the rolling post of a thread."""
    pull_request, channel = news.pull_request, destination.channel.id
    key = messages.rolling_key(channel, pull_request)
    text = forum.line(news.report, news.occasion(destination))
    line = Line(pull_request.number, text, pull_request.state is not State.OPEN, news.version.seq)
    place = partial(service.posts, thread.topic, tracking.ids)
    compose = rolling(key, line, forum.rolling, only_update=not destination.allowance.create)
    yield _tell(channel, teller, place, key, compose)[0]


def _chat(
    news: News, service: Chat, teller: Teller, tracking: Tracking, destination: Destination, channel: Slack
) -> Iterator[Told]:
    """The message in a channel, and in its thread what people wait for."""
    pull_request, name = news.pull_request, destination.channel.id
    occasion = news.occasion(destination)
    key = messages.message_key(name, pull_request, "report")
    place = partial(service.messages, channel.channel, pull_request.opened_at, tracking.ids.get(key, ""))
    parent = slack.parent(news.report, occasion)
    compose = messages.blocks(key, news.version, parent, only_update=not destination.allowance.create)
    told, done = _tell(name, teller, place, key, compose)
    yield told
    if done is None or not done.id:
        return
    for kind, content in _follow_ups(news, destination, occasion, tracking):
        reply = messages.message_key(name, pull_request, kind)
        if reply not in tracking.ids:
            thread = partial(service.messages, channel.channel, pull_request.opened_at, "", done.id)
            yield _tell(name, teller, thread, reply, messages.blocks(reply, news.version, content))[0]


def _follow_ups(
    news: News, destination: Destination, occasion: Occasion, tracking: Tracking
) -> Iterator[tuple[str, Blocks]]:
    allowed, before = destination.allowance, tracking.before
    if allowed.decision:
        yield "decided", slack.decided(news.report, occasion)
    elif before is not None and tracking.flips <= allowed.flips and news.pull_request.state is State.OPEN:
        yield f"verdict-{tracking.flips}", slack.flip(before, news.report, occasion)
