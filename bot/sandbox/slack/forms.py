"""How Slack shows messages and channels as JSON."""

from __future__ import annotations

from bot.sandbox.exchange import Json
from bot.sandbox.slack.state import Channel, Message, Workspace


def message(workspace: Workspace, channel: Channel, which: Message, *, metadata: bool) -> dict[str, Json]:
    """A message; `metadata`: with what programs put into it."""
    replies = [each for each in channel.messages.values() if each.parent == which.ts and not each.gone]
    thread = _thread(which, replies)
    if which.gone:
        words = {"type": "message", "subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT"}
        return {**words, "hidden": True, "ts": which.ts, **thread}
    author = {"bot_id": which.bot_id, "app_id": which.app_id, "team": workspace.team} if which.bot_id else {}
    return {
        "type": "message",
        "user": which.user,
        "ts": which.ts,
        "text": which.text,
        **author,
        **({"blocks": which.blocks} if which.blocks else {}),
        **({"edited": {"user": which.user, "ts": which.edited}} if which.edited else {}),
        **({"metadata": which.metadata} if metadata and which.metadata else {}),
        **({"subtype": "thread_broadcast"} if which.broadcast else {}),
        **thread,
    }


def _thread(which: Message, replies: list[Message]) -> dict[str, Json]:
    if which.parent:
        return {"thread_ts": which.parent, "parent_user_id": which.user}
    if not replies:
        return {}
    users = list(dict.fromkeys(each.user for each in replies))
    counted = {"reply_count": len(replies), "reply_users_count": len(users), "latest_reply": replies[-1].ts}
    return {"thread_ts": which.ts, **counted, "reply_users": users, "is_locked": False, "subscribed": False}


def channel(which: Channel, user: str) -> dict[str, Json]:
    """A channel as this user sees it."""
    kinds = {"is_channel": not which.private, "is_group": which.private, "is_im": False, "is_mpim": False}
    return {
        "id": which.id,
        "name": which.name,
        "name_normalized": which.name,
        **kinds,
        "is_private": which.private,
        "is_archived": which.archived,
        "is_member": user in which.members,
        "is_general": False,
        "num_members": len(which.members),
    }
