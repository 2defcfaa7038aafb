"""What is said to people: a change in a sentence, a verdict in a few words, a report in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, ANNOTATIONS, Absent, Change
from bot.compat.verdicts import Answer
from bot.report.model import Outcome, ProfileReport, Report, ReportedChange
from bot.standard.values import JSON

LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One change as people see it: its number, its sentence, and what it means in each profile by id."""

    number: int
    reported: ReportedChange
    cells: dict[str, ReportedChange]


def rows(report: Report) -> list[Row]:
    """The changes of all profiles, each once, most serious first; words alone come last."""
    found: dict[str, tuple[ReportedChange, dict[str, ReportedChange]]] = {}
    for profile in report.profiles:
        for reported in profile.changes:
            found.setdefault(reported.change.id, (reported, {}))[1][profile.id] = reported
    ordered = sorted(found.values(), key=lambda each: -max(cell.bump.rank for cell in each[1].values()))
    return [Row(number, reported, cells) for number, (reported, cells) in enumerate(ordered, start=1)]


def headline(report: Report) -> str:
    """The report in one sentence that anyone understands."""
    profiles = report.profiles
    match report.outcome:
        case Outcome.INVALID:
            return "This change cannot be judged: what it changes cannot be read."
        case Outcome.BREAKING:
            broken = [profile for profile in profiles if profile.outcome is Outcome.BREAKING]
            where = (
                f"under {len(broken)} of {len(profiles)} profiles"
                if len(profiles) > 1
                else f"under {profiles[0].title}"
            )
            return f"This change would break data published {where}."
        case Outcome.UNKNOWN:
            return _undecided(report)
        case Outcome.COMPATIBLE:
            return _compatible(report)


def _undecided(report: Report) -> str:
    changes = rows(report)
    open_ = [row for row in changes if any(_answer(cell) is Answer.UNKNOWN for cell in row.cells.values())]
    if not open_:
        return "The bot could not decide this change; a person has to look."
    return f"The bot could not decide {len(open_)} of {count(len(changes), 'change')}; a person has to look."


def _compatible(report: Report) -> str:
    if report.bump is Bump.NONE:
        return "Nothing has changed in the sources of the standard."
    if report.bump is Bump.PATCH:
        return "Wording only: no document and no tool is affected."
    where = f"under all {len(report.profiles)} profiles" if len(report.profiles) > 1 else "so far"
    return f"Data published {where} stays valid."


def affected(report: Report) -> str:
    """Who is affected, in a sentence or two."""
    publishers = _titles(each for each in report.profiles if each.outcome is Outcome.BREAKING)
    readers = _titles(
        each for each in report.profiles if each.verdicts and each.verdicts.consumers.answer is Answer.BREAKING
    )
    fine = _titles(each for each in report.profiles if each.outcome is Outcome.COMPATIBLE)
    parts = [f"Publishers of {publishers}."] if publishers else []
    if publishers and fine:
        parts.append(f"Publishers of {fine} are not.")
    if readers:
        parts.append(f"Tools that read {readers} may meet data they did not expect.")
    elif report.outcome is not Outcome.INVALID:
        parts.append("Tools that read the data are not.")
    return (
        " ".join(parts if publishers or readers else ["Nobody."])
        if report.outcome is not Outcome.UNKNOWN
        else "Not known yet."
    )


def _titles(profiles: Iterable[ProfileReport]) -> str:
    return listing([profile.title for profile in profiles])


def listing(names: list[str]) -> str:
    """Names as people list them: a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def count(number: int, noun: str) -> str:
    """A number of things."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def version_needed(bump: Bump) -> str:
    """The bump in words."""
    return {
        Bump.MAJOR: "a new major version",
        Bump.MINOR: "a new minor version",
        Bump.PATCH: "a patch",
        Bump.NONE: "none",
    }[bump]


def _answer(reported: ReportedChange) -> Answer | None:
    return reported.verdicts.publishers.answer if reported.verdicts else None


def cell(reported: ReportedChange | None) -> str:
    """What a change means in a profile, in a few words."""
    if reported is None or reported.verdicts is None:
        return "not in profile"
    if _answer(reported) is Answer.BREAKING:
        return "breaks publishers"
    if _answer(reported) is Answer.UNKNOWN:
        return "a person has to look"
    if reported.change.keyword in ANNOTATIONS or reported.bump is Bump.PATCH:
        return "wording only" if reported.change.keyword in ANNOTATIONS else "compatible"
    if reported.verdicts.consumers.answer is not Answer.COMPATIBLE:
        return "compatible, new to tools"
    return "compatible"


# Changes in words.


def sentence(change: Change) -> str:
    """A change as it could be read aloud."""
    words = _SENTENCES.get(change.rule)
    if words is not None:
        return words(change)
    subject, _, verb = change.rule.rpartition("-")
    what = f"{change.keyword} of {change.term}" if change.entity else f"{change.keyword} of the standard"
    if verb == "changed" and change.keyword not in ANNOTATIONS:
        return f"{what} changes from {value(change.base)} to {value(change.head)}"
    gained = {"added": f": {value(change.head)}", "removed": f" (was {value(change.base)})"}.get(verb, "")
    return f"{what} {verb or subject}{'' if change.keyword in ANNOTATIONS else gained}"


_SENTENCES: dict[str, Callable[[Change], str]] = {
    "entity-added": lambda change: f"{change.entity} added",
    "entity-removed": lambda change: f"{change.entity} removed",
    "term-added": lambda change: f"{change.term} added",
    "term-removed": lambda change: f"{change.term} removed",
    "required-added": lambda change: f"{change.term} becomes required",
    "required-removed": lambda change: f"{change.term} is no longer required",
    "tabular-required-added": lambda change: f"{change.term} becomes required in tables",
    "tabular-required-removed": lambda change: f"{change.term} is no longer required in tables",
    "enum-value-added": lambda change: f"{change.term} also allows {values(change.head)}",
    "enum-value-removed": lambda change: f"{change.term} no longer allows {values(change.base)}",
    "enum-added": lambda change: f"{change.term} allows only {values(change.head)}",
    "enum-removed": lambda change: f"{change.term} allows any value",
    "type-changed": lambda change: f"{change.term} changes from {value(change.base)} to {value(change.head)}",
    "unique-added": lambda change: f"{change.term} must be unique",
    "unique-removed": lambda change: f"{change.term} need not be unique",
    "key-added": lambda change: f"{change.term} must refer to {values(change.head)}",
    "key-removed": lambda change: f"{change.term} need not refer to {values(change.base)}",
    "profile-added": lambda change: f"the profile {value(change.head)} added",
    "profile-removed": lambda change: f"the profile {value(change.base)} removed",
}


def value(given: JSON | Absent) -> str:
    """A value in few characters."""
    if given is ABSENT:
        return "nothing"
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def values(given: JSON | Absent) -> str:
    """A list of values in few characters."""
    listed = given if isinstance(given, list) else [given]
    shown = ", ".join(value(each) for each in listed[:6])
    return shown if len(listed) <= 6 else f"{shown} and {len(listed) - 6} more"
