"""What a check of the setup found, for a terminal, for a log, and for the summary of a job."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.community.checkup import Check, Diagnosis, State
from bot.render.safety import one_line, prose

SYMBOLS = {State.FINE: "✓", State.WRONG: "✗", State.OPEN: "–"}  # noqa: RUF001 - a dash: nothing to say
PLAIN = {State.FINE: "ok", State.WRONG: "!!", State.OPEN: "--"}
"""For where such characters cannot be shown."""
STYLES = {State.FINE: "green", State.WRONG: "bold red", State.OPEN: "dim"}


def conclusion(diagnosis: Diagnosis, symbols: Mapping[State, str] = SYMBOLS) -> str:
    """All of it in one sentence."""
    symbol = symbols[State.WRONG]
    match diagnosis.to_mend:
        case 0:
            return "All is well: nothing has to be done."
        case 1:
            return f"One thing is to be mended: the line with {symbol} says how."
        case number:
            return f"{number} things are to be mended: the lines with {symbol} say how."


def symbols_for(encoding: str) -> Mapping[State, str]:
    """The symbols that an encoding has."""
    return SYMBOLS if encoding.lower().startswith("utf") else PLAIN


def show(diagnosis: Diagnosis, console: Console) -> None:
    """Print it on a terminal that has all characters."""
    for section in diagnosis.sections:
        console.print(Text(one_line(section.title), "bold"))
        console.print(Padding(_grid(section.checks), (0, 0, 1, 2)))
    console.print(Text(conclusion(diagnosis), "bold"))


def _grid(checks: tuple[Check, ...]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for check in checks:
        grid.add_row(Text(SYMBOLS[check.state], STYLES[check.state]), Text(one_line(check.what)))
        if check.hint:
            grid.add_row("", Text(f"  {one_line(check.hint)}", "" if check.state is State.WRONG else "dim"))
    return grid


def text(diagnosis: Diagnosis, symbols: Mapping[State, str] = SYMBOLS) -> str:
    """The same without colour, a line a thing, for a log or a file."""
    lines = []
    for section in diagnosis.sections:
        lines.append(one_line(section.title))
        for check in section.checks:
            lines.append(f"  {symbols[check.state]} {one_line(check.what)}")
            lines += [f"      {one_line(check.hint)}"] if check.hint else []
        lines.append("")
    return "\n".join([*lines, conclusion(diagnosis, symbols), ""])


def document(diagnosis: Diagnosis) -> str:
    """The same as a Markdown document."""
    lines = ["## Setup check", "", conclusion(diagnosis), ""]
    for section in diagnosis.sections:
        lines += [f"### {prose(section.title)}", ""]
        for check in section.checks:
            what = f"**{prose(check.what)}**" if check.state is State.WRONG else prose(check.what)
            lines.append(f"- {SYMBOLS[check.state]} {what}")
            lines += [f"  - {prose(check.hint)}"] if check.hint else []
        lines.append("")
    return "\n".join(lines)
