"""The repository that a person sets the bot up in: its few files that `init` writes and `doctor` reads."""

from __future__ import annotations

import os
from pathlib import Path

from bot.adapters.files import read_directory
from bot.adapters.git import repository_of
from bot.errors import InputError, UsageError
from bot.standard.snapshot import Snapshot, belongs, on_the_way


class LocalProject:
    """The top of a repository, or the working directory where there is none. Paths are from there."""

    def __init__(self, source: Path) -> None:
        """`source`: the directory of the standard; raises InputError, UsageError."""
        if not source.is_dir():
            raise InputError(f"{source} is not a directory", "Name the directory of a standard with --source.")
        repository = repository_of(source)
        self._root = (repository.root if repository else Path()).resolve()
        resolved = source.resolve()
        if not resolved.is_relative_to(self._root):
            raise UsageError(f"{source} is outside of {self._root}", "Run it at the top of the repository.")
        self._source = resolved.relative_to(self._root)

    @property
    def name(self) -> str:
        """How its directory is called."""
        return self._root.name

    @property
    def source(self) -> str:
        """The directory of the standard."""
        return self._source.as_posix()

    def has(self, path: str) -> bool:
        """Whether something is there, be it a link that leads nowhere."""
        return os.path.lexists(self._root / path)

    def has_directory(self, path: str) -> bool:
        """Whether a directory is there."""
        return (self._root / path).is_dir()

    def has_schemas(self, path: str) -> bool:
        """Whether it is a directory with JSON files in it."""
        return any((self._root / path).glob("*.json"))

    def standard(self, directory: str) -> Snapshot | None:
        """The files of the standard in a directory; None where it is none."""
        path = self._root / directory
        return read_directory(path, belongs, on_the_way, directory) if path.is_dir() else None

    def write(self, path: str, text: str) -> None:
        """Write a file, with the directories it needs."""
        file = self._root / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            # A link there, or on the way there, would have us write somewhere else.
            if file.parent.resolve() != file.parent or file.is_symlink():
                raise InputError(f"{path} is behind a symbolic link", "Put an ordinary directory or file there.")
            file.write_text(text, encoding="utf-8", newline="\n")
        except OSError as problem:
            raise InputError(f"{path} cannot be written: {problem.strerror}", "Check its permissions.") from problem
