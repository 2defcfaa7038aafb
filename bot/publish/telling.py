"""Does, or only plans, what the protocol of delivery asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.publish.delivery import Delivered, Truth, deliver, plan
from bot.publish.places import C, Clock, Composer, Place


class Teller(Protocol):
    """Sees to it that a message stands."""

    def tell(self, place: Place[C], key: str, compose: Composer[C], known: str = "") -> Delivered[C]:
        """What was done, or would be; `known` is the id of a message that surely stands. Raises DeliveryError,
        Superseded."""
        ...


@dataclass(frozen=True, slots=True)
class Telling:
    """Does it."""

    clock: Clock
    current: Truth

    def tell(self, place: Place[C], key: str, compose: Composer[C], known: str = "") -> Delivered[C]:
        """Deliver."""
        return deliver(place, key, compose, self.clock, self.current, known)


@dataclass(frozen=True, slots=True)
class Planning:
    """Looks, and writes nothing: for a dry run."""

    def tell(self, place: Place[C], key: str, compose: Composer[C], known: str = "") -> Delivered[C]:
        """Say what would be done."""
        found = place.find(key)
        draft = compose(found)
        step = plan(draft, found)
        return Delivered(step.action, step.posted.id if step.posted else known, draft.content)
