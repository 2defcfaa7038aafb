"""How much is judged one change at a time: a bound on all of it, so that no report is a run-away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.compat.verdicts import Verdict, unknown
from bot.standard.remembered import Remembered
from bot.standard.values import JSON

MOST_PARTS = 4_000_000
"""Parts of schemas that all questions about single changes may go through, in all profiles of a report: some three
minutes of work where an entity is flat and wide (48 µs a part), far less where it is a web of definitions (4 µs).
CycloneDX from 1.5 to 1.6 needs half of it."""
BEYOND = "with so many changes, those judged first were judged one by one, and this one only together with the others"
"""Why a change beyond the bound is unknown."""


@dataclass(slots=True)
class Allowance:
    """What is left for the questions of one report."""

    left: int = MOST_PARTS

    def covers(self, *schemas: JSON) -> bool:
        """Whether there is enough for a question about these schemas, for which it is then gone."""
        self.left -= sum(map(parts, schemas))
        return self.left >= 0


def beyond() -> Verdict:
    """Of a change for whose question nothing was left."""
    return unknown("", "", BEYOND)


def _parts(value: JSON) -> int:
    count, waiting = 0, [value]
    while waiting:
        part = waiting.pop()
        count += 1
        if isinstance(part, (list, Mapping)):
            waiting += part.values() if isinstance(part, Mapping) else part
    return count


parts = Remembered(_parts)
"""How many values there are in a schema, itself among them."""
