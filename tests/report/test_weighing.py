"""How serious the settings make what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.commands.check import CheckRequest, run
from bot.compat.confirming import Confirmer
from bot.render.comment import comment
from bot.report.model import Outcome, Report
from bot.report.weighing import SETTINGS, setting_of, weighed
from bot.standard.problems import Severity
from bot.standard.values import JSON
from tests.render.reports import OCCASION
from tests.report.test_report import BASE, conforms, phone, schemas
from tests.worlds import GivenSources, quietly

REMOVED = schemas(phone=phone(number=None))
NARROWED = schemas(phone=phone(kind={"enum": ["voice"], "example": "voice"}))
BOTH = schemas(phone=phone(number=None, kind={"enum": ["voice"], "example": "voice"}))
WORDS = schemas(phone=phone(number={"description": "Other words."}))
OWN_WORD = schemas(phone=phone(number={"x-unit": "digits"}))


def judged(head: dict[str, Any], confirmer: Confirmer, rules: Mapping[str, str], base: JSON = None) -> Report:
    asked = CheckRequest(rules={id_: SETTINGS[each] for id_, each in rules.items()})
    return run(asked, GivenSources(base or BASE, head, {}), confirmer, quietly)


@pytest.mark.parametrize(
    ("head", "rules", "status"),
    [
        (REMOVED, {}, 1),
        (REMOVED, {"term-removed": "error"}, 1),
        (REMOVED, {"term-removed": "warning"}, 0),
        (REMOVED, {"term-removed": "note"}, 0),
        (REMOVED, {"term-removed": "off"}, 0),
        (REMOVED, {"enum-value-removed": "off"}, 1),
        (BOTH, {"term-removed": "off"}, 1),
        (BOTH, {"term-removed": "off", "enum-value-removed": "warning"}, 0),
        (WORDS, {}, 0),
        (WORDS, {"description-changed": "error"}, 1),
        (WORDS, {"description-changed": "warning"}, 0),
        (REMOVED, {"term-removed": "warning", "description-changed": "error"}, 1),
        (OWN_WORD, {"keyword-added": "error"}, 1),
        (OWN_WORD, {"keyword-added": "error", "x-unit-added": "off"}, 0),
    ],
)
def test_the_check_goes_by_the_settings(
    head: dict[str, Any], rules: dict[str, str], status: int, confirmer: Confirmer
) -> None:
    if "description-changed" in rules and head is REMOVED:
        head = schemas(phone={**phone(number=None), "description": "Other words."})
    report = judged(head, confirmer, rules)
    assert report.exit_status == status


def test_the_verdict_stays_what_was_found(confirmer: Confirmer) -> None:
    report = judged(REMOVED, confirmer, {"term-removed": "off"})
    assert report.outcome is Outcome.BREAKING
    assert [each.change.rule for profile in report.profiles for each in profile.changes] == ["term-removed"]
    told = comment(report, OCCASION)
    assert "would break" in told
    assert "**Settings** The settings of this project let `term-removed` pass." in told
    assert conforms(report)["rules"] == {"term-removed": "off"}


def test_what_is_not_allowed_is_said(confirmer: Confirmer) -> None:
    report = judged(
        schemas(phone=phone(number=None, kind={"description": "Other words."})),
        confirmer,
        {
            "term-removed": "note",
            "description-changed": "error",
        },
    )
    told = comment(report, OCCASION)
    assert "let `term-removed` pass. They do not allow `description-changed`." in told
    alone = judged(REMOVED, confirmer, {"term-removed": "error"})
    assert "The settings of this project do not allow `term-removed`." in comment(alone, OCCASION)


def test_changes_that_break_only_together_cannot_be_excused(confirmer: Confirmer) -> None:
    report = judged(REMOVED, confirmer, {})
    [profile] = report.profiles
    verdicts = profile.changes[0].verdicts
    assert verdicts is not None
    together = replace(report, profiles=(replace(profile, combined={"phone": verdicts}),))
    assert weighed(report, {"term-removed": None}).exit_status == 0
    assert weighed(together, {"term-removed": None}).exit_status == 1


# Problems of files.

UNDESCRIBED = schemas(phone=phone(kind={"description": ""}))


@pytest.mark.parametrize(
    ("setting", "severity", "status"),
    [
        ("error", Severity.ERROR, 1),
        ("warning", Severity.WARNING, 0),
        ("note", Severity.NOTICE, 0),
        ("off", None, 0),
    ],
)
def test_a_problem_is_as_serious_as_the_settings_say(
    setting: str, severity: Severity | None, status: int, confirmer: Confirmer
) -> None:
    report = judged(UNDESCRIBED, confirmer, {"description-missing": setting})
    found = [each.problem.severity for each in report.findings if each.problem.rule == "description-missing"]
    assert found == ([severity] if severity else [])
    assert report.exit_status == status


def test_what_became_an_error_comes_first(confirmer: Confirmer) -> None:
    head = schemas(phone=phone(kind={"description": "", "example": "no such kind"}))
    plain = [each.problem.rule for each in judged(head, confirmer, {}).findings]
    assert plain.index("description-missing") < plain.index("example-rejected")
    weighed_ = judged(head, confirmer, {"example-rejected": "error"})
    assert weighed_.findings[0].problem.rule == "example-rejected"


def test_what_base_has_already_does_not_gate_whatever_the_settings_say(confirmer: Confirmer) -> None:
    report = judged(UNDESCRIBED, confirmer, {"description-missing": "error"}, base=UNDESCRIBED)
    assert report.exit_status == 0


def test_no_setting_makes_readable_what_is_not(confirmer: Confirmer) -> None:
    report = judged({"schema/phone.json": b"{"}, confirmer, {"json-invalid": "off"})
    assert (report.outcome, report.exit_status) == (Outcome.INVALID, 3)


def test_settings_that_say_nothing_of_a_report_are_not_in_it(confirmer: Confirmer) -> None:
    report = judged(REMOVED, confirmer, {"entity-removed": "off", "json-invalid": "note"})
    assert report.rules == {}
    assert "rules" not in conforms(report)


def test_each_word_of_the_settings_has_one_meaning() -> None:
    assert [setting_of(severity) for severity in SETTINGS.values()] == list(SETTINGS)
