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

_KEEP = "keep {}, marked as deprecated, until the next major version", "the terms"
_OPTIONAL = "leave {} optional, and announce what will be required", "the terms"
_RECOMMEND = "recommend it in the description of {} instead of requiring it", "the terms"
_ELSE = "keep what {} may hold now, and add an optional term for what is new", "the terms"
_WAYS = {
    "term-removed": _KEEP,
    "pattern-term-removed": _KEEP,
    "entity-removed": _KEEP,
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
    said = list(_for_rows(rows(report), mark))
    if any(combined(profile) for profile in report.profiles):
        said.append("take back one of the changes that break data together")
    said = said[:MOST_ADVICE]
    if report.outcome is Outcome.BREAKING:
        said.append("or keep what breaks for the next major version")
    joined = " · ".join(said)
    return joined[:1].upper() + joined[1:]


def _for_rows(found: Sequence[Row], mark: Mark) -> Iterator[str]:
    breaking: dict[tuple[str, str], list[Row]] = {}
    for row in found:
        if row.answer is Answer.BREAKING:
            breaking.setdefault(_way(row, mark), []).append(row)
    for (way, several), broken in breaking.items():
        yield f"{way.format(_about(broken[0], mark) if len(broken) == 1 else several)} ({_numbers(broken)})"
    undecided = [row for row in found if row.answer is Answer.UNKNOWN]
    if undecided:
        yield f"ask somebody who knows the structure to look at {_numbers(undecided)}"


def _way(row: Row, mark: Mark) -> tuple[str, str]:
    new = renamed_to(row.reported)
    if not new:
        return _WAYS.get(row.reported.change.rule, _ELSE)
    # Of the way alone braces stand for something; a name may have some of its own.
    there = mark(name(new)).replace("{", "{{").replace("}", "}}")
    return (
        f"keep {{}} beside {there}, marked as deprecated and replaced by it, until the next major version",
        "the terms",
    )


def _about(row: Row, mark: Mark) -> str:
    change = row.reported.change
    if change.rule in ("enum-value-removed", "profile-removed", "page-part-removed", "page-part-renamed"):
        gone = change.base if isinstance(change.base, list) else [change.base]
        return listing([mark(value(each)) for each in gone])
    return mark(name(change.term))


def _numbers(found: Sequence[Row]) -> str:
    """The numbers of changes: 1 to 3 and 5."""
    spans: list[list[int]] = []
    for number in sorted(row.number for row in found):
        if spans and spans[-1][-1] == number - 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    said = [[f"{span[0]} to {span[-1]}"] if len(span) > 2 else list(map(str, span)) for span in spans]
    return f"change{'s' if len(found) > 1 else ''} {listing([each for span in said for each in span])}"
