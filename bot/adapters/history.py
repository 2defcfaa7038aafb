"""Finds in git history which pull requests were merged, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.adapters.git import output_of, repository_of
from bot.adapters.git_remote import over_https
from bot.errors import GitError
from bot.report.replayed import Merged
from bot.standard.snapshot import belongs, is_patch
from bot.standard.versions import first_version, live_version

MOST_LINES = 5
"""Lines that a pull request added to a changelog, as far as they are told."""
LONGEST_LINE = 300

_FIELDS = ("%H", "%P", "%cI", "%an", "%s", "%b")
_MERGE = re.compile(r"Merge pull request #(?P<number>[0-9]{1,9}) from \S+")
_SQUASHED = re.compile(r"(?P<title>.*?) \(#(?P<number>[0-9]{1,9})\)")
# Nothing of the repository's own configuration or attributes may run a program to show a difference.
_PLAIN = ("--no-color", "--no-ext-diff", "--no-textconv")
_CHANGELOGS = (":(top,glob,icase)**/*changelog*", ":(top,glob,icase)**/*changes.md")


@dataclass(frozen=True, slots=True)
class _Commit:
    id: str
    parents: tuple[str, ...]
    date: str
    author: str
    subject: str
    body: str


class GitHistory:
    """The history of the repository that a source directory lies in."""

    def __init__(self, source: Path) -> None:
        """`source`: the directory of the standard; raises GitError where it is in no repository."""
        found = repository_of(source)
        if found is None:
            raise GitError(f"{source} is in no git repository", "Run it in the repository of the standard.")
        self._repository = found

    def default_branch(self) -> str:
        """The branch that `origin/HEAD` names, else `main`; raises GitError."""
        return self._repository.default_branch()

    @property
    def address(self) -> str:
        """The page of the repository, by where it was cloned from; "" where that is no page."""
        url = (output_of(self._repository.root, "config", "--get", "remote.origin.url") or b"").decode().strip()
        found = re.fullmatch(r"https?://(?:[^/@\s]*@)?(?P<rest>[^\s@]+?)(?:\.git)?/?", over_https(url))
        return f"https://{found['rest']}" if found else ""

    @property
    def is_cut_off(self) -> bool:
        """Whether the clone is shallow: earlier history may exist, and is not here."""
        return output_of(self._repository.root, "rev-parse", "--is-shallow-repository") == b"true\n"

    def merged(self, last: int, branch: str, patches: Sequence[str] = ()) -> list[Merged]:
        """The last pull requests that were merged into a branch and touched the standard, the newest first.
        `patches`: directories of merge patches that count as part of it."""
        inside = [each for each in map(self._inside, patches) if each is not None]
        tags = self._tags()
        found: list[Merged] = []
        for commit in self._commits(self._repository.commit(branch), inside):
            merged = _merged(commit)
            if merged is not None and self._touches(commit, inside):
                found.append(self._described(merged, tags))
            if len(found) == last:
                break
        return found

    def _inside(self, directory: str) -> str | None:
        """A directory as git calls it; None where it is in no or in another repository."""
        root, path = self._repository.root.resolve(), Path(directory).resolve()
        if not path.is_relative_to(root):
            return None
        return "".join(f"{part}/" for part in path.relative_to(root).parts)

    def _commits(self, tip: str, inside: Sequence[str]) -> Iterator[_Commit]:
        """The commits of the branch itself, not of what was merged into it, that may touch the standard."""
        prefix = self._repository.prefix
        places = [f":(top,glob){prefix}schema/**", f":(top,glob){prefix}*.json"]
        places += [f":(top,glob){each}*.json" for each in inside]
        # NUL is the one character that no message can hold.
        form = "%x00".join(_FIELDS)
        flags = ("--first-parent", "--no-show-signature", "-z", f"--format={form}")
        listed = self._read("log", *flags, "--end-of-options", tip, "--", *places)
        fields = listed.decode("utf-8", "replace").split("\0")
        for at in range(0, len(fields) - len(_FIELDS) + 1, len(_FIELDS)):
            id_, parents, *rest = fields[at : at + len(_FIELDS)]
            yield _Commit(id_, tuple(parents.split()), *rest)

    def _touches(self, commit: _Commit, inside: Sequence[str]) -> bool:
        flags = ("-r", "-z", "--name-only", "--no-ext-diff")
        listed = self._read("diff-tree", *flags, "--end-of-options", commit.parents[0], commit.id)
        paths = listed.decode("utf-8", "surrogateescape").split("\0")[:-1]
        prefix = self._repository.prefix
        return any(
            (path.startswith(prefix) and belongs(path.removeprefix(prefix)))
            or any(path.startswith(each) and is_patch(path.removeprefix(each)) for each in inside)
            for path in paths
        )

    def _described(self, merged: Merged, tags: dict[str, str]) -> Merged:
        """With the versions around it, and what it said in a changelog."""
        after = self._tagged("--contains", merged.commit, tags)
        before = self._tagged("--merged", merged.parent, tags)
        return replace(
            merged, before=live_version(before), release=first_version(after), changelog=self._changelog(merged)
        )

    def _tags(self) -> dict[str, str]:
        listed = self._read("for-each-ref", "--format=%(refname) %(objectname)", "refs/tags")
        pairs = (line.rpartition(" ") for line in listed.decode("utf-8", "replace").splitlines())
        return {name: commit for name, _, commit in pairs}

    def _tagged(self, relation: str, commit: str, tags: dict[str, str]) -> dict[str, str]:
        listed = self._read("for-each-ref", "--format=%(refname)", f"{relation}={commit}", "refs/tags")
        return {name: tags[name] for name in listed.decode("utf-8", "replace").splitlines() if name in tags}

    def _changelog(self, merged: Merged) -> tuple[str, ...]:
        flags = (*_PLAIN, "--unified=0", "--end-of-options")
        shown = self._read("diff", *flags, merged.parent, merged.commit, "--", *_CHANGELOGS)
        lines = shown.decode("utf-8", "replace").splitlines()
        added = (line[1:].strip() for line in lines if line.startswith("+") and not line.startswith("+++"))
        return tuple(line[:LONGEST_LINE] for line in added if line)[:MOST_LINES]

    def _read(self, *arguments: str) -> bytes:
        output = output_of(self._repository.root, *arguments)
        if output is None:
            raise GitError(f"git {arguments[0]} failed", "Check the repository with git fsck.")
        return output


def _merged(commit: _Commit) -> Merged | None:
    """The pull request that a commit of the branch merged; None where it is no merge of one."""
    if not commit.parents:
        return None
    merge, squashed = _MERGE.match(commit.subject), _SQUASHED.fullmatch(commit.subject)
    day = commit.date[:10]
    if merge is not None and len(commit.parents) == 2:
        title = next((line.strip() for line in commit.body.splitlines() if line.strip()), "")
        return Merged(int(merge["number"]), title, commit.id, *commit.parents, day, commit.author)
    if squashed is not None and len(commit.parents) == 1:
        number, title = int(squashed["number"]), squashed["title"]
        return Merged(number, title, commit.id, commit.parents[0], commit.id, day, commit.author)
    return None
