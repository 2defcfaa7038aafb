"""Tells chats: one message in a channel, and in its thread what people wait for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.commands.announcing.news import GONE, News, Told, attempted
from bot.community import channels
from bot.ports import Chat
from bot.publish import messages
from bot.publish.delivery import Known
from bot.publish.destinations import Destination
from bot.publish.places import Reach
from bot.publish.telling import Teller
from bot.publish.tracking import Tracking
from bot.render import slack
from bot.render.contents import Blocks
from bot.render.occasion import Occasion
from bot.report.subject import State

PARENT, DECIDED = "report", "decided"
"""Kinds of messages: the first one, and the reply when all is over."""
CLOCKS = 86_400.0
"""Seconds that clocks may differ by, where nobody tells the time."""


def tell_chat(
    news: News, service: Chat, teller: Teller, tracking: Tracking, destination: Destination, *, anew: bool
) -> Iterator[Told]:
    """See to the message and its follow-ups. `anew`: read the channel even where it is known which message is
    ours."""
    name, pull_request, room = destination.channel.id, news.pull_request, destination.channel.place
    if not isinstance(room, channels.Slack):
        return
    occasion = news.occasion(destination)
    key = messages.message_key(destination.channel.address, pull_request, PARENT)
    known = Known(tracking.ids.get(key, ""), missed=key in tracking.missed)
    place = partial(service.messages, room.channel, _since(news, tracking, key), known.id)
    place = partial(place, meant=tracking.meant.get(key, 0))
    parent = slack.parent(news.report, occasion)
    only_update = not destination.allowance.create
    compose = messages.blocks(key, news.version, parent, only_update=only_update, flips=tracking.flips)
    whole = partial(place, reach=Reach.WHOLE)
    looks = partial(place, reach=Reach.HINT_ALONE) if known.missed else whole if anew else place
    told, done = attempted(name, teller, looks, key, compose, known, whole=whole)
    yield told
    if done is None or not done.id or told.action == GONE:
        return
    for kind, content in _follow_ups(news, destination, occasion, tracking, done.content.flips):
        reply = messages.message_key(destination.channel.address, pull_request, kind)
        if anew or reply not in tracking.ids:
            meant = tracking.meant.get(reply, 0)
            thread = partial(service.messages, room.channel, pull_request.opened_at, "", done.id, meant)
            yield attempted(name, teller, thread, reply, messages.blocks(reply, news.version, content))[0]


def _since(news: News, tracking: Tracking, key: str) -> float:
    """When the message can have been written at the earliest. What the bot set out to write after its memory began
    was not written before that; where the memory began anew, any time since the pull request was opened."""
    meant = tracking.meant.get(key, 0)
    opened = news.pull_request.opened_at
    return max(opened, meant - CLOCKS) if meant > tracking.began else opened


def meant_for_chat(news: News, tracking: Tracking, destination: Destination) -> Iterator[str]:
    """The keys of all messages that this round may write for the first time; some of them it may not."""
    allowed = destination.allowance
    key = partial(messages.message_key, destination.channel.address, news.pull_request)
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
