"""What the summary of a job says: the report on each pull request, and what was not delivered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.output import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.announcing.news import Announcement
    from bot.commands.run import Handled
    from bot.report.model import Report

NO_MORE = "\n*There is no room for more here: the log of the job has it.*\n"


class JobSummary:
    """The file that GitHub shows as the summary of a step. It is refused whole where it is too large, so that there is
    one limit for all pull requests of a run."""

    def __init__(self, path: str) -> None:
        """`path`: "" where there is none."""
        self._path = Path(path) if path else None
        self._is_full = False

    def add(self, number: int, title: str, report: Report | None, undelivered: Sequence[str]) -> None:
        """What is to be said of a pull request (number 0: of something else that is called `title`), as far as there
        is room for it; nothing where there is nothing."""
        from bot.render.fitting import size
        from bot.render.summary import LIMIT, entry

        if self._path is None or self._is_full or not (report or undelivered):
            return
        there = self._path.stat().st_size if self._path.exists() else 0
        said = entry(number, title, report, undelivered, LIMIT - there - size(NO_MORE))
        self._is_full = not said
        with opened(self._path, append=True) as stream:
            stream(said or NO_MORE)


def failures(announcement: Announcement) -> list[str]:
    """What was not delivered, and what to do about it."""
    return [f"{each.channel}: {each.error.message}. {each.error.hint}" for each in announcement.told if each.error]


def undelivered(handled: Handled) -> list[str]:
    """The same of one pull request, which may not even have been read."""
    own = [f"{handled.error.message}. {handled.error.hint}"] if handled.error else []
    return own + failures(handled.announcement)
