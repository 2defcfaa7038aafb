"""A Slack channel, or a thread in it, as a place for messages."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.publish.marks import Mark
from bot.publish.places import Draft, Gone, Posted, Reach, Refused
from bot.render.contents import Blocks
from bot.standard.values import JSON

if TYPE_CHECKING:
    from bot.adapters.slack_client import Client

EVENT = "gov_post"
"""The type of the metadata that holds a mark."""
TIMEOUT = 10.0
PAGE = 999
"""The most that Slack gives at once."""
MOST_PAGES = 60
"""A history is not read further back than that."""
SKEW = 3600.0
"""Seconds that clocks may differ by: so much earlier than its key can a message be."""
HIDDEN_AFTER = 85 * 86_400.0
"""Seconds after which a history may hide what was written: 90 days on the free plan, less some (PLATFORMS, 2.4)."""

_TS = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Self:
    """The bot as Slack knows it: an app's messages name its bot, or its user, or both."""

    bot_id: str
    user_id: str


class Slack:
    """A workspace, and the bot's app in it."""

    def __init__(
        self, token: str, api_url: str = "", *, timeout: float = TIMEOUT, now: Callable[[], float] = time.time
    ) -> None:
        """`api_url`: "" for Slack's own."""
        from bot.adapters.slack_client import Client

        self.client: Client = Client(token, api_url, timeout, now)
        self._self: _Self | None = None

    def is_own(self, message: JSON) -> bool:
        """Whether the bot wrote a message; who it is is asked once, and only when it matters."""
        if self._self is None:
            self._self = self.client.who(_identity)
        own = self._self
        by_bot = bool(own.bot_id) and message.get("bot_id") == own.bot_id
        return by_bot or (bool(own.user_id) and message.get("user") == own.user_id)


@dataclass(slots=True)
class _Read:
    """How far a history has been read: the marked messages so far, and where it goes on."""

    messages: list[JSON] = field(default_factory=list)
    cursor: str = ""
    pages: int = 0


