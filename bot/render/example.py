"""An example that breaks, as lines of JSON with what is wrong at the lines where it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bot.compat.verdicts import Verdict
from bot.report.faults import explained
from bot.standard.pointers import child
from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an example; `fault` says what is wrong with the value that begins on it."""

    text: str
    fault: str = ""


def lines(verdict: Verdict) -> list[Line]:
    """The witness of a breaking verdict, its faults marked."""
    faults = {fault.pointer: explained(fault) for fault in reversed(verdict.faults)}
    return [Line(text, faults.get(pointer, "")) for text, pointer in _written(verdict.witness, "", "", "")]


def _written(value: JSON, pointer: str, indent: str, label: str) -> Iterator[tuple[str, str]]:
    """Lines with the pointer of the value that begins there; "-" for lines where none begins."""
    if not value or not isinstance(value, (dict, list)):
        yield f"{indent}{label}{json.dumps(value, ensure_ascii=False)}", pointer
        return
    listed = isinstance(value, list)
    yield f"{indent}{label}{'[' if listed else '{'}", pointer
    parts = list(enumerate(value) if isinstance(value, list) else value.items())
    for number, (key, part) in enumerate(parts, start=1):
        name = "" if listed else f"{json.dumps(key, ensure_ascii=False)}: "
        inner = list(_written(part, child(pointer, key), f"{indent}  ", name))
        if number < len(parts):
            text, place = inner[-1]
            inner[-1] = f"{text},", place
        yield from inner
    yield f"{indent}{']' if listed else '}'}", "-"
