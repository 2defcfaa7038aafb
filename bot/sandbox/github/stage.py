"""What people do at GitHub by hand: open pull requests, push, comment, lock. Tests and the demo set the scene."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.sandbox.exchange import Json
from bot.sandbox.github.diffs import followed, shown
from bot.sandbox.github.premises import Premises, sha_of
from bot.sandbox.github.state import (
    GITHUB_ACTIONS,
    GITHUB_ACTIONS_APP,
    Comment,
    Issue,
    Note,
    Pull,
    Repository,
)


class Stage(Premises):
    """The state of GitHub and the hands of people. A repository is the default one where none is named."""

    def open_pull_request(  # noqa: PLR0913 - each has a sensible default; a test names what it is about
        self,
        title: str = "Change the schema",
        *,
        author: str = "contributor",
        head_sha: str = "",
        head_ref: str = "change",
        fork: bool = False,
        draft: bool = False,
        labels: Iterable[str] = (),
        base_ref: str = "",
        body: str = "",
        files: Iterable[Json] = (),
        commits: Iterable[Json] = (),
        repository: str = "",
    ) -> int:
        """A pull request; its number. The branch lies in the author's fork where `fork` is set."""
        with self._lock:
            where = self.repository(repository)
            base_ref = base_ref or where.default_branch
            number = max([0, *where.issues, *where.gone]) + 1
            sha = head_sha or sha_of(f"{where.full_name}#{number}")
            head = f"{author}/{where.name}" if fork else where.full_name
            if fork and not self.hub.named(head):
                self.add_repository(head)
            base_sha = where.branches.setdefault(base_ref, sha_of(f"{where.full_name}@{base_ref}"))
            pull = Pull(head_ref, sha, head, base_ref, base_sha, draft, files=tuple(files), commits=tuple(commits))
            issue = Issue(next(self.hub.ids), number, title, body, self.hub.user(author), self._now(), self._now())
            issue.labels, issue.pull = list(labels), pull
            where.issues[number] = issue
            where.commits |= {sha, base_sha}
        return number

    def push(self, number: int, sha: str, repository: str = "", files: Iterable[Json] | None = None) -> None:
        """Another commit as the head of a pull request. `files`: those that it changes now, where they are others;
        comments on lines move with them, or are outdated where the lines are gone."""
        with self._lock:
            where = self.repository(repository)
            issue = where.issues[number]
            if issue.pull is None:
                raise KeyError(number)
            issue.pull.head_sha, issue.updated_at = sha, self._now()
            where.commits.add(sha)
            if files is not None:
                issue.pull.files = tuple(files)
                self._follow(where, number, issue.pull)

    def _follow(self, where: Repository, number: int, pull: Pull) -> None:
        for each in where.notes.values():
            if each.number == number and each.end:
                each.end = followed(shown(pull.files, each.path), each.lines, each.end)
                each.commit = pull.head_sha if each.end else each.commit

    def close(self, number: int, *, merged: bool = False, repository: str = "") -> None:
        """Close an issue or a pull request, which may be by merging it."""
        with self._lock:
            issue = self.repository(repository).issues[number]
            issue.state, issue.closed_at, issue.updated_at = "closed", self._now(), self._now()
            if merged and issue.pull:
                issue.pull.merged_at = self._now()
                issue.pull.merge_sha = sha_of(f"merged {issue.pull.head_sha}")

    def lock(self, number: int, repository: str = "") -> None:
        """Lock the conversation."""
        with self._lock:
            self.repository(repository).issues[number].locked = True

    def delete_issue(self, number: int, repository: str = "") -> None:
        """Delete an issue or a pull request with its comments."""
        with self._lock:
            where = self.repository(repository)
            del where.issues[number]
            where.gone.add(number)
            where.comments = {id_: each for id_, each in where.comments.items() if each.number != number}
            where.notes = {id_: each for id_, each in where.notes.items() if each.number != number}

    def comment(self, number: int, body: str, author: str = "somebody", repository: str = "") -> int:
        """A comment by anybody, forged markers included; its id."""
        with self._lock:
            app = GITHUB_ACTIONS_APP if author == GITHUB_ACTIONS else 0
            made = Comment(
                next(self.hub.ids), number, self.hub.user(author), body, self._now(), self._now(), app_id=app
            )
            self.repository(repository).comments[made.id] = made
        return made.id

    def note(self, number: int, path: str, end: int, body: str, author: str = "somebody", repository: str = "") -> int:
        """A comment by anybody on a line of the diff; its id."""
        with self._lock:
            where = self.repository(repository)
            pull = where.issues[number].pull
            lines = shown(pull.files, path) if pull else []
            (at,) = [each for each in lines if each.number == end]
            sha = pull.head_sha if pull else ""
            who = self.hub.user(author)
            made = Note(next(self.hub.ids), number, who, body, self._now(), self._now(), path, sha, end, (at.text,))
            made.original = (end, sha)
            where.notes[made.id] = made
        return made.id

    def answer(self, note: int, body: str, author: str = "somebody", repository: str = "") -> int:
        """A reply to a comment on lines; its id."""
        with self._lock:
            where = self.repository(repository)
            to, id_ = where.notes[note], next(self.hub.ids)
            made = replace(to, id=id_, user=self.hub.user(author), body=body, answers=to.answers or to.id)
            made.created_at = made.updated_at = self._now()
            made.app_id = GITHUB_ACTIONS_APP if author == GITHUB_ACTIONS else 0
            where.notes[id_] = made
        return id_

    def delete_note(self, note: int, repository: str = "") -> None:
        """Take a comment on lines away; replies to it stay."""
        with self._lock:
            del self.repository(repository).notes[note]

    def delete_comment(self, comment: int, repository: str = "") -> None:
        """Take a comment away."""
        with self._lock:
            del self.repository(repository).comments[comment]

    def minimize(self, comment: int, reason: str = "outdated", repository: str = "") -> None:
        """Hide a comment, as a maintainer may."""
        with self._lock:
            self.repository(repository).comments[comment].minimized = reason

    def comments(self, number: int, repository: str = "") -> tuple[Comment, ...]:
        """The live comments of an issue or a pull request, the oldest first."""
        with self._lock:
            return tuple(each for each in self.repository(repository).comments.values() if each.number == number)

    def notes(self, number: int, repository: str = "") -> tuple[Note, ...]:
        """The comments on the lines of a pull request, the oldest first."""
        with self._lock:
            return tuple(each for each in self.repository(repository).notes.values() if each.number == number)
