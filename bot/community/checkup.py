"""What a check of the setup finds: one thing that was tried, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How a check ended: as it should be; to be mended; nothing to say, or nobody can know."""

    FINE = "fine"
    WRONG = "wrong"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried, in a sentence; `hint` says what to do, which a wrong one always does."""

    state: State
    what: str
    hint: str = ""


def fine(what: str) -> Check:
    """Something that is as it should be."""
    return Check(State.FINE, what)


def wrong(what: str, hint: str) -> Check:
    """Something to be mended, and how."""
    return Check(State.WRONG, what, hint)


def left_open(what: str, hint: str = "") -> Check:
    """Something that is not used, or that cannot be known."""
    return Check(State.OPEN, what, hint)


@dataclass(frozen=True, slots=True)
class Section:
    """What was found out about one service."""

    title: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found out about all."""

    sections: tuple[Section, ...]

    @property
    def to_mend(self) -> int:
        """How many checks ask for something to be done."""
        return sum(check.state is State.WRONG for section in self.sections for check in section.checks)

    @property
    def exit_status(self) -> int:
        """0 fine, 1 something is to be mended."""
        return 1 if self.to_mend else 0
