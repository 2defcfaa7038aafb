"""Holds the project's own YAML files against their schemas, with the line of what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error
from bot.standard.reading import Reading

if TYPE_CHECKING:
    from jsonschema_rs import Validator


def nonconformities(reading: Reading, schema: str, rule: str) -> Iterator[Problem]:
    """What in a file does not conform to the packaged schema of that name."""
    for found in _validator(schema).iter_errors(reading.value):
        steps = tuple(str(step) for step in found.instance_path)
        place = pointer(steps)
        message = f"{place or 'the file'}: {found.message}"
        hint = f"See bot/standard/schemas/{schema}.json for what may stand here."
        yield error(rule, reading.path, place, message, hint, reading.line(steps))


@cache
def _validator(schema: str) -> Validator:
    import jsonschema_rs

    text = files("bot.standard").joinpath("schemas", f"{schema}.json").read_text(encoding="utf-8")
    return jsonschema_rs.validator_for(json.loads(text))
