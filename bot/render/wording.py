"""What is said to people: a change in a sentence, a verdict in a few words, a report in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, ANNOTATIONS, Absent, Change
from bot.compat.verdicts import Answer
from bot.report.model import Outcome, ProfileReport, Report, ReportedChange, Unaffected
from bot.standard.values import JSON

LONGEST_VALUE = 60
MOST_VALUES = 6
MOST_COLUMNS = 4
"""Profiles that a table of changes has columns for; more are a list (MESSAGES)."""
MOST_ALIKE = 12
"""Problems of one kind that are shown one by one."""


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
                f"under all {len(profiles)} profiles"
                if len(broken) == len(profiles) > 1
                else f"under {len(broken)} of {len(profiles)} profiles"
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
        changes = [*report.unselected, *(each for profile in report.profiles for each in profile.changes)]
        words = all(each.change.keyword in ANNOTATIONS or not each.change.entity for each in changes)
        return f"{'Wording only: no' if words else 'No'} document and no tool is affected."
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


def together(name: str) -> str:
    """That an entity breaks although none of its changes does so alone."""
    return f"The changes to {name} break data together, none of them alone. An example that breaks"


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


_UNAFFECTED = {Unaffected.ALREADY: "already so", Unaffected.UNCHANGED: "stays as it is", None: "not in profile"}


def cell(row: Row, profile: ProfileReport) -> str:
    """What a change means in a profile, in a few words."""
    reported = row.cells.get(profile.id)
    if reported is None or reported.verdicts is None:
        return _UNAFFECTED[profile.unaffected.get(row.reported.change.id)]
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

Mark: TypeAlias = Callable[[str], str]
"""Shows a name or a value that is quoted inside a sentence."""


def sentence(change: Change, mark: Mark = str) -> str:
    """A change as it could be read aloud; `mark` is put around all that is not our own words."""
    said = _SENTENCES.get(change.rule)
    if said is not None:
        return said(_Quoted(change, mark))
    quoted = _Quoted(change, mark)
    what = f"{mark(change.keyword)} of {quoted.term if change.entity else 'the standard'}"
    subject, _, verb = change.rule.rpartition("-")
    if change.keyword in ANNOTATIONS:
        return f"{what} {verb}"
    match verb:
        case "changed":
            return f"{what} changes from {quoted.base} to {quoted.head}"
        case "added":
            return f"{what} added: {quoted.head}"
        case "removed":
            return f"{what} removed (was {quoted.base})"
        case _:
            return f"{what} {subject} {verb}"


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A change with its names and values marked."""

    change: Change
    mark: Mark

    @property
    def term(self) -> str:
        return self.mark(self.change.term)

    @property
    def base(self) -> str:
        return self._values(self.change.base)

    @property
    def head(self) -> str:
        return self._values(self.change.head)

    def _values(self, given: JSON | Absent) -> str:
        if given is ABSENT:
            return "nothing"
        listed = given if isinstance(given, list) and given else [given]
        shown = ", ".join(self.mark(value(each)) for each in listed[:MOST_VALUES])
        return shown if len(listed) <= MOST_VALUES else f"{shown} and {len(listed) - MOST_VALUES} more"


_SENTENCES: dict[str, Callable[[_Quoted], str]] = {
    "entity-added": lambda its: f"{its.term} added",
    "entity-removed": lambda its: f"{its.term} removed",
    "term-added": lambda its: f"{its.term} added",
    "term-removed": lambda its: f"{its.term} removed",
    "required-added": lambda its: f"{its.term} becomes required",
    "required-removed": lambda its: f"{its.term} is no longer required",
    "tabular-required-added": lambda its: f"{its.term} becomes required in tables",
    "tabular-required-removed": lambda its: f"{its.term} is no longer required in tables",
    "enum-value-added": lambda its: f"{its.term} also allows {its.head}",
    "enum-value-removed": lambda its: f"{its.term} no longer allows {its.base}",
    "enum-added": lambda its: f"{its.term} allows only {its.head}",
    "enum-removed": lambda its: f"{its.term} allows any value",
    "type-changed": lambda its: f"{its.term} changes from {its.base} to {its.head}",
    "unique-added": lambda its: f"{its.term} must be unique",
    "unique-removed": lambda its: f"{its.term} need not be unique",
    "key-added": lambda its: f"{its.term} must refer to {its.head}",
    "key-removed": lambda its: f"{its.term} need not refer to {its.base}",
    "profile-added": lambda its: f"the profile {its.head} added",
    "profile-removed": lambda its: f"the profile {its.base} removed",
}


def value(given: JSON) -> str:
    """A value in few characters."""
    text = given if isinstance(given, str) and given else json.dumps(given, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
