"""The command that looks at data that exists: `impact`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import Format, Only, Patches, Source, patch_directories
from bot.cli.output import PLAIN_WIDTH, console, progress, refuse_among_sources, refuse_to_overwrite, write

if TYPE_CHECKING:
    from bot.conformance.impact import Impact


def impact(  # noqa: PLR0913, PLR0917 - each is an option
    data: Annotated[
        list[Path],
        typer.Option(metavar="PATH", help="Published records: a file, a data package, or a directory of feeds."),
    ],
    base: Annotated[
        str, typer.Option(metavar="REF|DIR", help="Default: where this branch left the default branch.")
    ] = "",
    head: Annotated[str, typer.Option(metavar="REF|DIR|WORKTREE", help="What to judge.")] = "WORKTREE",
    source: Source = Path(),
    patch: Patches = None,
    profile: Only = "",
    entity: Annotated[
        str, typer.Option(metavar="NAME", help="What all records are, where neither files nor keys say it.")
    ] = "",
    form: Annotated[Format, typer.Option("--format", help="How to write the answer.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the answer here instead of printing it.")
    ] = None,
) -> None:
    """See what a change does to data that is published.

    Holds every record against the standard before and after the change: how many break, on which change, and how
    many fill each term. Reads JSON (a record, an array, a page of an API), JSON Lines, and CSV with or without a
    data package.

    Exit status: 0 judged, whatever came of it, 2 wrong usage, 3 it could not be judged.
    """
    from bot import wiring
    from bot.commands.impact import ImpactRequest, run

    request = ImpactRequest(base, head, patch_directories(patch), profile, entity)
    sides = (Path(each) for each in (base, head) if each and Path(each).is_dir())
    refuse_among_sources(output, (source, *sides), [Path(each.directory) for each in request.patches])
    refuse_to_overwrite(output, *data)
    feeds = wiring.feeds(data)
    with progress() as shown:
        found = run(request, wiring.sources(source), feeds, shown)
    if form is Format.TEXT and output is None and sys.stdout.isatty():
        from bot.render.impact_terminal import show

        show(found, console())
    else:
        write(_text(found, form), output)


def _text(found: Impact, form: Format) -> str:
    if form is Format.JSON:
        from bot.conformance.serialising import as_json

        return json.dumps(as_json(found), indent=2) + "\n"
    if form is Format.MARKDOWN:
        from bot.render.impact_markdown import document

        return document(found)
    from bot.render.impact_terminal import show

    with (plain := console(width=PLAIN_WIDTH)).capture() as captured:
        show(found, plain)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().rstrip().splitlines())
