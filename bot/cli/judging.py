"""The commands that judge and build: `build`, `check`, `compare`."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.ending import as_error
from bot.cli.options import (
    Format,
    Only,
    PairFormat,
    Patches,
    Source,
    contents,
    patch_directories,
    refuse_inside,
    standard_files,
)
from bot.cli.output import console, opened, progress, refuse_among_sources, refuse_to_overwrite, report_text, write
from bot.errors import GitError, InputError, UsageError
from bot.render.extent import Extent

if TYPE_CHECKING:
    from bot.commands.check import CheckRequest


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
    from bot.render.problems import complaint

    if not ref:
        raise UsageError("--ref is empty", "Name a ref, or leave the option out.")
    request = BuildRequest(ref, patch_directories(patch), profile)
    refuse_inside(source)
    kept = [*standard_files(source, Path(ref)), *(Path(each.directory) for each in request.patches)]
    built = run(request, wiring.sources(source), wiring.output(output, kept))
    for problem in built.warnings:
        typer.echo(complaint(problem), err=True)
    typer.echo(f"Built {', '.join(built.profiles)} in {output}.", err=True)


def check(  # noqa: PLR0913 - each is an option
    base: Annotated[
        str | None,
        typer.Option(
            metavar="REF|DIR", help="What to compare with; default: where this branch left the default branch."
        ),
    ] = None,
    head: Annotated[
        str, typer.Option(metavar="REF|DIR|WORKTREE", help="What to judge. WORKTREE: the files as they lie there.")
    ] = "WORKTREE",
    source: Source = Path(),
    patch: Patches = None,
    profile: Only = "",
    form: Annotated[Format, typer.Option("--format", help="How to write the report.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report here instead of printing it.")
    ] = None,
    *,
    brief: Annotated[bool, typer.Option("--brief", help="Verdict, table and errors alone, without examples.")] = False,
    known: Annotated[bool, typer.Option("--known", help="List the problems that were there before, too.")] = False,
) -> None:
    """Judge a change to a standard.

    Says what it means for publishers and tools of every profile, which version it needs, and what is wrong with
    the files. Profiles that .github/bot.yml names are judged as they will be on a pull request, unless --patch or a
    directory as --head says otherwise.

    Exit status: 0 fine, 1 something is not allowed, 2 wrong usage, 3 it could not be judged.
    """
    from bot import wiring
    from bot.commands.check import CheckRequest, run

    for option, given in (("--base", base), ("--head", head)):
        if given is not None and not given:
            raise UsageError(f"{option} is empty", "Name a ref or a directory, or leave the option out.")
    request = CheckRequest(base or "", head, patch_directories(patch), profile, day=wiring.day())
    extent = Extent(brief, known)
    refuse_to_overwrite_what_is_judged(output, request, source)
    try:
        request, source = rehearsed(request, source)
        refuse_to_overwrite_what_is_judged(output, request, source)
        with progress() as shown, wiring.confirmer() as confirmer:
            report = run(request, wiring.sources(source), confirmer, shown)
    except Exception as problem:
        error = as_error(problem)
        # A report is written whatever happens, so that who waits for it is told.
        if error.exit_status == 3 and (output is not None or form is not Format.TEXT):
            from bot.report.unjudged import unjudged

            write(report_text(unjudged(request.base, request.head, error), form), output)
        raise
    if form is Format.TEXT and output is None and sys.stdout.isatty():
        from bot.render.terminal import show

        show(report, console(), extent)
    else:
        write(report_text(report, form, extent), output)
    raise typer.Exit(report.exit_status)


def refuse_to_overwrite_what_is_judged(output: Path | None, request: CheckRequest, source: Path) -> None:
    """Say so where the report would take the place of a file of either side."""
    sides = (Path(each) for each in (request.base, request.head) if each and Path(each).is_dir())
    refuse_among_sources(output, (source, *sides), [Path(each.directory) for each in request.patches])


def rehearsed(request: CheckRequest, source: Path) -> tuple[CheckRequest, Path]:
    """A request, and where the standard is, as `.github/bot.yml` has it for pull requests. What the command names
    itself counts more."""
    from bot import wiring
    from bot.render.problems import complaint
    from bot.render.safety import one_line

    if request.head != "WORKTREE" and Path(request.head).is_dir():
        return request, source
    if not request.patches:
        refuse_inside(source)
    try:
        named = wiring.named(source)
    except GitError as problem:
        # As in a job with a shallow clone, which is judged all the same.
        typer.echo(one_line(f"note: .github/bot.yml is not used: {problem.message}. {problem.hint}"), err=True)
        return request, source
    for wrong in named.problems:
        typer.echo(complaint(wrong), err=True)
    if request.patches:
        return replace(request, rules=named.rules), source
    for patch in named.patches if request.head == "WORKTREE" else ():
        if not Path(patch.directory).is_dir():
            message = f".github/bot.yml names {patch.directory} for the profile {patch.id}, and it is no directory"
            raise InputError(message, "Correct its path: it is meant from the top of the repository.")
    profiles = [f"{each.id} (in {each.directory})" for each in named.patches]
    profiles += [f"{each.id} (in {each.directory.label})" for each in named.elsewhere]
    if profiles:
        typer.echo(one_line(f"As .github/bot.yml says, judged for: {', '.join(profiles)}."), err=True)
    found = replace(request, patches=named.patches, elsewhere=named.elsewhere, rules=named.rules)
    return found, named.directory


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

    Four answers. Do documents published under BASE stay valid under HEAD, and can tools for BASE read documents
    published under HEAD? In these two, only the terms that a schema defines are in its documents, so that a term that
    is removed is lost. Strictly, is every value of one a value of the other, both ways, as a validator sees it?

    Exit status: 0 published documents stay valid, 1 they may not, 2 wrong usage, 3 it could not be judged (of a batch:
    not one line).
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
    from bot.commands.compare import run, said

    first, second = schemas
    refuse_to_overwrite(output, first, second)
    name = f"{first} {second}"
    try:
        with wiring.confirmer() as confirmer:
            answer = run(name, contents(first), contents(second), draft, confirmer, (str(first), str(second)))
    except InputError as problem:
        if form is PairFormat.JSON:
            write(json.dumps({"id": name, "error": said(problem)}, indent=2) + "\n", output)
        raise
    if form is PairFormat.JSON:
        write(json.dumps(answer.as_json(), indent=2) + "\n", output)
    else:
        from bot.render.pair import text

        write(text(answer.verdicts), output)
    raise typer.Exit(answer.exit_status)


def compare_batch(batch: Path, output: Path | None) -> None:
    """Answer a file of pairs, line by line."""
    from bot import wiring
    from bot.commands.compare import run_batch

    if not batch.is_file():
        raise InputError(f"{batch} is not a file", "Name a file with one case a line.")
    refuse_to_overwrite(output, batch)
    with batch.open("rb") as lines, opened(output) as stream, wiring.confirmer() as confirmer:
        answered = None
        for answer in run_batch(lines, confirmer):
            answered = answered or "error" not in answer
            stream(json.dumps(answer) + "\n")
    if answered is False:
        hint = 'Each line is an object: {"id": …, "draft": …, "base": …, "head": …}.'
        raise InputError(f"not one line of {batch} could be judged", hint)
