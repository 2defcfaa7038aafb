"""Finds what a command names: directories as they are, or directories at a git ref."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from bot.adapters.files import read_directory
from bot.adapters.git import Repository, repository_of
from bot.errors import GitError, InputError
from bot.standard.model import Kind
from bot.standard.moving import moved_from, standards_among
from bot.standard.snapshot import Snapshot, belongs, is_patch, nowhere, on_the_way

WORKTREE = "WORKTREE"


@dataclass(frozen=True, slots=True)
class DirectorySource:
    """A directory of the working tree. `directory`: where it lies in its repository, where that matters."""

    path: Path
    label: str
    commit: str = ""
    directory: str = ""
    left_out: tuple[str, ...] = ()

    def standard(self) -> Snapshot:
        """The files of the standard in it; raises InputError where some are `left_out` of the working tree, since
        each would seem to be removed."""
        read = read_directory(self.path, belongs, on_the_way, self.label)
        missing = sorted(each for each in self.left_out if belongs(each) and each not in read.files)
        if missing:
            many = f"{len(missing):,} files" if missing[1:] else "a file"
            message = f"{self.label} is sparse: it lacks {many} of the standard, first {missing[0]}"
            hint = "Check all out (git sparse-checkout disable), or name a commit: --head HEAD, or to build --ref HEAD."
            raise InputError(message, hint)
        return read


@dataclass(frozen=True, slots=True)
class RefSource:
    """A directory at a commit."""

    repository: Repository
    commit: str
    label: str

    @property
    def directory(self) -> str:
        """Where it lies in the repository."""
        return self.repository.prefix

    def standard(self) -> Snapshot:
        """The files of the standard in it."""
        return self.repository.snapshot(self.commit, self.repository.prefix, self.label, belongs, on_the_way)


class LocalSources:
    """Finds versions of one source directory."""

    def __init__(self, source: Path) -> None:
        """`source`: the directory that holds the standard."""
        if not source.is_dir():
            raise InputError(f"{source} is not a directory", "Name the directory of a standard with --source.")
        self._source = source

    def named(self, name: str) -> DirectorySource | RefSource:
        """An existing directory, the working tree, or the source at a ref."""
        if name == WORKTREE:
            self._refuse_bare()
            label = str(self._source) if str(self._source) != "." else "the working tree"
            return DirectorySource(self._source, label, directory=self._inside, left_out=self._left_out)
        if Path(name).is_dir():
            return DirectorySource(Path(name), name)
        repository = self._repository
        if repository is None:
            message = f"{name!r} is no directory, and {self._place} is in no git repository"
            raise GitError(message, "Name directories, or run it inside a git repository.")
        commit = repository.commit(name)
        short = commit[:7]
        return RefSource(repository, commit, short if commit.startswith(name) else f"{name}@{short}")

    def default_base(self, head: str = WORKTREE) -> RefSource:
        """The source where a head, if it is a ref, or else the current branch left the default branch."""
        repository = self._repository
        if repository is None:
            raise GitError(f"{self._place} is in no git repository", "Name a directory or a ref with --base.")
        branch = repository.default_branch()
        own = head in (WORKTREE, "") or Path(head).is_dir()
        commit = repository.merge_base(branch, "HEAD" if own else head)
        return RefSource(repository, commit, f"{branch}@{commit[:7]}")

    def merge_base(self, base: str, head: str) -> str:
        """The commit where `head` left `base`."""
        if self._repository is None:
            raise GitError(f"{self._place} is in no git repository", "Run it in the repository of the standard.")
        return self._repository.merge_base(base, head)

    def moved(self, base: object, head: object) -> RefSource | None:
        """The directory of base in which the standard was that head has in another; None where it is in none."""
        if not isinstance(base, RefSource) or base.repository is not self._repository:
            return None
        before = standards_among(base.repository.paths(base.commit))
        if isinstance(head, RefSource) and head.repository is self._repository:
            after = standards_among(head.repository.paths(head.commit))
        elif isinstance(head, DirectorySource) and head.path == self._source:
            after = self._lying(before)
        else:
            return None
        found = moved_from(base.directory, before, after)
        if found is None:
            return None
        return replace(base, repository=replace(base.repository, prefix=found))

    def published(self) -> dict[str, str]:
        """The commits of branches and tags, as the origin calls them; none where there is no repository."""
        try:
            return self._repository.refs() if self._repository is not None else {}
        except GitError:
            return {}

    def patches(self, directory: str, beside: object) -> Snapshot:
        """The merge patches in a directory; at the commit of `beside` where both lie in one repository."""
        path = Path(directory)
        if isinstance(beside, RefSource):
            root = beside.repository.root.resolve()
            target = path.resolve()
            if target.is_relative_to(root):
                inside = "".join(f"{part}/" for part in target.relative_to(root).parts)
                return beside.repository.snapshot(beside.commit, inside, directory, is_patch, nowhere)
        return read_directory(path, is_patch, nowhere, directory)

    def _lying(self, directories: Iterable[str]) -> dict[str, Kind]:
        """Which of some directories, and of the source itself, hold a standard in the working tree."""
        root = self._repository.root if self._repository is not None else self._source
        found: dict[str, Kind] = {}
        for each in {*directories, self._inside}:
            if (root / each).is_dir() and not (root / each).is_symlink():
                files = read_directory(root / each, belongs, on_the_way).files
                found |= {each + name: kind for name, kind in standards_among(files).items() if not name}
        return found

    def _refuse_bare(self) -> None:
        if self._repository is not None and self._repository.bare:
            message = f"{self._source} is a repository without a working tree"
            raise InputError(message, "Name a branch, a tag or a commit in it: with --head, or to build with --ref.")

    @property
    def _place(self) -> str:
        return "this directory" if str(self._source) == "." else str(self._source)

    @property
    def _inside(self) -> str:
        """Where the source lies in its repository; where git cannot tell, directories are read all the same."""
        try:
            return self._repository.prefix if self._repository is not None else ""
        except GitError:
            return ""

    @property
    def _left_out(self) -> tuple[str, ...]:
        try:
            return tuple(self._repository.left_out()) if self._repository is not None else ()
        except GitError:
            return ()

    @cached_property
    def _repository(self) -> Repository | None:
        return repository_of(self._source)
