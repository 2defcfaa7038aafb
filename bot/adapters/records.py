"""Finds published records on disk: feeds, the files of each, and in what form they are. Follows no link."""

from __future__ import annotations

import os
import stat
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader, FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adapters.records_csv import Table, read_csv
from bot.adapters.records_json import read_json_file, read_json_lines
from bot.adapters.records_package import described
from bot.conformance.records import LISTS, Item, Trouble
from bot.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BUFFER = 1 << 16
MOST_FILES = 10_000
"""Files of one feed."""
DEEPEST = 20
PACKAGE = "datapackage.json"
LINES = frozenset({".jsonl", ".ndjson"})
READ = frozenset({".json", ".csv", *LINES})
COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
"""How files begin that are packed: gzip, zip, bzip2, xz, zstd."""
UNPACK = "a compressed file: unpack it first"


class FileFeed:
    """A file, or a directory of files, as one feed."""

    def __init__(self, name: str, path: Path) -> None:
        """`name`: how people call it."""
        self.name = name
        self.done = 0
        self._path = path
        self._files, self._troubles = _files(path)
        self.size = sum(_size(path / file) for file in self._files)

    def items(self, lists: frozenset[str] = LISTS) -> Iterator[Item]:
        """Its records and what could not be read as one; `lists`: the keys under which pages have their records."""
        self.done = 0
        yield from self._troubles
        packages = [file for file in self._files if file.rpartition("/")[2] == PACKAGE]
        tables: dict[str, Table] = {}
        for package in packages:
            with self._opened(package) as opened:
                content = opened if isinstance(opened, Trouble) else described(package, opened)
            if isinstance(content, Trouble):
                yield content
            else:
                directory = package.removesuffix(PACKAGE)
                tables |= {directory + path: table for path, table in content.items()}
        for missing in sorted(tables.keys() - {*self._files}):
            yield Trouble("a file that the data package names is not there", missing)
        for file in self._files:
            if file not in packages:
                yield from self._of_file(file, tables.get(file), lists)

    def _of_file(self, file: str, table: Table | None, lists: frozenset[str]) -> Iterator[Item]:
        shown = file or self._path.name
        with self._opened(file) as opened:
            if isinstance(opened, Trouble):
                yield opened
                return
            ending = Path(shown).suffix.lower()
            if (other := _other_form(opened)) is not None:
                yield Trouble(other, shown, lost="the whole file")
            elif table is not None or ending == ".csv":
                yield from read_csv(shown, opened, table or Table(shown))
            elif ending in LINES:
                yield from read_json_lines(shown, opened)
            else:
                yield from read_json_file(shown, opened, lists)

    @contextmanager
    def _opened(self, file: str) -> Iterator[BufferedReader[_Counted] | Trouble]:
        # Opened without following links and without waiting, then asked what it is: nothing can be swapped in between.
        try:
            descriptor = os.open(self._path / file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as problem:
            yield Trouble(f"a file cannot be opened ({problem.strerror})", file or self._path.name)
            return
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            yield Trouble("not an ordinary file", file or self._path.name)
            return
        with BufferedReader(_Counted(descriptor, self), BUFFER) as opened:
            yield opened


class _Counted(FileIO):
    """A file that tells its feed how much of it has been read. It ends where it ended when it was opened, so that one
    that somebody still writes to has an end."""

    def __init__(self, descriptor: int, feed: FileFeed) -> None:
        super().__init__(descriptor, "rb")
        self._feed = feed
        self._left = os.fstat(descriptor).st_size

    def readinto(self, buffer: WriteableBuffer) -> int | None:  # what a buffered reader calls
        read: int | None = super().readinto(memoryview(buffer)[: self._left])
        self._left -= read or 0
        self._feed.done += read or 0
        return read


def _other_form(opened: BufferedReader[_Counted]) -> str | None:
    """What a file is that is not what its name says; by its first bytes."""
    first = opened.peek(4)[:4]
    if first.startswith(COMPRESSED):
        return UNPACK
    if first.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or (len(first) == 4 and first.count(0) == 2):
        return "a file in UTF-16: save it as UTF-8 first"
    return None


def feeds(paths: Iterable[Path]) -> list[FileFeed]:
    """The feeds at some paths: a file is one, and so is a data package or a directory of CSV files alone; of any
    other directory each file and each directory in it is one. Raises InputError for a path that is not there."""
    found = [each for path in paths for each in _at(path)]
    return [FileFeed(name, path) for name, path in zip(_names(found), found, strict=True)]


def _names(paths: Sequence[Path]) -> list[str]:
    """As much of the end of each path as tells it from the others."""
    longest = max((len(path.parts) for path in paths), default=0)
    ends = [["/".join(path.parts[-length:]) or str(path) for path in paths] for length in range(1, longest + 1)]
    counted = [Counter(names) for names in ends]
    tellings = (
        [names[at] for names, count in zip(ends, counted, strict=True) if count[names[at]] == 1]
        for at in range(len(paths))
    )
    return [next(iter(telling), str(path)) for telling, path in zip(tellings, paths, strict=True)]


def _at(path: Path) -> list[Path]:
    if not path.exists():
        raise InputError(f"{path} is not there", "Name a file or a directory of published records with --data.")
    if path.name == PACKAGE:
        return [path.parent]
    if not path.is_dir():
        return [path]
    entries = sorted(each for each in path.iterdir() if not each.name.startswith("."))
    files = [each for each in entries if each.is_file()]
    package = any(each.name == PACKAGE for each in files)
    if package or (files and len(files) == len(entries) and all(each.suffix.lower() == ".csv" for each in files)):
        return [path]
    return entries


def _files(path: Path) -> tuple[list[str], list[Trouble]]:
    """The files of a feed below its path ("" for the path itself), and what is none or none that can be read."""
    if path.is_symlink():
        return [], [Trouble("a symbolic link, which could lead anywhere", path.name)]
    if not path.is_dir():
        return ([""], []) if _is_read(path.name) else ([], [_of_another_kind(path.name)])
    files: list[str] = []
    troubles: list[Trouble] = []
    waiting = [("", 0)]
    while waiting and len(files) < MOST_FILES:
        directory, depth = waiting.pop()
        for entry in sorted(os.scandir(path / directory), key=lambda entry: entry.name):
            file = f"{directory}/{entry.name}".lstrip("/")
            wrong = _wrong(entry, file, depth)
            if wrong is not None:
                troubles.append(wrong)
            elif entry.is_dir(follow_symlinks=False):
                waiting.append((file, depth + 1))
            elif _is_read(entry.name):
                files.append(file)
    if waiting or len(files) > MOST_FILES:
        troubles.append(Trouble(f"more than {MOST_FILES:,} files", path.name, lost="the rest of the directory"))
    return sorted(files[:MOST_FILES]), troubles


def _wrong(entry: os.DirEntry[str], file: str, depth: int) -> Trouble | None:
    """Why an entry of a directory is left alone; None where it is not, or is hidden."""
    if entry.is_symlink():
        return Trouble("a symbolic link, which could lead anywhere", file)
    if entry.is_dir(follow_symlinks=False):
        too_deep = Trouble(f"a directory more than {DEEPEST} deep", file, lost="what is in it")
        return too_deep if depth >= DEEPEST else None
    return None if _is_read(entry.name) or entry.name.startswith(".") else _of_another_kind(file)


def _is_read(name: str) -> bool:
    return Path(name).suffix.lower() in READ


def _of_another_kind(file: str) -> Trouble:
    if Path(file).suffix.lower() in (".gz", ".zip", ".bz2", ".xz", ".zst"):
        return Trouble(UNPACK, file, lost="the whole file")
    return Trouble("neither JSON, JSON Lines nor CSV", file, lost="the whole file")


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0
