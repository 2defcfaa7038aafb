"""Reads records from JSON and JSON Lines, one at a time: a file may be larger than memory, and hostile."""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import BinaryIO

from bot.conformance.records import Item, Record, Shape, Trouble
from bot.standard.reading import MOST_DEPTH
from bot.standard.values import JSON

MOST_CHARACTERS = 8_000_000
"""The longest record that is taken; a longer one ends the reading of its file, or of its line."""
CHUNK = 1 << 16
LISTS = ("contents", "content")
"""Where the pages of an API keep their records: HSDS 3, and Open Referral UK 1."""
REST = "the rest of the file"
_BLANK = re.compile(r"[ \t\r\n]*")


class _Unreadable(Exception):
    """What was met instead of a record."""


class _NotExchangeable(ValueError):
    """A number that JSON does not have."""


def read_json_lines(file: str, stream: BinaryIO) -> Iterator[Item]:
    """The record of each line; a line that holds none is a trouble, and the next is read."""
    for number, line in _lines(stream):
        place = f"line {number}"
        if line is None:
            yield Trouble("a line is too long", file, place, "the line")
            continue
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            if text.strip():
                yield from _as_record(_loaded(text), file, place, Shape.DOCUMENT, deep=_may_be_deep(text))
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


def read_json_file(file: str, stream: BinaryIO) -> Iterator[Item]:
    """The records of a JSON file: one record, an array of them, or a page of an API around them."""
    text = _Text(stream)
    try:
        start = text.next()
        if start == "[":
            yield from _array(text, file, Shape.DOCUMENT)
        elif start == "{":
            yield from _object(text, file)
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


def _array(text: _Text, file: str, shape: Shape) -> Iterator[Item]:
    for number, value in enumerate(text.items(), start=1):
        yield from _as_record(value, file, f"record {number}", shape, deep=text.may_be_deep)


def _object(text: _Text, file: str) -> Iterator[Item]:
    """A record; or, where one of its keys holds a list of records, those."""
    whole: dict[str, JSON] = {}
    is_page = False
    held = 0
    for key in text.names():
        if key in LISTS and text.next() == "[":
            is_page = True
            yield from _array(text, file, Shape.ITEM)
        else:
            whole[key] = text.value()
            held += text.length
            if held > MOST_CHARACTERS:
                raise _Unreadable("a record is too long")
    if not is_page:
        yield from _as_record(whole, file, "", Shape.DOCUMENT, deep=True)


def _as_record(value: JSON, file: str, place: str, shape: Shape, *, deep: bool) -> Iterator[Item]:
    if not isinstance(value, dict):
        yield Trouble("a record is not an object", file, place, "the record")
    elif deep and _too_deep(value):
        yield Trouble(f"a record is nested more than {MOST_DEPTH} deep", file, place, "the record")
    else:
        yield Record(value, file, file, shape)


def _may_be_deep(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether there are brackets enough for too deep a nesting: cheaper to see than the nesting itself."""
    return text.count("[", start, end) + text.count("{", start, end) > MOST_DEPTH


def _too_deep(value: JSON) -> bool:
    level = [value]
    for _ in range(MOST_DEPTH):
        level = [
            part
            for each in level
            for part in (each.values() if isinstance(each, dict) else each)
            if isinstance(part, (dict, list))
        ]
        if not level:
            return False
    return True


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
        self.may_be_deep = False

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
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                value, end = None, len(self._text)
                broken = True
            except _NotExchangeable as problem:
                raise _Unreadable(str(problem)) from None
            except RecursionError:
                raise _Unreadable(f"a record is nested more than {MOST_DEPTH} deep") from None
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
            self.may_be_deep = _may_be_deep(self._text, self._at, end)
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


def _loaded(text: str) -> JSON:
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as problem:
        raise _Unreadable("a line is not JSON") from problem
    except _NotExchangeable as problem:
        raise _Unreadable(str(problem)) from problem
    except RecursionError as problem:
        raise _Unreadable(f"a record is nested more than {MOST_DEPTH} deep") from problem


def _constant(name: str) -> JSON:
    raise _NotExchangeable(f"{name} is no number of JSON")


def _integer(text: str) -> int:
    if len(text) > 400:
        raise _NotExchangeable("a number is too long to be exchanged")
    return int(text)


def _float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise _NotExchangeable("a number is too large to be exchanged")
    return value


_DECODER = json.JSONDecoder(parse_constant=_constant, parse_int=_integer, parse_float=_float)
