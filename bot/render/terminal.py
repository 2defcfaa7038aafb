"""The report for a person at a terminal: colour on a terminal only, the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.compat.verdicts import Answer, Verdict
from bot.render.between import between
from bot.render.consequences import affected, version_needed
from bot.render.example import lines
from bot.render.problems import groups
from bot.render.problems import place as location
from bot.render.proofs import place, proofs, reach
from bot.render.rows import BREAKS, UNDECIDED, Row, cell, combined, rows
from bot.render.safety import one_line, plain
from bot.render.sections import counted
from bot.render.sentences import sentence
from bot.render.verdict import headline
from bot.render.wording import MOST_ALIKE, MOST_COLUMNS, together
from bot.report.model import Outcome, Report
from bot.standard.problems import Severity

STYLES = {BREAKS: "bold red", UNDECIDED: "yellow", "compatible": "green"}
OUTCOME_STYLES = {
    Outcome.COMPATIBLE: "bold green",
    Outcome.UNKNOWN: "bold yellow",
    Outcome.BREAKING: "bold red",
    Outcome.INVALID: "bold red",
}


def show(report: Report, console: Console) -> None:
    """Print the report."""
    console.print(Text(headline(report), style=OUTCOME_STYLES[report.outcome]))
    console.print(_facts(report))
    changes = rows(report)
    if changes:
        console.print(
            _matrix(report, changes) if len(report.profiles) <= MOST_COLUMNS else _by_profile(report, changes)
        )
    for row in changes:
        for part in _proofs(report, row):
            console.print(part)
    for part in _rest(report):
        console.print(part)


def _facts(report: Report) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    if report.outcome is not Outcome.INVALID:
        grid.add_row("Who is affected", Text(one_line(affected(report))))
        grid.add_row("Version needed", Text(version_needed(report)))
        if report.interop:
            grid.add_row("Between profiles", Text(one_line(between(report))))
    grid.add_row("Compared", Text(one_line(f"{report.head.label} with {report.base.label}")))
    return Padding(grid, (1, 0))


def _matrix(report: Report, changes: list[Row]) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("#", justify="right")
    table.add_column("Change", overflow="fold", ratio=2)
    for profile in report.profiles:
        table.add_column(Text(one_line(profile.id)), overflow="fold", ratio=1)
    for row in changes:
        words = [cell(row, profile) for profile in report.profiles]
        table.add_row(
            str(row.number),
            Text(one_line(sentence(row.reported.change))),
            *(Text(each, STYLES.get(each, "")) for each in words),
        )
    return Padding(table, (0, 0, 1, 0))


def _by_profile(report: Report, changes: list[Row]) -> RenderableType:
    """More profiles than a table holds: a line a change and verdict, naming the profiles."""
    lines: list[RenderableType] = []
    for row in changes:
        lines.append(Text(f"{row.number}. {one_line(sentence(row.reported.change))}"))
        by_word: dict[str, list[str]] = {}
        for profile in report.profiles:
            by_word.setdefault(cell(row, profile), []).append(profile.id)
        lines += [
            Padding(Text(f"{word}: {one_line(', '.join(names))}", STYLES.get(word, "")), (0, 0, 0, 4))
            for word, names in by_word.items()
        ]
    return Padding(Group(*lines), (0, 0, 1, 0))


def _proofs(report: Report, row: Row) -> Iterator[RenderableType]:
    shown = list(proofs(report, row))
    if shown:
        yield Text(f"{row.number}. {one_line(sentence(row.reported.change))}", "bold")
        yield Padding(Text(one_line(place(row.reported) + reach(row.reported)), "dim"), (0, 0, 0, 3))
    for proof in shown:
        names = one_line(", ".join(proof.profiles))
        yield Padding(Text(f"{proof.title.capitalize()} ({names}):"), (0, 0, 0, 3))
        yield Padding(_evidence(proof.verdict), (0, 0, 1, 5))


def _evidence(verdict: Verdict) -> Text:
    """The example with its faults marked, or the reason why nobody knows."""
    if verdict.answer is not Answer.BREAKING:
        return Text(one_line(verdict.reason))
    parts: list[tuple[str, str]] = []
    for line in lines(verdict):
        parts.append((plain(line.text), ""))
        if line.fault:
            parts.append((f"  <- {one_line(line.fault)}", "red"))
        parts.append(("\n", ""))
    return Text.assemble(*parts[:-1])


def _rest(report: Report) -> Iterator[RenderableType]:
    for profile in report.profiles:
        for name, verdicts in combined(profile).items():
            yield Text(one_line(f"{together(name)} ({profile.id}):"))
            yield Padding(_evidence(verdicts.publishers), (0, 0, 1, 5))
    if report.unselected:
        yield Text("Changed, and in no profile", "bold")
        listed = Text("\n").join(Text(one_line(sentence(each.change))) for each in report.unselected)
        yield Padding(listed, (0, 0, 1, 3))
    yield from _problems(report)


def _problems(report: Report) -> Iterator[RenderableType]:
    found = groups(report.findings)
    styles = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "dim"}
    if found:
        yield Text("Problems in the files", "bold")
    for group in found:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        word = Text(group.severity.value, styles[group.severity])
        for problem in group.problems[:MOST_ALIKE]:
            where = location(problem)
            grid.add_row(word, one_line(f"{where}: {problem.message}" if where else problem.message))
            word = Text("")
        if len(group.problems) > MOST_ALIKE:
            grid.add_row("", f"and {len(group.problems) - MOST_ALIKE} more (all are in --format json)")
        grid.add_row("", Text(one_line(group.hint), "italic"))
        yield Padding(grid, (0, 0, 0, 3))
    if counted(report):
        yield Text(f"{counted(report)} They are in --format json.", "dim")
