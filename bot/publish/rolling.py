"""The rolling post of a forum thread: one line a pull request, each kept true without touching the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.publish.marks import Mark, digest
from bot.publish.places import Composer, Draft, Posted

_LINE = re.compile(
    r"(?P<text>.+) <!-- gov:line n=(?P<number>\d{1,9}) (?P<state>open|over) seq=(?P<seq>\d{1,15}) -->", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Line:
    """What the post says of one pull request: a line of Markdown, and a number that grows from run to run.
    `over`: merged or closed."""

    number: int
    text: str
    over: bool
    seq: int

    def briefly(self) -> Line:
        """With the link alone."""
        link = _LINK.match(self.text)
        return replace(self, text=link[0]) if link else self

    def __str__(self) -> str:
        """As it stands in the post."""
        state = "over" if self.over else "open"
        return f"{self.text} <!-- gov:line n={self.number} {state} seq={self.seq} -->"


def lines(body: str) -> dict[int, Line]:
    """The lines of a post, by the number of the pull request."""
    found = filter(None, map(_LINE.fullmatch, body.splitlines()))
    made = (Line(int(each["number"]), each["text"], each["state"] == "over", int(each["seq"])) for each in found)
    return {line.number: line for line in made}


_LINK = re.compile(r"- \[[^\]\n]*\]\([^)\s]*\)")
"""What a line begins with: the link to its pull request."""

Render = Callable[[Sequence[str], Sequence[str]], str]
"""Makes the post of the lines of open pull requests and of those that are over; it leaves out those that it has no
room for, of those that are over first."""


def rolling(key: str, line: Line, render: Render, *, only_update: bool, waits: bool = False) -> Composer[str]:
    """Composes the post with this line in it, instead of an older one of the same pull request. `only_update`:
    a pull request that the post does not speak of yet is not brought up. `waits`: no post is begun, for one waits for
    somebody's approval."""

    def compose(found: Sequence[Posted[str]]) -> Draft[str]:
        standing: dict[int, Line] = {}
        for each in found:
            for other in lines(each.content).values():
                standing[other.number] = _newer(standing.get(other.number), other)
        wanted = not only_update or line.number in standing
        if wanted:
            standing[line.number] = _newer(standing.get(line.number), line)
        body = _body(list(standing.values()), render)
        seq = max([line.seq, *(each.mark.seq for each in found)])
        return Draft(Mark(key, "-", seq, digest(body)), body, only_update=waits or not standing)

    return compose


def _newer(standing: Line | None, line: Line) -> Line:
    """The newer of two; where both say the same, the one that stands, so that nothing is written for nothing."""
    if standing is None:
        return line
    same = (standing.text, standing.over) == (line.text, line.over)
    if same or standing.seq > line.seq:
        return standing
    # Said at length again, as of then: where there still is no room for it, nothing has changed.
    return replace(line, seq=standing.seq) if standing == replace(line.briefly(), seq=standing.seq) else line


def _body(standing: list[Line], render: Render) -> str:
    # Newest first, whatever was edited last: a line that moved at each push could not be found again.
    open_, over = (
        [line for line in sorted(standing, key=lambda line: -line.number) if line.over is state]
        for state in (False, True)
    )
    body = _rendered(open_, over, render)
    # An open pull request that there is no room for would be forgotten: only the post remembers it. So the oldest
    # are told in fewer words, until their own next run finds more room.
    for at in reversed(range(len(open_))):
        if all(str(line) in body for line in open_):
            break
        open_[at] = open_[at].briefly()
        body = _rendered(open_, over, render)
    return body


def _rendered(open_: Sequence[Line], over: Sequence[Line], render: Render) -> str:
    return render([str(line) for line in open_], [str(line) for line in over])
