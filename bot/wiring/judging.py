"""What it takes to judge: sources, feeds, what confirms, and where to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adapters.clock import SystemClock
from bot.adapters.files import DirectoryOutput
from bot.adapters.jsonschema_library import JsonSchemaConfirmer
from bot.adapters.project import LocalProject
from bot.adapters.sources import LocalSources
from bot.adapters.worker import Worker
from bot.ports import Confirmer, Output, Sources

if TYPE_CHECKING:
    from bot.adapters.records import FileFeed


@contextmanager
def confirmer() -> Iterator[Confirmer]:
    """What confirms examples; its worker ends with the block."""
    worker = Worker()
    try:
        yield JsonSchemaConfirmer(worker)
    finally:
        worker.close()


def sources(source: Path) -> Sources:
    """What finds the versions of a source directory."""
    return LocalSources(source)


def feeds(paths: Iterable[Path]) -> list[FileFeed]:
    """The feeds of published records at some paths."""
    from bot.adapters.records import feeds as found

    return found(paths)


def output(directory: Path, kept: Iterable[Path] = ()) -> Output:
    """What writes files below a directory, and never over what is `kept`."""
    return DirectoryOutput(directory, kept)


def own_output(directory: Path) -> Output:
    """What writes files below a directory that is the bot's own."""
    return DirectoryOutput(directory, own=True)


def project(source: Path) -> LocalProject:
    """The repository that a source directory lies in."""
    return LocalProject(source)


def day() -> str:
    """Today, as YYYY-MM-DD."""
    return datetime.fromtimestamp(SystemClock().now(), UTC).date().isoformat()
