"""The issues of a repository, as a place for one that is kept true."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.adapters.github import Author, GitHub, author
from bot.adapters.signing import signed
from bot.publish.marks import read_marker, without_marker
from bot.publish.places import Draft, Gone, Posted
from bot.render.contents import IssueText
from bot.standard.values import JSON

MOST = 65_536
"""Characters of an issue's body."""


@dataclass(frozen=True, slots=True)
class _Issue:
    number: int
    title: str
    body: str
    author: Author | None


class Issues:
    """A `Place[IssueText]`: ids are the numbers of issues. A closed issue stays closed until its content changes."""

    def __init__(self, github: GitHub) -> None:
        """`github`: the repository whose maintainers are told, with a token that may write issues there."""
        self._github = github
        self._all = f"{github.path}/issues"
        self._stays = ""

    def find(self, key: str) -> Sequence[Posted[IssueText]]:
        """The bot's own issues of that key, in whatever state, oldest first."""
        asked = {"state": "all", "creator": self._github.identity().login, "sort": "created", "direction": "asc"}
        listed = self._github.client.pages(self._all, asked, _issues)
        marked = [(each, mark) for each in listed if (mark := read_marker(each.body)) and mark.key == key]
        own = sorted((pair for pair in marked if self._github.is_own(pair[0].author)), key=lambda pair: pair[0].number)
        found = tuple(
            Posted(str(each.number), mark, IssueText(each.title, without_marker(each.body))) for each, mark in own
        )
        self._stays = found[0].id if found else ""
        return found

    def create(self, draft: Draft[IssueText]) -> str:
        """Open an issue; its number."""
        made = self._github.client.create(self._all, _text(draft), _issue)
        self._github.learn(made.author)
        return str(made.number)

    def update(self, posted: Posted[IssueText], draft: Draft[IssueText]) -> None:
        """Write over an issue, and open it again where there is news."""
        state = {} if draft.content.settled else {"state": "open"}
        self._github.client.change(f"{self._all}/{posted.id}", {**_text(draft), **state})

    def remove(self, posted: Posted[IssueText]) -> None:
        """Close an issue that stands twice, with a pointer in place of its text: issues cannot be deleted."""
        body = f"This is kept up to date in #{self._stays}." if self._stays else "This is no longer kept up to date."
        gone = {"body": body, "state": "closed", "state_reason": "not_planned"}
        with suppress(Gone):
            self._github.client.change(f"{self._all}/{posted.id}", gone)


def _text(draft: Draft[IssueText]) -> dict[str, str]:
    return {"title": draft.content.title, "body": signed(draft.content.body, draft.mark, MOST, "the issue")}


def _issues(items: JSON) -> list[_Issue]:
    """The issues of a page; GitHub lists pull requests among them."""
    return [_issue(each) for each in items if "pull_request" not in each]


def _issue(item: JSON) -> _Issue:
    return _Issue(
        int(item["number"]), str(item.get("title") or ""), str(item.get("body") or ""), author(item.get("user"))
    )
