"""Quiet times: days of the year on which nothing new is started."""

from __future__ import annotations

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


def is_day(text: str) -> bool:
    """Whether a text of the form `MM-DD` is a day of some year."""
    month, _, day = text.partition("-")
    return 1 <= int(day) <= _DAYS.get(int(month), 0)
