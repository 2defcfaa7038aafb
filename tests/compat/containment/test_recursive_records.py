"""Records of many kinds that hold each other, as FHIR describes them: kinds told apart by one key, all in one knot."""

from __future__ import annotations

import copy

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.engine import Engine, Side
from bot.compat.verdicts import Answer
from bot.standard.dialects import Draft
from bot.standard.documents import Documents
from bot.standard.values import JSON

KINDS = 40
ANY: JSON = {"$ref": "#/definitions/Any"}


def records() -> JSON:
    """Each kind is closed, may hold any other, and has fields of its own. One kind more has no fixed `type`, so
    that a record with nothing but a type is two things at once and no valid one."""
    definitions: JSON = {
        f"Kind{at}": {
            "properties": {
                "type": {"const": f"Kind{at}"},
                "contained": {"type": "array", "items": ANY},
                "link": {"$ref": "#/definitions/Link"},
                f"field{at}": {"type": "string"},
                f"code{at}": {"enum": ["a", "b"]},
            },
            "required": ["type"],
            "additionalProperties": False,
        }
        for at in range(KINDS)
    }
    definitions["Link"] = {"properties": {"to": ANY, "text": {"type": "string"}}, "additionalProperties": False}
    definitions["Rule"] = {
        "properties": {"type": {"type": "string"}, "hidden": {"type": "boolean"}},
        "required": ["type"],
        "additionalProperties": False,
    }
    alternatives = [{"$ref": f"#/definitions/{name}"} for name in definitions if name != "Link"]
    definitions["Any"] = {"oneOf": alternatives}
    return {"oneOf": alternatives, "definitions": definitions}


def changed(name: str, keyword: str, value: JSON) -> JSON:
    schema = copy.deepcopy(records())
    schema["definitions"]["Kind7"]["properties"].pop(name, None)
    if keyword == "required":
        schema["definitions"]["Kind7"]["properties"][name] = {"type": "string"}
        schema["definitions"]["Kind7"]["required"].append(name)
    elif value is not None:
        schema["definitions"]["Kind7"]["properties"][name] = {keyword: value}
    return schema


def sides(*schemas: JSON) -> tuple[Side, ...]:
    return tuple(Side(Documents({"s": each}, Draft.DRAFT6), "s") for each in schemas)


@pytest.mark.parametrize(
    ("name", "keyword", "value"),
    [("field7", "required", True), ("code7", "enum", ["a"]), ("field7", "", None), ("field7", "type", "integer")],
)
def test_one_change_among_many_kinds_breaks_with_a_small_example(
    name: str, keyword: str, value: JSON, confirmer: Confirmer
) -> None:
    verdict = Engine(confirmer).pair(*sides(records(), changed(name, keyword, value))).strict_backward()
    assert verdict.answer is Answer.BREAKING
    assert verdict.witness["type"] == "Kind7"
    assert len(verdict.witness) <= 3


@pytest.mark.parametrize(
    ("name", "keyword", "value"), [("code7", "enum", ["a"]), ("field7", "const", "x"), ("field7", "", None)]
)
def test_what_is_narrower_in_one_kind_is_proved_to_be_narrower(
    name: str, keyword: str, value: JSON, confirmer: Confirmer
) -> None:
    """Each definition differs from its like, since each leads to the one that changed."""
    verdicts = Engine(confirmer, 20_000).compare(*sides(changed(name, keyword, value), records()))
    assert verdicts.strict_backward.answer is verdicts.publishers.answer is Answer.COMPATIBLE
    assert verdicts.strict_forward.answer is Answer.BREAKING


def test_closing_what_is_closed_and_reading_what_is_known_is_no_work(confirmer: Confirmer) -> None:
    engine = Engine(confirmer)
    pair = engine.pair(*sides(records(), changed("code7", "enum", ["a"])))
    assert pair.strict_forward().answer is Answer.COMPATIBLE
    allowed = engine.solver.steps_left
    assert pair.consumers().answer is Answer.COMPATIBLE
    assert engine.solver.steps_left >= allowed
