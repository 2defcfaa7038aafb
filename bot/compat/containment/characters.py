"""Sets of characters as sorted, disjoint ranges of code points; the classes of ECMA-262 patterns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Inclusive ranges, sorted, disjoint and not adjacent."""

LAST = 0x10FFFF
SURROGATES = (0xD800, 0xDFFF)


def union(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The ranges sorted and merged."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(ranges: Ranges) -> Ranges:
    """Every code point that the ranges leave out."""
    gaps: list[tuple[int, int]] = []
    following = 0
    for low, high in ranges:
        if low > following:
            gaps.append((following, low - 1))
        following = high + 1
    if following <= LAST:
        gaps.append((following, LAST))
    return tuple(gaps)


def single(*characters: str) -> Ranges:
    """The set of these characters."""
    return union((ord(c), ord(c)) for c in characters)


ANY: Ranges = ((0, LAST),)
DIGIT = union([(0x30, 0x39)])
WORD = union([(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])
# ECMA-262, WhiteSpace and LineTerminator.
SPACE = union(
    [
        (0x09, 0x0D),
        (0x20, 0x20),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
        (0xFEFF, 0xFEFF),
    ]
)
NOT_NEWLINE = complement(single("\n", "\r", "\u2028", "\u2029"))
ESCAPES = {
    "d": DIGIT,
    "D": complement(DIGIT),
    "w": WORD,
    "W": complement(WORD),
    "s": SPACE,
    "S": complement(SPACE),
}


_CATEGORY_NAMES = {"Letter": "L", "Mark": "M", "Number": "N", "Punctuation": "P", "Symbol": "S", "Separator": "Z"}
_CATEGORIES = frozenset(
    [
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "Mn",
        "Mc",
        "Me",
        "Nd",
        "Nl",
        "No",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "Zs",
        "Zl",
        "Zp",
        "Cc",
        "Cf",
        "Co",
    ]
)


def category(name: str) -> Ranges | None:
    """The characters of a Unicode general category (`L`, `Lu`, `Letter`); None where it is not one of them."""
    wanted = name.removeprefix("General_Category=").removeprefix("gc=")
    wanted = _CATEGORY_NAMES.get(wanted, wanted)
    known = wanted in _CATEGORIES or wanted in {each[0] for each in _CATEGORIES - {"Cc", "Cf", "Co"}}
    return _category(wanted) if known else None


@cache
def _category(wanted: str) -> Ranges:
    points = (point for point in range(LAST + 1) if unicodedata.category(chr(point)).startswith(wanted))
    return union((point, point) for point in points)


def partition(sets: Iterable[Ranges]) -> tuple[tuple[int, int], ...]:
    """The coarsest cut of all characters into ranges that no given set divides. Surrogates are left
    out: a JSON text that holds a lone one cannot be exchanged."""
    cuts = {0, SURROGATES[0], SURROGATES[1] + 1}
    for ranges in sets:
        for low, high in ranges:
            cuts.update((low, high + 1))
    ordered = sorted(cut for cut in cuts if cut <= LAST)
    pieces = zip(ordered, [*ordered[1:], LAST + 1], strict=True)
    return tuple((low, after - 1) for low, after in pieces if not SURROGATES[0] <= low <= SURROGATES[1])


# What a reader would choose first as an example of a character.
_LIKED = (*range(0x61, 0x7B), *range(0x30, 0x3A), *range(0x41, 0x5B), 0x20, 0x2D, 0x2F, 0x5F, 0x2E)


def representative(low: int, high: int) -> tuple[int, str]:
    """(how strange it is, the character) for the least strange character of a range."""
    for rank, point in enumerate(_LIKED):
        if low <= point <= high:
            return rank, chr(point)
    for point in _printable(low, high):
        return 100, chr(point)
    return 1000, chr(low)


def _printable(low: int, high: int) -> Iterator[int]:
    return (point for point in range(low, min(high, low + 500) + 1) if chr(point).isprintable())
