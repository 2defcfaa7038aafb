"""What several commands take: options, and how words become requests."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import InputError, UsageError

if TYPE_CHECKING:
    from bot.commands.check import PatchDirectory


class Format(Enum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class PairFormat(Enum):
    """How the answer on one pair is written."""

    TEXT = "text"
    JSON = "json"


Source = Annotated[Path, typer.Option(metavar="DIR", help="Directory that holds the standard.")]
Patches = Annotated[
    list[str] | None,
    typer.Option(
        "--patch",
        metavar="[ID=]DIR",
        help="Judge, or build, the profile that these merge patches make, instead of the standard's own. Without ID= "
        "it is called as its directory is (as the one above, where that is called profile).",
    ),
]
Only = Annotated[str, typer.Option(metavar="ID", help="This profile alone.")]


def patch_directories(given: list[str] | None) -> tuple[PatchDirectory, ...]:
    """`ID=DIR`, or a directory alone: the id is then the name of the directory above `profile/`."""
    from bot.commands.check import PatchDirectory

    made = []
    for text in given or ():
        name, equals, directory = text.partition("=")
        if not equals or Path(text).is_dir():
            name, directory = "", text
        if not directory:
            raise UsageError(f"--patch {text!r} names no directory", "Name a directory of merge patches: [ID=]DIR.")
        path = Path(directory)
        if not name:
            absolute = path.absolute()
            name = absolute.parent.name if absolute.name == "profile" else absolute.name
        if not path.is_dir():
            raise UsageError(f"{directory!r} is not a directory", "Name a directory of merge patches: [ID=]DIR.")
        if not all(each.isalnum() or each in "._-" for each in name) or name in ("", ".", ".."):
            raise UsageError(f"{name!r} cannot be the id of a profile", "Give it one: --patch uk=DIR.")
        if not any(path.glob("*.json")):
            said = f"note: there is no merge patch in {directory}, so that {name} is the standard as it is."
            typer.echo(f"{said} A patch is called as the file it changes: service.json.", err=True)
        made.append(PatchDirectory(name, directory))
    names = [each.id for each in made]
    if len(set(names)) < len(names):
        raise UsageError("two patches make a profile of the same id", "Give each an id: --patch ID=DIR.")
    return tuple(made)


def refuse_inside(source: Path) -> None:
    """Say so where a source is the directory of schemas of a standard, which begins one higher."""
    named = source.resolve().name == "schema"
    if named and not (source / "schema").is_dir() and any(source.glob("*.json")):
        above = Path("..") if source == Path() else source.parent
        raise InputError(f"{source.resolve().name} is a part of a standard", f"The whole is in --source {above}")


def standard_files(*directories: Path) -> list[Path]:
    """Where the files of the standards in some directories are."""
    return [each / name for each in directories if each.is_dir() for name in ("schema", "datapackage.json")]


def contents(path: Path) -> bytes:
    """The bytes of a file; raises InputError."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise InputError(f"{path} cannot be read: {problem.strerror}", "Name a file that is there.") from problem
