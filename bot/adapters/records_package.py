"""Reads what a data package says of its tables: which file each is in, and how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from bot.adapters.records_csv import Table
from bot.conformance.records import Trouble
from bot.standard.json_reading import read_json
from bot.standard.reading import MOST_BYTES
from bot.standard.values import JSON


def described(file: str, stream: BinaryIO) -> dict[str, Table] | Trouble:
    """The tables by the paths of their files, from the directory of the package; paths out of it are left out."""
    reading = read_json(file, stream.read(MOST_BYTES + 1))
    if not reading.readable:
        return Trouble(f"the data package cannot be read: {reading.problems[-1].message}", file)
    resources = reading.value.get("resources") if isinstance(reading.value, dict) else None
    if not isinstance(resources, list):
        return Trouble("the data package names no resources", file)
    return dict(_tables(resources))


def _tables(resources: list[JSON]) -> Iterator[tuple[str, Table]]:
    for resource in resources:
        if isinstance(resource, dict):
            table = _table(resource)
            given = resource.get("path")
            for path in given if isinstance(given, list) else [given]:
                if isinstance(path, str) and _is_inside(path):
                    yield str(PurePosixPath(path)), table if table.name else Table(path, table.delimiter, table.missing)


def _table(resource: dict[str, JSON]) -> Table:
    name, dialect, schema = (resource.get(key) for key in ("name", "dialect", "schema"))
    delimiter = dialect.get("delimiter") if isinstance(dialect, dict) else None
    missing = schema.get("missingValues") if isinstance(schema, dict) else None
    return Table(
        name if isinstance(name, str) else "",
        delimiter if isinstance(delimiter, str) and len(delimiter) == 1 and delimiter not in '\r\n"\0' else "",
        frozenset(each for each in missing if isinstance(each, str)) if isinstance(missing, list) else frozenset(),
    )


def _is_inside(path: str) -> bool:
    steps = PurePosixPath(path)
    leads_out = steps.is_absolute() or ".." in steps.parts or "\\" in path or "://" in path
    return path.lower().endswith(".csv") and not leads_out
