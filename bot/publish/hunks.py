"""The lines of a pull request's diff, by which it is known where on a file something can be written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_HEADER = re.compile(r"@@ -\d+(?:,\d+)? \+(?P<start>\d+)(?:,\d+)? @@", re.ASCII)


@dataclass(frozen=True, slots=True)
class Hunk:
    """One stretch of a diff as head has it: the number of its first line, and the lines, context included."""

    start: int
    lines: tuple[str, ...]

    def shows(self, start: int, lines: Sequence[str]) -> bool:
        """Whether it has these lines, from that number on, as they are."""
        at = start - self.start
        return at >= 0 and bool(lines) and self.lines[at : at + len(lines)] == tuple(lines)


def hunks(patch: str) -> Iterator[Hunk]:
    """The stretches of a file's diff, from the top; a patch is what a forge shows of one file."""
    start, lines = 0, list[str]()
    # Only a line feed ends a line here; what else may end one elsewhere is a part of it.
    for line in patch.split("\n"):
        header = _HEADER.match(line)
        if header:
            if lines:
                yield Hunk(start, tuple(lines))
            start, lines = int(header["start"]), []
        elif line[:1] in (" ", "+") and start:
            lines.append(line[1:])
    if lines:
        yield Hunk(start, tuple(lines))
