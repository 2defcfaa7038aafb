"""What this workspace knows: channels, messages, apps, and how it is set up."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.exchange import Json
from bot.sandbox.limits import Limiter

SCOPES = ("channels:history", "channels:read", "chat:write")
FREE_PLAN_SECONDS = 90 * 86_400


@dataclass(slots=True)
class Settings:
    """How the workspace is set up. `distributed`: the app is sold outside of the Marketplace, so history is rationed.
    `post_burst`: posts to one channel in one second that Slack still lets pass."""

    free_plan: bool = True
    edit_window_minutes: int | None = None
    distributed: bool = False
    post_burst: int = 10


@dataclass(frozen=True, slots=True)
class App:
    """An installed app with its bot user and what it may do."""

    token: str = field(repr=False)
    name: str
    user_id: str
    bot_id: str
    app_id: str
    scopes: tuple[str, ...] = SCOPES


@dataclass(slots=True)
class Message:
    """A message. `parent` is the thread's first message, empty outside of threads. `gone`: it was deleted but
    replies hang on it. `unseen`: how many reads do not show it yet."""

    ts: str
    user: str
    text: str
    created_at: float
    bot_id: str = ""
    app_id: str = ""
    blocks: list[Json] | None = None
    metadata: Json = None
    parent: str = ""
    broadcast: bool = False
    edited: str = ""
    gone: bool = False
    unseen: int = 0


@dataclass(slots=True)
class Channel:
    """A channel with its messages, the oldest first."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    archived: bool = False
    private: bool = False
    restricted: bool = False
    messages: dict[str, Message] = field(default_factory=dict)


@dataclass(slots=True)
class Workspace:
    """All of it."""

    settings: Settings = field(default_factory=Settings)
    apps: dict[str, App] = field(default_factory=dict, repr=False)
    channels: dict[str, Channel] = field(default_factory=dict)
    limiter: Limiter = field(default_factory=Limiter, repr=False)
    serial: int = 0
    team: str = "T0SANDBOX"
    address: str = "https://sandbox.slack.com/"

    def stamp(self, now: float) -> str:
        """The name of the next message: seconds and a number that never comes twice."""
        self.serial += 1
        return f"{int(now)}.{self.serial:06d}"
