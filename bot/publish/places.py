"""What delivery needs of a place where messages stand, and how a place says that something went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, Protocol, TypeAlias, TypeVar

from bot.errors import BotError
from bot.publish.marks import Mark

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Posted(Generic[C]):
    """A message of the bot that stands somewhere: its id there, its mark, its content."""

    id: str
    mark: Mark
    content: C


@dataclass(frozen=True, slots=True)
class Draft(Generic[C]):
    """A message that shall stand somewhere. `only_update`: where none stands yet, none is wanted."""

    mark: Mark
    content: C
    only_update: bool = False


Composer: TypeAlias = Callable[[Sequence[Posted[C]]], Draft[C]]
"""What shall stand, given what does (oldest first): pure, so that it may be asked again after every look."""


class Reach(Enum):
    """How much of a history is read for a message whose id is remembered."""

    HINT_FIRST = "all of it, where the id leads to nothing"
    WHOLE = "all of it, should another stand beside it"
    HINT_ALONE = "nothing else, for the id led to nothing before"


class Place(Protocol[C]):
    """Where messages of one kind stand: the comments of a pull request, the posts of a topic, a Slack thread.

    No method repeats a write that may have been applied. All raise DeliveryError.
    """

    def find(self, key: str) -> Sequence[Posted[C]]:
        """The bot's own messages of that key (author and mark checked), oldest first."""
        ...

    def create(self, draft: Draft[C]) -> str:
        """Write a new message; its id."""
        ...

    def update(self, posted: Posted[C], draft: Draft[C]) -> None:
        """Write over a message, if it still has the content that was found."""
        ...

    def remove(self, posted: Posted[C]) -> None:
        """Take away a message that stands twice."""
        ...


class Clock(Protocol):
    """The time, and waiting."""

    def now(self) -> float:
        """Seconds since 1970."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class DeliveryError(BotError):
    """A message could not be delivered, or not now."""

    exit_status = 4


class Ambiguous(DeliveryError):
    """The request may have been applied or not: whoever sent it has to look."""


class Unavailable(DeliveryError):
    """Nothing was applied, or it does not matter; later it may work. `wait`: the seconds the service asks for."""

    def __init__(self, message: str, hint: str = "", wait: float | None = None) -> None:
        """`wait`: None where the service did not say how long."""
        super().__init__(message, hint)
        self.wait = wait


class Refused(DeliveryError):
    """The service will not do it, now or later: a missing permission, a wrong address, a rule."""


class Declined(Refused):
    """A creation that the service will not do, perhaps because the message stands already: whoever sent it looks
    before believing so. In which words a service says it, and in which language, does not matter."""


class Unfit(Refused):
    """The service does not take what was sent: it is not as it should be, or not at such a place."""


class Frozen(Refused):
    """The message stands, and will not be edited any more: what is new has to be told otherwise."""


class Over(Frozen):
    """The message stands, will not be edited any more, and what is new is told in another one after it."""


class Held(Refused):
    """The message was taken, and stands once somebody has approved it: it is not to be written again."""


class Gone(DeliveryError):
    """The message to be changed, or what it hangs on, is not there (any more)."""


class Conflict(DeliveryError):
    """Somebody else changed the message in between."""