class Messages:
    """A `Place[Blocks]`: the messages of a channel outside of threads, or those in one thread. The mark is in the
    metadata; ids are what Slack calls `ts`."""

    def __init__(
        self,
        slack: Slack,
        channel: str,
        *,
        hint: str = "",
        thread_ts: str = "",
        since: float,
        meant: float = 0.0,
        reach: Reach = Reach.HINT_FIRST,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`channel`: its id. `hint`: the `ts` that the message had last; it saves reading the history. `thread_ts`:
        the first message of the thread. `since`: no message of the key is older than this (seconds since 1970), nor
        than `meant`, where the bot remembers when it first set out to write one."""
        self._slack = slack
        self._channel = channel
        self._hint = hint if _TS.fullmatch(hint) else ""
        self._thread = thread_ts
        self._since = since
        self._meant = meant
        self._reach = reach if self._hint else Reach.WHOLE
        self._now = now
        self._read = _Read()

    def find(self, key: str) -> Sequence[Posted[Blocks]]:
        """The bot's own messages of that key, oldest first."""
        hint = self._hint
        hinted = self._own(key, self._hinted()) if self._reach is not Reach.WHOLE else []
        found = hinted or ([] if self._reach is Reach.HINT_ALONE else self._own(key, self._listed()))
        if not hinted and self._reach is Reach.HINT_FIRST:
            self._reach = Reach.WHOLE  # a hint that leads nowhere is forgotten
            self._hint = ""
        if hint and not found and self._now() - _order(hint)[0] > HIDDEN_AFTER:
            raise Gone(f"Slack, {self._channel}: the message was deleted, or the history hides it", "Nothing to do.")
        return tuple(sorted(found, key=lambda posted: _order(posted.id)))

    def create(self, draft: Draft[Blocks]) -> str:
        """Write a new message; its `ts`."""
        # The history is read as far back as it may reach, should the bot's memory have been lost. Whether it may
        # hide one is told by the later of both: what the bot never set out to write before cannot be hidden.
        if self._now() - max(self._since, self._meant) > HIDDEN_AFTER:
            said = f"Slack, {self._channel}: no message is found, but by now the history may hide it; none is written"
            raise Refused(
                said, "Nothing to do: the pull request says what is new. A paid plan shows the whole history."
            )
        thread = {"thread_ts": self._thread} if self._thread else {}
        return self._slack.client.post(lambda answer: str(answer["ts"]), **self._message(draft), **thread)

    def update(self, posted: Posted[Blocks], draft: Draft[Blocks]) -> None:
        """Write over a message."""
        self._slack.client.update(ts=posted.id, **self._message(draft))

    def remove(self, posted: Posted[Blocks]) -> None:
        """Delete a message."""
        with suppress(Gone):
            self._slack.client.delete(self._channel, posted.id)

    def _message(self, draft: Draft[Blocks]) -> dict[str, JSON]:
        mark = draft.mark
        payload: dict[str, JSON] = {"key": mark.key, "sha": mark.sha, "seq": mark.seq, "h": mark.digest}
        payload |= {"flips": draft.content.flips} if draft.content.flips else {}
        return {
            "channel": self._channel,
            "text": draft.content.text,
            "blocks": [dict(block) for block in draft.content.blocks],
            "metadata": {"event_type": EVENT, "event_payload": payload},
        }

    def _own(self, key: str, messages: Iterable[JSON]) -> list[Posted[Blocks]]:
        marked = [(each, mark) for each in messages if (mark := _mark(each)) and mark.key == key]
        return [Posted(str(each["ts"]), mark, _content(each)) for each, mark in marked if self._slack.is_own(each)]

    def _hinted(self) -> Iterator[JSON]:
        at = {"latest": self._hint, "oldest": self._hint, "inclusive": True}
        # A thread shows its first message beside the one asked for.
        return (each for each in self._page(limit=2 if self._thread else 1, **at)[0] if each["ts"] == self._hint)

    def _listed(self) -> Sequence[JSON]:
        """The history since the message can have been written at the earliest. Where Slack asks to be slower in the
        midst of it, the next try goes on from there: from the start it would only be stopped again."""
        read, oldest = self._read, f"{max(self._since - SKEW, 0.0):.6f}"
        while read.pages < MOST_PAGES:
            more = {"cursor": read.cursor} if read.cursor else {}
            try:
                messages, cursor = self._page(oldest=oldest, inclusive=True, limit=PAGE, **more)
            except Refused:  # it may be of where to go on
                self._read = _Read()
                raise
            read.messages.extend(each for each in messages if _mark(each))
            read.pages, read.cursor = read.pages + 1, cursor
            if not cursor:
                break
        self._read = _Read()
        return read.messages

    def _page(self, **arguments: JSON) -> tuple[list[JSON], str]:
        if not self._thread:
            return self._slack.client.history(_messages, channel=self._channel, **arguments)
        messages, cursor = self._slack.client.replies(_messages, channel=self._channel, ts=self._thread, **arguments)
        first = [each for each in messages if each["ts"] == self._thread]
        if any(each.get("subtype") == "tombstone" for each in first):
            raise Gone(f"Slack, {self._channel}: the message that the thread hangs on was deleted", "Nothing to do.")
        return [each for each in messages if each not in first], cursor


def _identity(answer: JSON) -> _Self:
    known = _Self(str(answer.get("bot_id") or ""), str(answer.get("user_id") or ""))
    if not known.bot_id and not known.user_id:
        raise ValueError("it names neither")
    return known


def _messages(answer: JSON) -> tuple[list[JSON], str]:
    metadata = answer.get("response_metadata") or {}
    messages = [each for each in answer["messages"] if isinstance(each["ts"], str)]
    return messages, str(metadata.get("next_cursor") or "")


def _mark(message: JSON) -> Mark | None:
    """The mark in a message's metadata, which any app may write: None where it is not as we write it."""
    metadata = message.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT:
        return None
    match metadata.get("event_payload"):
        case {"key": str() as key, "sha": str() as sha, "seq": int() as seq, "h": str() as digest}:
            return Mark(key, sha, seq, digest)
    return None


def _content(message: JSON) -> Blocks:
    flips = message["metadata"]["event_payload"].get("flips")
    known = flips if isinstance(flips, int) and flips > 0 else 0
    return Blocks(str(message.get("text", "")), tuple(message.get("blocks") or ()), known)


def _order(ts: str) -> tuple[int, str]:
    seconds, _, number = ts.partition(".")
    return (int(seconds) if seconds.isascii() and seconds.isdigit() else 0, number)
