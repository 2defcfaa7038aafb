from __future__ import annotations

import json

import pytest

from bot.compat.confirming import Confirmer
from bot.errors import InputError
from bot.report.parsing import read_report
from bot.report.serialising import as_json
from tests.report.test_report import BASE, phone, schemas
from tests.worlds import checked


def test_a_report_comes_back_as_it_was_written(confirmer: Confirmer) -> None:
    head = schemas(phone=phone(kind={"enum": ["voice"]}, booking={"const": None}))
    written = as_json(checked(confirmer, BASE, head))
    assert as_json(read_report("report.json", json.dumps(written).encode())) == written


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
