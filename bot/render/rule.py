"""Rules for people at a terminal: the list, and one of them explained. The same words are its page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from bot.compat.changes import ABSENT, Absent
from bot.compat.rules.fixture import Files, Shown
from bot.compat.rules.model import Rule
from bot.compat.verdicts import Verdict
from bot.render.example import excerpt
from bot.render.safety import one_line, plain
from bot.render.sentences import sentence
from bot.report.model import ReportedChange
from bot.standard.json_reading import read_json
from bot.standard.pointers import PointsNowhere, resolve
from bot.standard.problems import Problem, Severity
from bot.standard.values import JSON

WIDTH = 96
MOST_LINES = 24
"""Lines of a side that are shown."""
SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
"""As the settings call them."""


def listed(rules: Iterable[Rule]) -> str:
    """A line for each rule: how serious it is, its id, and what it is about."""
    rules = list(rules)
    widest = max(len(rule.id) for rule in rules)
    lines = [f"{SEVERITIES[rule.severity]:8}{rule.id:{widest + 2}}{rule.title}" for rule in rules]
    return "\n".join([*lines, "", "standards-bot explain RULE tells more of each."]) + "\n"


def rules_as_json(rules: Iterable[Rule]) -> list[JSON]:
    """The rules as JSON, in the same order."""
    return [
        {
            "id": rule.id,
            "title": rule.title,
            "about": "files" if rule.is_about_files else "changes",
            "direction": rule.direction.value,
            "severity": SEVERITIES[rule.severity],
            "why": rule.why,
            "who": rule.who,
            "instead": rule.instead,
            "mirror": rule.mirror,
        }
        for rule in rules
    ]


def explained(rule: Rule, shown: Shown | None, change: ReportedChange | None, problem: Problem | None) -> str:
    """A rule and its example, where the engine made one: of a change, or of a problem of files."""
    lines = [f"{rule.id}: {rule.title}", ""]
    for title, words in (("Why it matters", rule.why), ("Who is hurt", rule.who), ("What to do instead", rule.instead)):
        lines += [title, *(f"   {line}" for line in wrap(words, WIDTH)), ""]
    lines.append(f"In the settings it is {SEVERITIES[rule.severity]!r} unless you say otherwise.")
    if shown is not None and change is not None:
        lines += ["", f"For instance: {one_line(sentence(change.change))}", *_change(shown, change)]
    elif shown is not None and problem is not None:
        lines += ["", "For instance:", *_problem(shown.head, problem)]
    else:
        lines += ["", f"There is no example here. {rule.unshown}".rstrip()]
    if rule.mirror:
        lines += ["", f"The way back: {rule.mirror}"]
    return "\n".join(lines) + "\n"


def _change(shown: Shown, reported: ReportedChange) -> Iterator[str]:
    for title, files, side in (
        ("before", shown.base, reported.change.base),
        ("after", shown.head, reported.change.head),
    ):
        yield f"   {title}:"
        yield from (f"      {line}" for line in _side(files, reported, side))
    verdicts = reported.verdicts
    if verdicts is None:
        return
    for verdict, breaks in (
        (verdicts.publishers, "An example that breaks: it was valid before, and is not after."),
        (verdicts.consumers, "An example that tools may meet after, and never met before."),
    ):
        if verdict.witness is not None or verdict.faults:
            yield f"   {breaks}"
            yield from (f"      {line}" for line in _example(verdict))
            return
    yield "   No document shows a difference: published data stays valid, and tools meet nothing new."


def _side(files: Files, reported: ReportedChange, side: JSON | Absent) -> list[str]:
    """What stands at the place of a change on one side."""
    steps = reported.change.place
    found = _at(files, reported, steps, side) if reported.change.entity else side
    if found is ABSENT:
        return ["nothing"]
    name = steps[-1] if steps else reported.change.entity
    return _shortened(f'"{name}": {json.dumps(found, indent=2, ensure_ascii=False)}' if name else json.dumps(found))


def _at(files: Files, reported: ReportedChange, steps: tuple[str, ...], side: JSON | Absent) -> JSON | Absent:
    path = f"schema/{reported.change.entity}.json"
    if path not in files:
        return side
    try:
        return resolve(read_json(path, files[path]).value, steps)
    except PointsNowhere:
        return ABSENT


def _problem(files: Mapping[str, bytes], problem: Problem) -> Iterator[str]:
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    text = files.get(problem.file, b"").decode(errors="replace").splitlines()
    first = max(0, problem.line - 2)
    for line in text[first : problem.line + 1] if problem.line else ():
        yield f"      {plain(line)[:WIDTH]}"
    said = " ".join(part for part in (where, problem.pointer) if part)
    yield f"   {one_line(f'{said}: {problem.message}' if said else problem.message)}"
    yield f"   {one_line(problem.hint)}"


def _example(verdict: Verdict) -> Iterator[str]:
    for line in excerpt(verdict):
        yield f"{plain(line.text)}  <- {one_line(line.fault)}" if line.fault else plain(line.text)


def _shortened(text: str) -> list[str]:
    lines = plain(text).splitlines()
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], "…"]
