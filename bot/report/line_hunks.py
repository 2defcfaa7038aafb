"""What differs between two texts, line by line; of long ones in about as long as they are long."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LONG = 1_000_000
"""Pairs of lines, one of each side: where there are more, the sides are first cut at lines that each has once."""
MOST_PAIRS = 9_000_000
"""Where there are more still, one side stands for the other as a whole."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines of base, counted from 0 and without the last, that others of head stand for."""

    base: Range
    head: Range


def hunks(base: Sequence[str], head: Sequence[str]) -> list[Hunk]:
    """What differs between two files, from the top."""
    # What is the same at both ends is set aside first: the comparison between is quadratic.
    start = next((at for at, (ours, theirs) in enumerate(zip(base, head, strict=False)) if ours != theirs), None)
    start = min(len(base), len(head)) if start is None else start
    most = min(len(base), len(head)) - start
    end = next((at for at in range(most) if base[-1 - at] != head[-1 - at]), most)
    between = Hunk((start, len(base) - end), (start, len(head) - end))
    if _pairs(between) <= LONG:
        return list(_compared(base, head, between))
    cut = _cut(base, head, between)
    return [hunk for part in cut for hunk in _compared(base, head, part)]


def _pairs(part: Hunk) -> int:
    return (part.base[1] - part.base[0]) * (part.head[1] - part.head[0])


def _compared(base: Sequence[str], head: Sequence[str], part: Hunk) -> Iterator[Hunk]:
    if _pairs(part) > MOST_PAIRS:
        yield part
        return
    (at, _), (there, _) = part.base, part.head
    found = SequenceMatcher(None, base[slice(*part.base)], head[slice(*part.head)], autojunk=False)
    for tag, i1, i2, j1, j2 in found.get_opcodes():
        if tag != "equal":
            yield Hunk((at + i1, at + i2), (there + j1, there + j2))


def _cut(base: Sequence[str], head: Sequence[str], whole: Hunk) -> Iterator[Hunk]:
    """What is between the lines that each side has once and both have in the same order."""
    ours, theirs = (_single(lines, part) for lines, part in ((base, whole.base), (head, whole.head)))
    (at, last), (there, end) = whole.base, whole.head
    for one, other in _ascending([(one, theirs[line]) for line, one in ours.items() if line in theirs]):
        if at < one or there < other:
            yield Hunk((at, one), (there, other))
        at, there = one + 1, other + 1
    if at < last or there < end:
        yield Hunk((at, last), (there, end))


def _single(lines: Sequence[str], part: Range) -> dict[str, int]:
    counted = Counter(lines[slice(*part)])
    return {lines[at]: at for at in range(*part) if counted[lines[at]] == 1}


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, given in the order of their first members, in which the second ones ascend, too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [there], [at]
    run, at = [], last[-1] if last else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]
