"""What this GitHub knows: repositories, issues and pull requests, comments, check runs, tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import count

from bot.sandbox.exchange import Json
from bot.sandbox.limits import Limiter

GITHUB_ACTIONS = "github-actions[bot]"
GITHUB_ACTIONS_ID = 41898282
GITHUB_ACTIONS_APP = 15368


class TokenKind(Enum):
    """What a token is: that of a workflow run, that of a project's own app, that of a person."""

    WORKFLOW = "workflow"
    APP = "app"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class User:
    """An account. The login of an app ends in [bot]."""

    login: str
    id: int

    @property
    def is_bot(self) -> bool:
        """Whether an app is behind it."""
        return self.login.endswith("[bot]")


@dataclass(frozen=True, slots=True)
class Token:
    """A token, who writes by it and what it may do: `permissions` as a workflow file names them. `reach`: the one
    repository, by its id, that the token of a run or an installation writes to; 0 for all of a person's."""

    value: str = field(repr=False)
    user: User
    kind: TokenKind
    permissions: Mapping[str, str] = field(default_factory=dict)
    app_id: int = 0
    reach: int = 0

    @property
    def is_app(self) -> bool:
        """Whether an app is behind it, so that it may write check runs and has no user."""
        return self.kind is not TokenKind.PERSONAL

    def may(self, level: str, *areas: str) -> bool:
        """Whether it has at least this level in one of the areas. A person's token has what the person may."""
        granted = {"read" if area == "metadata" else self.permissions.get(area, "none") for area in areas}
        return not self.is_app or "write" in granted or (level == "read" and "read" in granted)


@dataclass(slots=True)
class Comment:
    """A comment on an issue or a pull request. `unseen`: how many lists do not show it yet."""

    id: int
    number: int
    user: User
    body: str
    created_at: float
    updated_at: float
    minimized: str = ""
    app_id: int = 0
    reactions: list[Reaction] = field(default_factory=list)
    unseen: int = 0


@dataclass(slots=True)
class Note:
    """A comment on lines of a pull request: the last of them, and what they say (0: the lines are others by now).
    `answers`: the comment that this one is a reply to, 0 where none."""

    id: int
    number: int
    user: User
    body: str
    created_at: float
    updated_at: float
    path: str
    commit: str
    end: int
    lines: tuple[str, ...]
    hunk: str = ""
    original: tuple[int, str] = (0, "")
    answers: int = 0
    app_id: int = 0
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class Reaction:
    """Somebody's reaction."""

    id: int
    user: User
    content: str
    created_at: float


@dataclass(slots=True)
class Pull:
    """What a pull request has beyond an issue. `head_repository` is empty where a fork was deleted."""

    head_ref: str
    head_sha: str
    head_repository: str
    base_ref: str
    base_sha: str
    draft: bool = False
    merged_at: float | None = None
    merge_sha: str | None = None
    files: tuple[Json, ...] = ()
    commits: tuple[Json, ...] = ()

    @property
    def head_owner(self) -> str:
        """Whose branch it is."""
        return self.head_repository.partition("/")[0]


@dataclass(slots=True)
class Issue:
    """An issue; a pull request where `pull` is there."""

    id: int
    number: int
    title: str
    body: str
    user: User
    created_at: float
    updated_at: float
    state: str = "open"
    state_reason: str | None = None
    closed_at: float | None = None
    locked: bool = False
    labels: list[str] = field(default_factory=list)
    pull: Pull | None = None
    app_id: int = 0
    reactions: list[Reaction] = field(default_factory=list)
    unseen: int = 0


@dataclass(slots=True)
class CheckRun:
    """A check run. `given` holds what the client may set and is shown as it was given."""

    id: int
    head_sha: str
    app_id: int
    created_at: float
    given: dict[str, Json]
    annotations: list[Json] = field(default_factory=list)
    unseen: int = 0


@dataclass(slots=True)
class Repository:
    """A repository and everything in it."""

    id: int
    owner: str
    name: str
    default_branch: str = "main"
    former_names: set[str] = field(default_factory=set)
    archived: bool = False
    has_issues: bool = True
    issues: dict[int, Issue] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    comments: dict[int, Comment] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)
    check_runs: dict[int, CheckRun] = field(default_factory=dict)
    commits: set[str] = field(default_factory=set)
    branches: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    collaborators: dict[str, str] = field(default_factory=dict)
    rules: dict[str, list[Json]] = field(default_factory=dict)
    workflows: list[Json] = field(default_factory=list)
    runs: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """The name with its owner."""
        return f"{self.owner}/{self.name}"


@dataclass(slots=True)
class Hub:
    """All of it."""

    repositories: dict[int, Repository] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict, repr=False)
    limiter: Limiter = field(default_factory=Limiter, repr=False)
    # Identifiers of today's GitHub do not fit into 32 bits.
    ids: count[int] = field(default_factory=lambda: count(3_000_000_001))

    def user(self, login: str) -> User:
        """The account of that login, made where there was none."""
        if login not in self.users:
            number = GITHUB_ACTIONS_ID if login == GITHUB_ACTIONS else 1000 + len(self.users)
            self.users[login] = User(login, number)
        return self.users[login]

    def named(self, full_name: str) -> tuple[Repository, bool] | None:
        """The repository of that name, and whether it is called so no more. Names know no case."""
        wanted = full_name.lower()
        for each in self.repositories.values():
            if each.full_name.lower() == wanted:
                return each, False
        for each in self.repositories.values():
            if wanted in each.former_names:
                return each, True
        return None
