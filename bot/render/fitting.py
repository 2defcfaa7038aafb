"""Fits a message into the room there is: what matters most stays, and nothing is cut in two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

BREAK = "\n\n"

ALWAYS = 0
"""The rank of what is never left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A row, an item or a block that is shown whole or not at all; a higher rank goes first."""

    text: str
    rank: int = ALWAYS


@dataclass(frozen=True, slots=True)
class Section:
    """Parts of one kind, most serious first; `noun` is what people call one of them. `opening` and `closing`
    stand around them where any is shown."""

    parts: Sequence[Part]
    noun: str = "part"
    opening: str = ""
    closing: str = ""
    joint: str = BREAK

    def text(self, shown: int, more: str = "") -> str:
        """The first parts, and what is said of the rest."""
        body = self.opening + self.joint.join(part.text for part in self.parts[:shown]) + self.closing
        return BREAK.join(each for each in (body if shown else "", more) if each)


More: TypeAlias = Callable[[int, str], str]
"""Says how many things of a kind were left out."""


def fixed(text: str) -> Section:
    """A text that is always shown."""
    return Section((Part(text),) if text else ())


def size(text: str) -> int:
    """The bytes of a text in UTF-8: no service counts more strictly."""
    return len(text.encode())


def fit(sections: Sequence[Section], limit: int, more: More) -> str:
    """The sections in their order, in at most `limit` bytes. Parts are left out by rank, the last of a section
    first; where one is left out, so are those of its section that follow."""
    filled = [section for section in sections if section.parts]
    whole = BREAK.join(section.text(len(section.parts)) for section in filled)
    if size(whole) <= limit:
        return whole
    # Room is kept for a line that says what was left out: of each section at first, then of those that need it.
    said = [size(more(len(section.parts), section.noun)) + len(BREAK) for section in filled]
    careful = _Choice(filled, limit, said).shown()
    needed = [
        room if shown < len(section.parts) else 0 for room, shown, section in zip(said, careful, filled, strict=True)
    ]
    closer = _text(filled, _Choice(filled, limit, needed).shown(), more)
    return closer if size(closer) <= limit else _text(filled, careful, more)


def _text(sections: Sequence[Section], shown: Sequence[int], more: More) -> str:
    return BREAK.join(filter(None, (_cut(*each, more) for each in zip(sections, shown, strict=True))))


def _cut(section: Section, shown: int, more: More) -> str:
    left = len(section.parts) - shown
    return section.text(shown, more(left, section.noun) if left else "")


class _Choice:
    """How many parts of each section are shown."""

    def __init__(self, sections: Sequence[Section], limit: int, kept: Sequence[int]) -> None:
        self._sections, self._limit = sections, limit
        self._used = sum(kept) - len(BREAK)
        self._shown = [0] * len(sections)
        self._closed = [False] * len(sections)

    def shown(self) -> list[int]:
        ranked = [
            (rank, at, number)
            for at, section in enumerate(self._sections)
            for number, rank in enumerate(accumulate((part.rank for part in section.parts), max))
        ]
        for rank, at, number in sorted(ranked):
            self._consider(self._sections[at], at, number, rank)
        return self._shown

    def _consider(self, section: Section, at: int, number: int, rank: int) -> None:
        if self._closed[at]:
            return
        around = section.opening + section.closing + BREAK if number == 0 else section.joint
        cost = size(section.parts[number].text) + size(around)
        if rank > ALWAYS and self._used + cost > self._limit:
            self._closed[at] = True
            return
        self._used += cost
        self._shown[at] = number + 1
