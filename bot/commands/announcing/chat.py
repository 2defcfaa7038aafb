"""Tells chats: one message in a channel, and in its thread what people wait for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.commands.announcing.news import News, Told, attempted
from bot.community import channels
from bot.ports import Chat
from bot.publish import messages
from bot.publish.destinations import Destination
from bot.publish.telling import Teller
from bot.publish.tracking import Tracking
from bot.render import slack
from bot.render.contents import Blocks
from bot.render.occasion import Occasion
from bot.report.subject import State

PARENT, DECIDED = "report", "decided"
"""Kinds of messages: the first one, and the reply when all is over."""


def tell_chat(
    news: News, service: Chat, teller: Teller, tracking: Tracking, destination: Destination, *, anew: bool
) -> Iterator[Told]:
    """See to the message and its follow-ups. `anew`: read the channel even where it is known which message is
    ours."""
    name, pull_request, room = destination.channel.id, news.pull_request, destination.channel.place
    if not isinstance(room, channels.Slack):
        return
    occasion = news.occasion(destination)
    key = messages.message_key(name, pull_request, PARENT)
    known, meant = tracking.ids.get(key, ""), tracking.meant.get(key, 0)
    place = partial(service.messages, room.channel, pull_request.opened_at, known, meant=meant)
    parent = slack.parent(news.report, occasion)
    only_update = not destination.allowance.create
    compose = messages.blocks(key, news.version, parent, only_update=only_update, flips=tracking.flips)
    whole = partial(place, whole=True)
    told, done = attempted(name, teller, whole if anew else place, key, compose, known, whole=whole)
    yield told
    if done is None or not done.id:
        return
    for kind, content in _follow_ups(news, destination, occasion, tracking, done.content.flips):
        reply = messages.message_key(name, pull_request, kind)
        if anew or reply not in tracking.ids:
            meant = tracking.meant.get(reply, 0)
            thread = partial(service.messages, room.channel, pull_request.opened_at, "", done.id, meant)
            yield attempted(name, teller, thread, reply, messages.blocks(reply, news.version, content))[0]


def meant_for_chat(news: News, tracking: Tracking, destination: Destination) -> Iterator[str]:
    """The keys of all messages that this round may write for the first time; some of them it may not."""
    allowed, key = destination.allowance, partial(messages.message_key, destination.channel.id, news.pull_request)
    if allowed.create:
        yield key(PARENT)
    if allowed.decision:
        yield key(DECIDED)
    elif tracking.before is not None and allowed.flips and news.pull_request.state is State.OPEN:
        yield key(f"verdict-{tracking.flips}")


def _follow_ups(
    news: News, destination: Destination, occasion: Occasion, tracking: Tracking, since: int
) -> Iterator[tuple[str, Blocks]]:
    """What is due in the thread. Changes of the verdict count from when the message was written: `since` so many."""
    allowed, before = destination.allowance, tracking.before
    if allowed.decision:
        yield DECIDED, slack.decided(news.report, occasion)
    elif before is not None and 0 < tracking.flips - since <= allowed.flips and news.pull_request.state is State.OPEN:
        yield f"verdict-{tracking.flips}", slack.flip(before, news.report, occasion)
