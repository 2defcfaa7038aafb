"""The command line: words to typed requests, outcomes to exit statuses. The only place that prints."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from bot import __version__
from bot.errors import BotError, InputError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.commands.check import PatchDirectory
    from bot.ports import Progress
    from bot.report.model import Report

Writer: TypeAlias = Callable[[str], object]

PLAIN_WIDTH = 100
"""Columns of a text report that is not shown on a terminal."""

app = typer.Typer(
    name="standards-bot",
    help="Keeps an open data standard, its application profiles and its communities in step.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Format(Enum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class PairFormat(Enum):
    """How the answer on one pair is written."""

    TEXT = "text"
    JSON = "json"


Source = Annotated[Path, typer.Option(help="Directory that holds the standard.")]
Patches = Annotated[
    list[str] | None,
    typer.Option(
        "--patch",
        metavar="[ID=]DIR",
        help="Build the profile that these merge patches make, instead of the standard's own.",
    ),
]
Only = Annotated[str, typer.Option(metavar="ID", help="This profile alone.")]


@app.command()
def build(
    output: Annotated[Path, typer.Option(metavar="DIR", help="Where to write: one directory a profile.")],
    source: Source = Path(),
    ref: Annotated[str, typer.Option(metavar="REF", help="Build from this ref, without a checkout.")] = "WORKTREE",
    patch: Patches = None,
    profile: Only = "",
) -> None:
    """Write the release of every profile.

    Schemas, compiled views, a data package and examples, in one directory a profile.
    """
    from bot import wiring
    from bot.commands.build import BuildRequest, run
    from bot.render.safety import one_line

    request = BuildRequest(ref, patch_directories(patch), profile)
    built = run(request, wiring.sources(source), wiring.output(output))
    for problem in built.warnings:
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        typer.echo(
            one_line(f"{problem.severity.value}: {place} {problem.pointer}: {problem.message}. {problem.hint}"),
            err=True,
        )
    typer.echo(f"Built {', '.join(built.profiles)} in {output}.", err=True)


@app.command()
def check(
    base: Annotated[
        str,
        typer.Option(
            metavar="REF|DIR", help="What to compare with; default: where this branch left the default branch."
        ),
    ] = "",
    head: Annotated[str, typer.Option(metavar="REF|DIR|WORKTREE", help="What to judge.")] = "WORKTREE",
    source: Source = Path(),
    patch: Patches = None,
    profile: Only = "",
    form: Annotated[Format, typer.Option("--format", help="How to write the report.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report here instead of printing it.")
    ] = None,
) -> None:
    """Judge a change to a standard.

    Says what it means for publishers and tools of every profile, which version it needs, and what is wrong with
    the files.

    Exit status: 0 fine, 1 something is not allowed, 2 wrong usage, 3 it could not be judged.
    """
    from bot import wiring
    from bot.commands.check import CheckRequest, run

    request = CheckRequest(base, head, patch_directories(patch), profile)
    try:
        with progress() as shown, wiring.confirmer() as confirmer:
            report = run(request, wiring.sources(source), confirmer, shown)
    except Exception as problem:
        error = as_error(problem)
        # A report is written whatever happens, so that who waits for it is told.
        if error.exit_status == 3 and (output is not None or form is not Format.TEXT):
            write(report_text(unjudged(request.base, request.head, error), form), output)
        raise
    if form is Format.TEXT and output is None and sys.stdout.isatty():
        from bot.render.terminal import show

        show(report, console())
    else:
        write(report_text(report, form), output)
    raise typer.Exit(report.exit_status)


@app.command()
def compare(
    schemas: Annotated[list[Path] | None, typer.Argument(metavar="BASE.json HEAD.json", help="Two schemas.")] = None,
    batch: Annotated[
        Path | None, typer.Option(metavar="CASES.jsonl", help="Many pairs, one JSON object a line.")
    ] = None,
    draft: Annotated[str, typer.Option(metavar="D", help="draft4, draft6, draft7, 2019-09 or 2020-12.")] = "",
    form: Annotated[PairFormat, typer.Option("--format", help="How to write the answer.")] = PairFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the answers here instead of printing them.")
    ] = None,
) -> None:
    """Compare any two JSON Schemas.

    Is every document of one a document of the other, and the other way round?
    """
    if batch is not None:
        if schemas or draft:
            raise UsageError(
                "--batch takes no schemas and no --draft beside it", "Each line of the batch names its own."
            )
        compare_batch(batch, output)
        return
    if schemas is None or len(schemas) != 2:
        raise UsageError(
            "compare takes two schemas, or --batch with a file of them", "standards-bot compare BASE.json HEAD.json"
        )
    from bot import wiring
    from bot.commands.compare import run

    first, second = schemas
    with wiring.confirmer() as confirmer:
        answer = run(f"{first} {second}", contents(first), contents(second), draft, confirmer)
    if form is PairFormat.JSON:
        write(json.dumps(answer.as_json(), indent=2) + "\n", output)
    else:
        from bot.render.pair import text

        write(text(answer.verdicts), output)
    raise typer.Exit(answer.exit_status)


@app.command()
def demo(
    output: Annotated[Path, typer.Option(metavar="DIR", help="Where to write what is made.")] = Path("demo"),
    source: Source = Path(),
) -> None:
    """See the main job done on a sample change to the bundled standard."""
    from bot import wiring
    from bot.commands.demo import CHANGED, RELEASES, run

    parts = wiring.sources(source), wiring.output(output), wiring.output(output / RELEASES)
    with progress() as shown, wiring.confirmer() as confirmer:
        done = run(str(output), *parts, confirmer, shown)
    write(report_text(done.report, Format.TEXT), None)
    for form, name in ((Format.MARKDOWN, "report.md"), (Format.JSON, "report.json")):
        write(report_text(done.report, form), output / name)
    compiled = output / RELEASES / done.profiles[-1] / "schema" / "compiled" / "service.json"
    places = {
        "the sample change": f"git diff --no-index {source / 'schema'} {output / CHANGED / 'schema'}",
        "this report, as it is posted": output / "report.md",
        "this report, for programs": output / "report.json",
        "the releases it would lead to": f"{output / RELEASES}/{{{','.join(done.profiles)}}}",
        "one schema of them, compiled": compiled,
    }
    typer.echo("\nWhere to look")
    for what, place in places.items():
        typer.echo(f"   {what:30} {place}")


def compare_batch(batch: Path, output: Path | None) -> None:
    """Answer a file of pairs, line by line."""
    from bot import wiring
    from bot.commands.compare import run_batch

    if not batch.is_file():
        raise InputError(f"{batch} is not a file", "Name a file with one case a line.")
    with batch.open("rb") as lines, opened(output) as stream, wiring.confirmer() as confirmer:
        for answer in run_batch(lines, confirmer):
            stream(json.dumps(answer) + "\n")


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    """Keeps an open data standard, its application profiles and its communities in step."""
    if version:
        typer.echo(f"standards-bot {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


# Requests.


def patch_directories(given: list[str] | None) -> tuple[PatchDirectory, ...]:
    """`ID=DIR`, or a directory alone: the id is then the name of the directory above `profile/`."""
    from bot.commands.check import PatchDirectory

    made = []
    for text in given or ():
        name, equals, directory = text.partition("=")
        if not equals or Path(text).is_dir():
            name, directory = "", text
        path = Path(directory)
        if not name:
            absolute = path.absolute()
            name = absolute.parent.name if absolute.name == "profile" else absolute.name
        if not path.is_dir():
            raise UsageError(f"{directory!r} is not a directory", "Name a directory of merge patches: [ID=]DIR.")
        if not all(each.isalnum() or each in "._-" for each in name) or name in ("", ".", ".."):
            raise UsageError(f"{name!r} cannot be the id of a profile", "Give it one: --patch uk=DIR.")
        made.append(PatchDirectory(name, directory))
    names = [each.id for each in made]
    if len(set(names)) < len(names):
        raise UsageError("two patches make a profile of the same id", "Give each an id: --patch ID=DIR.")
    return tuple(made)


def contents(path: Path) -> bytes:
    """The bytes of a file; raises InputError."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise InputError(f"{path} cannot be read: {problem.strerror}", "Name a file that is there.") from problem


