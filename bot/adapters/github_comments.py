"""The comments of a pull request, as a place for messages."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.adapters.github import Author, GitHub, author, written_at
from bot.adapters.github_marked import own
from bot.adapters.signing import signed
from bot.publish.marks import without_marker
from bot.publish.messages import MOST
from bot.publish.places import Draft, Gone, Posted
from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class _Comment:
    id: int
    body: str
    at: float
    author: Author | None


class Comments:
    """A `Place[str]`: the content is Markdown, without the line that holds the mark."""

    def __init__(self, github: GitHub, number: int) -> None:
        """`number`: of the pull request."""
        self._github = github
        self._all = f"{github.path}/issues/{number}/comments"
        self._one = f"{github.path}/issues/comments"

    def find(self, key: str) -> Sequence[Posted[str]]:
        """The bot's own comments of that key, oldest first."""
        listed = self._github.client.pages(self._all, {}, lambda items: [_comment(each) for each in items])
        found = own(self._github, listed, lambda other: other == key)
        return tuple(Posted(str(each.id), mark, without_marker(each.body)) for each, mark in found)

    def create(self, draft: Draft[str]) -> str:
        """Write a new comment; its id."""
        made = self._github.client.create(self._all, _body(draft), _comment)
        self._github.learn(made.author)
        return str(made.id)

    def update(self, posted: Posted[str], draft: Draft[str]) -> None:
        """Write over a comment."""
        self._github.client.change(f"{self._one}/{posted.id}", _body(draft))

    def remove(self, posted: Posted[str]) -> None:
        """Delete a comment."""
        with suppress(Gone):
            self._github.client.delete(f"{self._one}/{posted.id}")


def _body(draft: Draft[str]) -> JSON:
    return {"body": signed(draft.content, draft.mark, MOST, "the comment", shared=True)}


def _comment(item: JSON) -> _Comment:
    return _Comment(int(item["id"]), str(item.get("body") or ""), written_at(item), author(item.get("user")))
