"""`explain`: why a rule matters, who is hurt and what to do, shown on an example that the engine works out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.commands import check
from bot.commands.check import CheckRequest
from bot.community.configuration import PATH as SETTINGS
from bot.compat.judging import JudgedChange
from bot.compat.rules.catalogue import close, generic, rule_for, rule_of
from bot.compat.rules.fixture import Files, Shown, fixture_of
from bot.compat.rules.model import Rule
from bot.compat.verdicts import Answer, Verdict, Verdicts
from bot.errors import UsageError
from bot.ports import Confirmer
from bot.report.model import Report, ReportedChange
from bot.report.settings_file import with_settings
from bot.standard.problems import Problem
from bot.standard.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule, and what the bot says of its own fixture: the change with its files, or the problem. `shown` is None
    where the rule keeps no fixture; it says then why."""

    rule: Rule
    shown: Shown | None = None
    change: ReportedChange | None = None
    problem: Problem | None = None

    @property
    def example(self) -> Verdict | None:
        """What shows whom the change hurts: publishers first."""
        verdicts = self.change.verdicts if self.change is not None else None
        asked = (verdicts.publishers, verdicts.consumers) if verdicts is not None else ()
        return next((each for each in asked if each.answer is Answer.BREAKING), None)


def run(id_: str, confirmer: Confirmer) -> Explained:
    """Explain a rule; raises UsageError where there is none of that id."""
    rule = rule_of(id_)
    if rule is None:
        known = [repr(each) for each in close(id_)]
        meant = f"Did you mean {' or '.join(known)}? " if known else ""
        own = generic(id_)
        meant += f"For a keyword of your own there is {own.id!r}. " if own is not None else ""
        raise UsageError(f"there is no rule {id_!r}", f"{meant}`standards-bot rules` lists them all.")
    fixture = fixture_of(rule)
    if fixture is None:
        return Explained(rule)
    report = judged(fixture.fires, confirmer)
    change = next(instances(rule, report), None)
    problem = next((each.problem for each in report.findings if each.problem.rule == rule.id), None)
    return Explained(rule, fixture.fires, change, problem if rule.is_about_files else None)


def judged(shown: Shown, confirmer: Confirmer) -> Report:
    """What a check says of the two sides of a fixture, and of the settings in it."""
    report = check.run(CheckRequest(refs={}), _Sides(shown), confirmer, _unseen)
    return with_settings(report, shown.base.get(SETTINGS), shown.head.get(SETTINGS))


def instances(rule: Rule, report: Report) -> Iterator[ReportedChange]:
    """The changes of a report that are instances of a rule, the worst for publishers first."""
    found = [
        reported
        for profile in (*(each.changes for each in report.profiles), report.unselected)
        for reported in profile
        if rule_for(JudgedChange(reported.change, reported.verdicts or _UNASKED, reported.bump)) is rule
    ]
    yield from sorted(found, key=lambda each: -(each.verdicts.publishers.answer.rank if each.verdicts else 0))


_UNASKED = Verdicts(*[Verdict(Answer.COMPATIBLE)] * 4)


def _unseen(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody has to wait for."""


class _Side:
    """One side of a fixture, as a source."""

    commit = ""
    directory = ""

    def __init__(self, label: str, files: Files) -> None:
        self.label = label
        self._files = files

    def standard(self) -> Snapshot:
        return Snapshot(self.label, dict(self._files))


class _Sides:
    """Both sides of a fixture, as sources: no repository is around them."""

    def __init__(self, shown: Shown) -> None:
        self._base, self._head = _Side("base", shown.base), _Side("head", shown.head)

    def named(self, _name: str) -> _Side:
        return self._head

    def default_base(self, _head: str = "") -> _Side:
        return self._base

    def moved(self, _base: object, _head: object) -> None:
        return None

    def merge_base(self, base: str, _head: str) -> str:
        return base

    def published(self) -> Mapping[str, str]:
        return {}

    def patches(self, directory: str, _beside: object) -> Snapshot:
        return Snapshot(directory, {})
