"""What a report is about: the pull request, as the place where it stands tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """Of a pull request."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request. `repository` is `owner/name`, `head_repository` where its branch `head_ref` lies ("" where that
    is gone); `opened_at` is in seconds since 1970; the title and the
    names of author, branches and labels are the words of strangers. `wording_only`: it promises to change nothing
    else (`community.promise`). `notes`: how many comments stand on its lines; None where that is not known."""

    repository: str
    number: int
    title: str
    author: str
    url: str
    head_sha: str
    base_sha: str
    base_ref: str
    state: State = State.OPEN
    draft: bool = False
    fork: bool = False
    opened_at: float = 0.0
    labels: tuple[str, ...] = ()
    head_repository: str = ""
    head_ref: str = ""
    wording_only: bool = False
    notes: int | None = None

    @property
    def name(self) -> str:
        """How keys call it."""
        return f"pr-{self.number}"
