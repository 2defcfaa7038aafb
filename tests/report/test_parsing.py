from __future__ import annotations

import json

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.notes import About
from bot.errors import InputError
from bot.report.parsing import read_report
from bot.report.serialising import as_json
from tests.report.test_report import BASE, phone, schemas
from tests.worlds import checked


def test_a_report_comes_back_as_it_was_written(confirmer: Confirmer) -> None:
    head = schemas(phone=phone(kind={"enum": ["voice"]}, booking={"const": None}))
    written = as_json(checked(confirmer, BASE, head))
    assert as_json(read_report("report.json", json.dumps(written).encode())) == written


def test_notes_come_back(confirmer: Confirmer) -> None:
    """A rename, a deprecation that says all it can, a name that may be taken; and a file written differently."""
    given_up = {
        "type": "string",
        "deprecated": True,
        "since": "1.1",
        "replaced_by": "b",
        "reason": "c",
        "removal": "2.0",
    }
    base = schemas(phone=phone(line={"type": "string"}, kind={"type": "string"}))
    report = checked(confirmer, base, schemas(phone=phone(lines={"type": "string"}, kind=given_up)))
    written = as_json(report)
    read = read_report("report.json", json.dumps(written).encode())
    assert as_json(read) == written
    changes = [each.changes for each in (report.profiles[0], read.profiles[0])]
    assert [each.notes for each in changes[0]] == [each.notes for each in changes[1]]
    abouts = {note.about for each in changes[1] for note in each.notes}
    renamed = {About.RENAMED_TO, About.RENAMED_FROM, About.NEVER_DEPRECATED}
    assert abouts == {About.DEPRECATED, About.NAME_CAPTURE, *renamed}


def test_a_side_that_says_nothing_comes_back_as_such(confirmer: Confirmer) -> None:
    head = schemas(phone={**phone(), "tabular_required": []})
    report = checked(confirmer, schemas(phone=phone()), head)
    read = read_report("report.json", json.dumps(as_json(report)).encode())
    assert [each.change for each in read.profiles[0].changes] == [each.change for each in report.profiles[0].changes]
    assert [each.change.rule for each in read.profiles[0].changes] == ["notation-changed"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "report.json:1"),
        (b"[]", "not a report of this version"),
        (b'{"schema_version": "2.0"}', "not a report of this version"),
        (b'{"a": 1, "a": 2}', "report.json:1"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_what_is_no_report_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_report("report.json", content)
    assert said in refused.value.message
    assert refused.value.hint
