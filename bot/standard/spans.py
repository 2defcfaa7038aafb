"""Where in a JSON text each value begins and ends, so that a text can be edited and stay as it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Steps: TypeAlias = tuple[str, ...]

_SYMBOL = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s"{}\[\]:,]+', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets: of the key (of the value, where it has none), of the value, and of what follows the value."""

    key: int
    start: int
    end: int


@dataclass(slots=True)
class _Open:
    """A container that has not ended: `index` of the next item, None in an object."""

    steps: Steps
    key: int
    start: int
    index: int | None


def spans(text: str) -> Mapping[Steps, Span]:
    """The span of every value of a text that is known to be JSON; of a key given twice, the last counts."""
    found: dict[Steps, Span] = {}
    stack: list[_Open] = []
    key: tuple[str, int] | None = None
    for match in _SYMBOL.finditer(text):
        symbol, offset = match.group(), match.start()
        if symbol in "}]":
            ended = stack.pop()
            found[ended.steps] = Span(ended.key, ended.start, match.end())
        elif symbol in ":,":
            _move_on(stack, symbol)
        elif stack and stack[-1].index is None and key is None:
            key = json.loads(symbol), offset
        else:
            steps, place = _steps(stack, key), key[1] if key else offset
            key = None
            if symbol in "{[":
                stack.append(_Open(steps, place, offset, None if symbol == "{" else 0))
            else:
                found[steps] = Span(place, offset, match.end())
    return found


def _move_on(stack: list[_Open], symbol: str) -> None:
    if symbol == "," and stack and stack[-1].index is not None:
        stack[-1].index += 1


def _steps(stack: list[_Open], key: tuple[str, int] | None) -> Steps:
    if not stack:
        return ()
    return (*stack[-1].steps, key[0] if key is not None else str(stack[-1].index))


def line_at(text: str, offset: int) -> int:
    """The number of the line that an offset is on, from 1."""
    return text.count("\n", 0, offset) + 1
