"""Reads records from JSON and JSON Lines, one at a time: a file may be larger than memory, and hostile."""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import BinaryIO

from bot.adapters.records_decoding import TOO_DEEP, Decoder, Marks
from bot.conformance.records import LISTS, Item, Record, Shape, Trouble
from bot.standard.values import JSON

MOST_CHARACTERS = 8_000_000
"""The longest record that is taken; a longer one ends the reading of its file, or of its line."""
A_KEY = 100
"""Characters that a key of a record counts for beside its own: a record of a million small ones takes long."""
CHUNK = 1 << 16
REST = "the rest of the file"
_BLANK = re.compile(r"[ \t\r\n]*")


class _Unreadable(Exception):
    """What was met instead of a record, and instead of all that could follow."""


def read_json_lines(file: str, stream: BinaryIO) -> Iterator[Item]:
    """The record of each line; a line that holds none is a trouble, and the next is read."""
    decoder = Decoder()
    for number, line in _lines(stream):
        place = f"line {number}"
        if line is None:
            yield Trouble("a line is too long", file, place, "the line")
            continue
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            if text.strip():
                yield from _as_record(_loaded(text, decoder), decoder.marks, file, place, Shape.DOCUMENT)
        except UnicodeDecodeError:
            yield Trouble("a line is not UTF-8", file, place, "the line")
        except _Unreadable as problem:
            yield Trouble(str(problem), file, place, "the line")


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers; None for one that is longer than any record."""
    number = 0
    while line := stream.readline(MOST_CHARACTERS + 1):
        number += 1
        too_long = len(line) > MOST_CHARACTERS
        while len(line) > MOST_CHARACTERS and not line.endswith(b"\n"):
            line = stream.readline(MOST_CHARACTERS + 1)
        yield number, None if too_long else line


def read_json_file(file: str, stream: BinaryIO, lists: frozenset[str] = LISTS) -> Iterator[Item]:
    """The records of a JSON file: one record, an array of them, or a page of an API with them under one of `lists`;
    or several of these one after the other, as in JSON Lines."""
    text = _Text(stream)
    try:
        start = text.next()
        if start in ("[", "{"):
            yield from _one_after_the_other(text, file, lists)
        elif not start:
            yield Trouble("an empty file", file)
            return
        else:
            yield Trouble("neither an object nor an array of them", file, lost="the whole file")
            return
        if text.next():
            yield Trouble("more follows after the end of the JSON", file, text.place, REST)
    except _Unreadable as problem:
        yield Trouble(str(problem), file, text.place, REST)
    except UnicodeDecodeError:
        yield Trouble("not UTF-8", file, text.place, REST)


def _one_after_the_other(text: _Text, file: str, lists: frozenset[str]) -> Iterator[Item]:
    while (start := text.next()) in ("[", "{"):
        if start == "[":
            yield from _array(text, file, Shape.DOCUMENT)
        else:
            yield from _object(text, file, lists)


def _array(text: _Text, file: str, shape: Shape) -> Iterator[Item]:
    for number, value in enumerate(text.items(), start=1):
        yield from _as_record(value, text.marks, file, f"record {number}", shape)


def _object(text: _Text, file: str, lists: frozenset[str]) -> Iterator[Item]:
    """A record; or, where one of its keys holds a list of records, those."""
    whole: dict[str, JSON] = {}
    marks = Marks(deep=True)
    is_page = False
    held = 0
    for key in text.names():
        held += text.length
        marks.add(text.marks)
        marks.repeated |= key in whole
        if key in lists and text.next() == "[":
            is_page = True
            yield from _array(text, file, Shape.ITEM)
        else:
            whole[key] = text.value()
            held += text.length + A_KEY
            marks.add(text.marks)
            if held > MOST_CHARACTERS:
                raise _Unreadable("a record is too long")
    if not is_page:
        yield from _as_record(whole, marks, file, "", Shape.DOCUMENT)


def _as_record(value: JSON, marks: Marks, file: str, place: str, shape: Shape) -> Iterator[Item]:
    fault = marks.fault(value)
    if fault:
        yield Trouble(fault, file, place, "the record")
        return
    if marks.repeated:
        yield Trouble("a key stands twice in a record, of which the last was taken", file, place)
    yield Record(value, file, file, shape)


class _Text:
    """The text of a file, of which one record at most is held."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._before = 0
        self._ended = False
        self.length = 0
        """Characters of the value that was read last."""
        self._value = Decoder()

    @property
    def marks(self) -> Marks:
        """What was noticed of the value that was read last."""
        return self._value.marks

    @property
    def place(self) -> str:
        """Where reading is, in characters from the start."""
        return f"character {self._before + self._at + 1:,}"

    def next(self) -> str:
        """The next character that is not blank, which stays; "" at the end."""
        while True:
            self._at = _blank_end(self._text, self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(CHUNK):
                return ""

    def take(self, expected: str) -> str:
        """The next character, which has to be one of those expected."""
        found = self.next()
        if not found:
            raise _Unreadable("the file ends in the middle of the JSON")
        if found not in expected:
            raise _Unreadable("this is not JSON")
        self._at += 1
        return found

    def items(self) -> Iterator[JSON]:
        """The items of an array."""
        self.take("[")
        if self.next() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self.take(",]") == "]":
                return

    def names(self) -> Iterator[str]:
        """The keys of an object; after each its value is to be read."""
        self.take("{")
        if self.next() == "}":
            self.take("}")
            return
        while True:
            if self.next() != '"':
                self.take('"')
            key = self.value()
            self.take(":")
            yield key
            if self.take(",}") == "}":
                return

    def value(self) -> JSON:
        """The next value, whole."""
        wanted = CHUNK
        self.next()
        while True:
            try:
                value, end = self._value.decode(self._text, self._at)
            except json.JSONDecodeError:
                value, end = None, len(self._text)
                broken = True
            except RecursionError:
                raise _Unreadable(TOO_DEEP) from None
            else:
                broken = False
            # A number may go on in the next chunk, and so may whatever seems broken.
            if (broken or end == len(self._text)) and not self._ended:
                if len(self._text) - self._at > MOST_CHARACTERS:
                    raise _Unreadable("this is not JSON, or a record is too long")
                self._more(wanted)
                wanted *= 2
                continue
            if broken:
                raise _Unreadable("the file ends in the middle of the JSON, or this is not JSON")
            self.length = end - self._at
            self._at = end
            return value

    def _more(self, size: int) -> bool:
        """Read on; what was read before is let go of. False at the end."""
        self._before += self._at
        self._text, self._at = self._text[self._at :], 0
        data = self._stream.read(size)
        self._ended = not data
        self._text += self._decoder.decode(data, final=not data)
        return bool(data)


def _blank_end(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _loaded(text: str, decoder: Decoder) -> JSON:
    try:
        value, end = decoder.decode(text, _blank_end(text, 0))
    except json.JSONDecodeError as problem:
        raise _Unreadable("a line is not JSON") from problem
    except RecursionError as problem:
        raise _Unreadable(TOO_DEEP) from problem
    if _blank_end(text, end) < len(text):
        raise _Unreadable("a line is not JSON")
    return value
