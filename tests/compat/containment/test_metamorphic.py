"""Published schemas in other words: each says the same as before, and what is between two of them stays.

A sample of the corpus and of the histories each time; all of them where SOAK is set.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.engine import Engine, Side
from bot.compat.verdicts import Answer
from bot.standard.dialects import Draft, named
from bot.standard.documents import Documents, traits
from bot.standard.values import JSON

EVERY = 1 if "SOAK" in os.environ else 45
AT_LEAST = 20
TREES = 1 if "SOAK" in os.environ else 20
LOCAL = re.compile(r"#/(\$defs|definitions)/([^/]+)(.*)")
VALUES = ("const", "enum", "default", "example", "examples")
Words = dict[str, JSON]


def turned(value: JSON) -> JSON:
    """The keys of all objects in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(each) for each in value] if isinstance(value, list) else value


def renamed(schema: JSON) -> JSON:
    """Every definition of the schema by another name; as it is where names mean more than where they stand."""
    if not isinstance(schema, dict) or traits(schema).identifiers:
        return schema
    own = {f"{place}/{name}" for place in ("$defs", "definitions") for name in _members(schema, place)}
    made: dict[str, JSON] = {key: each if key in VALUES else _redirected(each, own) for key, each in schema.items()}
    for place in ("$defs", "definitions"):
        if isinstance(made.get(place), dict):
            made[place] = {f"other-{name}": each for name, each in made[place].items()}
    return made | _reference(made, own)


def _members(schema: Mapping[str, JSON], place: str) -> list[str]:
    members = schema.get(place)
    return list(members) if isinstance(members, dict) else []


def _redirected(value: JSON, own: set[str]) -> JSON:
    if isinstance(value, list):
        return [_redirected(each, own) for each in value]
    if not isinstance(value, dict):
        return value
    made = {key: each if key in VALUES else _redirected(each, own) for key, each in value.items()}
    return made | _reference(made, own)


def _reference(schema: Mapping[str, JSON], own: set[str]) -> dict[str, JSON]:
    found = LOCAL.fullmatch(schema["$ref"]) if isinstance(schema.get("$ref"), str) else None
    if found is None or f"{found[1]}/{unquote(found[2]).replace('~1', '/').replace('~0', '~')}" not in own:
        return {}
    return {"$ref": f"#/{found[1]}/other-{found[2]}{found[3]}"}


WORDS: dict[str, Callable[[JSON], Words]] = {
    "another order": lambda schema: {"s": turned(schema)},
    "definitions by other names": lambda schema: {"s": renamed(schema)},
    "by reference": lambda schema: {"s": {"$ref": "whole"}, "whole": schema},
    "allOf of one": lambda schema: {"s": {"allOf": [{"$ref": "whole"}]}, "whole": schema},
    "anyOf of two that are one": lambda schema: {"s": {"anyOf": [{"$ref": "whole"}, {"$ref": "whole"}]}, "whole": schema},
}  # fmt: skip


def answers(confirmer: Confirmer, base: Words, head: Words, draft: Draft) -> tuple[Answer, Answer]:
    pair = Engine(confirmer).pair(*(Side(Documents(each, draft), "s") for each in (base, head)))
    return pair.strict_backward().answer, pair.strict_forward().answer


def sample(data: Path, say: Callable[[JSON], Words]) -> list[dict[str, Any]]:
    """The pairs of the corpus of which one schema is said otherwise: all, or at least twenty of them."""
    lines = (data / "compat-corpus.jsonl").read_text(encoding="utf-8").splitlines()
    found = [case for case in map(json.loads, lines) if any(_differs(case[side], say) for side in ("base", "head"))]
    assert len(found) >= AT_LEAST
    return found[:: min(EVERY, len(found) // AT_LEAST)]


def _differs(schema: JSON, say: Callable[[JSON], Words]) -> bool:
    return json.dumps(say(schema)) != json.dumps({"s": schema})


@pytest.mark.parametrize("words", WORDS)
def test_the_corpus_in_other_words(words: str, data: Path, confirmer: Confirmer) -> None:
    say, counted = WORDS[words], Counter[Answer]()
    for case in sample(data, say):
        draft, plain, changed = named(case["draft"]), {"s": case["base"]}, {"s": case["head"]}
        assert draft is not None
        for schema in (case["base"], case["head"]):
            found = answers(confirmer, {"s": schema}, say(schema), draft)
            assert Answer.BREAKING not in found, (case["id"], found)
            counted.update(found)
        before = answers(confirmer, plain, changed, draft)
        for base, head in ((say(case["base"]), changed), (plain, say(case["head"]))):
            now = answers(confirmer, base, head, draft)
            # The library may not find what a schema refers to from another document, or meet what has no end.
            same = (one is other or Answer.UNKNOWN in (one, other) for one, other in zip(now, before, strict=True))
            assert all(same), (case["id"], now, before)
            counted[Answer.UNKNOWN] += now != before
    assert counted[Answer.UNKNOWN] <= 0.01 * counted.total()


def test_the_histories_in_another_order(data: Path, confirmer: Confirmer) -> None:
    trees = sorted(path for path in (data / "schema-history").iterdir() if (path / "head" / "schema").is_dir())
    for tree in trees[::TREES]:
        documents = _read(tree / "head" / "schema")
        before, after = Documents(documents), Documents({path: turned(each) for path, each in documents.items()})
        engine = Engine(confirmer)
        for path in documents:
            verdicts = engine.compare(Side(before, path), Side(after, path))
            for question in ("strict_backward", "strict_forward", "publishers", "consumers"):
                assert getattr(verdicts, question).answer is Answer.COMPATIBLE, (tree.name, path, question)


def _read(directory: Path) -> dict[str, Any]:
    """The schemas of a directory; without those that are none, and the descriptions of interfaces."""
    found = {}
    for path in sorted(directory.glob("*.json")):
        value = json.loads(path.read_bytes())
        if isinstance(value, dict) and "openapi" not in value:
            found[path.name] = value
    return found
