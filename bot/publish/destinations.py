"""Places beyond the pull request that are to hear of it, as routing and the noise budget have decided."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ForumThread:
    """A topic of a forum with a rolling post in it. `may_begin`: the pull request may be brought up there; else
    only what was said of it before is kept true."""

    id: str
    topic: int
    profiles: tuple[str, ...] = ()
    place: str = ""
    may_begin: bool = True


@dataclass(frozen=True, slots=True)
class ChatChannel:
    """A channel of a chat, likewise. `may_follow_up`: news may be added to the thread of its message."""

    id: str
    channel: str
    profiles: tuple[str, ...] = ()
    place: str = ""
    may_begin: bool = True
    may_follow_up: bool = True


@dataclass(frozen=True, slots=True)
class Destinations:
    """All of them."""

    forums: tuple[ForumThread, ...] = ()
    chats: tuple[ChatChannel, ...] = ()
