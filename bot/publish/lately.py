"""Whether news is still about the present, asked once for all places that are told at about the same time."""

from __future__ import annotations

from threading import Lock

from bot.publish.delivery import Truth
from bot.publish.places import Clock

FRESH = 10.0
"""Seconds for which an answer holds for the first word to further places. A repeated try always asks anew."""


class Lately:
    """A `Truth` that remembers for a moment that something is true; that it is not is asked for anew."""

    def __init__(self, truth: Truth, clock: Clock) -> None:
        """`truth`: costs a request."""
        self._truth, self._clock = truth, clock
        self._lock = Lock()  # places are told side by side, and one question does for all
        self._asked: float | None = None

    def __call__(self) -> bool:
        """Whether it is true, or was a moment ago. Raises DeliveryError."""
        with self._lock:
            now = self._clock.now()
            if self._asked is not None and now - self._asked <= FRESH:
                return True
            self._asked = now if self._truth() else None
            return self._asked is not None
