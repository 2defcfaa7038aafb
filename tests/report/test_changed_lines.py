"""At which lines of head changes are noted."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compat.confirming import Confirmer
from bot.report.changed_lines import ChangedLines
from bot.report.line_hunks import hunks
from bot.report.model import Report
from bot.standard.problems import notice
from tests.report.test_report import phone
from tests.worlds import checked, checkout, entity

LINES = st.lists(st.sampled_from("abc"), max_size=12)
KINDS = ["voice", "fax", "text"]


def text(schema: dict[str, Any]) -> bytes:
    return (json.dumps(schema, indent=2) + "\n").encode()


def schema(**properties: Any) -> dict[str, Any]:
    known = {"number": {"example": "1"}, "kind": {"enum": KINDS, "example": "voice"}, **properties}
    return entity("phone", {name: each for name, each in known.items() if each is not None})


def noted(report: Report, head: bytes) -> list[tuple[str, str]]:
    """Each change with the text of the line that it is noted at."""
    lines = ["(none)", *head.decode().splitlines()]
    return [(each.change.rule, lines[each.line].strip()) for each in report.profiles[0].changes]


@given(LINES, LINES)
def test_between_the_hunks_nothing_differs(base: list[str], head: list[str]) -> None:
    found = hunks(base, head)
    made, at = [], 0
    for hunk in found:
        made += [*base[at : hunk.base[0]], *head[slice(*hunk.head)]]
        at = hunk.base[1]
    assert made + base[at:] == head


def written(base: list[str], head: list[str]) -> set[int]:
    return {line + 1 for hunk in hunks(base, head) for line in range(*hunk.head)}


def test_only_lines_that_are_new_were_written() -> None:
    assert written(list("abc"), list("abxc")) == {3}
    assert written(list("abc"), list("abc")) == set()
    assert written([], list("ab")) == {1, 2}
    assert written(list("ab"), list("abcd")) == {3, 4}
    assert written(list("abcd"), list("ad")) == set()
    assert written(list("aba"), list("abcba")) <= {2, 3, 4}


@given(LINES, LINES)
def test_what_was_not_written_stands_in_base_in_the_same_order(base: list[str], head: list[str]) -> None:
    new = written(base, head)
    kept = [line for number, line in enumerate(head, start=1) if number not in new]
    rest = iter(base)
    assert all(line in rest for line in kept)


def test_a_finding_says_whether_it_is_at_a_line_of_the_change(confirmer: Confirmer) -> None:
    base, head = (
        {
            "schema/phone.json": json.dumps(
                {**phone(kind={"example": example}), "required": ["id", "gone"]}, indent=1
            ).encode()
        }
        for example in ("fax", "pager")
    )
    found = {each.problem.message: each.on_change for each in checked(confirmer, base, head).findings}
    assert len(found) == 2
    assert {on_change for message, on_change in found.items() if "pager" in message} == {True}
    assert {on_change for message, on_change in found.items() if "gone" in message} == {False}


def test_in_a_file_that_is_new_every_line_was_written_and_without_a_line_nothing_was() -> None:
    base, head = checkout({"service": {}}), checkout({"service": {}, "phone": phone()})
    lines = ChangedLines(base, head)
    there = notice("x", "schema/phone.json", "", "x", "x", 1)
    assert lines.wrote(there)
    assert not lines.wrote(replace(there, line=0))
    assert not lines.wrote(replace(there, file="schema/service.json"))
    assert not lines.wrote(replace(there, file="schema/gone.json"))


def test_a_name_added_to_a_list_is_noted_at_its_own_line(confirmer: Confirmer) -> None:
    base, head = text(schema()), text({**schema(), "required": ["id", "kind", "number"]})
    report = checked(confirmer, {"schema/phone.json": base}, {"schema/phone.json": head})
    assert noted(report, head) == [("required-added", '"kind",'), ("required-added", '"number"')]


def test_a_value_that_was_rewritten_is_noted_where_it_was(confirmer: Confirmer) -> None:
    base, head = text(schema()), text(schema(number={"example": "1", "maxLength": 3}))
    report = checked(confirmer, {"schema/phone.json": base}, {"schema/phone.json": head})
    assert noted(report, head) == [("max-length-added", '"maxLength": 3')]


def test_a_term_that_is_gone_is_noted_where_it_stood(confirmer: Confirmer) -> None:
    base, head = text(schema(note={"example": "x"}, last={"example": "y"})), text(schema(last={"example": "y"}))
    report = checked(confirmer, {"schema/phone.json": base}, {"schema/phone.json": head})
    assert noted(report, head) == [("term-removed", '"last": {')]


def test_a_value_that_a_list_lost_is_noted_in_the_list(confirmer: Confirmer) -> None:
    base, head = text(schema()), text(schema(kind={"enum": ["voice", "text"], "example": "voice"}))
    report = checked(confirmer, {"schema/phone.json": base}, {"schema/phone.json": head})
    assert noted(report, head) == [("enum-value-removed", '"text"')]


def test_the_last_line_of_a_file_is_the_furthest(confirmer: Confirmer) -> None:
    base = text(schema())
    head = json.dumps(schema(number=None)).encode()
    report = checked(confirmer, {"schema/phone.json": base}, {"schema/phone.json": head})
    assert {each.line for each in report.profiles[0].changes} == {1}


def test_an_entity_that_is_gone_with_its_file_has_no_line(confirmer: Confirmer) -> None:
    other = text(entity("service", {"name": {"example": "x"}}))
    base = {"schema/phone.json": text(schema()), "schema/service.json": other}
    report = checked(confirmer, base, {"schema/service.json": other})
    assert noted(report, other) == [("entity-removed", "(none)")]


def test_an_entity_that_a_profile_removes_is_noted_in_the_profile(confirmer: Confirmer) -> None:
    from tests.render.test_goldens import standard

    base = standard()
    head = {**base, "schema/profiles/uk/phone.json": None}
    report = checked(confirmer, base, head, profile="uk")
    gone = [each for each in report.profiles[0].changes if each.change.rule == "entity-removed"]
    assert [(each.file, each.line) for each in gone] == [("schema/profiles/uk/phone.json", 1)]


@pytest.mark.parametrize("head", [b"{", b""])
def test_a_file_that_cannot_be_read_ends_nothing(confirmer: Confirmer, head: bytes) -> None:
    report = checked(confirmer, {"schema/phone.json": text(schema())}, {"schema/phone.json": head})
    assert report.unreadable


def test_in_a_file_that_was_written_anew_a_loss_is_noted_at_what_held_it(confirmer: Confirmer) -> None:
    base = text(schema(note={"example": "x"})).replace(b"  ", b"\t")
    head = text(schema(kind={"enum": KINDS[:2], "example": "voice"}))
    report = checked(confirmer, {"schema/phone.json": base}, {"schema/phone.json": head})
    places = dict(noted(report, head))
    assert places["enum-value-removed"] == '"enum": ['
    assert places["term-removed"] == '"properties": {'
