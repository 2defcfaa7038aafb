"""What an author can do about changes that break: the ways that keep what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.compat.verdicts import Answer
from bot.render.remarks import renamed_to
from bot.render.rows import Row, combined, rows
from bot.render.safety import name
from bot.render.sentences import Mark, value
from bot.render.wording import listing
from bot.report.model import Outcome, Report

MOST_ADVICE = 3

_KEEP = "keep {}, optional and marked as deprecated, until the next major version", "the terms"
_OPTIONAL = "leave {} optional, and announce what will be required", "the terms"
_RECOMMEND = "recommend it in the description of {} instead of requiring it", "the terms"
_STAY = "keep what {} may hold now, and announce what will change", "the terms"
_ELSE = "keep what {} may hold now, and add an optional term for what is new", "the terms"
_WAYS = {
    "term-removed": _KEEP,
    "pattern-term-removed": _KEEP,
    "entity-removed": ("keep {}, marked as deprecated, until the next major version", "the entities"),
    "page-part-removed": ("keep {} in list answers until the next major version", "what list answers have"),
    "page-part-renamed": ("keep {} in list answers until the next major version", "what list answers have"),
    "constraints-removed": ("keep {} a column, marked as deprecated, until the next major version", "the columns"),
    "name-changed": ("keep the name of {} in tables, and change what people read: its title", "the names in tables"),
    "profile-removed": ("keep {} for now, and announce the end", "the profiles"),
    "required-added": _OPTIONAL,
    "tabular-required-added": _OPTIONAL,
    "term-added": _OPTIONAL,
    "enum-value-removed": ("keep {} for now, and announce the end", "the values"),
    "enum-added": ("recommend values in the description of {} instead of allowing no others", "the terms"),
    "unique-added": _RECOMMEND,
    "key-added": _RECOMMEND,
    "foreign-key-added": _RECOMMEND,
}
"""By rule: a way, and what several changes are about."""


def advice(report: Report, mark: Mark) -> str:
    """The ways as a sentence without its full stop, the most serious change first; "" where nothing is to be
    done. `mark` is put around names."""
    if report.outcome in (Outcome.INVALID, Outcome.COMPATIBLE):
        return ""
    found = rows(report)
    said = [f"{words} ({numbers(broken)})" for words, broken in _ways(found, mark)]
    undecided = [row for row in found if row.answer is Answer.UNKNOWN]
    if undecided:
        said.append(f"ask somebody who knows the structure to look at {numbers(undecided)}")
    if any(combined(profile) for profile in report.profiles):
        said.append("take back one of the changes that break data together")
    said = said[:MOST_ADVICE]
    if report.outcome is Outcome.BREAKING:
        said.append("or keep what breaks for the next major version")
    joined = " · ".join(said)
    return joined[:1].upper() + joined[1:]


def advised(found: Sequence[Row]) -> set[int]:
    """The numbers of the changes of which the sentence says what can be done."""
    return {row.number for _, broken in list(_ways(found, str))[:MOST_ADVICE] for row in broken}


def _ways(found: Sequence[Row], mark: Mark) -> Iterator[tuple[str, list[Row]]]:
    """Each way in words, with the changes that it is one for. To keep a term beside its new name breaks nobody,
    whatever nobody can tell of its loss."""
    breaking: dict[tuple[str, str], list[Row]] = {}
    for row in found:
        if row.answer is Answer.BREAKING or (row.answer is Answer.UNKNOWN and renamed_to(row.reported)):
            breaking.setdefault(_way(row, mark), []).append(row)
    for (way, several), broken in breaking.items():
        yield way.format(_about(broken[0], mark) if len(broken) == 1 else several), broken


def _way(row: Row, mark: Mark) -> tuple[str, str]:
    new = renamed_to(row.reported)
    if not new:
        # An edit that the report offers is not to be told otherwise.
        stays = any(cell.repair is not None for cell in row.cells.values())
        return _WAYS.get(row.reported.change.rule, _STAY if stays else _ELSE)
    # Of the way alone braces stand for something; a name may have some of its own.
    there = mark(name(new)).replace("{", "{{").replace("}", "}}")
    return (
        f"keep {{}} beside {there}, optional and marked as deprecated, until the next major version",
        "the terms",
    )


def _about(row: Row, mark: Mark) -> str:
    change = row.reported.change
    if change.rule in ("enum-value-removed", "profile-removed", "page-part-removed", "page-part-renamed"):
        gone = change.base if isinstance(change.base, list) else [change.base]
        return listing([mark(value(each)) for each in gone])
    return mark(name(change.term))


def numbers(found: Sequence[Row]) -> str:
    """Changes by their numbers: changes 1 to 3 and 5."""
    return f"change{'s' if len(found) > 1 else ''} {listing(spans(found))}"


def spans(found: Sequence[Row]) -> list[str]:
    """The numbers of changes, those that follow each other as one: 1 to 3, 5."""
    runs: list[list[int]] = []
    for number in sorted(row.number for row in found):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [[f"{run[0]} to {run[-1]}"] if len(run) > 2 else list(map(str, run)) for run in runs]
    return [each for run in said for each in run]
