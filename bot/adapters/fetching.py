"""Brings objects of pull requests and of other repositories here by git: nothing is checked out, nothing is run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.adapters.git import Repository, attempt, output_of, repository_of
from bot.adapters.git_remote import Remote, over_https
from bot.errors import GitError, UsageError
from bot.standard.snapshot import Snapshot, in_a_profile, nowhere

OURS = "refs/standards-bot"
"""Where refs of what was fetched stand: git keeps it, and no branch of people is touched."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_NAME = re.compile(r"(?!.*(?:\.\.|//|/\.|@\{|\.lock(?:/|$)))[A-Za-z0-9][A-Za-z0-9._/@{}+-]{0,199}(?<![./])")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")


class GitFetcher:
    """Fetches into the repository that a directory lies in. All methods raise GitError."""

    def __init__(self, directory: Path, server_url: str, token: str | None) -> None:
        """`server_url`: where repositories are, https://github.com or file://… for those of this machine."""
        self._directory = directory
        self._remote = Remote(server_url, token)
        self._published: dict[str, str] | None = None
        self._pins: dict[tuple[str, str], tuple[Repository, str]] = {}

    def pull_request(self, number: int) -> str:
        """Bring the head of a pull request; its commit."""
        ref = f"{OURS}/pull/{number:d}"
        # Where a branch left another cannot be known in a shallow clone: it is made whole, once.
        flags = ("--unshallow",) if self._is_shallow else ()
        self._remote.fetch(self._root, self._origin, f"+refs/pull/{number:d}/head:{ref}", flags=flags)
        return self._repository.commit(ref)

    def commit(self, sha: str) -> None:
        """Bring a commit, where it is not there yet."""
        if not _COMMIT.fullmatch(sha):
            raise UsageError(f"{sha!r} is not a full commit", "Name all 40 characters of it.")
        if not has(self._root, sha):
            # In a whole clone a depth would cut off history that is there.
            flags = ("--depth=1",) if self._is_shallow else ()
            self._remote.fetch(self._root, self._origin, f"+{sha}:{OURS}/commits/{sha}", flags=flags)

    def published(self) -> dict[str, str]:
        """The commits of all branches and tags of the repository's own origin, by their full names; asked once."""
        if self._published is None:
            self._published = self._remote.refs(self._root, self._origin)
        return self._published

    def elsewhere(self, repository: str, ref: str, path: str = ".") -> PinnedDirectory:
        """A directory of another repository (`owner/name`) at a full commit, a tag or a branch. It is fetched
        when its files are asked for."""
        if not _REPOSITORY.fullmatch(repository):
            raise UsageError(f"{repository!r} is not the name of a repository", "Write it as owner/name.")
        if not _COMMIT.fullmatch(ref) and not _NAME.fullmatch(ref):
            raise UsageError(f"{ref!r} is no ref", "Name a full commit, or a tag.")
        return PinnedDirectory(self, repository, ref, path)

    def pinned(self, repository: str, ref: str) -> tuple[Repository, str]:
        """Another repository with the commit that a ref names there; fetched once, and a commit once for ever."""
        if (repository, ref) not in self._pins:
            self._pins[repository, ref] = self._fetched(repository, ref)
        return self._pins[repository, ref]

    def _fetched(self, name: str, ref: str) -> tuple[Repository, str]:
        directory = self._cache / f"{name}.git"
        if not (directory / "HEAD").is_file():
            directory.mkdir(parents=True, exist_ok=True)
            made = attempt(directory, "init", "--quiet", "--bare", "--template=")
            if made.returncode:
                raise GitError(f"there is no room for {name} beside this repository", "Check its permissions.")
        url = self._remote.address(name)
        commit = ref if _COMMIT.fullmatch(ref) else self._named(directory, url, ref)
        if not has(directory, commit):
            self._remote.fetch(directory, url, f"+{commit}:{OURS}/pins/{commit}", flags=("--depth=1",))
        return Repository(directory, ""), commit

    def _named(self, beside: Path, url: str, name: str) -> str:
        """The commit of a tag, else of a branch: of no other ref, for strangers may write some of them."""
        names = [f"refs/tags/{name}", f"refs/heads/{name}"]
        found = self._remote.refs(beside, url, *names, *(f"{each}^{{}}" for each in names))
        commit = next((found[each] for each in names if each in found), None)
        if commit is None:
            raise GitError(f"{url} has no tag and no branch called {name!r}", "Correct the ref.")
        return commit

    @cached_property
    def _repository(self) -> Repository:
        found = repository_of(self._directory)
        if found is None:
            raise GitError(f"{self._directory} is in no git repository", "Run it in the repository of the standard.")
        return found

    @property
    def _root(self) -> Path:
        return self._repository.root

    @cached_property
    def _cache(self) -> Path:
        """Inside git's own directory, where nothing is ever taken for a file of the standard."""
        shared = output_of(self._root, "rev-parse", "--path-format=absolute", "--git-common-dir")
        return Path((shared or b"").decode().strip()) / "standards-bot"

    @cached_property
    def _origin(self) -> str:
        url = output_of(self._root, "config", "--get", "remote.origin.url")
        if not url:
            raise GitError("this repository has no origin to fetch from", "Clone it from where its pull requests are.")
        return over_https(url.decode().strip())

    @property
    def _is_shallow(self) -> bool:
        return output_of(self._root, "rev-parse", "--is-shallow-repository") == b"true\n"


@dataclass(frozen=True, slots=True)
class PinnedDirectory:
    """The directory of a profile in another repository, at one commit for good."""

    fetcher: GitFetcher
    repository: str
    ref: str
    path: str

    @property
    def label(self) -> str:
        """How people call it, as git writes it: `owner/name@ref:path`."""
        short = self.ref[:7] if _COMMIT.fullmatch(self.ref) else self.ref
        return f"{self.repository}@{short}" + (f":{self.path}" if self.path != "." else "")

    def files(self) -> Snapshot:
        """The files of the profile; raises GitError."""
        repository, commit = self.fetcher.pinned(self.repository, self.ref)
        inside = "" if self.path == "." else f"{self.path}/"
        return repository.snapshot(commit, inside, self.label, in_a_profile, nowhere)


def has(directory: Path, commit: str) -> bool:
    """Whether a commit is there."""
    return output_of(directory, "cat-file", "-e", f"{commit}^{{commit}}") is not None
