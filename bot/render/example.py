"""An example that breaks, as lines of JSON with what is wrong at the lines where it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.compat.verdicts import Verdict
from bot.render.safety import one_line, plain, shortened
from bot.report.faults import LOST, explained
from bot.standard.pointers import child
from bot.standard.values import JSON

MOST_LINES = 25
LONGEST_LINE = 200
_FILLING = re.compile(r"([^\\\s])\1{49,}")
BEFORE = 12
"""Lines that are shown before the first fault of a long example."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an example; `fault` says what is wrong with the value that begins on it."""

    text: str
    fault: str = ""


def lines(verdict: Verdict) -> list[Line]:
    """The witness of a breaking verdict, its faults marked."""
    faults = {fault.pointer: explained(fault) for fault in reversed(verdict.faults)}
    # Of what has no place, no part has one either: that need not be said of each.
    lost = tuple(f"{pointer}/" for pointer, said in faults.items() if said in LOST)
    faults = {pointer: said for pointer, said in faults.items() if not pointer.startswith(lost)}
    whole = list(_written(verdict.witness, "", "", "", None))
    if len(whole) > MOST_LINES:
        # What is beside the way to the faults is told in a line each.
        on_the_way = frozenset(pointer[:at] for pointer in faults for at in _ends(pointer)) | {""}
        whole = list(_written(verdict.witness, "", "", "", on_the_way))
    return [Line(text, faults.get(pointer, "")) for text, pointer in whole]


def _ends(pointer: str) -> Iterator[int]:
    """Where each step of a pointer ends."""
    yield from (at for at, character in enumerate(f"{pointer}/") if character == "/")


def excerpt(verdict: Verdict) -> list[Line]:
    """The lines around the first fault, none of them endless: an example is for reading."""
    whole = lines(verdict)
    first = next((at for at, line in enumerate(whole) if line.fault), 0)
    start = max(0, min(first - BEFORE, len(whole) - MOST_LINES)) if len(whole) > MOST_LINES else 0
    shown = [Line(cut(line.text), line.fault) for line in whole[start : start + MOST_LINES]]
    above = [Line("…")] if start else []
    below = [Line("…")] if start + MOST_LINES < len(whole) else []
    return above + shown + below


def shown(line: Line, sign: str = "<-") -> str:
    """A line as plain text, what is wrong with it behind a sign."""
    return f"{plain(line.text)}  {sign} {one_line(line.fault)}" if line.fault else plain(line.text)


def cut(text: str) -> str:
    """A line of bearable length; what is a text in it still ends as one. What only fills it up is told by a little."""
    text = _FILLING.sub(lambda run: f"{run[1] * 8}…", text)
    end = next((each for each in ('",', '"') if text.endswith(each)), "")
    if len(text) <= LONGEST_LINE or not end:
        return shortened(text, LONGEST_LINE)
    # Half an escape would say something else.
    return text[: LONGEST_LINE - len(end) - 1].rstrip("\\") + "…" + end


def _written(
    value: JSON, pointer: str, indent: str, label: str, opened: frozenset[str] | None
) -> Iterator[tuple[str, str]]:
    """Lines with the pointer of the value that begins there; "-" for lines where none begins. Of values that are not
    `opened` (None: all are) the whole is one line."""
    folded = opened is not None and pointer not in opened
    if not value or folded or not isinstance(value, (dict, list)):
        yield f"{indent}{label}{json.dumps(value, ensure_ascii=False)}", pointer
        return
    listed = isinstance(value, list)
    yield f"{indent}{label}{'[' if listed else '{'}", pointer
    parts = list(enumerate(value) if isinstance(value, list) else value.items())
    for number, (key, part) in enumerate(parts, start=1):
        name = "" if listed else f"{json.dumps(key, ensure_ascii=False)}: "
        inner = list(_written(part, child(pointer, key), f"{indent}  ", name, opened))
        if number < len(parts):
            text, place = inner[-1]
            inner[-1] = f"{text},", place
        yield from inner
    yield f"{indent}{']' if listed else '}'}", "-"
