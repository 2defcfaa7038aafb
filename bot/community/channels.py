"""The places where people are told: what kind of place each is, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

PULL_REQUEST = "github"
"""The id of the channel that always is one: the pull request itself."""


class Kind(Enum):
    """What kind of place a channel is."""

    GITHUB = "github"
    DISCOURSE = "discourse"
    SLACK = "slack"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Forum:
    """A topic of a Discourse forum, by number. `host`: that of its address, where it was given as one."""

    topic: int
    category: int | None = None
    host: str = ""


@dataclass(frozen=True, slots=True)
class Slack:
    """A Slack channel, by id."""

    channel: str


@dataclass(frozen=True, slots=True)
class MailingList:
    """A mailing list, by address."""

    address: str


Place: TypeAlias = Forum | Slack | MailingList


@dataclass(frozen=True, slots=True)
class Channel:
    """A place outside the pull request, with the countries (ISO 3166) and profiles of the people there: none
    of either where it is for everybody."""

    id: str
    place: Place
    countries: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    title: str = ""

    @property
    def address(self) -> str:
        """What its messages are known by: under one id, another topic or room is another place."""
        match self.place:
            case Forum(topic):
                return f"{self.id}:{topic}"
            case Slack(room):
                return f"{self.id}:{room}"
            case MailingList():
                return self.id

    @property
    def kind(self) -> Kind:
        """What kind of place it is."""
        match self.place:
            case Forum():
                return Kind.DISCOURSE
            case Slack():
                return Kind.SLACK
            case MailingList():
                return Kind.MAIL
