"""Finds the bot's configuration: that of the default branch where a pull request could have changed it."""

from __future__ import annotations

import os
from pathlib import Path

from bot.adapters.git import repository_of
from bot.errors import GitError, InputError
from bot.standard.reading import MOST_BYTES


def policy_file(directory: Path, path: str, branch: str) -> bytes | None:
    """The content of `path` in the repository that a directory lies in; None where there is none.

    With a branch, as that has it (as fetched, else its own); without, as it lies in the directory.
    """
    repository = repository_of(directory)
    if branch and repository is not None:
        for ref in (f"refs/remotes/origin/{branch}", f"refs/heads/{branch}"):
            try:
                return repository.file(repository.commit(ref), path)
            except GitError:
                continue
        raise GitError(f"the default branch {branch!r} is not here", "Fetch it: the bot's configuration is read there.")
    return _lying(repository.root if repository is not None else directory, path)


def file_at(directory: Path, path: str, commit: str) -> bytes | None:
    """The content of `path` at a commit of the repository that a directory lies in; None where there is none."""
    repository = repository_of(directory)
    return None if repository is None else repository.file(commit, path)


def _lying(root: Path, path: str) -> bytes | None:
    try:
        # A link could lead to any file of the machine, which would then be quoted in an error.
        descriptor = os.open(root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise InputError(f"{path} cannot be read: {problem.strerror}", "Put an ordinary file there.") from problem
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read(MOST_BYTES + 1)
