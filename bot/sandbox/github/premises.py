"""What a repository has before anybody writes in it: tokens, workflows, rule sets; and what checks were made there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from threading import RLock

from bot.sandbox.github.forms import stamp
from bot.sandbox.github.state import (
    GITHUB_ACTIONS,
    GITHUB_ACTIONS_APP,
    CheckRun,
    Hub,
    Repository,
    Token,
    TokenKind,
)

GRANTS = {"contents": "read", "issues": "write", "pull_requests": "write", "checks": "write", "actions": "read"}


class Premises:
    """The state of GitHub, as its owners set it up. A repository is the default one where none is named."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: its clock."""
        self.hub = Hub()
        self._now = now
        self._lock = RLock()

    def add_repository(self, full_name: str, default_branch: str = "main") -> Repository:
        """A new repository; the first one is the default."""
        owner, _, name = full_name.partition("/")
        with self._lock:
            number = 1_296_269 + len(self.hub.repositories)
            made = Repository(number, owner, name, default_branch)
            made.branches[default_branch] = sha_of(f"{full_name}@{default_branch}")
            made.commits.add(made.branches[default_branch])
            self.hub.repositories[number] = made
        return made

    def repository(self, full_name: str = "") -> Repository:
        """The repository of that name, or the default one; KeyError where it is not there."""
        if not full_name:
            return next(iter(self.hub.repositories.values()))
        found = self.hub.named(full_name)
        if found is None:
            raise KeyError(full_name)
        return found[0]

    def add_token(
        self,
        value: str,
        kind: TokenKind = TokenKind.WORKFLOW,
        login: str = GITHUB_ACTIONS,
        permissions: Mapping[str, str] | None = None,
        app_id: int = GITHUB_ACTIONS_APP,
    ) -> Token:
        """A token. That of a fork's `pull_request` run has `read` whatever the workflow grants. That of a run or of
        an installation is for the default repository alone."""
        app, reach = (0, 0) if kind is TokenKind.PERSONAL else (app_id, next(iter(self.hub.repositories), 0))
        granted = dict(GRANTS if permissions is None else permissions)
        token = Token(value, self.hub.user(login), kind, granted, app, reach)
        with self._lock:
            self.hub.tokens[value] = token
        return token

    def rename(self, name: str, repository: str = "") -> None:
        """Give a repository another name; requests to the old one are redirected from then on."""
        with self._lock:
            where = self.repository(repository)
            where.former_names.add(where.full_name.lower())
            where.name = name

    def add_workflow(self, path: str, state: str = "active", repository: str = "") -> None:
        """A workflow file; `disabled_inactivity` is the state of a clock that sleeps."""
        with self._lock:
            where = self.repository(repository)
            number = 161_335 + len(where.workflows)
            page = f"https://github.com/{where.full_name}/blob/{where.default_branch}/{path}"
            made = "2020-01-01T00:00:00Z"
            form = {
                "id": number,
                "node_id": f"W_{number}",
                "name": path.rpartition("/")[2],
                "path": path,
                "state": state,
            }
            where.workflows.append({**form, "created_at": made, "updated_at": made, "html_url": page})

    def add_run(self, path: str, event: str = "schedule", repository: str = "") -> None:
        """A run of a workflow, which an event woke just now."""
        with self._lock:
            where = self.repository(repository)
            number = 30_433_642 + len(where.runs)
            where.runs.append({"id": number, "path": path, "event": event, "created_at": stamp(self._now())})

    def require_check(self, name: str, app_id: int | None = None, branch: str = "", repository: str = "") -> None:
        """A rule set that requires a check by name, of one app where `app_id` says so."""
        with self._lock:
            where = self.repository(repository)
            required = {"context": name, **({} if app_id is None else {"integration_id": app_id})}
            parameters = {"required_status_checks": [required], "strict_required_status_checks_policy": False}
            source = {"ruleset_source_type": "Repository", "ruleset_source": where.full_name, "ruleset_id": 42}
            rule = {"type": "required_status_checks", "parameters": parameters, **source}
            where.rules.setdefault(branch or where.default_branch, []).append(rule)

    def check_runs(self, sha: str, repository: str = "") -> tuple[CheckRun, ...]:
        """The check runs of a commit, the oldest first."""
        with self._lock:
            return tuple(run for run in self.repository(repository).check_runs.values() if run.head_sha == sha)


def sha_of(text: str) -> str:
    """A commit's name, made of a text."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
