"""A rule as a value: facts and verdicts come from elsewhere, the words live here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from bot.compat.judging import JudgedChange
from bot.standard.problems import Severity


class Direction(Enum):
    """Which way a keyword goes from base to head; problems of files go nowhere."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    NONE = "none"


class Hurt(Enum):
    """Who has something to lose, at the worst."""

    PUBLISHERS = "publishers"
    TOOLS = "tools"
    NOBODY = "nobody"


SEVERITIES = {Hurt.PUBLISHERS: Severity.ERROR, Hurt.TOOLS: Severity.WARNING, Hurt.NOBODY: Severity.NOTICE}
ITSELF = "Its opposite is a change of the same kind, the other way round."
NO_OPPOSITE = "What is wrong with a file has no opposite: it is right, or it is not."


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of change (a keyword and a direction) or one problem of files. `hurt` is the worst that a change of
    this kind can do; what a single change does, the engine says. `mirror` is the rule for the way back, `alone` the
    reason why there is none, `unshown` why no example of it can be kept."""

    id: str
    title: str
    keyword: str
    direction: Direction
    severity: Severity
    why: str
    who: str
    instead: str
    hurt: Hurt = Hurt.NOBODY
    mirror: str = ""
    alone: str = ""
    unshown: str = ""

    @property
    def is_about_files(self) -> bool:
        """Whether it is about a problem of files, not about a change."""
        return self.direction is Direction.NONE

    def judges(self, judged: JudgedChange) -> bool:
        """Whether a judged change is an instance of the rule: the same keyword, going the same way. A change that
        no verdict holds against anybody is an instance all the same: a rule names, the engine proves."""
        change = judged.change
        return change.rule == self.id and (self.keyword in ("", change.keyword) or self.keyword == ANY)


ANY = "*"
"""Stands for whatever keyword a change is about."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a rule says: a title, why it matters, who is hurt, what to do instead."""

    title: str
    why: str
    who: str
    instead: str
    hurt: Hurt


def family(name: str, keyword: str, added: Words, removed: Words, changed: Words | None = None) -> Iterator[Rule]:
    """The rules of one keyword, of which added and removed mirror each other."""
    yield replace(_rule(name, keyword, Direction.ADDED, added), mirror=f"{name}-removed")
    yield replace(_rule(name, keyword, Direction.REMOVED, removed), mirror=f"{name}-added")
    if changed is not None:
        yield replace(_rule(name, keyword, Direction.CHANGED, changed), alone=ITSELF)


def single(id_: str, keyword: str, words: Words, alone: str) -> Rule:
    """A rule without a mirror, and why it has none."""
    made = _rule(id_, keyword, Direction.CHANGED, words)
    return replace(made, id=id_, alone=alone)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem of files in words: its id, a title, why it matters, what to do; why no example can be kept of it."""

    id: str
    title: str
    why: str
    instead: str
    severity: Severity = Severity.ERROR
    unshown: str = ""


def of_files(who: str, troubles: tuple[Trouble, ...]) -> Iterator[Rule]:
    """The rules about problems of files; `who` has to do with them."""
    for it in troubles:
        yield Rule(
            it.id,
            it.title,
            "",
            Direction.NONE,
            it.severity,
            it.why,
            who,
            it.instead,
            alone=NO_OPPOSITE,
            unshown=it.unshown,
        )


def _rule(name: str, keyword: str, direction: Direction, words: Words) -> Rule:
    return Rule(
        f"{name}-{direction.value}",
        words.title,
        keyword,
        direction,
        SEVERITIES[words.hurt],
        words.why,
        words.who,
        words.instead,
        words.hurt,
    )
