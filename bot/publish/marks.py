"""Marks: what a message is about and which content it has, written where the bot finds it again."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

_WORD = "[A-Za-z0-9._:/-]+"
_MARKER = re.compile(f"<!-- gov:v1 key=({_WORD}) sha=({_WORD}) seq=([0-9]{{1,15}}) h=([0-9a-f]{{16}}) -->")
_UNSAFE = re.compile("[^A-Za-z0-9._:/-]+")
_RUN = re.compile("/actions/runs/[0-9]+")

OPENING = "<!-- gov:v1 -->"
"""The first line of a body in a place where others write under the bot's name: what they put before a stranger's
text keeps that from being taken for the bot's."""
AHEAD = 600.0
"""Seconds that the clock of another run may be ahead of ours: what is a little later is of a later run."""
FAR_AHEAD = 2 * 86_400.0
"""Seconds that no clock is ahead of another."""

NO_COMMIT = "-"
"""Stands for the commit of a message that is about no single one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`key` says what the message is (`channel/repository/subject/kind`); the commit it speaks of, a number that
    grows from run to run, and a digest of the content say which version of it."""

    key: str
    sha: str
    seq: int
    digest: str


def age(id_: str) -> tuple[int, str]:
    """Tells which of two messages is the older: ids are numbers that grow, with or without a point, so that the
    shorter is the smaller."""
    return len(id_), id_


def key(*parts: str) -> str:
    """The key of a message: parts joined, of safe characters alone."""
    return "/".join(_UNSAFE.sub("-", part) for part in parts)


def digest(content: str) -> str:
    """A short digest of a content, the same for all that say the same: whichever run it is that wrote it and names
    its own page, and whatever the place made of ends of lines."""
    said = _RUN.sub("/actions/runs/", content.replace("\r\n", "\n").rstrip())
    return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def marker(mark: Mark) -> str:
    """The mark as the last line of a Markdown body; it is not shown."""
    return f"<!-- gov:v1 key={mark.key} sha={mark.sha} seq={mark.seq} h={mark.digest} -->"


def unshown(mark: Mark) -> int:
    """The characters that a shared body has beside its content: the lines at its ends."""
    return len(f"{OPENING}\n\n\n{marker(mark)}")


def read_marker(body: str) -> Mark | None:
    """The mark on the last line of a body; None where the body does not end with exactly one."""
    found = _MARKER.fullmatch(body.rstrip().rpartition("\n")[2])
    return Mark(found[1], found[2], int(found[3]), found[4]) if found else None


def believed(body: str, now: float, at: float = 0.0) -> Mark | None:
    """The mark of a body in a place where others write under the bot's name, and perhaps repeat what a stranger
    says: the body is the bot's from its first line to its last. The digest is of what it says by now: where somebody
    edited it, that is something else than what was written, and is written over.
    `now`, and when the body was written (`at`, by the clock of the place), in seconds since 1970: a number of the
    future is of a run whose clock was ahead, and counts as of then."""
    mark = read_marker(body)
    if mark is None or not _is_opened(body) or mark.seq > (now + FAR_AHEAD) * 1000:
        return None
    ahead = mark.seq > (now + AHEAD) * 1000
    return replace(mark, seq=int(min(at, now) * 1000) if ahead else mark.seq, digest=digest(without_marker(body)))


def _is_opened(body: str) -> bool:
    return body.lstrip().partition("\n")[0].rstrip() == OPENING


def without_marker(body: str) -> str:
    """A body without the mark on its last line, and without the line that opens it."""
    if not read_marker(body):
        return body
    content = body.rstrip().rpartition("\n")[0].rstrip()
    opening, _, rest = content.partition("\n")
    return rest if opening.rstrip() == OPENING else content
