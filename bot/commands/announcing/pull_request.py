"""Tells the pull request itself: the one comment, the note that a verdict has changed, the check run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from bot.commands.announcing.news import News, Told, attempted
from bot.community.channels import PULL_REQUEST, Kind
from bot.community.noise import Situation, allowance
from bot.ports import Forge
from bot.publish import messages
from bot.publish.delivery import Known
from bot.publish.messages import TrackingComment
from bot.publish.telling import Teller
from bot.publish.tracking import Learned, Tracking, read
from bot.render import check_run, comment
from bot.report.subject import State

NEW = Learned()


def tell_in_comment(
    news: News,
    forge: Forge,
    teller: Teller,
    learned: Learned = NEW,
    known: str = "",
    meant: Callable[[Tracking], Iterable[str]] = lambda _: (),
) -> tuple[Told, Tracking]:
    """The one comment (`known`: its id), remembering what was `learned`, and which messages are `meant` to be
    written; and what it remembers."""
    quietly = news.pull_request.draft
    body = partial(comment.comment, news.report, news.occasion())
    said = TrackingComment(
        news.report, news.pull_request, news.version, body, quietly, news.report.says_something, meant
    )
    key = messages.comment_key(news.pull_request)
    place = partial(forge.comments, news.pull_request.number)
    told, done = attempted(PULL_REQUEST, teller, place, key, said.composer(learned), Known(known))
    tracking = read(done.content) if done is not None else Tracking().now(news.report.outcome)
    return told, tracking


def tell_besides(news: News, forge: Forge, teller: Teller, tracking: Tracking, at: Situation) -> Iterator[Told]:
    """The check run, and a word where the verdict has changed."""
    yield from _check(news, forge, teller)
    if allowance(Kind.GITHUB, at).flips:
        yield from _flip(news, forge, teller, tracking)


def meant_besides(news: News, tracking: Tracking, at: Situation) -> Iterator[str]:
    """The key of the word on a verdict, where this round may write it for the first time."""
    if tracking.before is not None and allowance(Kind.GITHUB, at).flips and news.pull_request.state is State.OPEN:
        yield messages.message_key(PULL_REQUEST, news.pull_request, f"verdict-{tracking.flips}")


def _flip(news: News, forge: Forge, teller: Teller, tracking: Tracking) -> Iterator[Told]:
    """A short new comment when the verdict has changed: nobody is told of edits."""
    pull_request, before = news.pull_request, tracking.before
    key = messages.message_key(PULL_REQUEST, pull_request, f"verdict-{tracking.flips}")
    if before is None or key in tracking.ids or pull_request.state is not State.OPEN:
        return
    body = comment.flip(before, news.report, news.occasion())
    place = partial(forge.comments, pull_request.number)
    yield attempted(PULL_REQUEST, teller, place, key, messages.text(key, news.version, body))[0]


def _check(news: News, forge: Forge, teller: Teller) -> Iterator[Told]:
    """The check run of the commit."""
    if news.pull_request.state is not State.OPEN:
        return
    key = messages.check_key(news.pull_request)
    content = check_run.check_run(news.report, news.occasion(), advisory=news.advisory, doubt=news.doubt)
    place = partial(forge.checks, news.pull_request.head_sha, news.check_name)
    yield attempted(PULL_REQUEST, teller, place, key, messages.check(key, news.version, content))[0]