# Output.


def report_text(report: Report, form: Format) -> str:
    """The report in a format."""
    if form is Format.JSON:
        from bot.report.serialising import as_json

        return json.dumps(as_json(report), indent=2) + "\n"
    if form is Format.MARKDOWN:
        from bot.render.markdown import document

        return document(report)
    from bot.render.terminal import show

    with (plain := console(width=PLAIN_WIDTH)).capture() as captured:
        show(report, plain)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().rstrip().splitlines())


def unjudged(base: str, head: str, problem: BotError) -> Report:
    """The report of a check that could not begin."""
    from bot.report.model import Finding, Report, Side
    from bot.standard.model import Kind
    from bot.standard.problems import error

    finding = Finding(error("check-impossible", "", "", problem.message, problem.hint))
    before, after = (Side(each, Kind.NOTHING.value) for each in (base or "the default branch", head))
    return Report(before, after, findings=(finding,), unreadable=True)


def console(width: int | None = None) -> Console:
    """The terminal; of a given width, plain text for elsewhere."""
    from rich.console import Console

    return Console(width=width, color_system=None if width else "auto", highlight=False, markup=False, emoji=False)


def write(text: str, output: Path | None) -> None:
    """To a file, or to standard output."""
    with opened(output) as stream:
        stream(text)


@contextmanager
def opened(output: Path | None) -> Iterator[Writer]:
    """Something to write to: a file, or standard output."""
    if output is None:
        yield sys.stdout.write
        return
    try:
        with output.open("w", encoding="utf-8", newline="\n") as file:
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


def run() -> int:
    """Run the command of this process; the exit status."""
    try:
        status = app(standalone_mode=False)
    except typer.TyperException as problem:
        return complain(UsageError(problem.format_message(), "standards-bot --help lists commands and options."))
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        # Whoever read the output has seen enough. Nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        if os.environ.get("STANDARDS_BOT_TRACEBACK"):
            raise
        return complain(as_error(problem))
    return status if isinstance(status, int) else 0


def as_error(problem: Exception) -> BotError:
    """Whatever went wrong, as an error that can be shown."""
    if isinstance(problem, BotError):
        return problem
    name = type(problem).__name__
    if isinstance(problem, (RecursionError, MemoryError)):
        return BotError(f"this is more than can be judged ({name})", "Try it in smaller parts.")
    hint = "This is a fault of the bot and not of your files. Run it with STANDARDS_BOT_TRACEBACK=1 and report it."
    return BotError(f"standards-bot failed: {name}: {problem}", hint)


def complain(problem: BotError) -> int:
    """Say what is wrong and what to do, on standard error; the exit status."""
    from bot.render.safety import one_line

    text = f"error: {problem.message}. {problem.hint}" if problem.hint else f"error: {problem.message}"
    typer.echo(one_line(text), err=True)
    return problem.exit_status
