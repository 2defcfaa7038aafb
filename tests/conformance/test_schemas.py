from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest

from bot.conformance.records import Shape
from bot.conformance.schemas import Schemas
from bot.generate.views import compiled_views
from bot.standard.model import Standard
from bot.standard.profiles import apply_profile
from bot.standard.values import JSON
from tests.worlds import read_source


def damaged(value: JSON) -> Iterator[JSON]:
    """A value with, in turn, each of its parts taken out or made a number."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield {key: part for key, part in value.items() if key != name}
            yield {**value, name: 7}
            yield from ({**value, name: part} for part in damaged(each))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from ([*value[:at], part, *value[at + 1 :]] for part in damaged(each))


def of(standard: Standard, profile: str) -> tuple[Schemas, dict[str, dict[str, JSON]]]:
    structure = apply_profile(standard, next(each for each in standard.profiles if each.id == profile))
    schemas = Schemas({name: each.schema for name, each in structure.entities.items()}, {}, standard.views, {})
    return schemas, dict(compiled_views(structure.entities, standard.views))


def test_records_are_judged_as_the_compiled_views_of_a_release_judge_them(data: Path) -> None:
    schemas, views = of(read_source(data / "hsds-3.0"), "hsds")
    compared = refused = 0
    for name in ("service", "organization", "service_at_location"):
        for view, shape in ((name, Shape.DOCUMENT), (f"{name}_list", Shape.ITEM)):
            compiled = jsonschema_rs.Draft202012Validator(views[view], validate_formats=True)
            example = json.loads((data / f"feeds/hsds-3.0-examples/{name}_full.json").read_text())
            for value in [example, *list(damaged(example))[::19]]:
                accepted = schemas.accepts(name, shape, value)
                assert accepted == compiled.is_valid(value)
                compared += 1
                refused += not accepted
    assert compared > 50
    assert 0 < refused < compared


@pytest.mark.parametrize("profile", ["core", "classic", "uk"])
def test_the_views_of_the_bundled_standard_are_judged_as_compiled(bundled: Standard, profile: str) -> None:
    schemas, views = of(bundled, profile)
    example = {"id": "00000000-0000-4000-8000-000000000000", "name": "x", "status": "active", "organization": {"id": 4}}
    compiled = jsonschema_rs.Draft202012Validator(views["service"], validate_formats=True)
    for value in [example, *damaged(example)]:
        assert schemas.accepts("service", Shape.DOCUMENT, value) == compiled.is_valid(value)
