"""Files that a comma keeps from being JSON, and the comma."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.compat.changes import ABSENT
from bot.compat.repair.commas import mended
from bot.report.model import Finding
from bot.report.rewriting import rewritten
from bot.standard.json_reading import read_json
from bot.standard.model import Standard

RULE = "json-invalid"


def with_commas(findings: Iterable[Finding], head: Standard) -> Iterator[Finding]:
    """The findings; those of files that are JSON but for a comma with the repair."""
    for finding in findings:
        problem = finding.problem
        reading = head.readings.get(problem.file)
        text = mended(reading.text) if problem.rule == RULE and reading is not None else None
        # What a comma mends may still be what no file may hold: a name given twice, for one.
        if reading is None or text is None or not read_json(problem.file, text.encode()).readable:
            yield finding
            continue
        words = "put the missing comma in" if len(text) > len(reading.text) else "take the superfluous comma out"
        yield replace(finding, repair=rewritten(words, problem.file, "", ABSENT, reading.text, text))
