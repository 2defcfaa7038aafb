"""Whatever stands at whatever place of a file, a check says something of it, and a build makes it or refuses it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from bot.commands.build import BuildRequest
from bot.commands.build import run as build
from bot.commands.check import PatchDirectory
from bot.compat.confirming import Confirmer
from bot.errors import BotError
from bot.render.markdown import document
from bot.report.model import Outcome
from bot.report.serialising import as_json
from bot.standard.values import JSON
from tests.standard.test_loading import FILES
from tests.standard.test_package_form import GOOD
from tests.worlds import GivenSources, checked, entity, many, one

NONSENSE: tuple[JSON, ...] = (None, 0, "", [], {}, [1], {"a": 1}, True, "x", -1, ["a"], [None], [[]])
KEYWORDS = (
    *("$defs", "$id", "$ref", "$schema", "allOf", "constraints", "datapackage_metadata", "datapackage_type", "enum"),
    *("example", "fields", "foreign_key", "foreignKeys", "format", "items", "name", "not", "path", "pattern"),
    *("patternProperties", "primaryKey", "profiles", "properties", "required", "tabular_required", "type"),
    *("", " ", "$", "-", "meta:enum", "a/b~c", "例", "__proto__", "\u202e", "k" * 300, "0", "`x`", "<b>"),
)
SERVICE = entity(
    "service",
    {
        "name": {"example": "x", "datapackage_type": "string"},
        "phones": many("phone"),
        "home": one("place"),
        "place": {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
    },
    tabular_required=["name"],
    datapackage_metadata={"order": 1},
    example={"name": "x"},
)
CHECKOUT: dict[str, JSON] = {
    "schema/service.json": SERVICE,
    "schema/phone.json": entity("phone", {"number": {"example": "1"}, "service_id": {"foreign_key": "service"}}),
    "schema/place.json": entity("place", {"line": {"$ref": "phone.json#/properties/number"}}),
}
PATCH: dict[str, JSON] = {"service": {"properties": {"name": {"maxLength": 3}, "home": None}, "required": ["id"]}}


def places(value: JSON, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield steps
    inside: Iterable[tuple[Any, JSON]] = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for step, each in inside:
        yield from places(each, (*steps, step))


def spoilt(value: JSON, chance: random.Random) -> JSON:
    """The value with nonsense at one place: in place of what is there, or as a keyword beside it."""
    made = json.loads(json.dumps(value))
    steps = chance.choice(list(places(made)))
    around, there = None, made
    for step in steps:
        around, there = there, there[step]
    if isinstance(there, dict) and chance.random() < 0.5:
        there[chance.choice(KEYWORDS)] = chance.choice(NONSENSE)
    elif around is None:
        return chance.choice(NONSENSE)
    else:
        around[steps[-1]] = chance.choice(NONSENSE)
    return made


class Nowhere:
    def expect(self, _directories: Iterable[str]) -> None:
        """Anything may be written to it."""

    def replace(self, _directory: str, files: Iterable[tuple[str, str]]) -> None:
        assert all(json.loads(text) is not None for _, text in files)


def tried(base: dict[str, Any], head: dict[str, Any], patch: dict[str, Any] | None, confirmer: Confirmer) -> None:
    report = checked(confirmer, base, head, patch)
    json.dumps(as_json(report), allow_nan=False)
    assert document(report)
    if report.outcome is Outcome.INVALID:
        assert any(finding.gates for finding in report.findings)
    for profile in report.profiles:
        if profile.outcome is Outcome.UNKNOWN:
            assert profile.verdicts is not None
            assert profile.verdicts.publishers.reason
    patches = (PatchDirectory("own", "profile"),) if patch is not None else ()
    with suppress(BotError):  # refused with words; anything else is a fault
        build(BuildRequest(patches=patches), GivenSources({}, head, patch or {}), Nowhere())


SEEDS = range(12)


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 nothing here is a secret


@pytest.mark.parametrize("seed", SEEDS)
def test_nonsense_in_an_entity(confirmer: Confirmer, seed: int) -> None:
    chance = seeded(seed)
    path = chance.choice(sorted(CHECKOUT))
    head = {**CHECKOUT, path: spoilt(CHECKOUT[path], chance)}
    tried(CHECKOUT, head, None, confirmer)
    tried(head, CHECKOUT, None, confirmer)


@pytest.mark.parametrize("seed", SEEDS)
def test_nonsense_in_a_structure_of_several_profiles(confirmer: Confirmer, seed: int) -> None:
    chance = seeded(seed)
    path = chance.choice([each for each in sorted(FILES) if each.endswith(".json")])
    tried(FILES, {**FILES, path: spoilt(FILES[path], chance)}, None, confirmer)


@pytest.mark.parametrize("seed", SEEDS)
def test_nonsense_in_a_patch(confirmer: Confirmer, seed: int) -> None:
    tried(CHECKOUT, CHECKOUT, {"service": spoilt(PATCH["service"], seeded(seed))}, confirmer)


@pytest.mark.parametrize("seed", SEEDS)
def test_nonsense_in_a_data_package(confirmer: Confirmer, seed: int) -> None:
    base, head = {"datapackage.json": GOOD}, {"datapackage.json": spoilt(GOOD, seeded(seed))}
    tried(base, head, None, confirmer)
    tried(head, base, None, confirmer)
