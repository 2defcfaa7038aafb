"""Repairs as suggestions that the author of a pull request commits with a click, on the lines they replace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.compat.verdicts import Answer
from bot.render.place import repository_path
from bot.render.repairs import edits, repair_of
from bot.render.rows import Row, rows
from bot.render.safety import LONGEST_PROSE, code, plain, prose, shortened
from bot.render.sentences import sentence
from bot.report.model import Repair, Report

MOST_BYTES = 20_000
"""Of the text that is suggested: who replaces more than this edits the file."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A repair that can be written as a suggestion: what it is known by in other runs, the file as its repository
    calls it, its first line, the lines that it replaces, and the comment."""

    name: str
    path: str
    start: int
    replaced: tuple[str, ...]
    body: str
    repair: Repair

    @property
    def end(self) -> int:
        """Its last line."""
        return self.start + len(self.replaced) - 1


def suggestions(report: Report) -> tuple[Suggested, ...]:
    """The repairs of a report that can be suggested, those of the most serious changes first. Where two would
    replace the same lines there is one: whoever commits it makes the other impossible."""
    found: list[Suggested] = []
    for each in _all(report):
        if all(each.name != other.name and not _touches(each, other) for other in found):
            found.append(each)
    return tuple(found)


def standing(report: Report) -> frozenset[str]:
    """What is still wrong, by the names that suggestions have, whether one can be made for it or not."""
    broken = {_of_change(row.reported.change.id) for row in rows(report) if row.answer is Answer.BREAKING}
    return frozenset(broken | {_of_finding(each.fingerprint) for each in report.findings})


def settled() -> str:
    """What a suggestion says that somebody has answered, once there is nothing to repair."""
    return "*Settled: what this was about is no longer in the pull request.*"


def outdated() -> str:
    """What a suggestion says that somebody has answered, once it cannot be committed any more."""
    return "*This suggestion is out of date. The bot's comment on this pull request says what holds now.*"


def _all(report: Report) -> Iterator[Suggested]:
    for group in edits(rows(report)):
        if (repair := repair_of(group[0])) is not None:
            yield from _made(report, repair, _of_change(group[0].reported.change.id), _why(group))
    for finding in report.findings:
        if finding.repair is not None and finding.fingerprint:
            said = f"To make the file readable, {_words(finding.repair)}:"
            yield from _made(report, finding.repair, _of_finding(finding.fingerprint), said)


def _why(group: Sequence[Row]) -> str:
    """What breaks, and what these lines do about it; one edit may be for several changes."""
    told = [(sentence(row.reported.change, code), _words(repair)) for row in group if (repair := repair_of(row))]
    if len(told) == 1:
        (broken, words), *_ = told
        return f"{broken[:1].upper()}{broken[1:]}: this breaks published data. To keep it valid, {words}:"
    lines = [f"- {broken}: {words}" for broken, words in told]
    return "\n".join(["These changes break published data, and with these lines it stays valid:\n", *lines])


def _words(repair: Repair) -> str:
    return prose(shortened(repair.words, LONGEST_PROSE))


def _of_change(id_: str) -> str:
    return f"suggestion-{id_}"


def _of_finding(fingerprint: str) -> str:
    return f"suggestion-file-{fingerprint}"


def _touches(one: Suggested, other: Suggested) -> bool:
    return one.path == other.path and one.start <= other.end and other.start <= one.end


def _made(report: Report, repair: Repair, name: str, why: str) -> Iterator[Suggested]:
    path = repository_path(report, repair.file)
    replaced = tuple(_lines(repair.replaced))
    if path and _is_exact(repair) and len(replaced) == repair.end_line - repair.start_line + 1:
        body = f"{why}\n\n{block(repair.replacement)}"
        yield Suggested(name, path, repair.start_line, replaced, body, repair)


def _is_exact(repair: Repair) -> bool:
    """Whether the file that comes of a suggestion is the repaired one, to the byte, and people see what they commit.

    Which ends of lines a forge writes into a file that has carriage returns is not documented: such a file is edited.
    """
    texts = repair.replaced, repair.replacement
    ends = [text.endswith("\n") for text in texts]
    # Of the last line of a file without a line feed at its end it is not known what is left when it goes.
    same_end = ends[0] == ends[1] if repair.replacement else ends[0]
    shown = all(plain(text.replace("\t", " ")) == text.replace("\t", " ") for text in texts)
    return bool(repair.start_line) and same_end and shown and len(repair.replacement.encode()) <= MOST_BYTES


def block(text: str) -> str:
    """The text that takes the place of the lines, fenced by more backticks than it holds in a row; nothing between
    the fences takes them away."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}suggestion", *_lines(text), fence])


def _lines(text: str) -> list[str]:
    """The lines of a text; a line feed ends one and nothing else does."""
    return text.removesuffix("\n").split("\n") if text else []
