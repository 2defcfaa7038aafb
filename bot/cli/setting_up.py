"""The commands that set the bot up: `init`, `doctor`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Source
from bot.cli.output import console, opened, write
from bot.community.adoption import PLACEHOLDER

Workflow = Annotated[
    str, typer.Option(metavar="OWNER/NAME@COMMIT", help="The repository of the bot and a full commit of it.")
]


def init(
    source: Source = Path(),
    workflow: Workflow = PLACEHOLDER,
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over the files, should they be there.")] = False,
    clock_apart: Annotated[
        bool,
        typer.Option(
            "--clock-apart",
            help="For a repository that may rest for two months: put the clock, which GitHub then switches off, into "
            "a workflow file of its own.",
        ),
    ] = False,
    template: Annotated[
        bool,
        typer.Option(
            "--template",
            help="Also write the text that pull requests begin with, with a box for changes of wording alone. One that "
            "is there is never written over.",
        ),
    ] = False,
) -> None:
    """Write the workflow file and first settings of a repository.

    They work with GitHub alone; forum and chat can be named later. Nothing that is there is written over.
    """
    from bot import wiring
    from bot.commands.init import InitRequest, run
    from bot.community.configuration import PATH
    from bot.render.safety import one_line
    from bot.render.wording import listing

    done = run(InitRequest(workflow, force, clock_apart, template), wiring.sources(source), wiring.project(source))
    called = f", with a profile beside it, which messages call {done.profile!r} (`id` in {PATH} says so)"
    patched = called if done.profile else ""
    typer.echo(f"Found: {done.kind}{patched}.")
    typer.echo(f"Wrote {listing(done.files)}.\n\nWhat to do next")
    for number, step in enumerate(done.steps, start=1):
        typer.echo(f"  {number}. {one_line(step)}")


def doctor(
    source: Source = Path(),
    *,
    post: Annotated[
        bool, typer.Option("--post", help="Also write a test message in every place, and take it away at once.")
    ] = False,
) -> None:
    """Try the setup, and say what to do where something is missing.

    Exit status: 0 all is well, 1 something is to be mended, 2 wrong usage.
    """
    from bot import wiring
    from bot.commands.doctor import run
    from bot.render.checkup import document, show, symbols_for, text
    from bot.settings import settings

    known = settings()
    diagnosis = run(wiring.probes(source, known, post=post))
    encoding = sys.stdout.encoding
    if sys.stdout.isatty() and encoding.lower().startswith("utf"):
        show(diagnosis, console())
    else:
        write(_plain(text(diagnosis, symbols_for(encoding)), encoding, in_actions=known.run.ci), None)
    if known.run.summary_path:
        with opened(Path(known.run.summary_path), append=True) as stream:
            stream(document(diagnosis))
    raise typer.Exit(diagnosis.exit_status)


def _plain(text: str, encoding: str, *, in_actions: bool) -> str:
    """Text that an output can show, whatever people called their topics; in the log of a job no part of it is
    taken for a command."""
    from bot.render.safety import escape_workflow_command

    lines = map(escape_workflow_command, text.split("\n")) if in_actions else text.split("\n")
    return "\n".join(lines).encode(encoding, "backslashreplace").decode(encoding)
