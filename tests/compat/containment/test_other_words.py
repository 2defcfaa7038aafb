"""Whole structures said in other words: nothing changes, and what a change breaks stays the same."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.engine import Engine, Side
from bot.compat.verdicts import Answer
from bot.standard.documents import Documents
from bot.standard.values import JSON

BUNDLED = {
    path.name: json.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parents[3] / "schema").glob("*.json"))
}
SAMPLE = sorted(BUNDLED) if "SOAK" in os.environ else ["service.json", "schedule.json"]


def _reversed(value: JSON) -> JSON:
    if isinstance(value, dict):
        return {key: _reversed(value[key]) for key in reversed(value)}
    return [_reversed(each) for each in value] if isinstance(value, list) else value


def _inlined(value: JSON, depth: int = 1) -> JSON:
    """References to other files replaced by what they hold, as deep as is asked for."""
    if isinstance(value, list):
        return [_inlined(each, depth) for each in value]
    if not isinstance(value, dict):
        return value
    if depth and value.get("$ref") in BUNDLED:
        rest = {key: each for key, each in value.items() if key != "$ref"}
        return {"allOf": [_inlined(BUNDLED[value["$ref"]], depth - 1)], **rest}
    return {key: _inlined(each, depth) for key, each in value.items()}


WORDS: dict[str, Callable[[JSON], JSON]] = {
    "the same again": lambda schema: json.loads(json.dumps(schema)),
    "another order": _reversed,
    "allOf of one": lambda schema: {"allOf": [schema]},
    "anyOf of one": lambda schema: {"anyOf": [schema]},
    "oneOf of one": lambda schema: {"oneOf": [schema]},
    "by reference": lambda schema: {"$ref": "#/$defs/x", "$defs": {"x": schema}},
    "references written out": _inlined,
}


def _side(name: str, schema: JSON) -> Side:
    return Side(Documents({**BUNDLED, name: schema}), name)


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("name", SAMPLE)
def test_a_structure_in_other_words_is_the_same(name: str, words: str, confirmer: Confirmer) -> None:
    verdicts = Engine(confirmer).compare(_side(name, BUNDLED[name]), _side(name, WORDS[words](BUNDLED[name])))
    for question in ("strict_backward", "strict_forward", "publishers", "consumers"):
        assert getattr(verdicts, question).answer is Answer.COMPATIBLE, question


@pytest.mark.parametrize("name", SAMPLE)
def test_a_structure_is_not_twice_what_it_is_not(name: str, confirmer: Confirmer) -> None:
    pair = Engine(confirmer).pair(_side(name, BUNDLED[name]), _side(name, {"not": {"not": BUNDLED[name]}}))
    assert pair.strict_backward().answer is pair.strict_forward().answer is Answer.COMPATIBLE


def _changes(schema: Any) -> Iterator[JSON]:
    required, terms = schema.get("required", []), schema["properties"]
    term = next(name for name in terms if name not in required)
    yield {**schema, "required": [*required, term]}
    yield {**schema, "properties": {name: each for name, each in terms.items() if name != term}}
    yield {**schema, "properties": {**terms, term: {"type": "boolean"}}}


@pytest.mark.parametrize("name", SAMPLE)
def test_a_change_in_other_words_breaks_as_much(name: str, confirmer: Confirmer) -> None:
    base = BUNDLED[name]
    for head in _changes(base):
        plain = Engine(confirmer).pair(_side(name, base), _side(name, head)).publishers()
        assert plain.answer is Answer.BREAKING
        for say in WORDS.values():
            said = Engine(confirmer).pair(_side(name, base), _side(name, say(head))).publishers()
            assert said.answer is Answer.BREAKING
            assert said.faults
