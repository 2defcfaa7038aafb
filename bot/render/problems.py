"""Findings as people read them: what shares its remedy is said together, and the remedy once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.render.safety import one_line
from bot.report.model import Finding
from bot.standard.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Group:
    """Problems of one rule with one remedy."""

    severity: Severity
    hint: str
    problems: tuple[Problem, ...]


def groups(findings: Iterable[Finding]) -> list[Group]:
    """What is new, in groups, in the order in which each begins."""
    found: dict[tuple[Severity, str, str], list[Problem]] = {}
    for finding in findings:
        if not finding.in_base:
            problem = finding.problem
            found.setdefault((problem.severity, problem.rule, problem.hint), []).append(problem)
    return [Group(severity, hint, tuple(problems)) for (severity, _, hint), problems in found.items()]


def place(problem: Problem) -> str:
    """File, line and pointer, as far as they are known."""
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return " ".join(part for part in (where, problem.pointer) if part)


def complaint(problem: Problem) -> str:
    """A problem on a line of its own, for a terminal: what, where, what to do."""
    column = f":{problem.column}" if problem.column else ""
    where = f"{problem.file}:{problem.line}{column}" if problem.line else problem.file
    said = " ".join(part for part in (where, problem.pointer) if part)
    return one_line(f"{problem.severity.value}: {said}: {problem.message}. {problem.hint}".strip())
