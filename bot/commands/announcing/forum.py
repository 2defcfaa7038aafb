"""Tells forums: one line in the rolling post of a thread."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.commands.announcing.news import News, Told, attempted
from bot.community import channels
from bot.ports import Forum
from bot.publish import messages
from bot.publish.destinations import Destination
from bot.publish.rolling import Line, rolling
from bot.publish.telling import Teller
from bot.publish.tracking import Tracking
from bot.render import forum
from bot.report.subject import State


def tell_forum(
    news: News, service: Forum, teller: Teller, tracking: Tracking, destination: Destination, *, anew: bool
) -> Iterator[Told]:
    """See to the line of the pull request. `anew`: read the topic even where it is known which post is ours."""
    channel, pull_request, thread = destination.channel.id, news.pull_request, destination.channel.place
    if not isinstance(thread, channels.Forum):
        return
    key = messages.rolling_key(channel, pull_request)
    text = forum.line(news.report, news.occasion(destination))
    line = Line(pull_request.number, text, pull_request.state is not State.OPEN, news.version.seq)
    place = partial(service.posts, thread.topic, {} if anew else tracking.ids)
    compose = rolling(key, line, forum.rolling, only_update=not destination.allowance.create)
    yield attempted(channel, teller, place, key, compose, tracking.ids.get(key, ""))[0]
