"""The report from its JSON: what a run wrote, another run posts. Nothing of it is believed unread."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, REWRITTEN, Absent, Change
from bot.compat.confirming import Fault
from bot.compat.containment.outcomes import Obstacle
from bot.compat.deprecation import DETAILS
from bot.compat.interop import Shift
from bot.compat.notes import About, Note
from bot.compat.verdicts import Answer, Forms, Verdict, Verdicts
from bot.errors import InputError
from bot.report import watched
from bot.report.model import Finding, Outcome, ProfileReport, Report, ReportedChange, Side, Unaffected
from bot.report.repair_json import repair_from_json
from bot.report.weighing import SETTINGS
from bot.standard.json_reading import read_json
from bot.standard.problems import Problem, Severity
from bot.standard.values import JSON

if TYPE_CHECKING:
    from jsonschema_rs import Validator

MAY_BE_ABSENT = ("metadata-changed", REWRITTEN)
"""Rules of which a side that is null says nothing."""
SAID = "said"
"""Stands for the keyword of a fault of which only the words are known."""


def read_report(path: str, data: bytes) -> Report:
    """The report in a file; raises InputError where it is none of this version."""
    reading = read_json(path, data)
    if not reading.readable:
        problem = reading.problems[-1]
        raise InputError(f"{path}:{problem.line}: {problem.message}", problem.hint)
    for found in _validator().iter_errors(reading.value):
        place = "/".join(str(step) for step in found.instance_path)
        message = f"{path} is not a report of this version: /{place}: {found.message}"
        raise InputError(message, "Make it with: standards-bot check --format json --output FILE.")
    return from_json(reading.value)


@cache
def _validator() -> Validator:
    import jsonschema_rs

    text = files("bot.report").joinpath("schemas", "report.json").read_text(encoding="utf-8")
    return jsonschema_rs.validator_for(json.loads(text))


def from_json(value: dict[str, JSON]) -> Report:
    """The report of a JSON value in the form of `schemas/report.json`."""
    return Report(
        Side(**value["base"]),
        Side(**value["head"]),
        tuple(_profile(id_, each) for id_, each in value["profiles"].items()),
        tuple(map(_change, value["unselected"])),
        tuple(map(_finding, value["findings"])),
        unreadable=value["verdict"] == Outcome.INVALID.value,
        live=value["live"],
        interop=tuple(map(_shift, value.get("interop", ()))),
        rules={id_: SETTINGS[each] for id_, each in value.get("rules", {}).items()},
        watched=tuple(map(watched.from_json, value.get("watched", ()))),
    )


def _shift(value: dict[str, JSON]) -> Shift:
    return Shift(value["from"], value["to"], Answer(value["base"]), Answer(value["head"]))


def _profile(id_: str, value: dict[str, JSON]) -> ProfileReport:
    return ProfileReport(
        id_,
        value["title"],
        Outcome(value["verdict"]),
        Bump(value["required_bump"]),
        _verdicts(value["verdicts"]) if "verdicts" in value else None,
        tuple(map(_change, value["changes"])),
        {name: _verdicts(each) for name, each in value["combined"].items()},
        {change: Unaffected(each) for change, each in value["unaffected"].items()},
        tuple(value["countries"]),
    )


def _change(value: dict[str, JSON]) -> ReportedChange:
    rule = value["rule"]
    change = Change(
        rule,
        value["entity"],
        tuple(value["steps"]),
        value["keyword"],
        _side_value(value["base"], absent=rule.endswith(("-added", *MAY_BE_ABSENT))),
        _side_value(value["head"], absent=rule.endswith(("-removed", *MAY_BE_ABSENT))),
    )
    verdicts = _verdicts(value["verdicts"]) if "verdicts" in value else None
    bump = Bump(value.get("required_bump", Bump.NONE.value))
    notes = tuple(map(_note, value.get("notes", ())))
    where = value["file"], value["pointer"], value["line"], value["places"]
    known = value.get("fingerprint", "")
    return ReportedChange(change, *where, verdicts, bump, repair_from_json(value), notes=notes, fingerprint=known)


def _note(value: dict[str, JSON]) -> Note:
    details = {name: value[name] for name in DETAILS if name in value}
    return Note(About(value["about"]), value.get("term", ""), tuple(value.get("evidence", ())), details)


def _side_value(value: JSON, *, absent: bool) -> JSON | Absent:
    return ABSENT if absent and value is None else value


def _verdicts(value: dict[str, JSON]) -> Verdicts:
    strict = value["strict"]
    sides = strict["backward"], strict["forward"], value["publishers"], value["consumers"]
    return Verdicts(*map(_verdict, sides))


def _verdict(value: dict[str, JSON]) -> Verdict:
    obstacle = Obstacle("", "", value["reason"]) if "reason" in value else None
    forms = Forms(**value["forms"]) if "forms" in value else None
    return Verdict(Answer(value["verdict"]), value.get("witness"), obstacle, tuple(_faults(value)), forms)


def _faults(value: dict[str, JSON]) -> Iterator[Fault]:
    for each in value.get("faults", ()):
        yield Fault(each["pointer"], SAID, None, each["message"])


def _finding(value: dict[str, JSON]) -> Finding:
    words = {name: value[name] for name in ("rule", "file", "pointer", "message", "hint", "line")}
    problem = Problem(severity=Severity(value["severity"]), **words)
    return Finding(problem, value["in_base"], value["on_change"], repair_from_json(value), value.get("fingerprint", ""))
