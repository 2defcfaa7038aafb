"""Tells forums: one line in the rolling post of a thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from bot.commands.announcing.news import GONE, HELD, News, Told, attempted
from bot.community import channels
from bot.ports import Forum
from bot.publish import messages
from bot.publish.delivery import Action, Known
from bot.publish.destinations import Destination
from bot.publish.places import Gone
from bot.publish.rolling import Line, rolling
from bot.publish.telling import Teller
from bot.publish.tracking import Tracking
from bot.render import forum
from bot.report.subject import State

YOUNG = 86_400
"""Seconds for which a post is young."""


def tell_forum(
    news: News, service: Forum, teller: Teller, tracking: Tracking, destination: Destination, *, anew: bool
) -> Iterator[Told]:
    """See to the line of the pull request. `anew`: read the topic even where it is known which post is ours."""
    channel, pull_request, thread = destination.channel.id, news.pull_request, destination.channel.place
    if not isinstance(thread, channels.Forum):
        return
    key = messages.rolling_key(destination.channel.address, pull_request)
    text = forum.line(news.report, news.occasion(destination))
    line = Line(pull_request.number, text, pull_request.state is not State.OPEN, news.version.seq)
    # Another pull request may have begun the post at the same time, unseen: for a day the whole topic is read.
    young = news.version.seq // 1000 - tracking.meant.get(key, 0) < YOUNG
    place = partial(service.posts, thread.topic, {} if anew or young else tracking.ids)
    waits = key in tracking.held
    compose = rolling(key, line, forum.rolling, only_update=not destination.allowance.create, waits=waits)
    known = Known(tracking.ids.get(key, ""), key in tracking.missed, tracking.over.get(key, ""))
    told = attempted(channel, teller, place, key, compose, known)[0]
    if told.action == GONE and destination.allowance.create and not known.id:
        yield replace(told, action="", error=_nowhere(thread))
    elif waits and told.action == Action.SKIP.value and not told.id:
        yield replace(told, action=HELD)
    else:
        yield told


def _nowhere(thread: channels.Forum) -> Gone:
    """Where no post was ever known in the topic, nobody took it away: it is the settings that are wrong."""
    message = f"the forum shows the bot no topic {thread.topic}"
    return Gone(message, "Check the topic's number in bot.yml, and that the bot's user may see its category.")
