"""Channels, their histories and their threads."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.exchange import Json
from bot.sandbox.lag import seen
from bot.sandbox.slack import forms
from bot.sandbox.slack.answers import Call, Handler, failure
from bot.sandbox.slack.state import FREE_PLAN_SECONDS, Channel, Message

MOST_OBJECTS = 999
RATIONED_OBJECTS = 15
T = TypeVar("T")


def identity(call: Call) -> dict[str, Json]:
    """Who the app is."""
    app, workspace = call.app, call.workspace
    team = {"url": workspace.address, "team": "Sandbox", "team_id": workspace.team}
    return {**team, "user": app.name, "user_id": app.user_id, "bot_id": app.bot_id, "is_enterprise_install": False}


def history(call: Call) -> dict[str, Json]:
    """The messages of a channel, the newest first; replies in threads are not among them."""
    channel = call.joined()
    shown = [each for each in _visible(call, channel) if not each.parent or each.broadcast]
    return _page(call, channel, list(reversed(seen(_between(call, shown)))))


def replies(call: Call) -> dict[str, Json]:
    """The messages of a thread, the first one and then the oldest first."""
    channel, ts = call.joined(), call.text("ts")
    asked = channel.messages.get(ts)
    first = (asked.parent if asked and asked.parent else "") or ts
    shown = [each for each in _visible(call, channel) if first in (each.ts, each.parent)]
    if not shown:
        raise failure("thread_not_found")
    return _page(call, channel, seen(_between(call, shown)))


def info(call: Call) -> dict[str, Json]:
    """One channel."""
    return {"channel": forms.channel(call.channel(), call.app.user_id)}


def listed(call: Call) -> dict[str, Json]:
    """The channels that the app may see."""
    kinds = (call.text("types") or "public_channel").split(",")
    visible = [
        each
        for each in call.workspace.channels.values()
        if ("private_channel" if each.private else "public_channel") in kinds
        and (not each.private or call.app.user_id in each.members)
        and not (call.flag("exclude_archived") and each.archived)
    ]
    part, cursor = _sliced(call, visible, 100, 1000)
    return {"channels": [forms.channel(each, call.app.user_id) for each in part], **_next(cursor)}


def members(call: Call) -> dict[str, Json]:
    """Who is in a channel."""
    part, cursor = _sliced(call, sorted(call.channel().members), 100, 1000)
    return {"members": list(part), **_next(cursor)}


def _visible(call: Call, channel: Channel) -> list[Message]:
    """What the plan shows: a free one hides what is older than 90 days."""
    since = call.now - FREE_PLAN_SECONDS if call.workspace.settings.free_plan else 0.0
    return [each for each in channel.messages.values() if each.created_at >= since]


def _between(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = _moment(call, "oldest", 0.0), _moment(call, "latest", float("inf"))
    if call.flag("inclusive"):
        return [each for each in messages if oldest <= float(each.ts) <= latest]
    return [each for each in messages if oldest < float(each.ts) < latest]


def _moment(call: Call, name: str, default: float) -> float:
    if not call.text(name):
        return default
    try:
        return float(call.text(name))
    except ValueError:
        raise failure("invalid_arguments") from None


def _page(call: Call, channel: Channel, messages: list[Message]) -> dict[str, Json]:
    most = RATIONED_OBJECTS if call.workspace.settings.distributed else MOST_OBJECTS
    part, cursor = _sliced(call, messages, min(100, most), most)
    metadata = call.flag("include_all_metadata")
    shown = [forms.message(call.workspace, channel, each, metadata=metadata) for each in part]
    return {"messages": shown, "has_more": bool(cursor), "pin_count": 0, **(_next(cursor) if cursor else {})}


def _sliced(call: Call, items: Sequence[T], default: int, most: int) -> tuple[Sequence[T], str]:
    """The part asked for and the cursor of the next one."""
    size, at = call.whole("limit", default, most), 0
    if call.text("cursor"):
        try:
            at = int(b64decode(call.text("cursor"), validate=True).removeprefix(b"at:"))
        except (ValueError, Error):
            raise failure("invalid_cursor") from None
    after = at + size
    return items[at:after], b64encode(b"at:%d" % after).decode() if after < len(items) else ""


def _next(cursor: str) -> dict[str, Json]:
    return {"response_metadata": {"next_cursor": cursor}}


ROUTES: dict[str, tuple[Handler, tuple[str, ...]]] = {
    "auth.test": (identity, ()),
    "conversations.history": (history, ("channels:history", "groups:history")),
    "conversations.replies": (replies, ("channels:history", "groups:history")),
    "conversations.info": (info, ("channels:read", "groups:read")),
    "conversations.list": (listed, ("channels:read", "groups:read")),
    "conversations.members": (members, ("channels:read", "groups:read")),
}
