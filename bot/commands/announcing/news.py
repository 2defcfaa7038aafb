"""What is to be told, to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bot.commands.announcing.containing import contained
from bot.community.channels import PULL_REQUEST, Channel
from bot.ports import Chat, Forge, Forum
from bot.publish.delivery import NOTHING, Action, Delivered, Known, Superseded
from bot.publish.destinations import Destination
from bot.publish.messages import Version
from bot.publish.places import C, Composer, DeliveryError, Gone, Place, Posted
from bot.publish.telling import Teller
from bot.render.occasion import Occasion
from bot.report.model import Repair, Report
from bot.report.subject import PullRequest
from bot.standard.problems import Problem

GONE = Action.GONE.value
DECLINED = "declined"
HELD = "held"


@dataclass(frozen=True, slots=True)
class Channels:
    """The services that can be told. One that is not set up is None."""

    forge: Forge
    forum: Forum | None = None
    chat: Chat | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What is to be told: the report, about which pull request, which version of the news it is, to whom, on a
    quiet day or not, and where the whole report and the discussion are. `advisory`: the check stops nobody; `doubt`:
    why nobody knows whether it does, and it stops everybody.
    `anew`: places are read even where it is remembered which message is ours, should a run that was cut short
    have left another. `suggesting`: repairs may stand on the lines of the pull request; `suggested`: those that do,
    each with its address."""

    report: Report
    pull_request: PullRequest
    version: Version
    channels: tuple[Channel, ...] = ()
    quiet: bool = False
    report_url: str = ""
    discuss_url: str = ""
    check_name: str = "standards-bot"
    advisory: bool = True
    doubt: Problem | None = None
    anew: bool = False
    suggesting: bool = True
    suggested: tuple[tuple[Repair, str], ...] = ()

    def occasion(self, destination: Destination | None = None) -> Occasion:
        """For the readers of a place; none for those of the pull request."""
        if destination is None:
            return Occasion(self.pull_request, self.report_url, self.discuss_url, suggested=self.suggested)
        focus = destination.focus
        return Occasion(self.pull_request, self.report_url, self.discuss_url, focus.profiles, focus.place)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one message: what was done (`gone`: it, or what it belongs to, is not there any more; `held`: it
    waits for somebody's approval; `declined`: it cannot stand there, and another way was taken), or why nothing could
    be. `superseded`: nothing more, for it is no longer true. `over`: up to which id none is edited any more.
    `lost`: the id that was remembered, in whose place another message is by now. `met`: every version of it that was
    seen on the way. `again`: tells it once more, by its id, as one beside which another may stand."""

    channel: str
    key: str
    action: str = ""
    id: str = ""
    error: DeliveryError | None = None
    superseded: bool = False
    over: str = ""
    lost: str = ""
    met: tuple[Posted[Any], ...] = field(default=(), compare=False, repr=False)
    again: Callable[[str], Told] | None = field(default=None, compare=False, repr=False)

    @property
    def is_elsewhere(self) -> bool:
        """Whether it has to be remembered that it stands: it is not in the comment's own list, or not edited."""
        return self.channel != PULL_REQUEST or "/verdict-" in self.key


@dataclass(slots=True)
class Announcement:
    """What became of all of them. `superseded`: the pull request has moved on, and another run tells of it."""

    told: list[Told] = field(default_factory=list)
    superseded: bool = False

    @property
    def failed(self) -> bool:
        """Whether a message could not be delivered."""
        return any(each.error is not None for each in self.told)

    @property
    def wrote(self) -> bool:
        """Whether anything was written."""
        return any(
            each.action not in ("", GONE, HELD, DECLINED, Action.SKIP.value, Action.KEEP.value) for each in self.told
        )


def attempted(
    channel: str,
    teller: Teller,
    place: Callable[[], Place[C]],
    key: str,
    compose: Composer[C],
    known: Known = NOTHING,
    *,
    whole: Callable[[], Place[C]] | None = None,
) -> tuple[Told, Delivered[C] | None]:
    """Tell a place; what became of it, and the message as it stands (None where it does not). `whole`: the place
    read in full, where `place` is not."""
    again = partial(_once_more, channel, teller, whole or place, key, compose, known)
    try:
        done = teller.tell(place(), key, compose, known)
    except Superseded as moved:
        return Told(channel, key, id=moved.id, superseded=True, again=again), None
    except Gone:
        return Told(channel, key, GONE), None  # somebody took it away: that is not fought
    except Exception as problem:  # noqa: BLE001 - an answer that nobody foresaw is an error of this place alone
        return Told(channel, key, error=contained(channel, problem)), None
    lost = known.id if done.id and all(known.id != each for each in (done.id, *(each.id for each in done.met))) else ""
    told = Told(channel, key, done.action.value, done.id, over=done.over, lost=lost, met=done.met, again=again)
    return told, done


def _once_more(
    channel: str,
    teller: Teller,
    place: Callable[[], Place[C]],
    key: str,
    compose: Composer[C],
    known: Known,
    id_: str,
) -> Told:
    doubted = replace(known, id=id_, missed=False, doubted=True)
    return attempted(channel, teller, place, key, compose, doubted)[0]
