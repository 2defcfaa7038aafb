"""From a text and the same with a repair to what the report says of it: which lines say what instead."""

from __future__ import annotations

from bot.compat.changes import Absent
from bot.report.model import Repair
from bot.standard.values import JSON


def rewritten(words: str, file: str, pointer: str, value: JSON | Absent, before: str, after: str) -> Repair:
    """The repair that makes the one text of the other, as the fewest whole lines."""
    ours, theirs = before.splitlines(keepends=True), after.splitlines(keepends=True)
    most = min(len(ours), len(theirs))
    start = next((at for at in range(most) if ours[at] != theirs[at]), most)
    end = next((at for at in range(most - start) if ours[-1 - at] != theirs[-1 - at]), most - start)
    # A suggestion stands for lines that are there: what is only put in takes the line before it along.
    if start == len(ours) - end:
        start, end = (start - 1, end) if start else (start, end - 1)
    replaced, replacement = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    return Repair(words, file, pointer, value, start + 1, len(ours) - end, "".join(replaced), "".join(replacement))


def whole(words: str, file: str, value: JSON, text: str) -> Repair:
    """The repair that gives a file back."""
    return Repair(words, file, "", value, 0, 0, "", text)
