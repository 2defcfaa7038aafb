"""The report as a Markdown document: the same order as everywhere, first a sentence, then who, what and proof."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.verdicts import Answer, Verdict
from bot.render.example import lines
from bot.render.problems import Group, groups
from bot.render.problems import place as location
from bot.render.proofs import place, proofs, reach
from bot.render.safety import block, cell_code, code, html, one_line, prose
from bot.render.wording import (
    MOST_ALIKE,
    MOST_COLUMNS,
    Row,
    affected,
    cell,
    count,
    headline,
    rows,
    sentence,
    together,
    version_needed,
)
from bot.report.model import Outcome, Report


def document(report: Report) -> str:
    """The whole report."""
    return "\n\n".join(_blocks(report)) + "\n"


def _blocks(report: Report) -> Iterator[str]:
    yield f"## {prose(headline(report)).removesuffix('.')}"
    yield _facts(report)
    changes = rows(report)
    if changes:
        yield _matrix(report, changes) if len(report.profiles) <= MOST_COLUMNS else _by_profile(report, changes)
    for row in changes:
        yield from _proofs(report, row)
    for profile in report.profiles:
        for name, verdicts in profile.combined.items():
            yield f"{prose(together(name))} ({code(profile.id)}):\n\n{_evidence(verdicts.publishers)}"
    if report.unselected:
        listed = [f"- {sentence(each.change, code)}" for each in report.unselected]
        yield "\n".join(["**Changed, and in no profile**", "", *listed])
    yield from _problems(report)


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
        words = [_stressed(cell(row, profile)) for profile in report.profiles]
        lines.append([str(row.number), sentence(row.reported.change, cell_code), *words])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _stressed(words: str) -> str:
    return f"**{words}**" if words in ("breaks publishers", "a person has to look") else words


def _by_profile(report: Report, changes: list[Row]) -> str:
    lines = []
    for row in changes:
        lines.append(f"{row.number}. {sentence(row.reported.change, code)}")
        by_word: dict[str, list[str]] = {}
        for profile in report.profiles:
            by_word.setdefault(cell(row, profile), []).append(code(profile.id))
        lines += [f"   - {_stressed(word)}: {', '.join(names)}" for word, names in by_word.items()]
    return "\n".join(lines)


def _proofs(report: Report, row: Row) -> Iterator[str]:
    for proof in proofs(report, row):
        summary = f"<summary>{row.number}: {proof.title} ({html(', '.join(proof.profiles))})</summary>"
        made = f"{sentence(row.reported.change, code)}, in {code(place(row.reported))}{reach(row.reported)}."
        yield f"<details>{summary}\n\n{made}\n\n{_evidence(proof.verdict)}\n\n</details>"


def _evidence(verdict: Verdict) -> str:
    """The example with its faults as comments, or the reason why nobody knows."""
    if verdict.answer is not Answer.BREAKING:
        return prose(verdict.reason)
    marked = (f"{line.text}  // {one_line(line.fault)}" if line.fault else line.text for line in lines(verdict))
    return block("\n".join(marked), "jsonc" if verdict.faults else "json")


def _problems(report: Report) -> Iterator[str]:
    found = groups(report.findings)
    if found:
        yield "\n".join(["**Problems of the files**", "", *(_group(group) for group in found)])
    old = sum(finding.in_base for finding in report.findings)
    if old:
        yield f"{count(old, 'problem')} that base already has, not counted here."


def _group(group: Group) -> str:
    said = [" ".join((code(location(each)), prose(each.message))).strip() for each in group.problems[:MOST_ALIKE]]
    more = len(group.problems) - len(said)
    said += [f"and {more} more"] if more else []
    hint = f" {prose(group.hint)}" if group.hint else ""
    if len(said) == 1:
        return f"- {group.severity.value}: {said[0]}.{hint}"
    return "\n".join([f"- {group.severity.value}:{hint}", *(f"  - {each}" for each in said)])
