"""Waiting for services that are busy or out of reach: as long as they ask, doubling where they do not, and no
longer in all than a run can afford."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.publish.places import Ambiguous, Clock, DeliveryError, Unavailable

T = TypeVar("T")

ATTEMPTS = 8
PAUSE = 1.0
MOST_PAUSE = 30.0
MOST_SECONDS = 120.0


class Patience:
    """What is left of it."""

    def __init__(self, clock: Clock, seconds: float = MOST_SECONDS) -> None:
        """`seconds`: how much waiting there may be in all."""
        self._clock = clock
        self._left = seconds

    def ask(self, question: Callable[[], T]) -> T:
        """The answer to a question that changes nothing, asked again as long as there is hope; raises
        DeliveryError."""
        for attempt in range(ATTEMPTS - 1):
            try:
                return question()
            except (Ambiguous, Unavailable) as problem:
                self.wait(problem, attempt)
        return question()

    def wait(self, problem: DeliveryError, attempt: int) -> None:
        """Wait before the next attempt, counted from 0; raises the problem where that would take too long."""
        asked = problem.wait if isinstance(problem, Unavailable) else None
        self.spend(asked if asked is not None else min(PAUSE * 2**attempt, MOST_PAUSE), problem)

    def spend(self, seconds: float, problem: DeliveryError) -> None:
        """Wait so long; raises the problem where there is no patience left for it."""
        if seconds > self._left:
            raise problem
        self._left -= seconds
        self._clock.sleep(seconds)
