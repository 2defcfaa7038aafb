"""The time as a service has it: clocks of runners may be hours off, and runs are told apart by when they began."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import parsedate_to_datetime

SMALL = 2.0
"""Seconds that a clock may be off and is believed: the service tells whole seconds."""
MOST = 2 * 86_400.0
"""Seconds beyond which it is the answer's date that is wrong."""


class ServerClock:
    """A clock that goes by the dates of answers, where they are far from its own."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: the clock of this machine, in seconds since 1970."""
        self._now = now
        self._ahead = 0.0

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self._now() + self._ahead

    def hear(self, date: str) -> None:
        """Take note of the date of an answer that came just now ("" where it has none)."""
        try:
            ahead = parsedate_to_datetime(date).timestamp() - self._now()
        except (ValueError, ArithmeticError, TypeError):  # no date, or one of no calendar
            return
        self._ahead = ahead if SMALL < abs(ahead) < MOST else 0.0
