"""The report for a person at a terminal: colour on a terminal only, the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.compat.verdicts import Answer, Verdict
from bot.render.between import between
from bot.render.by_settings import by_settings
from bot.render.consequences import affected, version_needed
from bot.render.example import Line, cut, excerpt
from bot.render.extent import WHOLE, Extent
from bot.render.problems import MINOR, SEVERITIES, groups, known
from bot.render.problems import Group as Problems
from bot.render.problems import place as location
from bot.render.proofs import caveat, place, proofs, reach
from bot.render.remarks import remarks, told
from bot.render.repairs import beyond, diff, edits, instead, mending, repair_of
from bot.render.repairs import place as place_of
from bot.render.rows import BREAKS, UNDECIDED, Row, cell, combined, rows
from bot.render.rule import explainable
from bot.render.safety import one_line, plain
from bot.render.sections import counted
from bot.render.sentences import sentence
from bot.render.verdict import headline
from bot.render.wording import KNOWN, MENDED_FIRST, MOST_ALIKE, MOST_COLUMNS, UNSELECTED, listing, together
from bot.report.model import Outcome, Repair, Report
from bot.standard.problems import Severity

MOST_WORDING = 20
"""Rows of a table that are about words alone: a change of all descriptions says the same thing many times."""
DEEPEST = 40
"""Columns that the lines of an example may begin further in."""
STYLES = {BREAKS: "bold red", UNDECIDED: "yellow", "compatible": "green"}
OUTCOME_STYLES = {
    Outcome.COMPATIBLE: "bold green",
    Outcome.UNKNOWN: "bold yellow",
    Outcome.BREAKING: "bold red",
    Outcome.INVALID: "bold red",
}


def show(report: Report, console: Console, extent: Extent = WHOLE) -> None:
    """Print the report: errors first, since the verdict may only come of them."""
    for part in _listed(MENDED_FIRST, groups(report.findings, (Severity.ERROR,)), "red"):
        console.print(part)
    for repair in mending(report):
        console.print(_to_do(f"You can {repair.words}.", repair))
        console.print(_edit(repair))
    console.print(Text(headline(report), style=OUTCOME_STYLES[report.outcome]))
    console.print(_facts(report))
    changes = rows(report)
    if changes:
        listed = _listable(changes)
        console.print(_matrix(report, listed) if len(report.profiles) <= MOST_COLUMNS else _by_profile(report, listed))
        if len(listed) < len(changes):
            more = f"and {len(changes) - len(listed):,} more changes of wording (all are in --format json)"
            console.print(Padding(Text(more), (0, 0, 1, 3)))
    for part in [] if extent.brief else _behind(report, changes):
        console.print(part)
    for part in _known(report, extent):
        console.print(part)


def _behind(report: Report, changes: list[Row]) -> Iterator[RenderableType]:
    shown = {row.number: group[0].number for group in edits(changes) for row in group[1:]}
    for row in changes:
        yield from _proofs(report, row)
        yield from _instead(repair_of(row), shown.get(row.number, 0))
    if said := beyond(changes):
        yield Padding(Text(said), (0, 0, 1, 0))
    if caveat(report):
        yield Padding(Text(caveat(report), "dim"), (0, 0, 1, 0))
    yield from _rest(report)
    yield from _listed("Problems in the files", groups(report.findings, MINOR))
    if more := explainable(report, changes):
        others = f"; likewise {listing(more[1:])}" if more[1:] else ""
        yield Padding(Text(f"Why, and what to do: standards-bot explain {more[0]}{others}", "dim"), (0, 0, 1, 0))


def _facts(report: Report) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    if report.outcome is not Outcome.INVALID:
        grid.add_row("Who is affected", Text(one_line(affected(report))))
        grid.add_row("Version needed", Text(version_needed(report)))
        if report.interop:
            grid.add_row("Between profiles", Text(one_line(between(report))))
        if said := by_settings(report):
            grid.add_row("Settings", Text(one_line(said)))
    grid.add_row("Compared", Text(one_line(f"{report.head.label} with {report.base.label}")))
    return Padding(grid, (1, 0))


def _listable(changes: list[Row]) -> list[Row]:
    """Those that a table shows: of the ones about words alone no more than a few."""
    dropped = [row.number for row in changes if row.is_wording][MOST_WORDING:]
    return [row for row in changes if row.number not in dropped]


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
            Text(one_line(told(row.reported))),
            *(Text(each, STYLES.get(each, "")) for each in words),
        )
    return Padding(table, (0, 0, 1, 0))


def _by_profile(report: Report, changes: list[Row]) -> RenderableType:
    """More profiles than a table holds: a line a change and verdict, naming the profiles."""
    lines: list[RenderableType] = []
    for row in changes:
        lines.append(Text(f"{row.number}. {one_line(told(row.reported))}"))
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
        yield Text(f"{row.number}. {one_line(told(row.reported))}", "bold")
        yield Padding(Text(one_line(place(row.reported) + reach(row.reported)), "dim"), (0, 0, 0, 3))
    for proof in shown:
        names = one_line(", ".join(proof.profiles))
        yield Padding(Text(f"{proof.title.capitalize()} ({names}):"), (0, 0, 0, 3))
        yield Padding(_evidence(proof.verdict), (0, 0, 1, 5))


def _instead(repair: Repair | None, shown: int) -> Iterator[RenderableType]:
    """The edit with which it does not break; where another change needs the same, the number of the first one."""
    if repair is not None and shown:
        yield Padding(Text(f"{instead(repair)} The edit is that of change {shown}."), (0, 0, 1, 3))
    elif repair is not None:
        yield _to_do(instead(repair), repair)
        yield _edit(repair)
        for each in repair.beside:
            yield Padding(Text(f"And in {one_line(place_of(each))}:"), (0, 0, 0, 3))
            yield _edit(each)


def _to_do(words: str, repair: Repair) -> RenderableType:
    """What an edit does, and on a line of its own where it is made."""
    return Padding(Text(f"{one_line(words)}\n{one_line(place_of(repair))}:"), (0, 0, 0, 3))


def _edit(repair: Repair) -> RenderableType:
    styles = {"-": "red", "+": "green"}
    lines = [Text(plain(line), styles.get(line[:1], "")) for line in diff(repair)]
    return Padding(Text("\n").join(lines), (0, 0, 1, 5))


def _evidence(verdict: Verdict) -> RenderableType:
    """The example with its faults marked, or the reason why nobody knows."""
    if verdict.answer is not Answer.BREAKING:
        return Text(one_line(verdict.reason))
    return Group(*map(_example_line, excerpt(verdict)))


def _example_line(line: Line) -> RenderableType:
    """A line of an example; where it is too long for the terminal, it goes on as far in as it began."""
    text = cut(line.text)
    said = text.lstrip(" ")
    indent = min(len(text) - len(said), DEEPEST)
    fault = [(f"  <- {one_line(line.fault)}", "red")] if line.fault else []
    return Padding(Text.assemble(plain(said), *fault), (0, 0, 0, indent))


def _rest(report: Report) -> Iterator[RenderableType]:
    for profile in report.profiles:
        for name, verdicts in combined(profile).items():
            yield Text(one_line(f"{together(name, profile=profile)} ({profile.id}):"))
            yield Padding(_evidence(verdicts.publishers), (0, 0, 1, 5))
    noted = list(remarks(report))
    if noted:
        yield Text("Worth knowing", "bold")
        yield Padding(Text("\n").join(Text(one_line(each)) for each in noted), (0, 0, 1, 3))
    if report.unselected:
        yield Text(UNSELECTED, "bold")
        listed = Text("\n").join(Text(one_line(sentence(each.change))) for each in report.unselected)
        yield Padding(listed, (0, 0, 1, 3))


def _listed(title: str, found: list[Problems], style: str = "") -> Iterator[RenderableType]:
    if found:
        yield Text(title, f"bold {style}".rstrip())
        yield Padding(Group(*_grids(found)), (0, 0, 1, 3))


def _grids(found: list[Problems]) -> Iterator[RenderableType]:
    styles = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "dim"}
    for group in found:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        word = Text(SEVERITIES[group.severity], styles[group.severity])
        for problem in group.problems[:MOST_ALIKE]:
            where = location(problem)
            grid.add_row(word, one_line(f"{where}: {problem.message}" if where else problem.message))
            word = Text("")
        if len(group.problems) > MOST_ALIKE:
            grid.add_row("", f"and {len(group.problems) - MOST_ALIKE} more (all are in --format json)")
        grid.add_row("", Text(one_line(group.hint), "italic"))
        yield grid


def _known(report: Report, extent: Extent) -> Iterator[RenderableType]:
    if extent.known:
        yield from _listed(KNOWN, known(report))
    elif counted(report):
        yield Text(f"{counted(report)} --known lists them.", "dim")
