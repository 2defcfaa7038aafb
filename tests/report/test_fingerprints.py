"""Fingerprints know a problem again, whatever else changes."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import replace
from typing import Any

from bot.compat.confirming import Confirmer
from bot.report.fingerprints import fingerprint
from bot.report.model import Report
from bot.standard.problems import Severity, error, warning
from bot.standard.values import JSON
from tests.report.test_report import BASE, conforms, phone, schemas
from tests.worlds import checked

PROBLEM = warning("description-missing", "schema/phone.json", "/properties/kind", "no description", "Say it.", 7)
PACKAGE: dict[str, JSON] = {
    "name": "here",
    "resources": [
        {
            "name": name,
            "path": f"{name}.csv",
            "schema": {
                "fields": [{"name": "id", "type": "string"}, {"name": "line", "type": "string", "format": "nonsense"}],
                "primaryKey": "id",
            },
        }
        for name in ("phone", "fax")
    ],
}


def prints(report: Report, rule: str) -> set[str]:
    found = [each for each in report.findings if each.problem.rule == rule]
    assert found
    return {each.fingerprint for each in found}


def test_a_fingerprint_is_twelve_hexadecimal_digits(confirmer: Confirmer) -> None:
    report = conforms(checked(confirmer, BASE, schemas(phone=phone(kind={"description": ""}))))
    assert report["findings"]
    assert all(re.fullmatch("[0-9a-f]{12}", each["fingerprint"]) for each in report["findings"])


def test_it_survives_moved_lines_and_unrelated_changes(confirmer: Confirmer) -> None:
    before = phone(kind={"description": ""})
    moved = {"description": "First of all.", "x-note": [1, 2, 3], **phone(kind={"description": ""}, fax={})}
    written = json.dumps(moved, indent=8).encode()
    first = checked(confirmer, BASE, schemas(phone=before))
    second = checked(confirmer, BASE, {"schema/phone.json": written})
    lines = [[each.problem.line for each in report.findings] for report in (first, second)]
    assert lines[0] != lines[1]
    assert prints(first, "description-missing") == prints(second, "description-missing")


def test_it_survives_the_merge_after_which_base_has_it_too(confirmer: Confirmer) -> None:
    head = schemas(phone=phone(kind={"description": ""}))
    new, old = checked(confirmer, BASE, head), checked(confirmer, head, head)
    assert [each.in_base for each in (*new.findings, *old.findings)] == [False, True]
    assert prints(new, "description-missing") == prints(old, "description-missing")


def test_places_in_lists_go_by_name_and_not_by_number(confirmer: Confirmer) -> None:
    turned: dict[str, Any] = copy.deepcopy(PACKAGE)
    turned["resources"].reverse()
    for table in turned["resources"]:
        table["schema"]["fields"].reverse()
    first, second = (
        checked(confirmer, {"datapackage.json": each}, {"datapackage.json": each}) for each in (PACKAGE, turned)
    )
    assert len(prints(first, "column-format-unknown")) == 2
    assert prints(first, "column-format-unknown") == prints(second, "column-format-unknown")


def test_what_differs_in_rule_place_file_or_words_has_another() -> None:
    others = [
        replace(PROBLEM, rule="example-missing"),
        replace(PROBLEM, file="schema/fax.json"),
        replace(PROBLEM, file="schema/profiles/uk/phone.json"),
        replace(PROBLEM, pointer="/properties/number"),
        replace(PROBLEM, message="another message"),
    ]
    assert len({fingerprint(each) for each in (PROBLEM, *others)}) == 6


def test_what_may_change_without_another_problem_does_not_count() -> None:
    same = [
        replace(PROBLEM, line=99, column=3),
        replace(PROBLEM, severity=Severity.ERROR),
        replace(PROBLEM, hint="In other words."),
        replace(PROBLEM, file="standards/here/schema/phone.json"),
        replace(PROBLEM, message="in base: no description"),
    ]
    assert {fingerprint(each) for each in same} == {fingerprint(PROBLEM)}
    numbered = [error("json-invalid", "a.json", "", f"Expecting ',' (line {line}, column 2)", "") for line in (3, 44)]
    assert fingerprint(numbered[0]) == fingerprint(numbered[1])


def test_a_pointer_that_leads_nowhere_has_one_all_the_same() -> None:
    lost = replace(PROBLEM, pointer="/resources/9/schema/fields/x/y")
    assert fingerprint(lost, {"resources": [1]}) == fingerprint(lost, {"resources": [1, 2]})
    assert re.fullmatch("[0-9a-f]{12}", fingerprint(lost, 3))


def of_changes(report: Report) -> list[str]:
    """The fingerprints of the changes of the only profile, all apart from each other."""
    found = [each["fingerprint"] for each in conforms(report)["profiles"]["hsds"]["changes"]]
    assert len(set(found)) == len(found)
    return found


def alternatives(*parts: JSON) -> dict[str, JSON]:
    return schemas(phone=phone(number={"anyOf": list(parts)}))


def test_a_change_is_known_again_wherever_it_stands(confirmer: Confirmer) -> None:
    short = phone(kind={"enum": ["voice"]})
    moved = {"description": "First of all.", **phone(kind={"enum": ["voice"]})}
    first = of_changes(checked(confirmer, BASE, schemas(phone=short)))
    second = of_changes(checked(confirmer, BASE, {"schema/phone.json": json.dumps(moved, indent=8).encode()}))
    assert first
    assert set(first) <= set(second)


def test_a_change_in_a_list_is_known_by_names_and_not_by_its_place(confirmer: Confirmer) -> None:
    mail, short = {"title": "mail", "maxLength": 90}, {"title": "short", "maxLength": 9}
    longer = {**short, "maxLength": 10}
    alone = of_changes(checked(confirmer, alternatives(short), alternatives(longer)))
    behind = of_changes(checked(confirmer, alternatives(mail, short), alternatives(mail, longer)))
    assert alone == behind


def test_changes_in_parts_without_names_are_told_apart(confirmer: Confirmer) -> None:
    base, head = ([{"maxLength": length}, {"minLength": length, "maxLength": length}] for length in (9, 10))
    assert len(of_changes(checked(confirmer, alternatives(*base), alternatives(*head)))) == 3


def test_another_value_lost_is_another_change(confirmer: Confirmer) -> None:
    without = [
        of_changes(checked(confirmer, BASE, schemas(phone=phone(kind={"enum": [left]})))) for left in ("voice", "fax")
    ]
    assert without[0] != without[1]
