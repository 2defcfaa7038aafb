"""What a check of the setup found, for a terminal and for the summary of a job."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.community.checkup import Check, Diagnosis, State
from bot.render.safety import one_line, prose

SYMBOLS = {State.FINE: "✓", State.WRONG: "✗", State.OPEN: "–"}
PLAIN = {State.FINE: "ok", State.WRONG: "!!", State.OPEN: "--"}
"""For terminals that have no such characters."""
STYLES = {State.FINE: "green", State.WRONG: "bold red", State.OPEN: "dim"}


def conclusion(diagnosis: Diagnosis) -> str:
    """All of it in one sentence."""
    match diagnosis.to_mend:
        case 0:
            return "All is well: nothing has to be done."
        case 1:
            return "One thing is to be mended; the line with ✗ says how."
        case number:
            return f"{number} things are to be mended; the lines with ✗ say how."


def show(diagnosis: Diagnosis, console: Console) -> None:
    """Print it: symbol, sentence, and what to do in the line below."""
    symbols = SYMBOLS if "utf" in console.encoding.lower() else PLAIN
    for section in diagnosis.sections:
        console.print(Text(one_line(section.title), "bold"))
        for check in section.checks:
            for part in _shown(check, symbols):
                console.print(part)
        console.print()
    console.print(Text(conclusion(diagnosis).replace("✗", symbols[State.WRONG]), "bold"))


def _shown(check: Check, symbols: dict[State, str]) -> Iterator[Padding]:
    symbol, style = symbols[check.state], STYLES[check.state]
    # The sentence hangs beside its symbol, however many lines it takes.
    line = Text.assemble((f"{symbol} ", style), one_line(check.what))
    yield Padding(line, (0, 0, 0, 2))
    if check.hint:
        yield Padding(Text(one_line(check.hint), "" if check.state is State.WRONG else "dim"), (0, 0, 0, 6))


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
