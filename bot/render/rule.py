"""Rules for people at a terminal: the list, and one of them explained. The same words are its page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from textwrap import dedent, wrap

from bot.community.configuration import PATH
from bot.compat.changes import ABSENT, Absent
from bot.compat.rules.catalogue import catalogue, is_fixed
from bot.compat.rules.fixture import Files, Shown
from bot.compat.rules.model import Rule
from bot.compat.verdicts import Answer, Verdict
from bot.render.example import excerpt
from bot.render.example import shown as shown_line
from bot.render.problems import SEVERITIES
from bot.render.rows import Row
from bot.render.safety import one_line, plain
from bot.render.sentences import sentence
from bot.report.model import Report, ReportedChange
from bot.standard.json_reading import read_json
from bot.standard.pointers import PointsNowhere, resolve
from bot.standard.problems import Problem
from bot.standard.values import JSON

WIDTH = 96
HOW_SERIOUS = f"The first word says how serious each is, unless `rules:` in {PATH} says otherwise."
MOST_LINES = 24
"""Lines of a side that are shown."""


def listed(rules: Iterable[Rule]) -> str:
    """A line for each rule: how serious it is, its id, and what it is about."""
    rules = list(rules)
    widest = max(len(rule.id) for rule in rules)
    lines = [f"{SEVERITIES[rule.severity]:8}{rule.id:{widest + 2}}{rule.title}" for rule in rules]
    return "\n".join([*lines, "", HOW_SERIOUS, "standards-bot explain RULE tells more of each."]) + "\n"


def rules_as_json(rules: Iterable[Rule]) -> list[JSON]:
    """The rules as JSON, in the same order."""
    return [rule_as_json(rule) for rule in rules]


def rule_as_json(rule: Rule) -> dict[str, JSON]:
    """What a rule says of itself; `fixed`: the settings cannot make it more or less serious."""
    return {
        "id": rule.id,
        "title": rule.title,
        "about": "files" if rule.is_about_files else "changes",
        "direction": rule.direction.value,
        "severity": SEVERITIES[rule.severity],
        "fixed": is_fixed(rule),
        "why": rule.why,
        "who": rule.who,
        "instead": rule.instead,
        "mirror": rule.mirror,
    }


def weight(rule: Rule) -> str:
    """How serious a rule is, and whether the settings may say otherwise."""
    said = SEVERITIES[rule.severity]
    if is_fixed(rule):
        return f"{said.capitalize()}, always: no setting can change it."
    return f"{said.capitalize()}, unless `rules:` in {PATH} says otherwise."


def explainable(report: Report, changes: Iterable[Row]) -> list[str]:
    """The rules of what stands in the way: of changes that may break data, and of errors in the files."""
    said = [row.reported.change.rule for row in changes if row.answer is not Answer.COMPATIBLE]
    said += [finding.problem.rule for finding in report.findings if finding.gates]
    return [each for each in dict.fromkeys(said) if each in catalogue()]


SECTIONS: tuple[tuple[str, Callable[[Rule], str]], ...] = (
    ("Why it matters", lambda rule: rule.why),
    ("Who is hurt", lambda rule: rule.who),
    ("What to do instead", lambda rule: rule.instead),
)


def explained(rule: Rule, shown: Shown | None, change: ReportedChange | None, problem: Problem | None) -> str:
    """A rule and its example, where the engine made one: of a change, or of a problem of files."""
    lines = [f"{rule.id}: {rule.title}", ""]
    for title, words in SECTIONS:
        lines += [title, *(f"   {line}" for line in wrap(words(rule), WIDTH)), ""]
    lines += ["How serious it is", f"   {weight(rule)}"]
    if shown is not None and change is not None:
        lines += ["", f"For instance: {one_line(sentence(change.change))}", *_change(shown, change)]
    elif shown is not None and problem is not None:
        lines += ["", "For instance:", *_problem(shown.head, problem)]
    else:
        lines += ["", f"There is no example here. {rule.unshown}".rstrip()]
    if rule.mirror:
        lines += ["", f"The opposite: {rule.mirror}"]
    return "\n".join(lines) + "\n"


def _change(shown: Shown, reported: ReportedChange) -> Iterator[str]:
    for title, lines in sides(shown, reported):
        yield f"   {title}:"
        yield from (f"      {line}" for line in lines)
    if reported.verdicts is None:
        return
    found = example_of(reported)
    if found is None:
        yield f"   {NO_DIFFERENCE}"
    else:
        words, verdict = found
        yield f"   {words}"
        yield from (f"      {shown_line(line)}" for line in excerpt(verdict))


NO_DIFFERENCE = "No document shows a difference: published data stays valid, and tools meet nothing new."


def sides(shown: Shown, reported: ReportedChange) -> Iterator[tuple[str, list[str]]]:
    """What stands at the place of a change before and after, in lines."""
    yield "before", _side(shown.base, reported, reported.change.base)
    yield "after", _side(shown.head, reported, reported.change.head)


def example_of(reported: ReportedChange) -> tuple[str, Verdict] | None:
    """What the example of a change shows, in words, and the verdict that has it; None where nothing shows."""
    verdicts = reported.verdicts
    asked = (
        ()
        if verdicts is None
        else (
            ("An example that breaks: it was valid before, and is not after.", verdicts.publishers),
            ("An example that tools may meet after, and never met before.", verdicts.consumers),
        )
    )
    return next((each for each in asked if each[1].witness is not None or each[1].faults), None)


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


def _problem(files: Files, problem: Problem) -> Iterator[str]:
    yield from (f"      {line}" for line in around(files, problem))
    yield f"   {said(problem)}"
    yield f"   {one_line(problem.hint)}"


def around(files: Files, problem: Problem) -> list[str]:
    """The line of a problem in its file, with the one before and the one after; none where it has no line."""
    text = files.get(problem.file, b"").decode(errors="replace").splitlines()
    first = max(0, problem.line - 2)
    found = [plain(line) for line in (text[first : problem.line + 1] if problem.line else ())]
    return [line[:WIDTH] for line in dedent("\n".join(found)).splitlines()]


def said(problem: Problem) -> str:
    """What a problem says, and where."""
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    place = " ".join(part for part in (where, problem.pointer) if part)
    return one_line(f"{place}: {problem.message}" if place else problem.message)


def _shortened(text: str) -> list[str]:
    lines = plain(text).splitlines()
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], "…"]
