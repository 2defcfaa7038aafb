"""The report: one check's outcome as a value. Every rendering and every message is made from it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.compat.bump import Bump, highest
from bot.compat.changes import Absent, Change
from bot.compat.interop import Shift
from bot.compat.notes import Note
from bot.compat.verdicts import Answer, Verdicts
from bot.report.watched import Watched
from bot.standard.problems import Problem, Severity
from bot.standard.values import JSON

SCHEMA_VERSION = "1.2"
"""Version of the report's JSON form: the first number changes when readers of it would break."""


class Outcome(Enum):
    """The verdict of a profile or of the report: that of publishers, or that head could not be read."""

    COMPATIBLE = "compatible"
    UNKNOWN = "unknown"
    BREAKING = "breaking"
    INVALID = "invalid"

    @property
    def rank(self) -> int:
        """For "the worst of"."""
        return [Outcome.COMPATIBLE, Outcome.UNKNOWN, Outcome.BREAKING, Outcome.INVALID].index(self)


class Unaffected(Enum):
    """Why a change of other profiles is none of a profile that has the term: it is so there already, or stays."""

    ALREADY = "already"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Repair:
    """An edit of a file of head that keeps published data valid: in words, as the value at a place (ABSENT takes it
    away), and as text: `replacement` in place of the lines from `start_line` to `end_line`, which say `replaced`.
    Both are 0 where head does not have the file: `replacement` is the whole of it. `beside`: edits of other files that
    go with it."""

    words: str
    file: str
    pointer: str
    value: JSON | Absent
    start_line: int
    end_line: int
    replaced: str
    replacement: str
    beside: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a file of head (or of base alone). `in_base`: base has it already, so it never gates. `repair`
    mends it, where a small edit does.
    `on_change`: it is at a line that the change wrote, so that a note can be put there. `fingerprint` knows it again
    in other runs, whatever else changes."""

    problem: Problem
    in_base: bool = False
    on_change: bool = True
    repair: Repair | None = None
    fingerprint: str = ""

    @property
    def gates(self) -> bool:
        """Whether the check fails for it."""
        return self.problem.severity is Severity.ERROR and not self.in_base


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """A change with the place in a file that made it, how many places of the views it reaches, its verdicts
    and the bump it needs. A change that no profile selects has neither verdicts nor bump. `notes`: what else
    there is to say of it. `fingerprint` knows it again in other runs, wherever it stands by then in a list."""

    change: Change
    file: str
    pointer: str
    line: int
    places: int = 0
    verdicts: Verdicts | None = None
    bump: Bump = Bump.NONE
    repair: Repair | None = None
    notes: tuple[Note, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class ProfileReport:
    """One profile: its verdict is the worst for publishers. `combined` names entities that break by changes
    none of which does so alone. `unaffected`: changes of other profiles, by id, to terms that this
    one has as well. `countries`: those whose communities use it, as base says (ISO 3166)."""

    id: str
    title: str
    outcome: Outcome
    bump: Bump
    verdicts: Verdicts | None = None
    changes: tuple[ReportedChange, ...] = ()
    combined: Mapping[str, Verdicts] = field(default_factory=dict)
    unaffected: Mapping[str, Unaffected] = field(default_factory=dict)
    countries: tuple[str, ...] = ()

    @property
    def blamed(self) -> list[ReportedChange]:
        """The changes by which publishers break, or may."""
        return [
            each for each in self.changes if each.verdicts and each.verdicts.publishers.answer is not Answer.COMPATIBLE
        ]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions: how people call it, what kind of source it is, and its commit ("" for files as
    they lie in a directory). `directory`: where in its repository the standard lies, from the top ("" is the top)."""

    label: str
    kind: str
    title: str = ""
    version: str = ""
    commit: str = ""
    directory: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a check found. `live`: the number of the version that is live and that this one follows, "" where
    it is not known. `interop`: the pairs of profiles that the change brings together or takes apart. `watched`: what
    it does to feeds that the project watches. `rules`: those that the settings make more or less serious than they are
    by themselves; None where one is switched off."""

    base: Side
    head: Side
    profiles: tuple[ProfileReport, ...] = ()
    unselected: tuple[ReportedChange, ...] = ()
    findings: tuple[Finding, ...] = ()
    unreadable: bool = False
    live: str = ""
    interop: tuple[Shift, ...] = ()
    watched: tuple[Watched, ...] = ()
    rules: Mapping[str, Severity | None] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        """The worst verdict of any profile; invalid where head cannot be read."""
        if self.unreadable:
            return Outcome.INVALID
        return max(
            (profile.outcome for profile in self.profiles), key=lambda each: each.rank, default=Outcome.COMPATIBLE
        )

    @property
    def bump(self) -> Bump:
        """The bump the standard needs: the highest of its profiles, and PATCH at least where anything changed."""
        return highest([*(profile.bump for profile in self.profiles), *([Bump.PATCH] if self.unselected else [])])

    @property
    def says_something(self) -> bool:
        """Whether there is anything to tell of: a change, or something new that is wrong."""
        wrong = any(not each.in_base and each.problem.severity is not Severity.NOTICE for each in self.findings)
        return self.unreadable or self.bump is not Bump.NONE or wrong

    @property
    def exit_status(self) -> int:
        """0 fine, 1 something is not allowed, 3 could not be judged (DESIGN: exit status)."""
        if self.outcome is Outcome.INVALID:
            return 3
        refused = any(map(self._refuses, self.profiles)) or any(finding.gates for finding in self.findings)
        return 1 if refused else 0

    def _refuses(self, profile: ProfileReport) -> bool:
        """Whether the settings leave a profile's changes standing in the way: one that they call an error does; those
        that break do, unless they say of each that it may."""
        settings = [self.rules.get(each.change.rule, Severity.ERROR) for each in profile.blamed]
        excused = settings and Severity.ERROR not in settings and not profile.combined
        broken = profile.outcome is not Outcome.COMPATIBLE and not excused
        return broken or any(self.rules.get(each.change.rule) is Severity.ERROR for each in profile.changes)


def outcome_of(answer: Answer) -> Outcome:
    """A verdict for publishers as the outcome of a profile."""
    return Outcome(answer.value)
