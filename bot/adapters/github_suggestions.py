"""The comments on the lines of a pull request, as a place for suggestions, and the diff that has those lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.adapters.github import Author, GitHub, author, written_at
from bot.adapters.github_marked import own
from bot.adapters.signing import signed
from bot.publish.marks import without_marker
from bot.publish.places import Draft, Gone, Posted
from bot.render.contents import Suggestion
from bot.standard.values import JSON

MOST = 65_536
"""Characters of a comment (PLATFORMS, 2.1)."""
SIDE = "RIGHT"
"""Of a diff: the one that shows head."""


@dataclass(frozen=True, slots=True)
class _Note:
    id: int
    body: str
    at: float
    author: Author | None
    answers: int
    path: str
    start: int
    end: int
    commit: str


class Suggestions:
    """A `Place[Suggestion]`. One list of all comments answers the first question after each key, as long as nothing
    was written since: a pull request has several suggestions and one list."""

    def __init__(self, github: GitHub, number: int) -> None:
        """`number`: of the pull request."""
        self._github = github
        self._all = f"{github.path}/pulls/{number}/comments"
        self._one = f"{github.path}/pulls/comments"
        self._listed: list[_Note] | None = None
        self._asked: set[str] = set()

    def standing(self, prefix: str) -> Sequence[Posted[Suggestion]]:
        """The bot's own comments whose keys begin so, oldest first, on whatever lines."""
        return self._own(self._list(), lambda key: key.startswith(prefix))

    @property
    def listed(self) -> int:
        """How many comments the last list showed, whoever wrote them."""
        return len(self._listed or ())

    def find(self, key: str) -> Sequence[Posted[Suggestion]]:
        """The bot's own comments of that key, oldest first, on whatever lines."""
        listed = self._list() if self._listed is None or key in self._asked else self._listed
        self._asked.add(key)
        return self._own(listed, lambda other: other == key)

    def create(self, draft: Draft[Suggestion]) -> str:
        """Write a new comment at its lines; its id. Raises Unfit where the diff does not have them."""
        self._listed = None
        made = self._github.client.create(self._all, {**_body(draft), **_place(draft.content)}, _note)
        self._github.learn(made.author)
        return str(made.id)

    def update(self, posted: Posted[Suggestion], draft: Draft[Suggestion]) -> None:
        """Write over a comment; its lines stay as they are."""
        self._listed = None
        self._github.client.change(f"{self._one}/{posted.id}", _body(draft))

    def remove(self, posted: Posted[Suggestion]) -> None:
        """Delete a comment."""
        with suppress(Gone):
            self._github.client.delete(f"{self._one}/{posted.id}")
        if self._listed is not None:
            self._listed = [each for each in self._listed if str(each.id) != posted.id]

    def _list(self) -> list[_Note]:
        found = list(self._github.client.pages(self._all, {}, lambda items: [_note(each) for each in items]))
        self._listed, self._asked = found, set()
        return found

    def _own(self, listed: Sequence[_Note], wanted: Callable[[str], bool]) -> Sequence[Posted[Suggestion]]:
        answered = {each.answers for each in listed}
        found = own(self._github, [each for each in listed if not each.answers], wanted)
        return tuple(Posted(str(each.id), mark, _content(each, answered)) for each, mark in found)


def patches(github: GitHub, number: int) -> Mapping[str, str]:
    """The diff of each file of a pull request by the file's present name: of large ones GitHub shows none, nor any of
    a file beyond the 3,000th."""
    listed = github.client.pages(
        f"{github.path}/pulls/{number}/files", {}, lambda items: [_patch(each) for each in items]
    )
    return {path: patch for path, patch in listed if patch}


def _patch(item: JSON) -> tuple[str, str]:
    return str(item["filename"]), str(item.get("patch") or "")


def _body(draft: Draft[Suggestion]) -> dict[str, JSON]:
    return {"body": signed(draft.content.body, draft.mark, MOST, "the suggestion", shared=True)}


def _place(content: Suggestion) -> dict[str, JSON]:
    place = {"commit_id": content.commit, "path": content.path, "line": content.end, "side": SIDE}
    # Where a comment is on one line, GitHub refuses a first line beside the last.
    return {**place, "start_line": content.start, "start_side": SIDE} if content.start != content.end else place


def _content(note: _Note, answered: set[int]) -> Suggestion:
    body = without_marker(note.body)
    return Suggestion(note.path, note.start, note.end, body, note.commit, answered=note.id in answered)


def _note(item: JSON) -> _Note:
    end = int(item.get("line") or 0)
    return _Note(
        id=int(item["id"]),
        body=str(item.get("body") or ""),
        at=written_at(item),
        author=author(item.get("user")),
        answers=int(item.get("in_reply_to_id") or 0),
        path=str(item.get("path") or ""),
        start=int(item.get("start_line") or end),
        end=end,
        commit=str(item.get("commit_id") or ""),
    )
