"""Does, or only plans, what the protocol of delivery asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.publish.delivery import LAG, LOOKS, NOTHING, Action, Delivered, Known, Superseded, Truth, deliver, plan
from bot.publish.patience import Patience
from bot.publish.places import C, Clock, Composer, Place

T = TypeVar("T")


class Teller(Protocol):
    """Sees to it that a message stands."""

    @property
    def clock(self) -> Clock:
        """What it waits by."""
        ...

    def tell(self, place: Place[C], key: str, compose: Composer[C], known: Known = NOTHING) -> Delivered[C]:
        """What was done, or would be. Raises DeliveryError, Superseded."""
        ...

    def ask(self, question: Callable[[], T], is_whole: Callable[[T], bool] = lambda _: True) -> T:
        """The answer to a question that changes nothing; one that is not whole, as of a list that lags, is asked for
        again a few times. Raises DeliveryError."""
        ...

    def change(self, what: Callable[[], None]) -> None:
        """Make a change that does the same however often it is made, or would. Raises DeliveryError,
        Superseded."""
        ...


@dataclass(frozen=True, slots=True)
class Telling:
    """Does it."""

    clock: Clock
    current: Truth
    lately: Truth | None = None
    """The same, as it was a moment ago: for the first word to each place."""

    def tell(self, place: Place[C], key: str, compose: Composer[C], known: Known = NOTHING) -> Delivered[C]:
        """Deliver."""
        return deliver(place, key, compose, self.clock, self.current, known, self.lately)

    def ask(self, question: Callable[[], T], is_whole: Callable[[T], bool] = lambda _: True) -> T:
        """Ask, again where there is hope."""
        patience = Patience(self.clock)
        answer = patience.ask(question)
        for again in range(1, LOOKS):
            if is_whole(answer):
                break
            self.clock.sleep(LAG * again)
            answer = patience.ask(question)
        return answer

    def change(self, what: Callable[[], None]) -> None:
        """Make it, again where it is not known whether it was made."""
        if not (self.lately or self.current)():
            raise Superseded
        Patience(self.clock).ask(what)


@dataclass(frozen=True, slots=True)
class Planning:
    """Looks, as patiently as who writes, and writes nothing: for a dry run."""

    clock: Clock

    def tell(self, place: Place[C], key: str, compose: Composer[C], known: Known = NOTHING) -> Delivered[C]:
        """Say what would be done."""
        found = self.ask(lambda: place.find(key))
        draft = compose(found)
        step = plan(draft, found)
        if known.id and step.posted is None:
            return Delivered(Action.GONE, known.id, draft.content)
        return Delivered(step.action, step.posted.id if step.posted else "", draft.content)

    def ask(self, question: Callable[[], T], is_whole: Callable[[T], bool] = lambda _: True) -> T:  # noqa: ARG002
        """Ask, again where there is hope; what lags is taken as it is."""
        return Patience(self.clock).ask(question)

    def change(self, what: Callable[[], None]) -> None:
        """Nothing."""
