"""Findings as people read them: what shares its remedy is said together, and the remedy once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.render.safety import one_line
from bot.report.model import Finding, Report
from bot.standard.problems import UNREAD, Problem, Severity

MINOR = (Severity.WARNING, Severity.NOTICE)
"""What does not stand in the way of anything."""
SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
"""As people read them, and as the settings call them."""


@dataclass(frozen=True, slots=True)
class Group:
    """Problems of one rule with one remedy."""

    severity: Severity
    hint: str
    problems: tuple[Problem, ...]


def groups(findings: Iterable[Finding], severities: Sequence[Severity] = tuple(Severity)) -> list[Group]:
    """What is new, in groups, in the order in which each begins; causes before what may only come of them."""
    new = [finding.problem for finding in findings if not finding.in_base]
    return _grouped(problem for problem in _of_their_own(new) if problem.severity in severities)


def _of_their_own(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Without those of the patches of an entity whose own file could not be read: a patch alone is no entity."""
    unread = {each.file for each in problems if each.rule in UNREAD and each.severity is Severity.ERROR}
    names = {PurePosixPath(file).name for file in unread if file.startswith("schema/") and file.count("/") == 1}
    for problem in problems:
        if problem.file in unread or PurePosixPath(problem.file).name not in names:
            yield problem


def known(report: Report) -> list[Group]:
    """What base has already, in groups."""
    return _grouped(finding.problem for finding in report.findings if finding.in_base)


def _grouped(problems: Iterable[Problem]) -> list[Group]:
    found: dict[tuple[Severity, str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.severity, problem.rule, problem.hint), []).append(problem)
    ordered = sorted(found.items(), key=lambda each: (each[0][0].rank, each[0][1] not in UNREAD))
    return [Group(severity, hint, tuple(alike)) for (severity, _, hint), alike in ordered]


def place(problem: Problem) -> str:
    """File, line, column and pointer, as far as they are known."""
    return " ".join(part for part in (_where(problem), problem.pointer) if part)


def _where(problem: Problem) -> str:
    column = f":{problem.column}" if problem.column else ""
    return f"{problem.file}:{problem.line}{column}" if problem.line else problem.file


def complaint(problem: Problem) -> str:
    """A problem on a line of its own, for a terminal: what, where, what to do."""
    return one_line(f"{SEVERITIES[problem.severity]}: {place(problem)}: {problem.message}. {problem.hint}".strip())
