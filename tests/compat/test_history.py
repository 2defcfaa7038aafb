"""Sixty-five real changes of the two standards, each with the level that it should have had, and who says so."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.compat.confirming import Confirmer
from bot.report.model import Outcome, Report
from bot.standard.snapshot import belongs
from tests.worlds import checked

DISAGREEMENTS = {
    100: "the label looks at JSON alone; in tables metadata.last_action_date is narrowed from a date to a time",
    105: "the label looks at JSON alone; in tables service.last_modified was text in no known format, and is to be a time",
    131: "the label counts a field added; it makes a key of the column location_id, whose rows may lead nowhere",
    151: "the label counts a field added to a profile; it is required, so that published tables lack a column",
}
"""Cases in which the bot says something else than the label, and why it stands by it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One change: `level` is none where a side cannot be read; `by_hand` where a person labelled it."""

    number: int
    level: str | None
    by_hand: bool
    about_the_api: bool
    tree: Path


def cases(data: Path) -> list[Case]:
    """Those whose files are here."""
    history = data / "schema-history"
    read = map(json.loads, (history / "cases.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Case(
            each["id"],
            each["expected_level"],
            each["label_source"] == "hand",
            all(path.endswith("openapi.json") for path in each["files"]),
            history / each["tree"],
        )
        for each in read
        if each["tree"] is not None
    ]


def side(directory: Path) -> dict[str, bytes]:
    """The files of one side, those that never parsed under the names that they had."""
    files = (path for path in sorted(directory.rglob("*")) if path.is_file())
    named = {path.relative_to(directory).as_posix().removesuffix(".invalid"): path for path in files}
    return {name: path.read_bytes() for name, path in named.items() if belongs(name)}


def judged(case: Case, confirmer: Confirmer) -> Report:
    """What the bot says of a change."""
    return checked(confirmer, side(case.tree / "base"), side(case.tree / "head"))


def test_the_levels_of_history_are_found_again(data: Path, confirmer: Confirmer) -> None:
    counted: Counter[str] = Counter()
    differing: dict[int, str] = {}
    trusted: list[int] = []
    for case in cases(data):
        if case.level is None:
            continue
        report = judged(case, confirmer)
        kind = "API" if case.about_the_api else "agreed" if report.bump.value == case.level else "differs"
        counted[kind] += 1
        if kind == "differs":
            differing[case.number] = f"{case.level} expected, {report.bump.value} found ({report.outcome.value})"
        if kind != "API" and case.by_hand and case.level == "major" and report.outcome is Outcome.COMPATIBLE:
            trusted.append(case.number)
    assert trusted == [], "compatible, where a person says that it breaks"
    assert differing.keys() == DISAGREEMENTS.keys(), differing
    assert counted == {"agreed": 48, "differs": 4, "API": 7}


def test_what_never_parsed_is_invalid_in_head_and_unknown_in_base(data: Path, confirmer: Confirmer) -> None:
    found = {case.number: judged(case, confirmer) for case in cases(data) if case.level is None}
    assert {number: report.outcome for number, report in found.items()} == {
        1: Outcome.UNKNOWN,
        50: Outcome.INVALID,
        71: Outcome.INVALID,
        86: Outcome.INVALID,
    }
    assert all(any(each.problem.line for each in report.findings) for report in found.values())
