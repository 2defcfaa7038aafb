"""The promise that a pull request changes wording only: whether its labels or its own words make it."""

from __future__ import annotations

import re
from collections.abc import Iterable

LABEL = "wording-only"
MOST_CHARACTERS = 70_000
"""More than the body of any pull request has."""

_BOX = re.compile(
    r" {0,3}(?:[-*+]|\d{1,9}[.)]) +\[[xX]\] +[*_]{0,3}this +changes +wording +only[*_]{0,3} *(?:[:.;!(]|$)",
    re.IGNORECASE,
)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def promised(labels: Iterable[str], body: str) -> bool:
    """Whether a pull request promises it: by a label, or by a ticked box of its own that begins so.

    Who reads on sees the box as well: one in code, in a quotation or in an HTML comment is none.
    """
    named = (re.sub(r"[\s_-]+", "-", label.casefold()) for label in labels)
    return LABEL in named or any(map(_BOX.match, _seen(body[:MOST_CHARACTERS])))


def _seen(body: str) -> list[str]:
    """The lines of a body that are neither code nor hidden."""
    fence = ""
    lines = []
    for line in _without_comments(body).splitlines():
        mark = _FENCE.match(line)
        if fence:
            closes = mark and mark[1].startswith(fence) and not line.strip().strip(mark[1][0])
            fence = "" if closes else fence
        elif mark:
            fence = mark[1]
        else:
            lines.append(line)
    return lines


def _without_comments(body: str) -> str:
    kept, rest = [], body
    while rest:
        before, opened, rest = rest.partition("<!--")
        kept.append(before)
        rest = rest.partition("-->")[2] if opened else ""
    return "".join(kept)
