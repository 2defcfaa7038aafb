"""What became of messages and reports, for whoever reads the log, and for the steps that follow."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.options import Format
from bot.cli.output import opened, report_text, write
from bot.community.channels import PULL_REQUEST

if TYPE_CHECKING:
    from bot.commands.announcing.news import Announcement, Told
    from bot.commands.run import Handled
    from bot.settings import Settings


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
        "gone": "is not there any more, and is not written again",
        "held": "waits for a moderator of the forum",
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
    append(known.run.output_path, [f"{name}={value}\n" for name, value in outputs.items()])


def append(path: str, texts: Iterable[str]) -> None:
    """Hand texts over to later steps, where there is a file for that ("" is none)."""
    if path:
        with opened(Path(path), append=True) as stream:
            for text in texts:
                stream(text)
