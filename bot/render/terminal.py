"""The report for a person at a terminal: colour on a terminal only, the same words everywhere."""

from __future__ import annotations

import json

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.compat.verdicts import Answer
from bot.render.safety import one_line, plain
from bot.render.wording import Row, affected, cell, count, headline, rows, sentence, version_needed
from bot.report.model import Finding, Outcome, ProfileReport, Report
from bot.standard.problems import Severity

MOST_COLUMNS = 4
MOST_FINDINGS = 40
STYLES = {"breaks publishers": "bold red", "a person has to look": "yellow", "compatible": "green"}
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
        grid.add_row("Version needed", version_needed(report.bump))
    grid.add_row("Compared", Text(one_line(f"{report.head.label} with {report.base.label}")))
    return Padding(grid, (1, 0))


def _matrix(report: Report, changes: list[Row]) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("#", justify="right")
    table.add_column("Change", overflow="fold", ratio=2)
    for profile in report.profiles:
        table.add_column(Text(one_line(profile.id)), overflow="fold", ratio=1)
    for row in changes:
        words = [cell(row.cells.get(profile.id)) for profile in report.profiles]
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
            by_word.setdefault(cell(row.cells.get(profile.id)), []).append(profile.id)
        lines += [
            Padding(Text(f"{word}: {one_line(', '.join(names))}", STYLES.get(word, "")), (0, 0, 0, 4))
            for word, names in by_word.items()
        ]
    return Padding(Group(*lines), (0, 0, 1, 0))


def _proofs(report: Report, row: Row) -> list[RenderableType]:
    """The example that breaks, or the reason why nobody knows, once for all profiles that share it."""
    shown: dict[str, list[ProfileReport]] = {}
    for profile in report.profiles:
        reported = row.cells.get(profile.id)
        verdict = reported.verdicts.publishers if reported and reported.verdicts else None
        if verdict is not None and verdict.answer is Answer.BREAKING:
            text = json.dumps(verdict.witness, indent=2, ensure_ascii=False)
            shown.setdefault(f"An example that breaks\n{text}", []).append(profile)
        elif verdict is not None and verdict.answer is Answer.UNKNOWN:
            shown.setdefault(f"Not decided\n{verdict.reason}", []).append(profile)
    if not shown:
        return []
    reported = row.reported
    place = f"{reported.file}:{reported.line}" if reported.line else reported.file
    reach = f", in {count(reported.places, 'place')} of the views" if reported.places > 1 else ""
    parts: list[RenderableType] = [Text(f"{row.number}. {one_line(sentence(reported.change))}", "bold")]
    parts.append(Padding(Text(one_line(f"{place} {reported.pointer}{reach}"), "dim"), (0, 0, 0, 3)))
    for text, profiles in shown.items():
        title, _, body = text.partition("\n")
        names = one_line(", ".join(profile.id for profile in profiles))
        parts.append(Padding(Text(f"{title} ({names}):"), (0, 0, 0, 3)))
        parts.append(Padding(Text(plain(body)), (0, 0, 1, 5)))
    return parts


def _rest(report: Report) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for profile in report.profiles:
        for name, verdicts in profile.combined.items():
            example = json.dumps(verdicts.publishers.witness, indent=2, ensure_ascii=False)
            words = (
                f"{name} ({profile.id}): its changes break data together, none of them alone. An example that breaks:"
            )
            parts += [Text(one_line(words)), Padding(Text(plain(example)), (0, 0, 1, 5))]
    if report.unselected:
        parts.append(Text("Changed, and in no profile", "bold"))
        parts += [Padding(Text(one_line(sentence(each.change))), (0, 0, 0, 3)) for each in report.unselected]
        parts.append(Text(""))
    parts += _findings(report.findings)
    return parts


def _findings(found: tuple[Finding, ...]) -> list[RenderableType]:
    new = [finding for finding in found if not finding.in_base]
    parts: list[RenderableType] = [Text("Problems of the files", "bold")] if new else []
    styles = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "dim"}
    for finding in new[:MOST_FINDINGS]:
        problem = finding.problem
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        where = " ".join(part for part in (place, problem.pointer) if part)
        words = f"{where}: {problem.message}." if where else f"{problem.message}."
        line = Text.assemble(
            (f"{problem.severity.value:8}", styles[problem.severity]), one_line(f"{words} {problem.hint}")
        )
        parts.append(Padding(line, (0, 0, 0, 3)))
    if len(new) > MOST_FINDINGS:
        parts.append(Padding(Text(f"and {len(new) - MOST_FINDINGS} more (all are in --format json)"), (0, 0, 0, 3)))
    old = len(found) - len(new)
    if old:
        parts.append(
            Text(f"{count(old, 'problem')} that base already has, not counted here (see --format json).", "dim")
        )
    return parts
