"""The commands that tell people: `publish`, `run`, `reconcile`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.job_summary import JobSummary, failures, undelivered
from bot.cli.options import Source, contents
from bot.cli.outcomes import append, keep, say, say_handled
from bot.cli.output import progress, refuse_to_overwrite, write
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.commands.run import Due, Handled
    from bot.commands.watching import Watch
    from bot.community.configuration import Configuration
    from bot.report.model import Report
    from bot.settings import Settings

UNREADABLE, UNDELIVERED = 3, 4

Reports = Annotated[
    Path | None, typer.Option("--output", metavar="DIR", help="Write the reports here too, as JSON and Markdown.")
]

Cache = Annotated[
    Path | None,
    typer.Option("--cache", metavar="DIR", help="Where the feeds that bot.yml names as canaries are kept."),
]


def publish(
    report: Annotated[Path, typer.Option(metavar="REPORT.json", help="What `check --format json` wrote.")],
    pull_request: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="The pull request; default: that of the event.")
    ] = None,
    channel: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Tell this channel alone: github, or an id of bot.yml.")
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")] = False,
    source: Source = Path(),
) -> None:
    """Tell pull request, forum and Slack about a report, each once.

    Exit status: 0 told, 2 wrong usage, 3 something cannot be read, 4 something was not delivered.
    """
    from bot import wiring
    from bot.commands.publish import PublishRequest, run
    from bot.report.parsing import read_report
    from bot.settings import settings

    known = settings()
    read = read_report(str(report), contents(report))
    configuration = configured(source, known)
    number = pull_request or wiring.event(known).number
    if not number:
        raise UsageError("it is not known which pull request the report is about", "Name it: --pull-request N.")
    with wiring.services(known, configuration) as services:
        request = PublishRequest(read, number, frozenset(channel or ()), dry_run, services.links)
        announcement = run(request, configuration, services.channels, services.clock, services.today)
    say(announcement, f"#{number}", dry_run=dry_run)
    JobSummary(known.run.summary_path).add(number, "", None, failures(announcement))
    raise typer.Exit(UNDELIVERED if announcement.failed else 0)


def run(source: Source = Path(), output: Reports = None, cache: Cache = None) -> None:
    """Do what is due, whatever woke the bot: the workflow calls it.

    Reads the event that GitHub Actions hands over. A pull request is judged and told of; without one, as on a
    schedule, all of them are.
    """
    _handle(source, output, cache, everything=False)


def reconcile(source: Source = Path(), output: Reports = None, cache: Cache = None) -> None:
    """Judge all pull requests again, and tell what is left untold.

    What stands already is not written again.
    """
    _handle(source, output, cache, everything=True)


def _handle(source: Path, output: Path | None, cache: Path | None, *, everything: bool) -> None:
    from bot import wiring
    from bot.commands.announcing.news import Announcement
    from bot.settings import settings

    known = settings()
    configuration = configured(source, known)
    status, summary = 0, JobSummary(known.run.summary_path)
    with wiring.services(known, configuration) as services, wiring.confirmer() as confirmer, progress() as shown:
        number = 0 if everything else wiring.event(known).number
        watch = watched(cache, configuration, known, nightly=not number and not everything)
        due = replace(wiring.due(source, known, configuration, services, confirmer, shown, watch), anew=everything)
        for handled in due.handle(_due(due, number)):
            say_handled(handled)
            keep(handled, output, known)
            summary.add(handled.number, handled.title, handled.report, undelivered(handled))
            status = max(status, _status(handled, configuration, one=handled.number == number))
        if not number:
            if configuration.profiles and "elsewhere" in known.missing:
                typer.echo(f"skipped: profiles elsewhere are not told, {known.missing['elsewhere']}.", err=True)
            told = Announcement(list(wiring.nightly(due, known)))
            say(told, "profiles elsewhere")
            summary.add(0, "profiles elsewhere", None, failures(told))
            status = max(status, UNDELIVERED if told.failed else 0)
    raise typer.Exit(status)


def watched(cache: Path | None, configuration: Configuration, known: Settings, *, nightly: bool) -> Watch:
    """The feeds that are watched; they are asked for anew once a night, not for each pull request."""
    from bot import wiring
    from bot.commands.watching import Watch
    from bot.render.safety import one_line

    if not configuration.canaries:
        return Watch()
    if cache is None:
        typer.echo(
            "skipped: no published feed is looked at, since --cache names no directory to keep them in.", err=True
        )
        return Watch()
    for each in wiring.refreshed(cache, configuration, known) if nightly else ():
        why = f", kept as it was: {each.reason}" if each.reason else ""
        typer.echo(one_line(f"feed {each.name}: {_STATES[each.state]}{why}"), err=bool(each.reason))
    if nightly:
        append(known.run.output_path, ["feeds=fetched\n"])
    return wiring.watch(cache, configuration)


_STATES = {"new": "fetched", "same": "has not changed", "kept": "not fetched"}


def _due(due: Due, number: int) -> Iterator[int]:
    """The pull request that woke the bot; all others too where nothing did, or where the clock that would sleeps."""
    if number:
        yield number
        if not due.overdue():
            return
        typer.echo(
            "the clock sleeps: all pull requests are looked at now (`standards-bot doctor` says how to wake it)."
        )
    yield from (each for each in due.everything() if each != number)


def _status(handled: Handled, configuration: Configuration, *, one: bool) -> int:
    """4 where something was not delivered; the verdict counts where it is asked for on one pull request, and
    where it is to stop anybody."""
    from bot.community.configuration import Gate

    if handled.error is not None or handled.announcement.failed:
        return UNDELIVERED
    if not one or configuration.check.gate is not Gate.REQUIRED or handled.report is None:
        return 0
    from bot.commands.publish import doubt_of

    return handled.report.exit_status or (UNREADABLE if doubt_of(handled.report, configuration) else 0)


def configured(source: Path, known: Settings) -> Configuration:
    """The configuration; what is wrong with it, and which of its channels cannot be told, is said."""
    from bot import wiring
    from bot.render.problems import complaint
    from bot.render.safety import one_line

    configuration, problems = wiring.configuration(source, known)
    for problem in problems:
        typer.echo(complaint(problem), err=True)
    for service in sorted({each.kind.value for each in configuration.channels} & known.missing.keys()):
        typer.echo(one_line(f"skipped: {service} is not told, {known.missing[service]}."), err=True)
    return configuration


def preview(
    report: Annotated[Path, typer.Option(metavar="REPORT.json", help="What `check --format json` wrote.")],
    output: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the page.")] = Path("preview.html"),
) -> None:
    """Show on one page what each place would be told.

    The comment, the check, the forum post, the Slack message. Nothing is sent anywhere; the page needs nothing from
    elsewhere.
    """
    from bot.report.parsing import read_report

    refuse_to_overwrite(output, report)
    write_page(read_report(str(report), contents(report)), output)
    typer.echo(f"Open {output} in a browser.", err=True)


def write_page(read: Report, output: Path) -> None:
    """The page that shows what each place would be told of a report."""
    from bot.render.occasion import Occasion
    from bot.render.preview import preview as page
    from bot.report.subject import PullRequest

    commits = read.head.commit or "0" * 40, read.base.commit or "0" * 40
    pull_request = PullRequest("your/repository", 1, "Your change", "you", "", *commits, base_ref="main")
    write(page(read, Occasion(pull_request)), output)
