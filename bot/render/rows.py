"""The changes of a report as numbered rows, each once for all profiles, with what it means in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.compat.bump import Bump
from bot.compat.changes import ANNOTATIONS
from bot.compat.verdicts import Answer, Verdicts
from bot.render.sentences import sentence
from bot.report.model import ProfileReport, Report, ReportedChange, Unaffected

BREAKS = "breaks publishers"
UNDECIDED = "a person has to look"
TOGETHER = "compatible alone"
SURPRISES = "compatible, new to tools"
WORDING = "wording only"
PROFILES = frozenset({"profile-added", "profile-removed"})
"""Changes that a whole profile is."""


@dataclass(frozen=True, slots=True)
class Row:
    """One change as people see it: its number, and the change as it is in each profile that has it, by id.
    `elsewhere`: the numbers of the rows that say what the same place becomes in other profiles; `together`:
    the profiles that it breaks together with others, and not alone."""

    number: int
    reported: ReportedChange
    cells: dict[str, ReportedChange]
    elsewhere: dict[str, int] = field(default_factory=dict)
    together: set[str] = field(default_factory=set)

    @property
    def answer(self) -> Answer:
        """The worst for publishers of any profile."""
        return max((_answer(cell) for cell in self.cells.values()), key=lambda each: each.rank)

    @property
    def is_wording(self) -> bool:
        """Whether it is about words alone."""
        return all(_is_wording(cell) for cell in self.cells.values())

    @property
    def matters(self) -> bool:
        """Whether a document or a tool may be affected."""
        return bool(self.together) or any(cell.bump in (Bump.MAJOR, Bump.MINOR) for cell in self.cells.values())


def rows(report: Report) -> list[Row]:
    """The changes of all profiles, most serious first; words alone come last. Profiles in which the same change
    reads the same share a row."""
    found: dict[tuple[str, str], Row] = {}
    for profile in report.profiles:
        for reported in profile.changes:
            key = reported.change.id, sentence(reported.change)
            row = found.setdefault(key, Row(0, reported, {}))
            row.cells[profile.id] = reported
            row.together.update([profile.id] if _is_combined(profile, reported) else [])
    ordered = sorted(found.values(), key=_seriousness)
    numbers: dict[str, dict[str, int]] = {}
    for number, row in enumerate(ordered, start=1):
        numbers.setdefault(row.reported.change.id, {}).update(dict.fromkeys(row.cells, number))
    return [
        replace(row, number=number, elsewhere=numbers[row.reported.change.id])
        for number, row in enumerate(ordered, start=1)
    ]


def _is_combined(profile: ProfileReport, reported: ReportedChange) -> bool:
    entity = reported.change.entity
    breaks = bool({entity, f"{entity}_view"} & combined(profile).keys())
    return breaks and _answer(reported) is Answer.COMPATIBLE and not _is_wording(reported)


def _seriousness(row: Row) -> tuple[bool, int, int, bool]:
    breaks = bool(row.together) or row.answer is Answer.BREAKING
    bump = max(cell.bump.rank for cell in row.cells.values())
    return not breaks, -row.answer.rank, -bump, row.is_wording


def _answer(reported: ReportedChange) -> Answer:
    return reported.verdicts.publishers.answer if reported.verdicts else Answer.COMPATIBLE


def _is_wording(reported: ReportedChange) -> bool:
    described = reported.change.keyword in ANNOTATIONS or not reported.change.entity
    return described and reported.bump in (Bump.PATCH, Bump.NONE)


_UNAFFECTED = {Unaffected.ALREADY: "already so", Unaffected.UNCHANGED: "stays as it is", None: "not in profile"}


def cell(row: Row, profile: ProfileReport) -> str:
    """What a change means in a profile, in a few words."""
    reported = row.cells.get(profile.id)
    if reported is None or reported.verdicts is None:
        return _unaffected(row, profile)
    if profile.id in row.together:
        return TOGETHER
    match _answer(reported), reported.verdicts.consumers.answer:
        case Answer.BREAKING, _:
            return BREAKS
        case Answer.UNKNOWN, _:
            return UNDECIDED
        case _ if _is_wording(reported):
            return WORDING
        case _, Answer.BREAKING:
            return SURPRISES
        case _, Answer.UNKNOWN:
            return "compatible, perhaps new to tools"
    return "compatible"


def _unaffected(row: Row, profile: ProfileReport) -> str:
    change = row.reported.change
    if change.rule in PROFILES:
        return "another profile"
    other = row.elsewhere.get(profile.id)
    return f"see {other}" if other else _UNAFFECTED[profile.unaffected.get(change.id)]


def combined(profile: ProfileReport) -> Mapping[str, Verdicts]:
    """Entities that break although none of their changes does so alone; not where the profile itself is gone."""
    gone = any(reported.change.rule in PROFILES for reported in profile.changes)
    return {} if gone else profile.combined


MEANINGS = {
    BREAKS: "data that is valid now would be refused, or would use a term that is gone, as an example shows",
    UNDECIDED: "the bot could neither prove that published data stays valid nor find an example that breaks",
    TOGETHER: "it breaks published data together with other changes, and not by itself",
    "compatible": "published data stays valid, which was checked for all data and not for samples",
    SURPRISES: "published data stays valid, and tools may meet data that they did not expect",
    "compatible, perhaps new to tools": "published data stays valid, and what tools may meet is not decided",
    WORDING: "it describes, and no document depends on it",
    "already so": "the profile has it already",
    "stays as it is": "the profile keeps what it has",
    "not in profile": "the profile does not have the term",
}
"""What the words of a cell say, at more length."""
