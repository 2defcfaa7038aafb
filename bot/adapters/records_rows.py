"""Finds the rows of a CSV file as they are met in the wild; what is damaged costs its own line, and not the file."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TextIO

LONGEST = 1_000_000
"""Characters of a line, and of a row over several: a longer one is none of a table."""
MOST_CHANCES = 100
"""Quotes that nobody closes, after each of which what follows its line is read again."""
DELIMITERS = ",;\t|"
_QUOTED = re.compile('"[^"]*"')
_SAID = re.compile(r"sep=([,;\t|])\s*")
"""The line that spreadsheets understand before the first: what sets cells apart."""


class Rows:
    """The rows of a text, with its ends of lines as they are, as cells, from the first line that is not blank. One
    that cannot be read is None; `place` is where the row that came last is, or all lines that were not read for it."""

    def __init__(self, text: TextIO, delimiter: str = "") -> None:
        """`delimiter`: "" asks the first line, where it stands outside of quotes."""
        self.place = ""
        self.is_one_line = True
        self._lines = _Lines(text)
        self._chances = MOST_CHANCES
        first = self._first()
        if first and (said := _SAID.fullmatch(first[1])):
            delimiter, first = said[1], self._first()
        self._lines.again([first] if first else [])
        outside = _QUOTED.sub("", first[1]) if first else ""
        self._delimiter = delimiter or max(DELIMITERS, key=outside.count)

    def _first(self) -> _Line | None:
        return next((line for line in self._lines if line[1].strip()), None)

    def __iter__(self) -> Iterator[list[str] | None]:
        return self

    def __next__(self) -> list[str] | None:
        taken: list[_Line] = []
        try:
            row = next(csv.reader(_taken(self._lines, taken), delimiter=self._delimiter, strict=True))
        except csv.Error:
            row = None
            if self._chances and len(taken) > 1:
                self._chances -= 1
                self._lines.again(taken[1:])
                del taken[1:]
        start, end = taken[0][0], taken[-1][0]
        self.is_one_line = row is not None or start == end
        self.place = f"line {start}" if self.is_one_line else f"lines {start} to {end}"
        return row

    def left_out(self) -> Iterator[int]:
        """The numbers of the lines that were too long, since they were last asked for."""
        while self._lines.too_long:
            yield self._lines.too_long.popleft()


_Line = tuple[int, str]
"""The number of a line, and the line."""


def _taken(lines: Iterator[_Line], taken: list[_Line]) -> Iterator[str]:
    """The lines that one row takes, each kept in `taken` as well."""
    length = 0
    for number, text in lines:
        taken.append((number, text))
        length += len(text)
        if length > LONGEST:
            raise csv.Error("a row that has no end")
        yield text


class _Lines:
    """The lines of a file with their numbers, whatever ends them; one that is too long is left out."""

    def __init__(self, text: TextIO) -> None:
        self.too_long: deque[int] = deque()
        self._text = text
        self._number = 0
        self._again: deque[_Line] = deque()

    def __iter__(self) -> Iterator[_Line]:
        return self

    def __next__(self) -> _Line:
        if self._again:
            return self._again.popleft()
        while line := self._text.readline(LONGEST + 1):
            self._number += 1
            if len(line) <= LONGEST:
                return self._number, line
            self.too_long.append(self._number)
            while line and not line.endswith(("\n", "\r")):
                line = self._text.readline(LONGEST + 1)
        raise StopIteration

    def again(self, lines: Iterable[_Line]) -> None:
        """Bring some lines that came last once more."""
        self._again.extendleft(reversed([*lines]))
