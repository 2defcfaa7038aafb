"""Reads rows of CSV files, one at a time; a row that is damaged is a trouble, and the next is read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from bot.conformance.records import Item, Record, Shape, Trouble

LONGEST_LINE = 1_000_000
"""Bytes; a longer one is no line of a table."""
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of a table before it is read: what it is called, how cells are set apart ("" asks the first
    line), and the texts that stand for no value."""

    name: str
    delimiter: str = ""
    missing: frozenset[str] = field(default=frozenset())


def read_csv(file: str, stream: BinaryIO, table: Table) -> Iterator[Item]:
    """The rows of a table, each a record of texts by column."""
    lines = _Lines(stream)
    first = next(lines, "")
    if not first.strip():
        yield Trouble("a table without a first line that names its columns", file, lost="the whole file")
        return
    delimiter = table.delimiter or max(DELIMITERS, key=first.count)
    rows = csv.reader(_after(first, lines), delimiter=delimiter, strict=True)
    header = _header(rows)
    wrong = _wrong_header(header)
    if wrong:
        yield Trouble(wrong, file, "line 1", "the whole file")
        return
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error:
            yield Trouble("a row is not CSV", file, f"line {lines.number}", "the row")
            continue
        finally:
            yield from lines.troubles(file)
        if not row:
            continue
        trouble = _wrong_row(row, header)
        if trouble:
            yield Trouble(trouble, file, f"line {lines.number}", "the row")
        else:
            cells = ("" if cell in table.missing else cell for cell in row)
            yield Record(dict(zip(header, cells, strict=True)), file, table.name, Shape.ROW)


def _after(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _header(rows: Iterator[list[str]]) -> list[str]:
    try:
        return [name.strip() for name in next(rows, [])]
    except csv.Error:
        return []


def _wrong_header(header: list[str]) -> str:
    if not any(header):
        return "a table without a first line that names its columns"
    if len(set(header)) < len(header):
        return "two columns have the same name, so that nobody can say which is meant"
    return _damage(header)


def _wrong_row(row: list[str], header: list[str]) -> str:
    if len(row) != len(header):
        return "a row has more or fewer cells than there are columns"
    return _damage(row)


def _damage(cells: list[str]) -> str:
    text = "".join(cells)
    if "\0" in text:
        return "a row holds NUL characters"
    # What is no UTF-8 was read as what can stand in no text.
    return "" if text.isascii() or not any("\udc80" <= each <= "\udcff" for each in text) else "a row is not UTF-8"


class _Lines:
    """The lines of a file, with the number of the last; one that is too long is left out."""

    def __init__(self, stream: BinaryIO) -> None:
        self.number = 0
        self._stream = stream
        self._too_long: list[int] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while line := self._stream.readline(LONGEST_LINE + 1):
            self.number += 1
            if len(line) <= LONGEST_LINE:
                return line.decode("utf-8-sig" if self.number == 1 else "utf-8", "surrogateescape")
            self._too_long.append(self.number)
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(LONGEST_LINE + 1)
        raise StopIteration

    def troubles(self, file: str) -> Iterator[Trouble]:
        """The lines that were left out since they were last asked for."""
        while self._too_long:
            yield Trouble("a line is too long", file, f"line {self._too_long.pop(0)}", "the line")
