"""The settings of rules in .github/bot.yml."""

from __future__ import annotations

import pytest

from bot.community.configuration import PATH, Configuration, configured
from bot.standard.problems import Problem, Severity
from bot.standard.yaml_reading import read_yaml


def read(text: str) -> tuple[Configuration, tuple[Problem, ...]]:
    return configured(read_yaml(PATH, text.encode()))


def test_rules_are_made_more_and_less_serious() -> None:
    found, problems = read("rules: {term-removed: warning, description-changed: error, example-missing: note}")
    assert problems == ()
    assert found.rules == {
        "term-removed": Severity.WARNING,
        "description-changed": Severity.ERROR,
        "example-missing": Severity.NOTICE,
    }


@pytest.mark.parametrize("word", ["off", '"off"', "false"])
def test_off_is_off_however_yaml_reads_it(word: str) -> None:
    found, problems = read(f"rules: {{example-missing: {word}}}")
    assert (found.rules, problems) == ({"example-missing": None}, ())


@pytest.mark.parametrize("text", ["", "rules:", "rules: {}"])
def test_without_a_word_every_rule_is_as_serious_as_it_is(text: str) -> None:
    assert read(text)[0].rules == {}


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("rules: {requird-added: off}", "there is no rule 'requird-added'", "Did you mean 'required-added'?"),
        ("rules: {no-such-thing: off}", "there is no rule 'no-such-thing'", "standards-bot rules lists them all."),
        ("rules: {term-removed: warn}", '"warn" is not how serious a rule is', "Did you mean 'warning'?"),
        ("rules: {term-removed: 1}", "1 is not how serious a rule is", "Write error"),
        ("rules: {term-removed: true}", "true is not how serious a rule is", "Write error"),
        ("rules: [term-removed]", "a list is not a map of rules", "`term-removed: warning`"),
        ("rules: all", '"all" is not a map of rules', "`term-removed: warning`"),
    ],
)
def test_what_is_wrong_is_said_and_counts_as_left_out(text: str, message: str, hint: str) -> None:
    found, problems = read(f"{text}\nsource: standard")
    assert [each.message for each in problems] == [message]
    assert hint in problems[0].hint
    assert problems[0].pointer.startswith("/rules")
    assert (found.rules, found.source) == ({}, "standard")


def test_a_keyword_of_ones_own_can_be_named() -> None:
    found, problems = read("rules: {x-unit-changed: error, keyword-changed: warning}")
    assert problems == ()
    assert set(found.rules) == {"x-unit-changed", "keyword-changed"}


def test_why_nothing_can_be_judged_is_not_to_be_silenced() -> None:
    found, problems = read("rules: {json-invalid: off, example-missing: off}")
    assert "json-invalid" not in found.rules
    assert [(each.rule, each.line) for each in problems] == [("setting-invalid", 1)]


def test_what_is_wrong_with_the_settings_cannot_be_switched_off_in_them() -> None:
    found, problems = read("rules: {setting-unknown: off, settings-changed: error}\nsorce: .")
    assert found.rules == {}
    assert {each.rule for each in problems if "stays as it is" in each.message} == {"setting-invalid"}
    assert "setting-unknown" in {each.rule for each in problems}
