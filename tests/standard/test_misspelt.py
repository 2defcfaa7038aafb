from __future__ import annotations

import pytest

from bot.standard.keywords import JUDGED
from bot.standard.misspelt import KNOWN, misspelt, nearest
from bot.standard.model import Entity, Standard
from bot.standard.problems import Severity
from bot.standard.values import JSON


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("$reff", "$ref"),
        ("$Ref", "$ref"),
        ("ref", "$ref"),
        ("requierd", "required"),
        ("Required", "required"),
        ("maxlength", "maxLength"),
        ("enums", "enum"),
        ("note", ""),
        ("unit", ""),
        ("x-origin", ""),
        ("", ""),
    ],
)
def test_a_keyword_is_taken_for_the_one_it_is_nearly(written: str, meant: str) -> None:
    assert nearest(written) == meant


def test_no_known_keyword_is_taken_for_another() -> None:
    assert JUDGED < KNOWN
    assert [each for each in KNOWN if nearest(each)] == []


def test_keywords_are_looked_for_in_schemas_and_not_among_names_and_values() -> None:
    schema: dict[str, JSON] = {
        "properties": {
            "enums": {"items": {"$reff": "phone.json"}, "default": {"enums": 1}, "example": {"enums": 1}},
        },
        "$defs": {"types": {"allOf": [{"requierd": ["id"]}]}},
    }
    found = {each.pointer: each for each in misspelt(Entity("service", "schema/service.json", schema))}
    assert set(found) == {"/properties/enums/items/$reff", "/$defs/types/allOf/0/requierd"}
    reference = found["/properties/enums/items/$reff"]
    assert (reference.severity, reference.hint) == (Severity.ERROR, "Did you mean '$ref'?")
    assert found["/$defs/types/allOf/0/requierd"].severity is Severity.WARNING


def test_the_bundled_standard_misspells_nothing(bundled: Standard) -> None:
    assert [problem for entity in bundled.entities.values() for problem in misspelt(entity)] == []
