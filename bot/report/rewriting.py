"""From a text and the same with a repair to what the report says of it: which lines say what instead."""

from __future__ import annotations

from bot.compat.changes import Absent
from bot.compat.repair.regions import hunk, lines_of
from bot.report.model import Repair
from bot.standard.values import JSON


def rewritten(words: str, file: str, pointer: str, value: JSON | Absent, before: str, after: str) -> Repair:
    """The repair that makes the one text of the other, as the fewest whole lines."""
    ours, theirs = lines_of(before), lines_of(after)
    start, end, count = hunk(ours, theirs)
    replaced, replacement = "".join(ours[start:end]), "".join(theirs[start : start + count])
    return Repair(words, file, pointer, value, start + 1, end, replaced, replacement)


def whole(words: str, file: str, value: JSON, text: str) -> Repair:
    """The repair that gives a file back."""
    return Repair(words, file, "", value, 0, 0, "", text)
