"""What commands print and write: reports in every form, progress, errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bot.cli.options import Format
from bot.errors import InputError, UsageError
from bot.render.extent import WHOLE, Extent

if TYPE_CHECKING:
    from rich.console import Console

    from bot.ports import Progress
    from bot.report.model import Report

Writer: TypeAlias = Callable[[str], object]

PLAIN_WIDTH = 100
"""Columns of a text report that is not shown on a terminal."""


def report_text(report: Report, form: Format, extent: Extent = WHOLE) -> str:
    """The report in a format; JSON always holds all of it."""
    if form is Format.JSON:
        from bot.report.serialising import as_json

        return json.dumps(as_json(report), indent=2) + "\n"
    if form is Format.MARKDOWN:
        from bot.render.markdown import document

        return document(report, extent=extent)
    from bot.render.terminal import show

    with (plain := console(width=PLAIN_WIDTH)).capture() as captured:
        show(report, plain, extent)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().rstrip().splitlines())


def console(width: int | None = None) -> Console:
    """The terminal; of a given width, plain text for elsewhere."""
    from rich.console import Console

    return Console(width=width, color_system=None if width else "auto", highlight=False, markup=False, emoji=False)


def write(text: str, output: Path | None) -> None:
    """To a file, or to standard output."""
    with opened(output) as stream:
        stream(text)


def refuse_to_overwrite(output: Path | None, *read: Path) -> None:
    """Say so where what is to be written would take the place of what is read."""
    if output is None or not output.exists():
        return
    for each in read:
        if each.exists() and output.samefile(each):
            raise UsageError(f"{output} is what is read, and would be written over", "Name another --output.")


def refuse_among_sources(output: Path | None, sources: Iterable[Path], patches: Iterable[Path] = ()) -> None:
    """Say so where what is to be written would be read as a part of a standard, or of a profile that patches make."""
    from bot.standard.snapshot import belongs, is_patch

    if output is None:
        return
    for directories, is_read in ((sources, belongs), (patches, is_patch)):
        for directory in directories:
            place, root = output.resolve(), directory.resolve()
            if place.is_relative_to(root) and is_read(place.relative_to(root).as_posix()):
                message = f"{output} is, or would be, a file of the standard in {directory}"
                raise UsageError(message, "Name another --output.")


@contextmanager
def opened(output: Path | None, *, append: bool = False) -> Iterator[Writer]:
    """Something to write to: a file, or standard output."""
    if output is None:
        yield sys.stdout.write
        return
    try:
        with output.open("a" if append else "w", encoding="utf-8", newline="\n") as file:
            yield file.write
    except OSError as problem:
        raise InputError(f"{output} cannot be written: {problem.strerror}", "Name another --output.") from problem


@contextmanager
def progress() -> Iterator[Progress]:
    """Long work shows how far it is, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich import progress as bars
    from rich.console import Console

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.TextColumn("{task.completed}/{task.total}"),
        bars.TimeElapsedColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
