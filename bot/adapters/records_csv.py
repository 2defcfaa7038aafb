"""Reads rows of CSV files, one at a time; a row that is damaged is a trouble, and the next is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from typing import BinaryIO

from bot.adapters.records_rows import Rows
from bot.conformance.records import Item, Record, Shape, Trouble


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of a table before it is read: what it is called, how cells are set apart ("" asks the first
    line), and the texts that stand for no value."""

    name: str
    delimiter: str = ""
    missing: frozenset[str] = field(default=frozenset())


def read_csv(file: str, stream: BinaryIO, table: Table) -> Iterator[Item]:
    """The rows of a table, each a record of texts by column. Closes the stream."""
    with TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="") as text:
        yield from _read(file, Rows(text, table.delimiter), table)


def _read(file: str, rows: Rows, table: Table) -> Iterator[Item]:
    header = [name.strip() for name in next(rows, None) or []]
    width = len(header)
    while header and not header[-1]:
        header.pop()  # what a spreadsheet leaves behind the last column
    wrong = _wrong_header(header)
    if wrong:
        yield Trouble(wrong, file, rows.place if header else "", "the whole file")
        return
    for row in rows:
        yield from (Trouble("a line is too long", file, f"line {number}", "the line") for number in rows.left_out())
        if row is None:
            yield Trouble("a row is not CSV", file, rows.place, "the row" if rows.is_one_line else "these lines")
        elif row:
            yield from _record(row, header, width, file, rows.place, table)
    yield from (Trouble("a line is too long", file, f"line {number}", "the line") for number in rows.left_out())


def _record(row: list[str], header: list[str], width: int, file: str, place: str, table: Table) -> Iterator[Item]:
    while len(header) < len(row) <= width and not row[-1].strip():
        row.pop()
    trouble = _wrong_row(row, header)
    if trouble:
        yield Trouble(trouble, file, place, "the row")
    else:
        cells = ("" if cell in table.missing else cell for cell in row)
        yield Record(dict(zip(header, cells, strict=True)), file, table.name, Shape.ROW)


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
