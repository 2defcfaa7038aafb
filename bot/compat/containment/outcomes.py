"""What the search for a value can end in: a value, the proof that there is none, or an obstacle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What could not be decided: the keyword, where it stands (empty: not at one place), and why."""

    keyword: str
    pointer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """A value; with doubts where something about it could not be decided and has yet to be confirmed."""

    value: JSON
    doubts: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class Empty:
    """There is no such value: proved."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """Neither a value nor a proof."""

    obstacle: Obstacle


Outcome: TypeAlias = Found | Empty | Stuck

EMPTY = Empty()


class Best:
    """The best of several attempts at the same goal: a sure value, else a doubtful one, else an obstacle."""

    def __init__(self) -> None:
        """No attempt yet: nothing found."""
        self.outcome: Outcome = EMPTY

    def add(self, outcome: Outcome) -> bool:
        """Take in one attempt; True when nothing better can come."""
        if _rank(outcome) > _rank(self.outcome):
            self.outcome = outcome
        return isinstance(outcome, Found) and not outcome.doubts


def _rank(outcome: Outcome) -> int:
    match outcome:
        case Found(_, doubts):
            return 2 if doubts else 3
        case Stuck():
            return 1
        case Empty():
            return 0
