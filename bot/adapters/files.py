"""Reads a directory of the working tree, as far as a standard goes, following no link out of it; writes
the directories of releases."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import InputError
from bot.standard.loading import API_DESCRIPTION
from bot.standard.problems import Problem
from bot.standard.reading import MOST_BYTES
from bot.standard.snapshot import MOST_FILES, Snapshot, is_text, misnamed, special, submodule, symlink, too_many


def read_directory(
    root: Path, belongs: Callable[[str], bool], on_the_way: Callable[[str], bool], label: str = ""
) -> Snapshot:
    """The files below `root` that belong; only directories that are on the way are entered."""
    if not root.is_dir():
        raise InputError(f"{root} is not a directory", "Name a directory that holds a standard.")
    files: dict[str, bytes] = {}
    refused: list[Problem] = []
    waiting = [""]
    while waiting:
        directory = waiting.pop()
        for entry in sorted(os.scandir(root / directory), key=lambda entry: entry.name):
            path = f"{directory}/{entry.name}".lstrip("/")
            if entry.is_dir(follow_symlinks=False):
                own = os.path.lexists(root / path / ".git")  # a submodule's: its files are of another repository
                refused += [submodule(path)] if own and on_the_way(path) else []
                waiting += [path] if not own and on_the_way(path) else []
            elif entry.is_symlink():
                refused += [symlink(path)] if belongs(path) or on_the_way(path) else []
            elif belongs(path) and not is_text(path):
                refused.append(misnamed(path))
            elif belongs(path):
                _take(root / path, path, files, refused)
        if len(files) > MOST_FILES:
            refused.append(too_many(directory))
            break
    return Snapshot(label or str(root), dict(sorted(files.items())), tuple(refused))


def _take(file: Path, path: str, files: dict[str, bytes], refused: list[Problem]) -> None:
    # Opened without following links and without waiting, then asked what it is: nothing can be swapped in between.
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as problem:
        raise InputError(
            f"{file} cannot be read: {problem.strerror}", "Check the permissions of the file."
        ) from problem
    with os.fdopen(descriptor, "rb") as opened:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            files[path] = opened.read(MOST_BYTES + 1)
        else:
            refused.append(special(path))


MADE = frozenset({"schema", "schema/compiled", "examples"})
"""The directories of a release, which hold JSON files."""

RELEASE = MADE | {"datapackage.json"}
"""What the directory of a release holds."""


class DirectoryOutput:
    """Writes directories of files; what is there is replaced only once the new files are complete."""

    def __init__(self, root: Path, kept: Iterable[Path] = (), *, own: bool = False) -> None:
        """`root`: made if it is not there. `kept`: what is being read, which nothing may be written over. `own`:
        what lies in directories of these names is of the bot's making, and may go."""
        self._root = root
        self._own = own
        self._kept = tuple(kept)

    def expect(self, directories: Iterable[str]) -> None:
        """Refuse what could not be replaced, before anything is written; raises InputError."""
        hint = "Name a directory with --output."
        if self._root.is_symlink() and not self._root.exists():
            raise InputError(f"{self._root} is a link that leads nowhere", hint)
        there = next(each for each in (self._root, *self._root.absolute().parents) if each.exists())
        if not there.is_dir():
            raise InputError(f"{there} is a file", hint)
        if ".git" in self._root.resolve().parts:
            raise InputError(f"{self._root} belongs to git", "Name another --output.")
        for directory in directories:
            self._refuse(self._root / directory)

    def replace(self, directory: str, files: Iterable[tuple[str, str]]) -> None:
        """Write the files (path below `directory`, text) there, in place of all that was there."""
        target = self._root / directory
        self._refuse(target)
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=self._root, prefix=".build-") as fresh:
                for path, text in files:
                    file = Path(fresh) / "new" / path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(text, encoding="utf-8", newline="\n")
                if target.exists():
                    target.rename(Path(fresh) / "old")
                (Path(fresh) / "new").rename(target)
        except OSError as problem:
            raise InputError(f"{target} cannot be written: {problem.strerror}", "Check the permissions.") from problem

    def _refuse(self, target: Path) -> None:
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise InputError(f"{target} is not a directory", "Name another --output.")
        self._refuse_what_is_read(target)
        foreign = next(self._foreign(target), None) if target.exists() else None
        if foreign is not None:
            hint = "Name another --output: the directory of a profile is replaced whole."
            raise InputError(f"{target} holds {foreign!r}, which is not of a release", hint)

    def _foreign(self, target: Path) -> Iterator[str]:
        names = iter(sorted({each.name for each in target.iterdir()} - RELEASE))
        return names if self._own else _foreign(target)

    def _refuse_what_is_read(self, target: Path) -> None:
        place = target.resolve()
        for kept in (each.resolve() for each in self._kept):
            if place.is_relative_to(kept) or kept.is_relative_to(place):
                message = f"{target} would be written over {kept}, which is being read"
                raise InputError(message, "Name another --output, away from the standard and its patches.")


def _foreign(target: Path) -> Iterator[str]:
    """What a directory holds that no release has: it was put there by somebody, and is not ours to delete."""
    for file in sorted(target.rglob("*")):
        path = file.relative_to(target)
        directory = path.parent.as_posix()
        made = directory in MADE and path.suffix == ".json" and path.name != API_DESCRIPTION
        if path.as_posix() not in RELEASE and (not made or file.is_symlink() or file.is_dir()):
            yield path.as_posix()
