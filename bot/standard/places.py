"""Where in a JSON text each value stands: line numbers for pointers, and keys that are given twice."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TypeAlias

Steps: TypeAlias = tuple[str, ...]

_SYMBOL = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s"{}\[\]:,]+', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A key given twice in one object: the steps to it, where its two values begin, the line of the second."""

    steps: Steps
    first: int
    second: int
    line: int


class Places:
    """The places of one text that is known to be JSON."""

    def __init__(self, text: str) -> None:
        """Scans the whole text once."""
        self._newlines = [at for at, character in enumerate(text) if character == "\n"]
        self._offsets: dict[Steps, int] = {}
        self._values: dict[Steps, int] = {}
        self.repeated: list[Repeated] = []
        self._scan(text)

    def line(self, steps: Steps) -> int:
        """The line of the value (or of its key) at the steps, from 1; of the nearest container that is there
        where it is not."""
        while steps and steps not in self._offsets:
            steps = steps[:-1]
        return self._line(self._offsets.get(steps, 0))

    def _line(self, offset: int) -> int:
        return bisect_right(self._newlines, offset - 1) + 1 if offset else 1

    def _scan(self, text: str) -> None:
        # One entry a container: its steps, and the index of the next item (None for objects).
        stack: list[tuple[Steps, int | None]] = []
        key: tuple[str, int] | None = None
        for found in _SYMBOL.finditer(text):
            symbol, offset = found.group(), found.start()
            if symbol in "}]:,":
                _move_on(stack, symbol)
            elif stack and stack[-1][1] is None and key is None:
                key = (_unquoted(symbol), offset)
            else:
                steps = _steps(stack, key)
                self._note(steps, key[1] if key else offset, offset)
                key = None
                if symbol in "{[":
                    stack.append((steps, None if symbol == "{" else 0))

    def _note(self, steps: Steps, place: int, value: int) -> None:
        if steps in self._values:
            self.repeated.append(Repeated(steps, self._values[steps], value, self._line(place)))
        else:
            self._offsets[steps], self._values[steps] = place, value


def _move_on(stack: list[tuple[Steps, int | None]], symbol: str) -> None:
    if symbol in "}]":
        del stack[-1:]
    elif symbol == "," and stack and stack[-1][1] is not None:
        stack[-1] = (stack[-1][0], stack[-1][1] + 1)


def _steps(stack: list[tuple[Steps, int | None]], key: tuple[str, int] | None) -> Steps:
    if not stack:
        return ()
    parent, index = stack[-1]
    return (*parent, key[0] if key is not None else str(index))


def _unquoted(symbol: str) -> str:
    if "\\" not in symbol:
        return symbol[1:-1]
    from json import loads

    return str(loads(symbol))
