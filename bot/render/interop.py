"""The matrix of profiles for people: can UK tools read classic data, and if not, what stands in the way?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from textwrap import TextWrapper

from bot.compat.interop import Crossing
from bot.compat.judging import JudgedChange
from bot.compat.verdicts import Answer, Verdict
from bot.render.example import excerpt, shown
from bot.render.obstacles import obstacle, together
from bot.render.safety import block, cell_code, code, name, one_line, prose
from bot.render.sentences import Mark
from bot.render.wording import count
from bot.report.faults import LOST
from bot.report.matrix import Matrix

QUESTION = "Can the tools of one profile read all data of another?"
ALONE = "There is one profile, so there is nothing to read across. Name another with --patch."
WIDTH = 100
MOST_TERMS = 12
"""Terms that a line names; all of them are in the JSON."""
LONGEST_EXAMPLE = 24
"""Lines of an example."""

UNKNOWN = "the tools do not know this"
_WRAPPER = partial(TextWrapper, break_long_words=False, break_on_hyphens=False)
_ANSWERS = {Answer.COMPATIBLE: "yes", Answer.BREAKING: "no", Answer.UNKNOWN: "not decided"}


@dataclass(frozen=True, slots=True)
class _Group:
    """Obstacles that one line says, and the example of the first of them."""

    words: str
    verdict: Verdict


def text(matrix: Matrix) -> str:
    """The matrix for a terminal."""
    lines = [QUESTION, "", *_table(matrix)] if matrix.crossings else [ALONE]
    for crossing in matrix.crossings:
        lines += ["", *_wrapped(one_line(_answer(matrix, crossing)), "", "")]
        for group in _groups(crossing, str):
            lines += _wrapped(one_line(group.words), "   - ", "     ")
            lines += [f"       {line}" for line in _example(group.verdict)]
    return "\n".join(lines) + "\n"


def _wrapped(words: str, first: str, others: str) -> list[str]:
    """Words in lines that a terminal shows whole; a name is never cut."""
    return _WRAPPER(width=WIDTH, initial_indent=first, subsequent_indent=others).wrap(words)


def _table(matrix: Matrix) -> Iterator[str]:
    """Rows: whose data; columns: whose tools."""
    names = [one_line(name(each)) for each in matrix.profiles]
    rows = [["", *(f"tools for {each}" for each in names)]]
    rows += [
        [f"{shown} data", *(_cell(matrix.between(publisher, reader)) for reader in matrix.profiles)]
        for shown, publisher in zip(names, matrix.profiles, strict=True)
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(each.ljust(width) for each, width in zip(row, widths, strict=True)).rstrip()


def _cell(crossing: Crossing | None) -> str:
    if crossing is None:
        return "-"
    found = len(crossing.obstacles) + len(crossing.combined)
    answer = _ANSWERS[crossing.verdict.answer]
    return f"{answer}: {count(found, 'obstacle')}" if found else answer


def markdown(matrix: Matrix) -> str:
    """The matrix as a Markdown document."""
    if not matrix.crossings:
        return f"{ALONE}\n"
    ids = [cell_code(name(each)) for each in matrix.profiles]
    parts = [f"## {QUESTION}", "\n".join(_markdown_table(matrix, ids))]
    for crossing in matrix.crossings:
        parts.append(prose(_answer(matrix, crossing)))
        for group in _groups(crossing, code):
            parts.append(f"- {group.words}")
            example = "\n".join(_example(group.verdict, "//"))
            parts.append(f"<details><summary>An example</summary>\n\n{block(example, 'jsonc')}\n\n</details>")
    return "\n\n".join(parts) + "\n"


def _markdown_table(matrix: Matrix, ids: list[str]) -> Iterator[str]:
    yield f"| | {' | '.join(f'tools for {each}' for each in ids)} |"
    yield "|---" * (len(ids) + 1) + "|"
    for each, publisher in zip(ids, matrix.profiles, strict=True):
        cells = [_cell(matrix.between(publisher, reader)) for reader in matrix.profiles]
        yield f"| {each} data | {' | '.join(cells)} |"


def _answer(matrix: Matrix, crossing: Crossing) -> str:
    """The question and its answer in a line."""
    publisher, reader = (name(matrix.profiles[each] or each) for each in (crossing.publisher, crossing.reader))
    asked = f"Can tools for {reader} read all {publisher} data?"
    match crossing.verdict.answer:
        case Answer.COMPATIBLE:
            return f"{asked} Yes, checked for all data."
        case Answer.UNKNOWN:
            return f"{asked} Not decided; a person has to look."
        case Answer.BREAKING:
            found = len(crossing.obstacles) + len(crossing.combined)
            return f"{asked} No. {count(found, 'obstacle')}:"


# What stands in the way.


def _groups(crossing: Crossing, mark: Mark) -> Iterator[_Group]:
    """Obstacles of a kind together: what the reader needs, what it does not have; one by one what it asks for
    otherwise."""
    alike: dict[str, list[JudgedChange]] = {}
    for judged in crossing.obstacles:
        if judged.verdicts.publishers.answer is Answer.BREAKING:
            alike.setdefault(judged.change.rule, []).append(judged)
    for judged in crossing.obstacles:
        broken = judged.verdicts.publishers.answer is Answer.BREAKING
        yield from _first_of(judged, alike[judged.change.rule] if broken else [judged], mark, broken=broken)
    for rule, what in _MISSING.items():
        if listed := alike.get(rule):
            yield _Group(_missing(what, listed, mark), listed[0].verdicts.publishers)
    for entity, verdict in crossing.combined.items():
        yield _Group(together(entity, verdict, mark), verdict)
    if crossing.verdict.answer is Answer.UNKNOWN and not crossing.obstacles and not crossing.combined:
        yield _Group("whether anything stands in the way is not decided", crossing.verdict)


def _first_of(judged: JudgedChange, several: list[JudgedChange], mark: Mark, *, broken: bool) -> Iterator[_Group]:
    """An obstacle, with others that are said in the same line; nothing where it has been said or will be."""
    rule, verdict = judged.change.rule, judged.verdicts.publishers
    if rule in _MISSING and broken:
        return
    if rule not in _NEEDED or len(several) == 1:
        yield _Group(obstacle(judged.change, verdict, mark), verdict)
    elif judged is several[0]:
        yield _Group(_NEEDED[rule].format(_listed(several, mark)), verdict)


_NEEDED = {
    "required-added": "these may be left out, and the tools need them: {}",
    "tabular-required-added": "in tables, these may be left empty, and the tools need them: {}",
}
"""Obstacles of which several are said in one line."""
_MISSING = {"term-removed": "term", "entity-removed": "entity"}


def _missing(what: str, listed: list[JudgedChange], mark: Mark) -> str:
    return f"the tools do not know the {what if len(listed) == 1 else _PLURALS[what]} {_listed(listed, mark)}"


def _listed(several: list[JudgedChange], mark: Mark) -> str:
    terms = [mark(name(judged.change.term)) for judged in several]
    more = f" and {len(terms) - MOST_TERMS} more" if len(terms) > MOST_TERMS else ""
    return f"{', '.join(terms[:MOST_TERMS])}{more}"


_PLURALS = {"entity": "entities", "term": "terms"}


def _example(verdict: Verdict, sign: str = "<-") -> list[str]:
    if verdict.answer is Answer.UNKNOWN:
        return [f"not decided: {one_line(verdict.reason)}"]
    # Here neither profile is a version of the other.
    lines = (replace(line, fault=UNKNOWN) if line.fault in LOST else line for line in excerpt(verdict))
    written = [shown(line, sign) for line in lines]
    return written if len(written) <= LONGEST_EXAMPLE else [*written[: LONGEST_EXAMPLE - 1], "…"]
