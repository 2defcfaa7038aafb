"""What it takes to look back: the history, and what the forge knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adapters.clock import SystemClock
from bot.ports import Sources
from bot.wiring.judging import sources
from bot.wiring.settings import named
from bot.wiring.telling import redacted

if TYPE_CHECKING:
    from bot.commands.check import ElsewhereProfile, PatchDirectory
    from bot.commands.replay import History, Titles
    from bot.standard.problems import Problem


def history(source: Path) -> History:
    """The history of the repository that a source directory lies in."""
    from bot.adapters.history import GitHistory

    return GitHistory(source)


@dataclass(frozen=True, slots=True)
class Past:
    """What looking back takes: the directory of the standard, its history and versions, and the profiles that the
    settings name besides those of the standard itself; `problems` are what is wrong with the settings."""

    directory: Path
    history: History
    sources: Sources
    patches: tuple[PatchDirectory, ...]
    elsewhere: tuple[ElsewhereProfile, ...]
    problems: tuple[Problem, ...]


def past(source: Path) -> Past:
    """What `replay` reads: the standard that `.github/bot.yml` leads to, unless a directory of it is named."""
    # What is no directory, or in no repository, is told of before any settings are.
    history(source)
    found = named(source)
    at = found.directory
    return Past(at, history(at), sources(at), found.patches, found.elsewhere, found.problems)


@contextmanager
def titles() -> Iterator[Titles]:
    """What the forge knows of past pull requests; nothing where it is not set up."""
    from bot.commands.replay import Titles
    from bot.settings import settings

    known = settings()
    if known.github is None:
        yield Titles()
        return
    from bot.adapters.github import GitHub
    from bot.adapters.services import GitHubForge

    at = known.github
    with redacted(known):
        github = GitHub(at.token.reveal(), at.api_url, at.repository, now=SystemClock().now)
        try:
            yield Titles(GitHubForge(github))
        finally:
            github.close()
