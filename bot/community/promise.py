"""The promise that a pull request changes wording only: whether its labels or its own words make it."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator

LABEL = "wording-only"
MOST_CHARACTERS = 70_000
"""More than the body of any pull request has."""

DEEPEST = 12
"""How far lists are followed into each other."""
_BOX = re.compile(r"\[[xX]\] +[*_]{0,3}this +changes +wording +only[*_]{0,3} *(?:[:.;!(]|$)", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])( +|$)")
_FENCE = re.compile(r"`{3,}|~{3,}")
_CODE = 4
"""What stands so many spaces further in than its list does is code, or goes on with a sentence."""


def promised(labels: Iterable[str], body: str) -> bool:
    """Whether a pull request promises it: by a label, or by a ticked box of its own that begins so.

    Who reads on sees the box as well: one in code, in a quotation or in an HTML comment is none.
    """
    named = (re.sub(r"[\s_-]+", "-", label.casefold()) for label in labels)
    return LABEL in named or any(map(_BOX.match, _items(body[:MOST_CHARACTERS])))


def _items(body: str) -> Iterator[str]:
    """The items of the lists of a body that are neither code nor hidden, those of lists in lists too."""
    fence = ""
    lists: list[int] = []  # how far in the text of each list begins that the line may be a part of
    for line in _without_comments(body).expandtabs(4).splitlines():
        text = line.lstrip(" ")
        at = len(line) - len(text)
        if not text:
            continue
        while lists and at < lists[-1]:
            lists.pop()
            fence = ""  # code in an item ends with it
        if at - _last(lists) >= _CODE:
            continue
        if not fence:
            text = yield from _opened(text, at, lists)
        mark = _FENCE.match(text)
        if fence and mark and mark[0].startswith(fence):
            fence = "" if not text.strip().strip(mark[0][0]) else fence
        elif mark and not fence:
            fence = mark[0]


def _opened(text: str, at: int, lists: list[int]) -> Generator[str, None, str]:
    """The items that begin on a line, one in another; what is left of the line."""
    while len(lists) < DEEPEST and (item := _ITEM.match(text)):
        wide = len(item[0]) if len(item[1]) <= _CODE else len(item[0]) - len(item[1]) + 1
        text, at = text[item.end() :], at + wide
        lists.append(at)
        if len(item[1]) > _CODE:
            return ""  # code in the item
        yield text
    return text


def _last(lists: list[int]) -> int:
    return lists[-1] if lists else 0


def _without_comments(body: str) -> str:
    kept, rest = [], body
    while rest:
        before, opened, rest = rest.partition("<!--")
        kept.append(before)
        rest = rest.partition("-->")[2] if opened else ""
    return "".join(kept)
