"""The report as a Markdown document: the same order as everywhere, first a sentence, then who, what and proof."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.compat.verdicts import Answer
from bot.render.safety import block, cell_code, code, prose
from bot.render.wording import Row, affected, cell, count, headline, rows, sentence, version_needed
from bot.report.model import Finding, Outcome, Report

MOST_COLUMNS = 4


def document(report: Report) -> str:
    """The whole report."""
    return "\n\n".join(_blocks(report)) + "\n"


def _blocks(report: Report) -> Iterator[str]:
    yield f"## {prose(headline(report))}"
    yield _facts(report)
    changes = rows(report)
    if changes:
        yield _matrix(report, changes) if len(report.profiles) <= MOST_COLUMNS else _by_profile(report, changes)
    for row in changes:
        yield from _proofs(report, row)
    for profile in report.profiles:
        for name, verdicts in profile.combined.items():
            yield f"**{prose(name)}** ({code(profile.id)}): its changes break data together, none of them alone."
            yield block(json.dumps(verdicts.publishers.witness, indent=2, ensure_ascii=False), "json")
    if report.unselected:
        listed = [f"- {code(sentence(each.change))}" for each in report.unselected]
        yield "\n".join(["**Changed, and in no profile**", "", *listed])
    yield from _findings(report.findings)


def _facts(report: Report) -> str:
    lines = []
    if report.outcome is not Outcome.INVALID:
        lines += [f"**Who is affected** {prose(affected(report))}", f"**Version needed** {version_needed(report.bump)}"]
    lines.append(f"**Compared** {code(report.head.label)} with {code(report.base.label)}")
    return "\\\n".join(lines)


def _matrix(report: Report, changes: list[Row]) -> str:
    head = ["#", "Change", *(cell_code(profile.id) for profile in report.profiles)]
    lines = [head, ["---:", *["---"] * (len(head) - 1)]]
    for row in changes:
        words = [_stressed(cell(row.cells.get(profile.id))) for profile in report.profiles]
        lines.append([str(row.number), cell_code(sentence(row.reported.change)), *words])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _stressed(words: str) -> str:
    return f"**{words}**" if words in ("breaks publishers", "a person has to look") else words


def _by_profile(report: Report, changes: list[Row]) -> str:
    lines = []
    for row in changes:
        lines.append(f"{row.number}. {code(sentence(row.reported.change))}")
        by_word: dict[str, list[str]] = {}
        for profile in report.profiles:
            by_word.setdefault(cell(row.cells.get(profile.id)), []).append(code(profile.id))
        lines += [f"   - {_stressed(word)}: {', '.join(names)}" for word, names in by_word.items()]
    return "\n".join(lines)


def _proofs(report: Report, row: Row) -> Iterator[str]:
    shown: dict[tuple[str, str], list[str]] = {}
    for profile in report.profiles:
        reported = row.cells.get(profile.id)
        verdict = reported.verdicts.publishers if reported and reported.verdicts else None
        if verdict is not None and verdict.answer is Answer.BREAKING:
            body = block(json.dumps(verdict.witness, indent=2, ensure_ascii=False), "json")
            shown.setdefault(("an example that breaks", body), []).append(profile.id)
        elif verdict is not None and verdict.answer is Answer.UNKNOWN:
            shown.setdefault(("not decided", prose(verdict.reason)), []).append(profile.id)
    change = row.reported.change
    for (title, body), profiles in shown.items():
        names = ", ".join(profiles)
        place = f"{row.reported.file}:{row.reported.line} {row.reported.pointer}".strip()
        summary = f"<summary>{row.number}: {title} ({prose(names)})</summary>"
        yield f"<details>{summary}\n\n{code(sentence(change))} at {code(place)}\n\n{body}\n\n</details>"


def _findings(found: tuple[Finding, ...]) -> Iterator[str]:
    new = [finding for finding in found if not finding.in_base]
    if new:
        lines = ["**Problems of the files**", ""]
        for finding in new:
            problem = finding.problem
            place = " ".join(part for part in (f"{problem.file}:{problem.line}", problem.pointer) if part)
            where = f" {code(place)}" if problem.file else ""
            lines.append(f"- {problem.severity.value}{where}: {prose(problem.message)}. {prose(problem.hint)}")
        yield "\n".join(lines)
    old = len(found) - len(new)
    if old:
        yield f"{count(old, 'problem')} that base already has, not counted here."
