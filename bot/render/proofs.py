"""What stands behind the verdicts: examples that break and reasons why nobody knows, once for all profiles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bot.compat.allowance import BEYOND
from bot.compat.verdicts import Answer, Verdict
from bot.render.example import lines
from bot.render.rows import Row
from bot.report.faults import NO_SUCH_TERM
from bot.report.model import Report, ReportedChange

_TITLES = {Answer.BREAKING: "an example that breaks", Answer.UNKNOWN: "not decided"}


@dataclass(frozen=True, slots=True)
class Proof:
    """A verdict for publishers that is not compatible, and the profiles that share it."""

    verdict: Verdict
    profiles: tuple[str, ...]

    @property
    def title(self) -> str:
        """What it shows."""
        return _TITLES[self.verdict.answer]


def proofs(report: Report, row: Row) -> Iterator[Proof]:
    """The proofs of one change, in the order of the profiles; of what was not asked for one change, since there are
    so many, it is said once (`remarks`)."""
    found: dict[str, tuple[Verdict, list[str]]] = {}
    for profile in report.profiles:
        reported = row.cells.get(profile.id)
        verdict = reported.verdicts.publishers if reported is not None and reported.verdicts is not None else None
        if verdict is not None and verdict.answer in _TITLES and verdict.reason != BEYOND:
            same = json.dumps([verdict.witness, verdict.reason])
            found.setdefault(same, (verdict, []))[1].append(profile.id)
    return (Proof(verdict, tuple(names)) for verdict, names in found.values())


def caveat(report: Report) -> str:
    """What has to be said once where a term is lost: validators may see nothing wrong with the examples."""
    found = [each.verdicts for profile in report.profiles for each in profile.changes if each.verdicts is not None]
    found += [verdicts for profile in report.profiles for verdicts in profile.combined.values()]
    # What is said at a line: of an entity that is gone, nothing is said of each of its terms.
    if not any(line.fault == NO_SUCH_TERM for each in found for line in lines(each.publishers)):
        return ""
    passes = "a program that checks data may let the term pass; what it holds is lost all the same"
    return f"Where it says “{NO_SUCH_TERM}”, {passes}."


def place(reported: ReportedChange) -> str:
    """Where a change was made: file, line and pointer."""
    where = f"{reported.file}:{reported.line}" if reported.line else reported.file
    return f"{where} {reported.pointer}".strip()


def reach(reported: ReportedChange) -> str:
    """How far a change reaches, where that is further than one place."""
    return f" (used in {reported.places} places)" if reported.places > 1 else ""
