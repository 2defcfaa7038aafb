"""Which lines of head the change wrote, and at which of them a note stands: one that it wrote, or beside what it took
away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.compat.changes import LISTED, Change
from bot.compat.repair.regions import lines_of
from bot.report.line_hunks import Hunk, hunks
from bot.report.model import ProfileReport, ReportedChange
from bot.standard.model import Standard
from bot.standard.pointers import PointsNowhere, resolve, steps
from bot.standard.problems import Problem
from bot.standard.reading import Reading
from bot.standard.spans import Span, line_at, spans
from bot.standard.values import JSON, same

Lines = tuple[int, int]
"""The first and the last line of something, from 1."""


class ChangedLines:
    """The lines that a change wrote or took away, file by file, found when first asked for."""

    def __init__(self, base: Standard, head: Standard) -> None:
        """Both sides, with the texts that were read of them."""
        self._readings = base.readings, head.readings
        self._hunks: dict[str, list[Hunk]] = {}
        self._spans: dict[tuple[str, int], Mapping[tuple[str, ...], Span]] = {}

    def noted(self, report: ProfileReport) -> ProfileReport:
        """The report with the lines of its changes; 0 where head has no line for a note to stand at."""
        return replace(report, changes=tuple(map(self.placed, report.changes)))

    def placed(self, reported: ReportedChange) -> ReportedChange:
        """A change with its line."""
        return replace(reported, line=self._line(reported)) if reported.line else reported

    def wrote(self, problem: Problem) -> bool:
        """Whether a problem is at a line that the change wrote: a note at any other would be about somebody else's
        work. One without a line is at none."""
        before, after = (readings.get(problem.file) for readings in self._readings)
        if after is None or not problem.line:
            return False
        return any(_holds(hunk, problem.line) for hunk in self._between(problem.file, before, after))

    def _line(self, reported: ReportedChange) -> int:
        before, after = (readings.get(reported.file) for readings in self._readings)
        if after is None:
            return 0  # the file is gone: its lines are those of base
        if before is None:
            return reported.line
        hunks = self._between(reported.file, before, after)
        places = [self._lines(side, reading, reported) for side, reading in enumerate((before, after))]
        written = (line for hunk in hunks if (line := _written(hunk, places[1])))
        lost = (line for hunk in hunks if (line := _lost(hunk, places[0], after)))
        # A file that was written anew as a whole has hunks too wide to say where anything was taken away.
        beside = reported.line if any(_holds(hunk, reported.line) for hunk in hunks) else 0
        return next(written, 0) or beside or next(lost, 0) or reported.line

    def _between(self, file: str, before: Reading | None, after: Reading) -> list[Hunk]:
        if file not in self._hunks:
            self._hunks[file] = hunks(_lines(before), _lines(after))
        return self._hunks[file]

    def _lines(self, side: int, reading: Reading, reported: ReportedChange) -> Lines | None:
        """The lines of what a change is about, as one side has it; None where it does not."""
        if not reading.readable:
            return None
        place = steps(reported.pointer)
        if reading.marks is not None:
            # Of YAML only beginnings are known.
            line = reading.line(place)
            return line, line
        if (reported.file, side) not in self._spans:
            self._spans[reported.file, side] = spans(reading.text)
        found = self._spans[reported.file, side]
        exact = _place(reported.change, reading.value, place)
        span = found.get(exact) if exact is not None else None
        return (line_at(reading.text, span.key), line_at(reading.text, span.end)) if span is not None else None


def _lines(reading: Reading | None) -> list[str]:
    return [line.removesuffix("\n") for line in lines_of(reading.text)] if reading is not None else []


def _place(change: Change, value: JSON, place: tuple[str, ...]) -> tuple[str, ...] | None:
    """Where a side has what a change is about: of a list, the item; None where it does not have that."""
    wanted: JSON
    if change.is_per_name:
        wanted = change.steps[-1]
    elif change.rule in LISTED:
        gained = change.head if isinstance(change.head, list) else change.base
        wanted = gained[0] if isinstance(gained, list) and gained else None
    else:
        return place
    try:
        listed = resolve(value, place)
    except PointsNowhere:
        return None
    items = enumerate(listed) if isinstance(listed, list) else ()
    return next(((*place, str(at)) for at, each in items if same(each, wanted)), None)


def _written(hunk: Hunk, place: Lines | None) -> int:
    """The first line of a place that a hunk wrote; 0 where it wrote none there."""
    if place is None:
        return 0
    first, last = max(place[0], hunk.head[0] + 1), min(place[1], hunk.head[1])
    return first if first <= last else 0


def _holds(hunk: Hunk, line: int) -> bool:
    return hunk.head[0] < line <= hunk.head[1]


def _lost(hunk: Hunk, place: Lines | None, after: Reading) -> int:
    """The line that stands where a hunk took something of a place away; 0 where it took nothing there."""
    if place is None or max(place[0], hunk.base[0] + 1) > min(place[1], hunk.base[1]):
        return 0
    return max(1, min(hunk.head[0] + 1, len(lines_of(after.text))))
