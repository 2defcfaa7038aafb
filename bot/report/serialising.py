"""The report as JSON, in the form of `schemas/report.json`."""

from __future__ import annotations

from bot.compat.changes import ABSENT, Absent
from bot.compat.interop import Shift
from bot.compat.notes import Note
from bot.compat.verdicts import Answer, Verdict, Verdicts
from bot.report import watched
from bot.report.faults import explained
from bot.report.fingerprints import fingerprint
from bot.report.model import SCHEMA_VERSION, Finding, ProfileReport, Report, ReportedChange, Side
from bot.report.repair_json import repair_as_json
from bot.report.weighing import setting_of
from bot.standard.values import JSON


def as_json(report: Report) -> dict[str, JSON]:
    """The report as a JSON value."""
    return {
        "schema_version": SCHEMA_VERSION,
        "verdict": report.outcome.value,
        "required_bump": report.bump.value,
        "base": _side(report.base),
        "head": _side(report.head),
        "live": report.live,
        "profiles": {profile.id: _profile(profile) for profile in report.profiles},
        "unselected": [_change(change) for change in report.unselected],
        "findings": [_finding(finding) for finding in report.findings],
        "interop": [_shift(shift) for shift in report.interop],
        **({"rules": {id_: setting_of(each) for id_, each in report.rules.items()}} if report.rules else {}),
        **({"watched": [watched.as_json(each) for each in report.watched]} if report.watched else {}),
    }


def _shift(shift: Shift) -> dict[str, JSON]:
    return {
        "from": shift.publisher,
        "to": shift.reader,
        "base": shift.base.value,
        "head": shift.head.value,
    }


def _side(side: Side) -> dict[str, JSON]:
    return {
        "label": side.label,
        "kind": side.kind,
        "title": side.title,
        "version": side.version,
        "commit": side.commit,
        "directory": side.directory,
    }


def _profile(profile: ProfileReport) -> dict[str, JSON]:
    return {
        "title": profile.title,
        "countries": list(profile.countries),
        "verdict": profile.outcome.value,
        "required_bump": profile.bump.value,
        **({"verdicts": verdicts_as_json(profile.verdicts)} if profile.verdicts is not None else {}),
        "changes": [_change(change) for change in profile.changes],
        "combined": {name: verdicts_as_json(each) for name, each in profile.combined.items()},
        "unaffected": {id_: why.value for id_, why in profile.unaffected.items()},
    }


def _change(reported: ReportedChange) -> dict[str, JSON]:
    change = reported.change
    made: dict[str, JSON] = {
        "id": change.id,
        "fingerprint": reported.fingerprint or change.id,
        "rule": change.rule,
        "term": change.term,
        "entity": change.entity,
        "steps": list(change.steps),
        "file": reported.file,
        "pointer": reported.pointer,
        "line": reported.line,
        "keyword": change.keyword,
        "base": json_value(change.base, change.rule),
        "head": json_value(change.head, change.rule),
        "places": reported.places,
    }
    if reported.verdicts is not None:
        made |= {"verdicts": verdicts_as_json(reported.verdicts), "required_bump": reported.bump.value}
    made |= repair_as_json(reported.repair)
    if reported.notes:
        made["notes"] = [_note(note) for note in reported.notes]
    return made


def _note(note: Note) -> dict[str, JSON]:
    term: dict[str, JSON] = {"term": note.term} if note.term else {}
    evidence: dict[str, JSON] = {"evidence": list(note.evidence)} if note.evidence else {}
    return {"about": note.about.value, **term, **evidence, **note.details}


def json_value(value: JSON | Absent, rule: str) -> JSON:
    """A side of a change; null where it says nothing."""
    # The value of a whole entity is in its file; the report says that it came or went.
    return None if value is ABSENT or rule.startswith("entity-") else value


def verdicts_as_json(verdicts: Verdicts) -> dict[str, JSON]:
    """The four verdicts."""
    return {
        "publishers": explained_verdict(verdicts.publishers),
        "consumers": explained_verdict(verdicts.consumers),
        "strict": {
            "backward": explained_verdict(verdicts.strict_backward),
            "forward": explained_verdict(verdicts.strict_forward),
        },
    }


def explained_verdict(verdict: Verdict) -> dict[str, JSON]:
    """One verdict, with the faults of its witness in words."""
    made = verdict_as_json(verdict)
    if verdict.faults:
        made["faults"] = [{"pointer": each.pointer, "message": explained(each)} for each in verdict.faults]
    if verdict.forms is not None:
        made["forms"] = {"minimal": verdict.forms.minimal, "realistic": verdict.forms.realistic}
    return made


def verdict_as_json(verdict: Verdict) -> dict[str, JSON]:
    """One verdict: with a witness exactly when breaking, with a reason when unknown."""
    made: dict[str, JSON] = {"verdict": verdict.answer.value}
    if verdict.answer is Answer.BREAKING:
        made["witness"] = verdict.witness
    elif verdict.answer is Answer.UNKNOWN:
        made["reason"] = verdict.reason
    return made


def _finding(finding: Finding) -> dict[str, JSON]:
    problem = finding.problem
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "file": problem.file,
        "pointer": problem.pointer,
        "line": problem.line,
        "message": problem.message,
        "hint": problem.hint,
        "in_base": finding.in_base,
        "on_change": finding.on_change,
        "fingerprint": finding.fingerprint or fingerprint(problem),
        **repair_as_json(finding.repair),
    }
