"""Messages posted, changed, deleted and linked to."""

from __future__ import annotations

from bot.sandbox.exchange import Json
from bot.sandbox.slack import blocks
from bot.sandbox.slack.answers import Call, Handler, failure
from bot.sandbox.slack.forms import message as form
from bot.sandbox.slack.state import Channel, Message

MOST_TEXT = 40_000
MOST_UPDATED_TEXT = 4_000


def post(call: Call) -> dict[str, Json]:
    """A new message, or a reply where `thread_ts` is given. A thread whose first message is not there is not
    refused: the reply then hangs in the air and no history shows it."""
    channel = call.joined()
    if channel.archived:
        raise failure("is_archived")
    if channel.restricted:
        raise failure("restricted_action")
    if call.given.get("metadata") is not None:
        blocks.check_metadata(call.given["metadata"])
    given = _blocks(call)
    if not call.text("text") and not given:
        raise failure("no_text")
    made = Message(
        call.workspace.stamp(call.now), call.app.user_id, call.text("text")[:MOST_TEXT], call.now, call.app.bot_id
    )
    made.app_id, made.blocks, made.metadata = call.app.app_id, given, call.given.get("metadata")
    made.parent = _thread(channel, call.text("thread_ts"))
    made.broadcast = call.flag("reply_broadcast") and bool(made.parent)
    channel.messages[made.ts] = made
    shown = form(call.workspace, channel, made, metadata=made.metadata is not None)
    return {"channel": channel.id, "ts": made.ts, "message": shown}


def update(call: Call) -> dict[str, Json]:
    """A message with other content. Blocks and metadata that are not given stay as they are."""
    channel = call.channel()
    if channel.archived:
        raise failure("is_archived")
    message = call.message(channel)
    if message.bot_id != call.app.bot_id:
        raise failure("cant_update_message")
    minutes = call.workspace.settings.edit_window_minutes
    if minutes is not None and call.now - message.created_at > minutes * 60:
        raise failure("edit_window_closed")
    if len(call.text("text")) > MOST_UPDATED_TEXT:
        raise failure("msg_too_long")
    if call.given.get("metadata"):
        blocks.check_metadata(call.given["metadata"])
    given = _blocks(call)
    if not call.text("text") and not given:
        raise failure("no_text")
    message.text = call.text("text")
    message.blocks = message.blocks if given is None else given
    if "metadata" in call.given:
        message.metadata = call.given["metadata"] or None
    message.edited = f"{int(call.now)}.000000"
    shown = form(call.workspace, channel, message, metadata=message.metadata is not None)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(call: Call) -> dict[str, Json]:
    """A message taken away; where replies hang on it, an empty place stays."""
    channel = call.channel()
    message = call.message(channel)
    if message.bot_id != call.app.bot_id:
        raise failure("cant_delete_message")
    remove(channel, message.ts)
    return {"channel": channel.id, "ts": message.ts}


def permalink(call: Call) -> dict[str, Json]:
    """The address of a message for people."""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    address = f"{call.workspace.address}archives/{channel.id}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.parent}&cid={channel.id}" if message.parent else ""
    return {"channel": channel.id, "permalink": address + thread}


def remove(channel: Channel, ts: str) -> None:
    """Take a message away, or leave an empty place where replies hang on it."""
    if any(each.parent == ts for each in channel.messages.values()):
        channel.messages[ts].gone = True
    else:
        del channel.messages[ts]


def _thread(channel: Channel, ts: str) -> str:
    """The first message of the thread: replies to a reply belong to its thread."""
    parent = channel.messages.get(ts)
    return parent.parent or ts if parent else ts


def _blocks(call: Call) -> list[Json] | None:
    given = call.given.get("blocks")
    if given is None or given == "":
        return None
    blocks.check(given)
    checked: list[Json] = given
    return checked


ROUTES: dict[str, tuple[Handler, tuple[str, ...]]] = {
    "chat.postMessage": (post, ("chat:write",)),
    "chat.update": (update, ("chat:write",)),
    "chat.delete": (delete, ("chat:write",)),
    "chat.getPermalink": (permalink, ()),
}
