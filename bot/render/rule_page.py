"""A rule as a page: the words and the example that `explain` prints, in Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules.fixture import Shown
from bot.compat.rules.model import Rule
from bot.render.example import excerpt
from bot.render.example import shown as shown_line
from bot.render.rule import NO_DIFFERENCE, SECTIONS, around, example_of, rule_as_json, said, sides, weight
from bot.render.safety import block, code, prose
from bot.render.sentences import sentence
from bot.report.faults import explained
from bot.report.model import ReportedChange
from bot.standard.problems import Problem
from bot.standard.values import JSON


def page(rule: Rule, shown: Shown | None, change: ReportedChange | None, problem: Problem | None) -> str:
    """A rule as a Markdown document, with its example where the engine made one."""
    parts = [f"# {rule.title}", f"{code(rule.id)}. {prose(weight(rule))}"]
    for title, words in SECTIONS:
        parts += [f"## {title}", prose(words(rule))]
    parts.append("## For instance")
    if shown is not None and change is not None:
        parts += _change(shown, change)
    elif shown is not None and problem is not None:
        lines = around(shown.head, problem)
        parts += [block("\n".join(lines))] if lines else []
        parts += [prose(said(problem)), prose(problem.hint)]
    else:
        parts.append(prose(f"There is no example here. {rule.unshown}".rstrip()))
    if rule.mirror:
        parts.append(f"The opposite: {code(rule.mirror)}")
    return "\n\n".join(parts) + "\n"


def _change(shown: Shown, reported: ReportedChange) -> Iterator[str]:
    yield f"{sentence(reported.change, code)}."
    for title, lines in sides(shown, reported):
        yield f"{title.capitalize()}:"
        yield block("\n".join(lines), "json")
    found = example_of(reported)
    if found is not None:
        yield prose(found[0])
        yield block("\n".join(shown_line(line, "//") for line in excerpt(found[1])), "jsonc")
    elif reported.verdicts is not None:
        yield NO_DIFFERENCE


def page_as_json(
    rule: Rule, shown: Shown | None, change: ReportedChange | None, problem: Problem | None
) -> dict[str, JSON]:
    """All that the page says, in parts; `example` is null where there is none."""
    return {**rule_as_json(rule), "unshown": rule.unshown, "example": _example(shown, change, problem)}


def _example(shown: Shown | None, change: ReportedChange | None, problem: Problem | None) -> JSON:
    if shown is None or (change is None and problem is None):
        return None
    if change is None:
        return None if problem is None else _of_problem(shown, problem)
    found = example_of(change)
    verdict = found[1] if found is not None else None
    return {
        "sentence": sentence(change.change),
        **{title: "\n".join(lines) for title, lines in sides(shown, change)},
        "shows": found[0] if found is not None else NO_DIFFERENCE,
        "document": verdict.witness if verdict is not None else None,
        "faults": [{"pointer": each.pointer, "message": explained(each)} for each in verdict.faults] if verdict else [],
    }


def _of_problem(shown: Shown, problem: Problem) -> JSON:
    return {
        "file": problem.file,
        "line": problem.line,
        "pointer": problem.pointer,
        "message": problem.message,
        "hint": problem.hint,
        "excerpt": "\n".join(around(shown.head, problem)),
    }
