"""A repository at GitHub: who the bot is there, and its pull requests."""

from __future__ import annotations

import heapq
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.adapters.server_clock import ServerClock
from bot.community.adoption import CLOCK, WORKFLOW
from bot.community.promise import promised
from bot.publish.places import DeliveryError, Gone, Refused
from bot.report.subject import PullRequest, State
from bot.standard.values import JSON

if TYPE_CHECKING:
    from bot.adapters.github_client import Client

_LOG = logging.getLogger(__name__)
ACTIONS = "github-actions[bot]"
"""Who writes with the token that Actions gives a job."""
_BOT = "[bot]"
_OF_AN_INSTALLATION = "ghs_"
_VIEWER = "query { viewer { login databaseId } }"
_NOBODY = "ghost"


@dataclass(frozen=True, slots=True)
class Author:
    """A user: by id where it is known, since names change."""

    login: str
    id: int | None = None

    def wrote(self, user: Author) -> bool:
        """Whether that user is this one."""
        if self.id is not None and user.id is not None:
            return self.id == user.id
        return self.login.casefold() == user.login.casefold()


@dataclass(frozen=True, slots=True)
class _Closed:
    """A pull request that was merged or closed, and when it was, and when it last changed."""

    pull: PullRequest
    updated: float
    closed: float


