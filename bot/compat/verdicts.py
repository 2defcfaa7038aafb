"""The four questions about two structures, and what an answer is: proved, refuted by an example, or unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from bot.compat.confirming import Fault
from bot.compat.containment.outcomes import Obstacle
from bot.standard.values import JSON


class Answer(Enum):
    """compatible: proved; breaking: refuted by a confirmed example; unknown: neither."""

    COMPATIBLE = "compatible"
    UNKNOWN = "unknown"
    BREAKING = "breaking"

    @property
    def rank(self) -> int:
        """For "the worst of": unknown is worse than compatible, breaking is worst."""
        return [Answer.COMPATIBLE, Answer.UNKNOWN, Answer.BREAKING].index(self)


@dataclass(frozen=True, slots=True)
class Forms:
    """The same example in other forms: as small as it was found, and as the entity's own example with no more
    changed in it than makes it break."""

    minimal: JSON
    realistic: JSON


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer. A breaking one has a witness: a whole document that one side accepts and the other rejects,
    for these faults; `forms` where it was made for people to read."""

    answer: Answer
    witness: JSON = None
    obstacle: Obstacle | None = None
    faults: tuple[Fault, ...] = ()
    forms: Forms | None = None

    @property
    def reason(self) -> str:
        """Why it is unknown, with the keyword and the place that stopped it."""
        if self.obstacle is None:
            return ""
        place = " at ".join(part for part in (self.obstacle.keyword, self.obstacle.pointer) if part)
        return f"{place}: {self.obstacle.reason}" if place else self.obstacle.reason


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The answers to all four questions (COMPATIBILITY: who can break)."""

    strict_backward: Verdict
    strict_forward: Verdict
    publishers: Verdict
    consumers: Verdict


COMPATIBLE = Verdict(Answer.COMPATIBLE)


def breaking(witness: JSON, faults: tuple[Fault, ...] = (), forms: Forms | None = None) -> Verdict:
    """Refuted by this document, which has these faults for the side that rejects it."""
    return Verdict(Answer.BREAKING, witness, faults=faults, forms=forms)


def unknown(keyword: str, pointer: str, reason: str) -> Verdict:
    """Neither proved nor refuted, and why."""
    return Verdict(Answer.UNKNOWN, obstacle=Obstacle(keyword, pointer, reason))


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several verdicts, the first among equals; compatible where there are none."""
    return max(verdicts, key=lambda verdict: verdict.answer.rank, default=COMPATIBLE)


def worst_of(*several: Verdicts) -> Verdicts:
    """The worst answer to each of the questions."""
    return Verdicts(
        worst(each.strict_backward for each in several),
        worst(each.strict_forward for each in several),
        worst(each.publishers for each in several),
        worst(each.consumers for each in several),
    )
