"""The command that asks between profiles: `interop`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import Format, Patches, Source, patch_directories
from bot.cli.output import progress, write

if TYPE_CHECKING:
    from bot.report.matrix import Matrix


def interop(
    source: Source = Path(),
    ref: Annotated[str, typer.Option(metavar="REF", help="Of this ref, without a checkout.")] = "WORKTREE",
    patch: Patches = None,
    form: Annotated[Format, typer.Option("--format", help="How to write the answer.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the answer here instead of printing it.")
    ] = None,
) -> None:
    """Ask which profiles can read each other's data.

    For each pair of profiles: is all data published under the one valid under the other? If not, which terms stand
    in the way, with an example of each. With --patch, the profile that patches make is asked of beside the
    standard's own.

    Exit status: 0 judged, 2 wrong usage, 3 it could not be judged.
    """
    from bot import wiring
    from bot.commands.interop import InteropRequest, run

    request = InteropRequest(ref, patch_directories(patch))
    with progress() as shown, wiring.confirmer() as confirmer:
        matrix = run(request, wiring.sources(source), confirmer, shown)
    write(matrix_text(matrix, form), output)


def matrix_text(matrix: Matrix, form: Format) -> str:
    """The matrix in a format."""
    from bot.render import interop as rendered
    from bot.report.matrix import matrix_as_json

    match form:
        case Format.JSON:
            return json.dumps(matrix_as_json(matrix), indent=2) + "\n"
        case Format.MARKDOWN:
            return rendered.markdown(matrix)
        case Format.TEXT:
            return rendered.text(matrix)
