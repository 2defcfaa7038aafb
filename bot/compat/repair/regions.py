"""Edits of one text, made one after another, as edits of the lines that the text had before all of them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends, as git and GitHub count them: no other character ends one."""
    return _LINE.findall(text)


@dataclass(frozen=True, slots=True)
class Region:
    """Lines of the text as it was, and those of the text as it is that stand for them: from 0, without the last.
    `makers`: the edits that made the one of the other."""

    before: tuple[int, int]
    now: tuple[int, int]
    makers: tuple[Hashable, ...]

    @property
    def growth(self) -> int:
        """How many lines more there are now."""
        return self.now[1] - self.now[0] - (self.before[1] - self.before[0])


def hunk(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int, int]:
    """The fewest lines of a text that stand for those of another: the first, the last (not part of it), and how many
    the other has in their place."""
    most = min(len(ours), len(theirs))
    start = next((at for at in range(most) if ours[at] != theirs[at]), most)
    end = next((at for at in range(most - start) if ours[-1 - at] != theirs[-1 - at]), most - start)
    # A suggestion stands for lines that are there: what is only put in takes the line before it along.
    if start == len(ours) - end:
        start, end = (start - 1, end) if start else (start, max(end - 1, 0))
    return start, len(ours) - end, len(theirs) - end - start


def after(regions: Sequence[Region], ours: Sequence[str], theirs: Sequence[str], maker: Hashable) -> list[Region]:
    """The regions with one more edit, of the text as it is. Those that it overlaps or touches become one with it: of
    two suggestions for the same lines, or for lines side by side, only one could be taken over."""
    first, last, count = hunk(ours, theirs)
    near = [each for each in regions if each.now[0] <= last and first <= each.now[1]]
    start, end = min([first, *(each.now[0] for each in near)]), max([last, *(each.now[1] for each in near)])
    grown = count - (last - first)
    moved = [_moved(each, grown) if each.now[0] > last else each for each in regions if each not in near]
    before = _original(regions, near, start), _original(regions, (), end)
    makers = *(maker for each in near for maker in each.makers), maker
    return sorted([*moved, Region(before, (start, end + grown), makers)], key=lambda each: each.before)


def _moved(region: Region, by: int) -> Region:
    return replace(region, now=(region.now[0] + by, region.now[1] + by))


def _original(regions: Sequence[Region], beside: Sequence[Region], line: int) -> int:
    """Which line of the text as it was one of it as it is was, as far as no region holds it."""
    return line - sum(each.growth for each in regions if each.now[1] <= line and each not in beside)


def alone(region: Region, before: Sequence[str], now: Sequence[str]) -> str:
    """The text as it was, with one region of it as it is."""
    return "".join([*before[: region.before[0]], *now[slice(*region.now)], *before[region.before[1] :]])


def whole(regions: Sequence[Region]) -> Region:
    """All regions of a text as one."""
    first, last = regions[0], regions[-1]
    makers = tuple(maker for each in regions for maker in each.makers)
    return Region((first.before[0], last.before[1]), (first.now[0], last.now[1]), makers)
