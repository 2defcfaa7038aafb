"""Quiet times: days of the year on which nothing new is started."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_DAYS = {month: 30 if month in (4, 6, 9, 11) else 29 if month == 2 else 31 for month in range(1, 13)}


@dataclass(frozen=True, slots=True)
class Quiet:
    """From a first to a last day, both included, each `MM-DD`; a first after the last goes over the new year."""

    first: str
    last: str

    def includes(self, day: str) -> bool:
        """Whether a day (`MM-DD`) is quiet."""
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last


MOST_DAYS = 366


def days_back(quiet: Sequence[Quiet], today: str, days: int) -> int:
    """How many days before and with today (`MM-DD`) there were so many that are not quiet; a year at most."""
    back, day = 0, today
    while days and back < MOST_DAYS:
        back += 1
        days -= not any(each.includes(day) for each in quiet)
        day = _before(day)
    return back


def _before(day: str) -> str:
    month, number = int(day[:2]), int(day[3:]) - 1
    # Where February has one day less, one day more is looked at.
    return f"{month:02}-{number:02}" if number else f"{(month - 2) % 12 + 1:02}-{_DAYS[(month - 2) % 12 + 1]:02}"


def is_day(text: str) -> bool:
    """Whether a text of the form `MM-DD` is a day of some year."""
    month, _, day = text.partition("-")
    return 1 <= int(day) <= _DAYS.get(int(month), 0)
