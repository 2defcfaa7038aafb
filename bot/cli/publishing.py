"""The commands that tell people: `publish`, `run`, `reconcile`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.job_summary import JobSummary, failures, undelivered
from bot.cli.options import Format, Source, contents
from bot.cli.output import opened, progress, refuse_to_overwrite, report_text, write
from bot.community.channels import PULL_REQUEST
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.commands.announcing.news import Announcement, Told
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
    """Tell the pull request, the forum and Slack about a report, each once.

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
    """Do what is due, whatever woke the bot: the one command of the workflow.

    Reads the event that GitHub Actions hands over. A pull request is judged and told of; without one, as on a
    schedule, all of them are.
    """
    _handle(source, output, cache, everything=False)


def reconcile(source: Source = Path(), output: Reports = None, cache: Cache = None) -> None:
    """Heal what a run that died has left: every pull request is judged and told of again.

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
        _append(known.run.output_path, ["feeds=fetched\n"])
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
    """Show on one page what each place would be told: the comment, the check, the forum, Slack.

    Nothing is sent anywhere; the page needs nothing from elsewhere.
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


# What became of it.


def say(announcement: Announcement, what: str, *, dry_run: bool = False) -> None:
    """A line a message."""
    from bot.render.safety import one_line

    for told in announcement.told:
        typer.echo(one_line(f"{what}, {told.channel}: {_words(told, dry_run=dry_run)}"), err=told.error is not None)
    if announcement.superseded:
        typer.echo(f"{what}: the pull request has moved on; the run for its present commit tells of it.")


_MESSAGES = {
    (PULL_REQUEST, "report"): "the comment",
    (PULL_REQUEST, "suggestion"): "the suggestion on a line",
    (PULL_REQUEST, "verdict"): "the short comment on the new verdict",
    ("", "check"): "the check",
    ("", "coming"): "the issue on what is coming",
    ("", "report"): "the message",
    ("", "rolling"): "the line in the list of pull requests",
    ("", "verdict"): "the reply on the new verdict",
    ("", "decided"): "the reply on how it ended",
}
"""What people call a message, by channel (any where there is none) and kind."""


def _words(told: Told, *, dry_run: bool) -> str:
    if told.error is not None:
        return f"not delivered: {told.error.message}. {told.error.hint}"
    kind = told.key.rpartition("/")[2]
    what = next(filter(None, (_MESSAGES.get((where, kind.partition("-")[0])) for where in (told.channel, ""))), kind)
    done = {
        "create": "would be written" if dry_run else "was written",
        "update": "would be updated" if dry_run else "was updated",
        "remove": "would be taken away" if dry_run else "was taken away",
        "settle": "would be marked as settled" if dry_run else "was marked as settled",
        "declined": "cannot stand on its lines: the comment leads to a page to edit on",
        "gone": "has nowhere to stand any more",
        "keep": "stands as it was: it cannot be edited any more, and what people wait for comes in replies",
        "skip": "stands as it should" if told.id else "has nothing to say",
    }
    return f"{what} {done[told.action]}"


def say_handled(handled: Handled) -> None:
    """The verdict on a pull request, and a line a message."""
    from bot.render.safety import one_line

    what = f"#{handled.number}"
    if handled.is_gone:
        typer.echo(f"{what}: it is not there any more, so nothing is told of it.")
    if handled.report is not None:
        typer.echo(f"{what}: {handled.report.outcome.value}, needs {handled.report.bump.value}")
    if handled.error is not None:
        typer.echo(one_line(f"{what}: {handled.error.message}. {handled.error.hint}"), err=True)
    say(handled.announcement, what)


def keep(handled: Handled, output: Path | None, known: Settings) -> None:
    """The report in files: a directory, the outputs of the step."""
    if handled.report is None:
        return
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        for form, ending in ((Format.JSON, "json"), (Format.MARKDOWN, "md")):
            write(report_text(handled.report, form), output / f"report-{handled.number}.{ending}")
    # Words of ours alone: anything else could write outputs of its own.
    outputs = {"verdict": handled.report.outcome.value, "required_bump": handled.report.bump.value}
    _append(known.run.output_path, [f"{name}={value}\n" for name, value in outputs.items()])


def _append(path: str, texts: Iterable[str]) -> None:
    if path:
        with opened(Path(path), append=True) as stream:
            for text in texts:
                stream(text)
