"""Which lines of head's files the change wrote: a note at any other line would be about somebody else's work."""

from __future__ import annotations

from difflib import SequenceMatcher

from bot.standard.model import Standard
from bot.standard.problems import Problem


class WrittenLines:
    """The lines of head that are not in base, file by file, found when first asked for."""

    def __init__(self, base: Standard, head: Standard) -> None:
        """Both sides, with the texts that were read of them."""
        self._texts = tuple({path: reading.text for path, reading in side.readings.items()} for side in (base, head))
        self._found: dict[str, frozenset[int]] = {}

    def has(self, problem: Problem) -> bool:
        """Whether a problem is at such a line; one without a line is at none."""
        if not problem.line:
            return False
        if problem.file not in self._found:
            before, after = (texts.get(problem.file, "").splitlines() for texts in self._texts)
            self._found[problem.file] = written(before, after)
        return problem.line in self._found[problem.file]


def written(base: list[str], head: list[str]) -> frozenset[int]:
    """The numbers, from 1, of head's lines that base does not have at their place."""
    # What is the same at both ends is set aside first: the comparison between is quadratic.
    start = next((at for at, (ours, theirs) in enumerate(zip(base, head, strict=False)) if ours != theirs), None)
    if start is None:
        return frozenset(range(len(base) + 1, len(head) + 1))
    most = min(len(base), len(head)) - start
    end = next((at for at in range(most) if base[-1 - at] != head[-1 - at]), most)
    ours, theirs = base[start : len(base) - end], head[start : len(head) - end]
    kept = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    same = {start + block.b + at for block in kept for at in range(block.size)}
    return frozenset(at + 1 for at in range(start, len(head) - end) if at not in same)
