"""The answer to a small question is that to the whole one: random entities, of which many things change at once.

A few each time; as many as SOAK says where it is set.
"""

from __future__ import annotations

import copy
import os
import random
from typing import Any

import pytest

from bot.adapters.jsonschema_library import ask, validator
from bot.compat import singly
from bot.compat.allowance import BEYOND, Allowance, parts
from bot.compat.confirming import Confirmer, Judged
from bot.compat.engine import Engine
from bot.compat.judging import Judgement, ProfileJudge
from bot.compat.verdicts import Answer
from bot.standard.dialects import Draft
from bot.standard.values import JSON
from tests.worlds import checkout, entity, judge, many, one, pair

SEEDS = range(int(os.environ.get("SOAK", "0")) or 16)
Entities = dict[str, Any]

TERMS: list[JSON] = [
    {},
    {"type": "integer"},
    {"type": "number", "minimum": 1},
    {"enum": ["a", "b"]},
    {"format": "date"},
    {"type": "object", "properties": {"t_0": {"type": "string"}, "t_1": {"type": "integer"}}},
    {"type": "object", "required": ["t_1"], "properties": {"t_1": {"$ref": "#/definitions/d"}, "z": True}},
    {"type": "array", "items": {"type": "object", "properties": {"t_2": {"type": "string"}, "y": {"maxLength": 3}}}},
    {"$ref": "#/definitions/d"},
    {"$ref": "#/definitions/e"},
    {"not": {"$ref": "#"}},
    {"$ref": "#/properties/t_0"},
    {"name": "t_3"},
    {"foreign_key": "other"},
    {"constraints": {"unique": True}},
    {"constraints": {"required": True}},
    many("other"),
    one("other"),
    many("thing"),
    {"allOf": [one("thing")], "properties": {"t_4": {"type": "integer"}}, "required": ["t_4"]},
]
DEFINITIONS: JSON = {
    "d": {"type": "string", "maxLength": 5},
    "e": {"type": "object", "properties": {"more": {"$ref": "#/definitions/e"}, "t_5": {"type": "integer"}}},
}
OTHER = entity("other", {"thing_id": {}, "t_6": {"type": "boolean"}})
KEYWORDS: list[dict[str, JSON]] = [
    {"maxLength": 2},
    {"type": "integer"},
    {"type": ["string", "null"]},
    {"enum": ["a"]},
    {"pattern": "^a"},
    {"format": "uri"},
    {"name": "t_9"},
    {"constraints": {"unique": True}},
    {"constraints": {}},
    {"$ref": "thing.json"},
    {"properties": {"t_1": {"type": "string"}}},
    {"items": {"properties": {"y": {"maxLength": 2}}}},
]


def thing(pick: random.Random) -> dict[str, Any]:
    terms = {f"t_{at}": copy.deepcopy(pick.choice(TERMS[: pick.choice([8, len(TERMS)])])) for at in range(8)}
    made = entity("thing", terms, ("id", *(name for name in terms if pick.random() < 0.1)))
    return made | {"definitions": DEFINITIONS, "example": {"t_1": "a", "t_2": "b"}}


def edited(entity_: dict[str, Any], pick: random.Random) -> dict[str, Any]:
    made = copy.deepcopy(entity_)
    for name in [*made["properties"]][1:]:
        match pick.choice(["", "", "gone", "required", "keyword", "new", "inside"]):
            case "gone":
                del made["properties"][name]
            case "required":
                made["required"] = sorted({name} ^ {*made["required"]})
            case "keyword":
                made["properties"][name] |= pick.choice(KEYWORDS)
            case "new":
                made["properties"][f"new_{name}"] = copy.deepcopy(pick.choice(TERMS))
            case "inside" if isinstance(made["properties"][name].get("properties"), dict):
                made["properties"][name]["properties"].popitem()
    return made


QUESTIONS = ("strict_backward", "strict_forward", "publishers", "consumers")


def answers(judgement: Judgement) -> list[tuple[str, list[Answer]]]:
    return [
        (f"{each.change.rule} {each.change.term}", [getattr(each.verdicts, question).answer for question in QUESTIONS])
        for each in judgement.changes
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answers_are_those_of_the_whole(seed: int, confirmer: Confirmer, monkeypatch: pytest.MonkeyPatch) -> None:
    pick = random.Random(seed)  # noqa: S311 - to try things, not to keep secrets
    base: Entities = {"thing": thing(pick), "other": OTHER}
    head: Entities = {**base, "thing": edited(base["thing"], pick)}
    whole = judge(checkout(base), checkout(head), confirmer)
    monkeypatch.setattr(singly, "MANY", 0)
    small = judge(checkout(base), checkout(head), confirmer)
    assert answers(small) == answers(whole)
    valid = validator(
        Judged({f"{name}.json": each for name, each in base.items()}, "thing.json", Draft.DRAFT2020, False)
    )
    for each in small.changes:
        verdict = each.verdicts.strict_backward
        assert verdict.answer is not Answer.BREAKING or ask(valid, verdict.witness) is True


def judged(base: dict[str, Any], head: dict[str, Any], confirmer: Confirmer, left: int) -> Judgement:
    chosen = pair(checkout({"thing": base}), checkout({"thing": head}))
    return ProfileJudge(Engine(confirmer), *chosen.versions(), chosen.tabulate, allowance=Allowance(left)).judge()


def without(entity_: dict[str, Any], *names: str) -> dict[str, Any]:
    kept = {name: each for name, each in entity_["properties"].items() if name not in names}
    return {**entity_, "properties": kept}


FLAT = entity("thing", {f"t_{at}": {"example": "x"} for at in range(6)})


def test_small_questions_take_nothing_of_what_is_allowed(confirmer: Confirmer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(singly, "MANY", 1)
    found = judged(FLAT, without(FLAT, "t_1", "t_3", "t_4"), confirmer, 0)
    assert {each.verdicts.publishers.answer for each in found.changes} == {Answer.BREAKING}
    assert all(each.change.steps[-1] in each.verdicts.publishers.witness for each in found.changes)


def test_beyond_what_is_allowed_changes_are_unknown_and_the_whole_is_judged(confirmer: Confirmer) -> None:
    found = judged(FLAT, without(FLAT, "t_1", "t_3"), confirmer, 0)
    assert {each.verdicts.publishers.reason for each in found.changes} == {BEYOND}
    assert found.verdicts.publishers.answer is Answer.BREAKING
    assert found.combined["thing"].answer is Answer.BREAKING


def test_changes_that_no_small_question_can_be_asked_about_share_one_bound(
    confirmer: Confirmer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(singly, "MANY", 1)
    counted = {**FLAT, "minProperties": 2}
    found = judged(counted, without(counted, "t_1", "t_3", "t_4"), confirmer, 3 * parts(counted))
    assert [each.verdicts.publishers.answer for each in found.changes] == [
        Answer.BREAKING,
        Answer.UNKNOWN,
        Answer.UNKNOWN,
    ]
