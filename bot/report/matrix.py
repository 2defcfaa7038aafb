"""The matrix of profiles as a value and as JSON: for each ordered pair, what keeps the one from reading the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.compat.interop import Crossing
from bot.compat.judging import JudgedChange
from bot.compat.verdicts import Answer
from bot.report.serialising import explained_verdict, json_value
from bot.standard.values import JSON

MATRIX_VERSION = "1.0"
"""Version of the JSON form: the first number changes when readers of it would break."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The profiles of a source (titles by id), and what was found of each ordered pair of them."""

    label: str
    profiles: Mapping[str, str]
    crossings: tuple[Crossing, ...]

    def between(self, publisher: str, reader: str) -> Crossing | None:
        """The crossing of a pair; None for a profile and itself."""
        pairs = {(each.publisher, each.reader): each for each in self.crossings}
        return pairs.get((publisher, reader))

    @property
    def is_open(self) -> bool:
        """Whether every profile can read every other."""
        return all(each.verdict.answer is Answer.COMPATIBLE for each in self.crossings)


def matrix_as_json(matrix: Matrix) -> dict[str, JSON]:
    """The matrix as a JSON value, in the form of `schemas/matrix.json`."""
    return {
        "schema_version": MATRIX_VERSION,
        "source": matrix.label,
        "profiles": {name: {"title": title} for name, title in matrix.profiles.items()},
        "pairs": [_crossing(each) for each in matrix.crossings],
    }


def _crossing(crossing: Crossing) -> dict[str, JSON]:
    return {
        "from": crossing.publisher,
        "to": crossing.reader,
        **explained_verdict(crossing.verdict),
        "obstacles": [_obstacle(each) for each in crossing.obstacles],
        "combined": {name: explained_verdict(each) for name, each in crossing.combined.items()},
    }


def _obstacle(judged: JudgedChange) -> dict[str, JSON]:
    change = judged.change
    return {
        "term": change.term,
        "rule": change.rule,
        "entity": change.entity,
        "steps": list(change.steps),
        "keyword": change.keyword,
        "from": json_value(change.base, change.rule),
        "to": json_value(change.head, change.rule),
        **explained_verdict(judged.verdicts.publishers),
    }