class GitHub:
    """One repository, with a token for it."""

    def __init__(
        self,
        token: str,
        api_url: str,
        repository: str,
        *,
        login: str = "",
        timeout: int | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`repository`: `owner/name`. `login`: under which name the token writes; "" asks GitHub.
        `timeout`: in seconds."""
        from bot.adapters.github_client import Client

        self.now = ServerClock(now)
        self.client: Client = Client(token, api_url, timeout, self.now)
        self.repository = repository
        self.path = f"/repos/{repository}"
        self._author = Author(login) if login else None
        self._doubtful = bool(login)  # what somebody wrote down may be wrong
        self._guessed = False
        self._of_an_installation = token.startswith(_OF_AN_INSTALLATION)

    def close(self) -> None:
        """Let go of the connection."""
        self.client.close()

    def identity(self) -> Author:
        """Who the bot is here: asked once, and only when it matters."""
        if self._author is None:
            asked = self._asked()
            self._author, self._guessed = asked or Author(ACTIONS), asked is None
        return self._author

    def learn(self, author: Author | None) -> None:
        """Take from something just written who the bot is: nobody knows it better, where it says so."""
        if author is None:
            return
        if self._doubtful and not self.identity().wrote(author):
            _LOG.warning(
                "bot.yml expects the bot to write as %r, and it writes as %r: correct `check: {login: …}`.",
                self.identity().login,
                author.login,
            )
        self._author, self._doubtful, self._guessed = author, False, False

    def learns_anew(self) -> bool:
        """Whether the bot is somebody else than it was told to be; asked once, where messages with its mark stand
        that are not its own, as all would seem to be under a wrong name."""
        before = self._author
        if self._doubtful:
            with suppress(DeliveryError):  # then what it was told has to do
                self.learn(self._asked())
            self._doubtful = False
        return before is not self._author

    def recognises(self, authors: Iterable[Author | None]) -> bool:
        """Whether the bot is told by what stands with its mark: where nobody can say who it is, it is the one app
        that wrote so. (Else each run would write a message anew, and take it away beside the one of the run before.)"""
        apps = {each for each in authors if each is not None and each.login.endswith(_BOT)} if self._guessed else set()
        if len(apps) == 1:
            self.learn(*apps)
        return len(apps) == 1

    def is_own(self, author: Author | None) -> bool:
        """Whether the bot wrote something of that author."""
        return author is not None and self.identity().wrote(author)

    def is_own_app(self, slug: str) -> bool:
        """Whether the bot is that app, as far as can be told: a personal token is of no app."""
        login = self.identity().login
        return not (slug and login.endswith(_BOT)) or f"{slug}{_BOT}".casefold() == login.casefold()

    def _asked(self) -> Author | None:
        return (None if self._of_an_installation else self._user()) or self._viewer()

    def _user(self) -> Author | None:
        try:
            return self.client.get("/user", author)
        except (Refused, Gone) as problem:
            if "401" in problem.message:
                raise
            return None  # the token is an installation's: it is nobody, though it writes as somebody

    def _viewer(self) -> Author | None:
        try:
            return self.client.query(_VIEWER, _viewer)
        except (Refused, Gone):
            return None

    def pull_request(self, number: int) -> PullRequest:
        """A pull request as it is now."""
        return self.client.get(f"{self.path}/pulls/{number}", self._pull_request)

    def open_pull_requests(self) -> Iterator[PullRequest]:
        """All that are open, the oldest first."""
        order = {"state": "open", "sort": "created", "direction": "asc"}
        return self.client.pages(
            f"{self.path}/pulls", order, lambda items: [self._pull_request(each) for each in items]
        )

    def closed_pull_requests(self, since: float) -> Iterator[PullRequest]:
        """Those that were merged or closed since then (seconds since 1970), the last changed first."""
        for each in self._closed_ones():
            if each.updated < since:
                return
            if each.closed >= since:
                yield each.pull

    def merged_pull_requests(self, last: int) -> Iterator[PullRequest]:
        """Those that were merged last, the last first."""
        newest: list[tuple[float, int, PullRequest]] = []
        for each in self._closed_ones():
            # Sorted by their last change, which is no earlier than the merge: what follows was merged before that.
            if len(newest) >= last and (not newest or each.updated < newest[0][0]):
                break
            if each.pull.state is State.MERGED:
                heapq.heappush(newest, (each.closed, each.pull.number, each.pull))
            if len(newest) > last:
                heapq.heappop(newest)
        return (pull for _, _, pull in sorted(newest, reverse=True))

    def last_clock(self) -> float | None:
        """When a schedule woke the bot last (seconds since 1970), by either of its workflow files; None where neither
        was or nobody can tell."""
        for path in (WORKFLOW, CLOCK):
            runs = f"{self.path}/actions/workflows/{path.rpartition('/')[2]}/runs?event=schedule&per_page=1"
            with suppress(DeliveryError):  # no right to see it, or no such file
                woken = self.client.get(runs, _began)
                if woken is not None:
                    return woken
        return None

    def _closed_ones(self) -> Iterator[_Closed]:
        order = {"state": "closed", "sort": "updated", "direction": "desc"}
        return self.client.pages(f"{self.path}/pulls", order, lambda items: [self._closed(each) for each in items])

    def _closed(self, item: JSON) -> _Closed:
        ended = item.get("merged_at") or item.get("closed_at") or item["updated_at"]
        return _Closed(self._pull_request(item), _seconds(item.get("updated_at") or ended), _seconds(ended))

    def _pull_request(self, item: JSON) -> PullRequest:
        """Of an answer: what it must have to be understood, and what else it has."""
        number, head, base = int(item["number"]), item["head"], item["base"]
        opener, opened = author(item.get("user")), item.get("created_at")
        labels = tuple(str(label["name"]) for label in item.get("labels") or ())
        return PullRequest(
            repository=self.repository,
            number=number,
            title=str(item.get("title") or ""),
            author=opener.login if opener else _NOBODY,
            url=str(item.get("html_url") or f"https://github.com/{self.repository}/pull/{number}"),
            head_sha=str(head["sha"]),
            base_sha=str(base.get("sha") or ""),
            base_ref=str(base["ref"]),
            state=_state(item),
            draft=bool(item.get("draft")),
            fork=_is_fork(head, base, self.repository),
            opened_at=_seconds(opened) if opened else self.now(),
            labels=labels,
            head_repository=str((head.get("repo") or {}).get("full_name") or ""),
            head_ref=str(head.get("ref") or ""),
            wording_only=promised(labels, str(item.get("body") or "")),
            notes=int(item["review_comments"]) if item.get("review_comments") is not None else None,
        )


def author(user: JSON) -> Author | None:
    """A user of an answer; None for one whose account is gone."""
    if not isinstance(user, dict) or not user.get("login"):
        return None
    return Author(str(user["login"]), int(user["id"]) if user.get("id") is not None else None)


def written_at(item: JSON) -> float:
    """When a comment was written last, by GitHub's clock (seconds since 1970); 0 where it does not say."""
    try:
        return _seconds(item.get("updated_at") or item.get("created_at"))
    except (ValueError, TypeError):
        return 0.0


def _viewer(answer: JSON) -> Author | None:
    data = answer.get("data")  # null, beside errors, where the question is not allowed
    viewer = data.get("viewer") if isinstance(data, dict) else None
    return author({**viewer, "id": viewer.get("databaseId")}) if isinstance(viewer, dict) else None


def _is_fork(head: JSON, base: JSON, repository: str) -> bool:
    """Whether a branch is in another repository than its base, or in one that was deleted."""
    if "repo" not in head:
        return False
    there, here = head["repo"], base.get("repo") or {"full_name": repository}
    return there is None or str(there["full_name"]).casefold() != str(here["full_name"]).casefold()


def _began(answer: JSON) -> float | None:
    runs = answer["workflow_runs"]
    return _seconds(runs[0]["created_at"]) if runs else None


def _state(item: JSON) -> State:
    if item.get("merged_at") is not None or item.get("merged") is True:
        return State.MERGED
    return State.OPEN if item["state"] == "open" else State.CLOSED


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
