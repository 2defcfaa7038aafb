"""What a pull request's files show as their diff, and where the lines of a comment are after a push."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.sandbox.exchange import Json

_HEADER = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@.*")


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of head that a diff shows: its number, the number of its hunk, what it says."""

    number: int
    hunk: int
    text: str


def shown(files: Iterable[Json], path: str) -> list[Shown]:
    """The lines of head that the diff of a file shows; none where it shows none."""
    patches = [each["patch"] for each in files if each["filename"] == path and each.get("patch")]
    return list(_shown(patches[0])) if patches else []


def _shown(patch: str) -> Iterator[Shown]:
    number = hunk = 0
    for line in patch.split("\n"):
        found = _HEADER.fullmatch(line)
        if found:
            number, hunk = int(found[1]), hunk + 1
        elif line.startswith(("+", " ")):
            yield Shown(number, hunk, line[1:])
            number += 1


def followed(lines: Sequence[Shown], texts: Sequence[str], last: int) -> int:
    """Where lines that ended at `last` end now: as near to there as one hunk has them; 0 where they are gone."""
    size = len(texts)
    ends = [
        lines[at + size - 1].number
        for at in range(len(lines) - size + 1)
        if [each.text for each in lines[at : at + size]] == list(texts) and lines[at].hunk == lines[at + size - 1].hunk
    ]
    return min(ends, key=lambda end: abs(end - last), default=0)


def changed_file(path: str, before: str | None, after: str, renamed_from: str = "") -> Json:
    """A file of a pull request as GitHub lists it, with its diff. `before`: None for a new file."""
    ours, theirs = (before or "").split("\n"), after.split("\n")
    patch = "\n".join(_patch(ours if before else [""], theirs, new=before is None))
    status = "added" if before is None else "renamed" if renamed_from else "modified"
    plus = sum(line.startswith("+") for line in patch.split("\n"))
    minus = sum(line.startswith("-") for line in patch.split("\n"))
    counts = {"additions": plus, "deletions": minus, "changes": plus + minus}
    places = {f"{name}_url": f"https://github.com/{path}" for name in ("blob", "raw", "contents")}
    former = {"previous_filename": renamed_from} if renamed_from else {}
    return {"sha": "0" * 40, "filename": path, "status": status, **counts, **places, **former, "patch": patch}


def _patch(ours: list[str], theirs: list[str], *, new: bool) -> Iterator[str]:
    """The lines of a diff. A text ends with a line feed, or its last line is without one and marked so."""
    ends = [not side[-1] for side in (ours, theirs)]
    one, other = (side[:-1] if ended else side for side, ended in zip((ours, theirs), ends, strict=True))
    made = list(difflib.unified_diff([] if new else one, other, lineterm="", n=3))[2:]
    yield from made
    if not ends[1] and max((each.number for each in _shown("\n".join(made))), default=0) == len(other):
        yield "\\ No newline at end of file"
