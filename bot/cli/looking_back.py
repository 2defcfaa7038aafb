"""The command that looks back: `replay`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Annotated

import typer

from bot.cli.options import Patches, Source, patch_directories
from bot.cli.output import opened, progress

if TYPE_CHECKING:
    from bot.commands.replay import Titles
    from bot.report.replayed import Facts


def replay(
    last: Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="How many merged pull requests.")] = 30,
    output: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the page.")] = Path("replay.html"),
    source: Source = Path(),
    patch: Patches = None,
    branch: Annotated[str, typer.Option(metavar="REF", help="Merged into this; default: the default branch.")] = "",
) -> None:
    """Show what would have been said on merged pull requests.

    The last of them, beside what was decided. Git history is enough. What .github/bot.yml says counts as it does for
    pull requests: where the standard is, and which profiles it has; those that live elsewhere are fetched. With
    GITHUB_TOKEN and GITHUB_REPOSITORY set, titles and labels are added. Nothing is posted anywhere.
    """
    from bot import wiring
    from bot.commands.replay import ReplayRequest, run
    from bot.render.problems import complaint
    from bot.render.replay import page, row, summary
    from bot.render.safety import one_line

    past = wiring.past(source)
    for problem in past.problems:
        typer.echo(complaint(problem), err=True)
    request = ReplayRequest(last, branch, patch_directories(patch) or past.patches, past.elsewhere)
    history = past.history
    facts: list[Facts] = []
    # A page says at its top what only its last row tells: the rows wait in a file, not in memory.
    with TemporaryFile("w+", encoding="utf-8") as waiting, wiring.titles() as titles:
        with progress() as shown, wiring.confirmer() as confirmer:
            for replayed in run(request, history, past.sources, titles, confirmer, shown):
                waiting.write(json.dumps(row(replayed)) + "\n")
                facts.append(replayed.facts)
        with opened(output) as write:
            for piece in page(facts, _read(waiting), history.address or past.directory.resolve().name):
                write(piece)
        typer.echo(summary(facts), nl=False)
        typer.echo(f"\nOpen {output} in a browser.", err=True)
        for note in _notes(titles, len(facts), last, cut_off=history.is_cut_off):
            typer.echo(one_line(note), err=True)


def _read(waiting: IO[str]) -> Iterator[str]:
    waiting.seek(0)
    return (json.loads(line) for line in waiting)


def _notes(titles: Titles, found: int, last: int, *, cut_off: bool) -> Iterator[str]:
    if titles.trouble is not None:
        yield f"Titles and labels are missing: {titles.trouble.message}. {titles.trouble.hint}"
    elif titles.forge is None:
        yield "Titles are those of git history; labels are not known: GITHUB_TOKEN and GITHUB_REPOSITORY are not set."
    if found < last and cut_off:
        yield "There may be more: this clone is shallow. Fetch its earlier history to see them."
