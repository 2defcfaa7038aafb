"""At which lines of head changes are noted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compat.confirming import Confirmer
from bot.report.changed_lines import hunks
from bot.report.model import Report
from tests.worlds import checked, entity

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
