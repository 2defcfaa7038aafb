"""The matrix of profiles as JSON is in its published form."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest

from bot.commands.check import PatchDirectory
from bot.commands.interop import InteropRequest, run
from bot.compat.confirming import Confirmer
from bot.report.matrix import MATRIX_VERSION, matrix_as_json
from bot.standard.values import JSON
from tests.report.test_between import APART
from tests.worlds import GivenSources, entity, quietly

SCHEMA = json.loads(files("bot.report").joinpath("schemas", "matrix.json").read_text(encoding="utf-8"))
FORM = jsonschema_rs.validator_for(SCHEMA)
STRICT: dict[str, JSON] = {"phone": {"required": ["id", "number"], "properties": {"kind": None}}}
UNKNOWN: dict[str, JSON] = {"phone": {"properties": {"number": {"type": "no type"}}}}


def phone(*demands: JSON) -> dict[str, JSON]:
    kinds = {"a": {}, "b": {}, "number": {"example": "0800"}, "kind": {"example": "fax"}}
    return {"schema/phone.json": entity("phone", kinds, ("id", "a", "b"), anyOf=list(demands))}


def written(confirmer: Confirmer, standard: dict[str, JSON], patch: dict[str, JSON] | None) -> dict[str, Any]:
    request = InteropRequest(patches=() if patch is None else (PatchDirectory("uk", "profile"),))
    made = matrix_as_json(run(request, GivenSources({}, standard, patch or {}), confirmer, quietly))
    read: dict[str, Any] = json.loads(json.dumps(made))
    return read


def together(*demands: JSON) -> dict[str, JSON]:
    return {"phone": {"anyOf": list(demands)}}


def option(name: str, least: int) -> JSON:
    return {"properties": {name: {"minLength": least}}}


MATRICES: dict[str, tuple[dict[str, JSON], dict[str, JSON] | None]] = {
    "profiles of a structure": (APART, None),
    "obstacles": (phone({}), STRICT),
    "what nobody can judge": (phone({}), UNKNOWN),
    "differences that matter together": (
        phone(option("a", 0), option("b", 0)),
        together(option("a", 1), option("b", 1)),
    ),
}


@pytest.mark.parametrize("case", MATRICES)
def test_a_matrix_is_in_its_form(case: str, confirmer: Confirmer) -> None:
    matrix = written(confirmer, *MATRICES[case])
    assert [f"{error.instance_path}: {error.message}" for error in FORM.iter_errors(matrix)] == []
    assert matrix["pairs"]


def test_the_cases_have_all_that_a_matrix_can_say(confirmer: Confirmer) -> None:
    pairs = [pair for case in MATRICES.values() for pair in written(confirmer, *case)["pairs"]]
    assert {pair["verdict"] for pair in pairs} == {"compatible", "breaking", "unknown"}
    assert any(pair["combined"] for pair in pairs)
    assert any(pair["obstacles"] for pair in pairs)


def test_the_form_is_that_of_the_version_in_use() -> None:
    assert SCHEMA["properties"]["schema_version"]["const"] == MATRIX_VERSION


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "a pair with more": lambda pair: pair.update(more=1),
    "an example of nothing": lambda pair: pair.update(verdict="compatible"),
    "no example": lambda pair: pair.pop("witness"),
    "no obstacles": lambda pair: pair.pop("obstacles"),
    "an obstacle in nobody's way": lambda pair: pair["obstacles"][0].update(verdict="compatible"),
    "a reason for what is known": lambda pair: pair.update(reason="so"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_in_the_form_is_refused(case: str, confirmer: Confirmer) -> None:
    matrix = written(confirmer, phone({}), STRICT)
    assert FORM.is_valid(matrix)
    wrong = copy.deepcopy(matrix)
    WRONG[case](next(pair for pair in wrong["pairs"] if pair["verdict"] == "breaking"))
    assert not FORM.is_valid(wrong)
