"""Slack's way to fail, which is a success with `ok: false`, and what came with a request."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.sandbox.exchange import Json, Refused, Request, json_answer
from bot.sandbox.slack.state import App, Channel, Message, Workspace


@dataclass(frozen=True, slots=True)
class Call:
    """A request with everything that it is about."""

    workspace: Workspace
    app: App
    given: Mapping[str, Json]
    now: float

    def text(self, name: str) -> str:
        """A parameter as text, empty where it is not there."""
        value = self.given.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """Whether a parameter is on."""
        return self.text(name).lower() in ("1", "true")

    def whole(self, name: str, default: int, most: int) -> int:
        """A parameter as a number from 1 to `most`."""
        text = self.text(name)
        return min(most, max(1, int(text))) if text.isascii() and text.isdigit() else default

    def channel(self) -> Channel:
        """The channel asked for, by its id; a private one exists for its members alone."""
        channel = self.workspace.channels.get(self.text("channel"))
        if channel is None or (channel.private and self.app.user_id not in channel.members):
            raise failure("channel_not_found")
        return channel

    def joined(self) -> Channel:
        """The channel asked for, where the app is a member."""
        channel = self.channel()
        if self.app.user_id not in channel.members:
            raise failure("not_in_channel")
        return channel

    def message(self, channel: Channel, name: str = "ts") -> Message:
        """The message asked for; one that was deleted is not there."""
        message = channel.messages.get(self.text(name))
        if message is None or message.gone:
            raise failure("message_not_found")
        return message


Handler = Callable[[Call], dict[str, Json]]


def failure(error: str, messages: list[str] | None = None, **more: Json) -> Refused:
    """An error, with `response_metadata.messages` where it says more."""
    said = {"response_metadata": {"messages": messages}} if messages else {}
    return Refused(json_answer({"ok": False, "error": error, **said, **more}))


def given(request: Request) -> dict[str, Json]:
    """The parameters of a request, which come as query, form or JSON; lists and objects in a form are JSON."""
    found: dict[str, Json] = {name: _parsed(name, values[0]) for name, values in request.parameters.items()}
    if "json" in request.header("content-type") and request.body:
        try:
            body = request.json()
        except (ValueError, RecursionError):
            raise failure("invalid_json") from None
        if not isinstance(body, dict):
            raise failure("json_not_object")
        found.update({name: _parsed(name, value) for name, value in body.items()})
    return found


def _parsed(name: str, value: Json) -> Json:
    """Blocks and metadata may come as JSON in a string, also within JSON."""
    if name not in ("blocks", "metadata", "attachments") or not isinstance(value, str) or not value:
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise failure("invalid_blocks_format" if name == "blocks" else "invalid_metadata_format") from None
