"""Which of the texts that stand at GitHub are the bot's own: those with its mark that it wrote itself.

Its name alone does not tell: all workflows of a repository write as one user, and some repeat what strangers say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from bot.adapters.github import Author, GitHub
from bot.publish.marks import Mark, believed


class Written(Protocol):
    """A text that somebody wrote."""

    @property
    def id(self) -> int:
        """Its number; numbers grow."""
        ...

    @property
    def body(self) -> str:
        """What it says, marks included."""
        ...

    @property
    def at(self) -> float:
        """When it was written last (seconds since 1970); 0 where nobody says so."""
        ...

    @property
    def author(self) -> Author | None:
        """Who wrote it."""
        ...


W = TypeVar("W", bound=Written)


def own(github: GitHub, listed: Iterable[W], wanted: Callable[[str], bool]) -> list[tuple[W, Mark]]:
    """The bot's own texts whose keys are wanted, oldest first."""
    now = github.now()
    marked = [(each, mark) for each in listed if (mark := believed(each.body, now, each.at)) and wanted(mark.key)]
    found = _own(github, marked)
    if marked and not found and (github.learns_anew() or github.recognises(each.author for each, _ in marked)):
        found = _own(github, marked)
    return sorted(found, key=lambda pair: pair[0].id)


def _own(github: GitHub, marked: Iterable[tuple[W, Mark]]) -> list[tuple[W, Mark]]:
    return [(each, mark) for each, mark in marked if github.is_own(each.author)]
