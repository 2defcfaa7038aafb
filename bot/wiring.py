"""Brings commands and the outside together: the only module that names adapters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.adapters.files import DirectoryOutput
from bot.adapters.jsonschema_library import JsonSchemaConfirmer
from bot.adapters.sources import LocalSources
from bot.adapters.worker import Worker
from bot.ports import Confirmer, Output, Sources


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


def output(directory: Path) -> Output:
    """What writes files below a directory."""
    return DirectoryOutput(directory)
