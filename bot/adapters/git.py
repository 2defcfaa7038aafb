"""Reads standards from git objects, without a checkout: nothing of a ref is ever written or run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import GitError, UsageError
from bot.standard.problems import Problem, error
from bot.standard.reading import MOST_BYTES
from bot.standard.snapshot import MOST_FILES, Snapshot, is_text, misnamed, submodule, symlink, too_many

# Nothing of the repository's own configuration may run a program or reach the network.
_SAFE = (
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "protocol.allow=never",
    "--no-replace-objects",
)
_ENVIRONMENT = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
SECONDS = 60
_OF_ORIGIN = "refs/remotes/origin/"
_BRANCHES = ("refs/heads", _OF_ORIGIN.removesuffix("/"))


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository and the directory in it that is the source, as git writes it ("" or "schemas/"). One that is
    `bare` has refs alone; its `root` holds git's own files. Where it may be `sparse`, files can be missing from the
    working tree."""

    root: Path
    prefix: str
    bare: bool = False
    sparse: bool = False

    def commit(self, ref: str) -> str:
        """The full id of the commit a ref names; raises GitError."""
        if ref.startswith("-"):
            raise UsageError(f"{ref!r} is no ref", "A ref is a branch, a tag or a commit.")
        found = output_of(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        if found is None:
            hint = "Name a branch, a tag, a commit or a directory. In a shallow clone, fetch the ref first."
            raise GitError(f"there is no directory and no ref called {ref!r}", hint)
        return found.decode().strip()

    def merge_base(self, ref: str, head: str = "HEAD") -> str:
        """The commit where `head` left `ref`; raises GitError."""
        found = output_of(self.root, "merge-base", self.commit(head), self.commit(ref))
        if not found:
            hint = "Name the base with --base. In a shallow clone, fetch more history first."
            what = "the current branch" if head == "HEAD" else repr(head)
            raise GitError(f"{what} and {ref!r} have no commit in common", hint)
        return found.decode().strip()

    def default_branch(self) -> str:
        """The branch that `origin/HEAD` names, else `main` or `master`; raises GitError."""
        found = output_of(self.root, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
        if found:
            return found.decode().strip()
        for name in ("main", "master"):
            if output_of(self.root, "rev-parse", "--verify", "--quiet", f"refs/heads/{name}^{{commit}}") is not None:
                return name
        hint = "Name a ref: with --base, or what is looked back on with --branch."
        raise GitError("the default branch of this repository is not known", hint)

    def refs(self) -> dict[str, str]:
        """The commits of tags and branches by their full names; those of `origin` go before branches of people."""
        listed = output_of(self.root, "for-each-ref", "--format=%(objectname) %(refname)", "refs/tags", *_BRANCHES)
        pairs = [line.split(" ", 1) for line in (listed or b"").decode("utf-8", "replace").splitlines()]
        own = {name: commit for commit, name in pairs if not name.startswith(_OF_ORIGIN)}
        theirs = {name.replace(_OF_ORIGIN, "refs/heads/", 1): commit for commit, name in pairs if name not in own}
        return own | theirs

    def paths(self, commit: str) -> list[str]:
        """The paths of all files at a commit, from the top."""
        listed = output_of(self.root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
        return (listed or b"").decode("utf-8", "surrogateescape").split("\0")[:-1]

    def left_out(self) -> list[str]:
        """The paths below the source of files that are not to be in the working tree."""
        if not self.sparse:
            return []
        listed = output_of(self.root, "ls-files", "-t", "-z", "--full-name", "--", self.prefix or ".")
        lines = (listed or b"").decode("utf-8", "surrogateescape").split("\0")
        return [line[2:].removeprefix(self.prefix) for line in lines if line.startswith("S ")]

    def file(self, commit: str, path: str) -> bytes | None:
        """The content of a file at a commit, as far as it is read at all; None where there is no such file."""
        content = output_of(self.root, "cat-file", "blob", f"{commit}:{path}")
        return None if content is None else content[: MOST_BYTES + 1]

    def snapshot(
        self, commit: str, directory: str, label: str, belongs: Callable[[str], bool], on_the_way: Callable[[str], bool]
    ) -> Snapshot:
        """The files of a directory at a commit that belong."""
        listed = output_of(self.root, "ls-tree", "-r", "-z", "--long", "--full-tree", commit, "--", directory or ".")
        if listed is None:
            raise GitError(f"the tree of {label} cannot be read", "In a partial clone, fetch its objects first.")
        wanted: dict[str, str] = {}
        refused: list[Problem] = []
        for line in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            described, _, full = line.partition("\t")
            mode, _, identifier, size = described.split()
            path = full.removeprefix(directory)
            concerns = belongs(path) or on_the_way(path)
            if mode == "120000":
                refused += [symlink(path)] if concerns else []
            elif mode == "160000":
                refused += [submodule(path)] if concerns else []
            elif belongs(path) and not is_text(path):
                refused.append(misnamed(path))
            elif belongs(path) and int(size) > MOST_BYTES:
                refused.append(_too_large(path, int(size)))
            elif belongs(path):
                wanted[path] = identifier
        if len(wanted) > MOST_FILES:
            refused.append(too_many(directory))
            wanted = dict(sorted(wanted.items())[:MOST_FILES])
        return Snapshot(label, self._blobs(wanted), tuple(refused))

    def _blobs(self, wanted: dict[str, str]) -> dict[str, bytes]:
        if not wanted:
            return {}
        asked = "".join(f"{identifier}\n" for identifier in wanted.values()).encode()
        output = output_of(self.root, "cat-file", "--batch", "--buffer", given=asked)
        if output is None:
            raise GitError("the objects of a tree cannot be read", "Check the repository with git fsck.")
        files: dict[str, bytes] = {}
        at = 0
        for path in wanted:
            end = output.index(b"\n", at)
            size = int(output[at:end].split()[2])
            files[path] = output[end + 1 : end + 1 + size]
            at = end + size + 2
        return files


def repository_of(directory: Path) -> Repository | None:
    """The repository that a directory lies in, or is; None where there is none."""
    sparse = ("--git-path", "info/sparse-checkout")
    found = output_of(directory, "rev-parse", "--show-toplevel", "--show-prefix", *sparse)
    if found is None:
        return _bare(directory)
    root, prefix, patterns = os.fsdecode(found).split("\n")[:3]
    return Repository(Path(root), prefix, sparse=(directory / patterns).exists())


def _bare(directory: Path) -> Repository | None:
    """The repository whose own files a directory holds. In one below it nothing of a standard lies."""
    found = output_of(directory, "rev-parse", "--absolute-git-dir")
    if found is None or Path(os.fsdecode(found).removesuffix("\n")) != directory.resolve():
        return None
    return Repository(directory, "", bare=True)


def _too_large(path: str, size: int) -> Problem:
    message = f"the file has {size:,} bytes; more than {MOST_BYTES:,} are not read"
    return error("file-too-large", path, "", message, "Split it, or leave generated content out.")


def attempt(
    directory: Path,
    *arguments: str,
    given: bytes | None = None,
    settings: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """What git made of a command; raises GitError where there is no git, or no answer in time.

    `settings` (`name=value`) hold for this command alone, and go before those of the repository.
    """
    more = [word for setting in settings for word in ("-c", setting)]
    command = ["git", *_SAFE, *more, *arguments]
    patience = SECONDS if seconds is None else seconds
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, arguments checked, no shell
            command,
            cwd=directory,
            input=given,
            stdin=None if given is not None else subprocess.DEVNULL,
            capture_output=True,
            timeout=patience,
            env={**os.environ, **_ENVIRONMENT, **(environment or {})},
            check=False,
        )
    except (FileNotFoundError, NotADirectoryError) as problem:
        if not directory.is_dir():
            raise GitError(f"{directory} is not a directory", "Name one that is there.") from problem
        raise GitError("git is not installed", "Install git, or name directories instead of refs.") from problem
    except subprocess.TimeoutExpired as problem:
        raise GitError(f"git {arguments[0]} did not answer in {patience:g} seconds", "Try again.") from problem
    if done.returncode == 128 and b"dubious ownership" in done.stderr:
        raise GitError(
            "git refuses to read a repository of another user", "Run git config --global --add safe.directory DIR."
        )
    if done.returncode == 128 and b"safe.bareRepository" in done.stderr:
        hint = "Allow it (git config --global safe.bareRepository all), or clone it and name the clone."
        raise GitError("git is set not to read repositories without a working tree", hint)
    return done


def output_of(directory: Path, *arguments: str, given: bytes | None = None) -> bytes | None:
    """The output of git; None where it fails."""
    done = attempt(directory, *arguments, given=given)
    return done.stdout if done.returncode == 0 else None
