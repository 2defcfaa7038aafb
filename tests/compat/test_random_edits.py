"""Random edits of HSDS 3.0 through a whole check, each verdict held against random documents and the library.

A few each time; as many as SOAK says where it is set.
"""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.jsonschema_library import ask, validator
from bot.compat.confirming import Confirmer, Judged
from bot.compat.verdicts import Answer, Verdict
from bot.standard.dialects import Draft
from bot.standard.values import JSON
from tests.worlds import checked

SEEDS = range(int(os.environ.get("SOAK", "0")) or 6)
DOCUMENTS = 60
Entities = dict[str, Any]

PARTS: list[JSON] = [
    {"type": "string"},
    {"type": ["string", "null"]},
    {"enum": ["a", "b", 1]},
    {"const": "x"},
    {"type": "string", "format": "date"},
    {"type": "array", "items": {"type": "string"}},
    {"minimum": 1},
    {"pattern": "^a"},
    {"maxLength": 3},
    True,
    False,
    {"type": "object", "properties": {"z": {"type": "string"}}},
]
ASSERTED: dict[str, list[JSON]] = {
    "type": ["string", "integer", "array", "object", ["string", "null"]],
    "enum": [["a", "b"], ["", "2024-01-31", None], ["https://example.org/x", 1]],
    "format": ["date", "uri", "email", "date-time", "currency"],
    "pattern": ["^a", "b$", "^.*$", "^(a|b)*$"],
    "const": ["a", 1, None],
    "multipleOf": [1, 0.5],
    **{key: [0, 1, 3] for key in ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")},
    **{key: [0, 1, 1.5] for key in ("minimum", "maximum", "exclusiveMinimum")},
    **{key: [True] for key in ("uniqueItems", "deprecated")},
    **dict.fromkeys(("items", "contains", "not", "unevaluatedItems"), PARTS),
    **{key: [[*each] for each in pairwise(PARTS)] for key in ("prefixItems", "allOf", "anyOf", "oneOf")},
}  # fmt: skip
VALUES: dict[str, list[JSON]] = {
    "string": ["a", "ab", "", "b", "aaaa", "x", "2024-01-31", "https://example.org/x", "\n", "1"],
    "integer": [0, 1, 2, -1],
    "number": [0, 1.5, 2, 0.25],
    "boolean": [True, False],
    "null": [None],
}


class Editor:
    """Edits one entity, and makes documents of it."""

    def __init__(self, seed: int, data: Path) -> None:
        self.random = random.Random(seed)  # noqa: S311 - to try things, not to keep secrets
        files = sorted((data / "hsds-3.0" / "schema").glob("*.json"))
        read = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}
        self.entities: Entities = {name: each for name, each in read.items() if "properties" in each}
        self.name = self.random.choice(sorted(self.entities))

    def edited(self, entities: Entities, most: int) -> Entities:
        made = copy.deepcopy(entities)
        for _ in range(self.random.randint(1, most)):
            self._edit(made[self.name])
        return made

    def _edit(self, entity: dict[str, Any]) -> None:
        pick, names = self.random.choice, sorted(entity["properties"])
        term, part = pick(names), pick(PARTS)
        of_objects: dict[str, JSON] = {
            "dependentRequired": {term: [pick(names)]},
            "dependentSchemas": {term: {"properties": {pick(names): part}}},
            "propertyNames": {"pattern": "^[a-z_]+$"},
            "patternProperties": {"^x_": part},
            "additionalProperties": pick([False, {"type": "string"}]),
            "unevaluatedProperties": False,
            "not": {"required": [term]},
            "if": {"required": [term]},
            "then": {"required": [pick(names)]},
            "required": sorted({*entity.get("required", []), term} ^ {pick(names)}),
        }
        match pick(["assert", "assert", "object", "gone", "remove", "add", "refer"]):
            case "assert" if isinstance(entity["properties"][term], dict):
                keyword = pick(sorted(ASSERTED))
                entity["properties"][term][keyword] = pick(ASSERTED[keyword])
            case "object":
                keyword = pick(sorted(of_objects))
                entity[keyword] = of_objects[keyword]
            case "gone" if len(names) > 1:
                del entity["properties"][term]
            case "remove" if isinstance(entity["properties"][term], dict) and entity["properties"][term]:
                del entity["properties"][term][pick(sorted(entity["properties"][term]))]
            case "refer":
                entity["properties"][term] = {"$ref": f"{pick(sorted(self.entities))}.json"}
            case _:
                entity["properties"][f"new_{pick(names)}"] = part

    def document(self, schema: JSON, depth: int = 0) -> JSON:
        pick, given = self.random.choice, schema if isinstance(schema, dict) else {}
        if self.random.random() < 0.5 and isinstance(given.get("enum"), list):
            return pick(given["enum"])
        kinds = given.get("type", "object" if "properties" in given else pick(sorted(VALUES)))
        kind = pick(kinds) if isinstance(kinds, list) else kinds
        if kind == "array":
            return [self.document(given.get("items"), depth + 1) for _ in range(pick([0, 0, 1, 2]))]
        if kind != "object":
            return pick(VALUES[kind])
        properties, required = given.get("properties", {}), given.get("required", [])
        names = {*required, *(name for name in sorted(properties) if self.random.random() < 0.2)} - {"x_a"}
        return {name: self.document(properties.get(name), depth + 1) for name in sorted(names) if depth < 3}


def judges(editor: Editor, entities: Entities, *, formats: bool) -> Any:
    documents = {f"{name}.json": each for name, each in entities.items()}
    return validator(Judged(documents, f"{editor.name}.json", Draft.DRAFT2020, formats))


def forms(verdict: Verdict) -> Iterator[JSON]:
    yield verdict.witness
    if verdict.forms is not None:
        yield from (verdict.forms.minimal, verdict.forms.realistic)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_proof_is_refuted_and_every_example_is_one(seed: int, data: Path, confirmer: Confirmer) -> None:
    editor = Editor(seed, data)
    base = editor.edited(editor.entities, 2) if seed % 2 else editor.entities
    head = editor.edited(base, 3)
    before, after = ({f"schema/{name}.json": each for name, each in side.items()} for side in (base, head))
    report = checked(confirmer, before, after)
    verdicts = report.profiles[0].verdicts
    assert verdicts is not None
    if any(each.problem.rule in ("schema-invalid", "reference-dangling") for each in report.findings):
        return
    strict = [judges(editor, entities, formats=False) for entities in (base, head)]
    for at in range(DOCUMENTS):
        document = editor.document((base, head)[at % 2][editor.name])
        old, new = (ask(each, document) for each in strict)
        assert not (verdicts.strict_backward.answer is Answer.COMPATIBLE and old and new is False), document
        assert not (verdicts.strict_forward.answer is Answer.COMPATIBLE and new and old is False), document
    # Others that hold the entity break before it, or with it.
    own = [each.verdicts.strict_backward for each in report.profiles[0].changes if each.verdicts is not None]
    for verdict in own:
        if verdict.answer is Answer.BREAKING:
            assert all(ask(strict[0], form) is True for form in forms(verdict)), verdict.witness
    published = [each.verdicts.publishers for each in report.profiles[0].changes if each.verdicts is not None]
    valid = judges(editor, base, formats=True)
    for verdict in published:
        in_tables = isinstance(verdict.witness, dict) and verdict.witness.keys() <= base.keys()
        if verdict.answer is Answer.BREAKING and not in_tables:
            assert all(ask(valid, form) is True for form in forms(verdict)), verdict.witness
