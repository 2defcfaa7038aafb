"""The files of one directory at one time, as bytes: all that is ever read of a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bot.standard.problems import Problem, error

MOST_FILES = 2_000

STANDARD = "schema/standard.yml"
PROFILE = "profile.yml"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`files`: path below the source (forward slashes) to content. `refused`: what was not read, and why.
    `label` is how people call it: a path, or a ref."""

    label: str
    files: Mapping[str, bytes]
    refused: tuple[Problem, ...] = field(default=())


def belongs(path: str) -> bool:
    """Whether a file is part of a standard. Generated files (`schema/compiled/…`) are not read."""
    parts = PurePosixPath(path).parts
    if parts and parts[-1].startswith("."):
        return False  # what editors and tools keep for themselves: .prettierrc.json
    match parts:
        case (name,):
            return name.lower() == "datapackage.json" or name.endswith("DataPackage.json")
        case ("schema", name):
            return name.endswith(".json") or path == STANDARD
        case ("schema", "profiles", _, name):
            return name.endswith(".json") or name == "profile.yml"
        case _:
            return False


def on_the_way(path: str) -> bool:
    """Whether a directory may hold files of a standard further down."""
    parts = PurePosixPath(path).parts
    return parts in ((), ("schema",), ("schema", "profiles")) or (
        len(parts) == 3 and parts[:2] == ("schema", "profiles")
    )


def is_patch(path: str) -> bool:
    """Whether a file in a directory of merge patches is one."""
    return "/" not in path and path.endswith(".json") and not path.startswith(".")


def in_a_profile(path: str) -> bool:
    """Whether a file in the directory of a profile is part of it."""
    return is_patch(path) or path == PROFILE


def nowhere(path: str) -> bool:
    """Stands for `on_the_way` where nothing further down belongs."""
    return path == ""


def symlink(path: str) -> Problem:
    """A symbolic link where a file should be."""
    message = "a symbolic link, which could lead out of the repository"
    return error("symlink-refused", path, "", message, "Put the file itself here.")


def submodule(path: str) -> Problem:
    """A submodule where a directory should be."""
    message = "a submodule, whose files are in another repository"
    return error("submodule-refused", path, "", message, "Put the files themselves here.")


def special(path: str) -> Problem:
    """A device, a pipe, a socket."""
    return error("file-special", path, "", "not an ordinary file", "Put an ordinary file here.")


def misnamed(path: str) -> Problem:
    """A file whose name is not text, or not all of which can be seen."""
    broken = any("\ud800" <= each <= "\udfff" for each in path)
    text = path.encode("utf-8", "backslashreplace").decode()
    shown = "".join(each if each.isprintable() else f"\\u{{{ord(each):04x}}}" for each in text)
    message = "the name of the file is not UTF-8" if broken else "the name of the file holds what cannot be seen"
    return error("file-misnamed", shown, "", message, "Give it a name in plain letters.")


def is_text(path: str) -> bool:
    """Whether a path, as the file system gives it, is text that can be written down."""
    return path.isprintable() and not any("\ud800" <= each <= "\udfff" for each in path)


def too_many(path: str) -> Problem:
    """More files than any standard has."""
    message = f"more than {MOST_FILES:,} files; the rest was not read"
    return error("files-too-many", path, "", message, "Keep generated files out of this directory.")
