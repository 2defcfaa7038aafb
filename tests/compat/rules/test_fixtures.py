"""Every rule over every fixture: each fires on its own, none on its near miss, and nothing on base against base."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from bot.commands.explain import instances, judged
from bot.compat.bump import Bump
from bot.compat.confirming import Confirmer
from bot.compat.judging import JudgedChange
from bot.compat.rules.catalogue import catalogue, rule_for
from bot.compat.rules.fixture import Fixture, Shown, fixture_of
from bot.compat.rules.model import Hurt, Rule
from bot.compat.verdicts import COMPATIBLE, Answer, Verdicts
from bot.report.model import Report

RULES = [rule for rule in catalogue().values() if not rule.unshown]
OF_CHANGES = [rule for rule in RULES if not rule.is_about_files]
OF_FILES = [rule for rule in RULES if rule.is_about_files]
UNASKED = Verdicts(COMPATIBLE, COMPATIBLE, COMPATIBLE, COMPATIBLE)
Judge = Callable[[str, str], Report]


@pytest.fixture(scope="module")
def judge(confirmer: Confirmer) -> Judge:
    """What a check says of a side of a rule's fixture, judged once."""

    @cache
    def once(id_: str, which: str) -> Report:
        fixture = kept(catalogue()[id_])
        shown = {
            "fires": fixture.fires,
            "near miss": fixture.near_miss,
            "base alone": Shown(fixture.fires.base, fixture.fires.base),
        }
        return judged(shown[which], confirmer)

    return once


def kept(rule: Rule) -> Fixture:
    fixture = fixture_of(rule)
    assert fixture is not None
    return fixture


def fired(report: Report) -> set[str]:
    """The rules of which a report holds an instance, by their changes; all rules are tried."""
    changes = [each for profile in report.profiles for each in profile.changes] + list(report.unselected)
    found = [rule_for(JudgedChange(each.change, each.verdicts or UNASKED, each.bump)) for each in changes]
    assert None not in found
    return {rule.id for rule in found if rule is not None}


def wrong(report: Report) -> set[str]:
    return {finding.problem.rule for finding in report.findings}


@pytest.mark.parametrize("rule", OF_CHANGES, ids=lambda rule: rule.id)
def test_a_rule_of_changes_fires_on_its_own_fixture_and_no_other_does(rule: Rule, judge: Judge) -> None:
    report = judge(rule.id, "fires")
    assert fired(report) == {rule.id}
    assert not [finding for finding in report.findings if finding.gates]


@pytest.mark.parametrize("rule", OF_CHANGES, ids=lambda rule: rule.id)
def test_it_hurts_whom_it_says_and_an_example_shows_it(rule: Rule, judge: Judge) -> None:
    found = list(instances(rule, judge(rule.id, "fires")))
    verdicts = [each.verdicts for each in found if each.verdicts is not None]
    publishers = any(each.publishers.answer is Answer.BREAKING for each in verdicts)
    tools = any(each.consumers.answer is Answer.BREAKING for each in verdicts)
    assert rule.hurt is (Hurt.PUBLISHERS if publishers else Hurt.TOOLS if tools else Hurt.NOBODY)
    assert all(each.publishers.answer is not Answer.UNKNOWN for each in verdicts)
    assert all(each.bump is Bump.MAJOR for each in found[:1]) is publishers


@pytest.mark.parametrize("rule", OF_CHANGES, ids=lambda rule: rule.id)
def test_it_does_not_fire_on_its_near_miss_although_something_does(rule: Rule, judge: Judge) -> None:
    found = fired(judge(rule.id, "near miss"))
    assert found
    assert rule.id not in found


@pytest.mark.parametrize("rule", OF_FILES, ids=lambda rule: rule.id)
def test_a_rule_of_files_fires_on_its_own_fixture_as_seriously_as_it_says(rule: Rule, judge: Judge) -> None:
    found = [finding.problem for finding in judge(rule.id, "fires").findings if finding.problem.rule == rule.id]
    assert found
    assert rule.severity in {problem.severity for problem in found}


@pytest.mark.parametrize("rule", OF_FILES, ids=lambda rule: rule.id)
def test_it_does_not_fire_on_files_that_are_nearly_so(rule: Rule, judge: Judge) -> None:
    assert rule.id not in wrong(judge(rule.id, "near miss"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_base_against_base_finds_nothing(rule: Rule, judge: Judge) -> None:
    report = judge(rule.id, "base alone")
    assert fired(report) == set()
    assert report.bump is Bump.NONE or rule.is_about_files
