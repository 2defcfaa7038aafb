"""What the hardened readers of JSON and YAML share: what a reading is, and what no file may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.standard.places import Places
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, Severity, error, warning
from bot.standard.unseen import draws, is_unseen
from bot.standard.values import JSON

MOST_BYTES = 8_000_000
MOST_DEPTH = 100

_BOM = b"\xef\xbb\xbf"
_LFS = b"version https://git-lfs.github.com/spec/"
# Bidirectional controls reorder what a reviewer sees; characters that show nothing make two names look alike.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ESCAPED = re.compile(r"\\[uU][0-9a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")

CONFLICT = re.compile("^(?:<{7}|>{7}) ", re.MULTILINE)
SETTLE = "A merge is not finished: git left its marks (<<<<<<< and >>>>>>>) in the file. Keep one of the two versions."


@dataclass(frozen=True)
class Reading:
    """What a file holds. `readable` is False where it had to be refused; `value` is None then."""

    path: str
    value: JSON
    readable: bool
    text: str = field(repr=False, default="")
    problems: tuple[Problem, ...] = ()
    marks: Mapping[tuple[str, ...], tuple[int, int]] | None = field(repr=False, default=None)

    def is_of(self, data: bytes) -> bool:
        """Whether these bytes are certain to be read as this: of what was refused, or said to be wrong, it is not."""
        return self.readable and not self.problems and self.text.encode() == data

    def line(self, steps: tuple[str, ...]) -> int:
        """The line of a value, from 1; of the nearest value around it that has one."""
        return self._places.line(steps) if self.marks is None else self._mark(self.marks, steps)[0]

    def column(self, steps: tuple[str, ...]) -> int:
        """The column on that line where the value, or its key, begins, from 1; 0 where it is not known (JSON)."""
        return 0 if self.marks is None else self._mark(self.marks, steps)[1]

    @staticmethod
    def _mark(marks: Mapping[tuple[str, ...], tuple[int, int]], steps: tuple[str, ...]) -> tuple[int, int]:
        while steps and steps not in marks:
            steps = steps[:-1]
        return marks.get(steps, (1, 1))

    @cached_property
    def _places(self) -> Places:
        return Places(self.text)


class Refused(Exception):
    """A file that is not taken, and why."""

    def __init__(self, problem: Problem) -> None:
        """`problem` is what is said of it."""
        super().__init__(problem.message)
        self.problem = problem


def decoded(path: str, data: bytes, problems: list[Problem], most_bytes: int = MOST_BYTES) -> str:
    """The text of a file; raises Refused."""
    if len(data) > most_bytes:
        # How much more is not known: no more than that was taken of it.
        message = f"the file has more than {most_bytes:,} bytes, and is not read"
        raise Refused(error("file-too-large", path, "", message, "Split it, or leave generated content out."))
    if data.startswith(_LFS):
        message = "this is a pointer to Git LFS, not the file itself"
        raise Refused(error("file-elsewhere", path, "", message, "Commit the file itself: a schema is small enough."))
    if data.startswith(_BOM):
        problems.append(
            warning(
                "byte-order-mark-found",
                path,
                "",
                "the file begins with a byte-order mark",
                "Save it as UTF-8 without BOM.",
                1,
                1,
            )
        )
    try:
        return data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        column = problem.start - data.rfind(b"\n", 0, problem.start)
        message = f"byte {problem.start} is not UTF-8, the only encoding of JSON"
        raise Refused(error("encoding-invalid", path, "", message, "Save the file as UTF-8.", line, column)) from None


def check_content(path: str, text: str, value: JSON, problems: list[Problem]) -> None:
    """Find characters that hide or cannot be exchanged (looked for in the text first: few files have any);
    raises Refused."""
    if (text.isascii() or not any(map(is_unseen, set(text)))) and not _ESCAPED.search(text):
        return
    for steps, string, is_key in _strings(value, ()):
        if _SURROGATE.search(string):
            message = "half of a surrogate pair, which cannot be sent to anyone"
            raise Refused(error("surrogate-lone", path, pointer(steps), message, "Write the whole character."))
        hidden = _unseen(string, is_key=is_key)
        if hidden:
            turns = bool(_DIRECTION.search(string))
            problems.append(_hidden(path, pointer(steps), hidden, is_key=is_key, turns=turns))


def _unseen(string: str, *, is_key: bool) -> str:
    """The first character that shows nothing; "" where there is none. In a text a symbol may be drawn in colours."""
    pairs = zip(("", *string), string, strict=False)
    return next((each for before, each in pairs if is_unseen(each) and (is_key or not draws(each, before))), "")


def _hidden(path: str, place: str, character: str, *, is_key: bool, turns: bool) -> Problem:
    severity = Severity.ERROR if is_key or turns else Severity.WARNING
    what = "a name" if is_key else "a text"
    effect = "makes it read other than it is" if turns else "cannot be seen"
    message = f"{what} holds \\u{{{ord(character):04x}}}, which {effect}"
    return Problem("character-hidden", severity, path, place, message, "Take the character out.")


def _strings(value: JSON, steps: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, bool]]:
    """The strings that are not plain ASCII: where each stands, and whether it is a key."""
    if isinstance(value, str):
        if not value.isascii():
            yield steps, value, False
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _strings(item, (*steps, str(at)))
    elif isinstance(value, dict):
        for name, item in value.items():
            if not name.isascii():
                yield (*steps, name), name, True
            yield from _strings(item, (*steps, name))
