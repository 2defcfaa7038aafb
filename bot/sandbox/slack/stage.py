"""What people do in the workspace by hand: make channels, invite, write, delete. Tests and the demo set the scene."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import RLock

from bot.sandbox.exchange import Json
from bot.sandbox.slack import chat
from bot.sandbox.slack.state import SCOPES, App, Channel, Message, Settings, Workspace


class Stage:
    """The state of the workspace and the hands of people."""

    def __init__(self, now: Callable[[], float], settings: Settings | None = None) -> None:
        """`settings`: where the workspace differs from a small one on the free plan."""
        self.workspace = Workspace(settings or Settings())
        self._now = now
        self._lock = RLock()

    def add_app(self, token: str, name: str = "standards-bot", scopes: Iterable[str] = SCOPES) -> App:
        """An installed app."""
        with self._lock:
            number = len(self.workspace.apps) + 1
            made = App(token, name, f"U0BOT{number}", f"B0BOT{number}", f"A0BOT{number}", tuple(scopes))
            self.workspace.apps[token] = made
        return made

    def add_channel(
        self,
        id: str,  # noqa: A002 - channels are known by their ids
        name: str = "",
        members: Iterable[str] = (),
        *,
        private: bool = False,
        archived: bool = False,
        restricted: bool = False,
    ) -> Channel:
        """A channel; members are named by the ids of users."""
        with self._lock:
            made = Channel(id, name or id.lower(), set(members), archived, private, restricted)
            self.workspace.channels[id] = made
        return made

    def invite(self, channel: str, user: str) -> None:
        """Take somebody into a channel."""
        with self._lock:
            self.workspace.channels[channel].members.add(user)

    def remove_member(self, channel: str, user: str) -> None:
        """Take somebody out of a channel."""
        with self._lock:
            self.workspace.channels[channel].members.discard(user)

    def archive(self, channel: str) -> None:
        """Close a channel for good."""
        with self._lock:
            self.workspace.channels[channel].archived = True

    def say(self, channel: str, text: str, user: str = "U0PERSON", thread: str = "", metadata: Json = None) -> str:
        """A message by anybody, forged metadata included; its `ts`."""
        with self._lock:
            made = Message(self.workspace.stamp(self._now()), user, text, self._now())
            made.parent, made.metadata = thread, metadata
            self.workspace.channels[channel].messages[made.ts] = made
        return made.ts

    def delete_message(self, channel: str, ts: str) -> None:
        """Take a message away, as an owner may."""
        with self._lock:
            chat.remove(self.workspace.channels[channel], ts)

    def messages(self, channel: str, thread: str | None = None) -> tuple[Message, ...]:
        """The live messages of a channel, the oldest first; those of one thread where it is named, whose first
        message is not among them, and those outside of threads where `thread` is empty."""
        with self._lock:
            found = [each for each in self.workspace.channels[channel].messages.values() if not each.gone]
            return tuple(each for each in found if thread is None or each.parent == thread)
