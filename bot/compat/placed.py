"""Entities known by their files alone: references are read inside the standard, as the build reads them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urldefrag

from bot.standard.remembered import Remembered
from bot.standard.values import JSON

Schemas = Mapping[str, Mapping[str, JSON]]


def placed(entities: Schemas) -> Schemas:
    """The entities without the `$id` of their files: it would lead their references out of the standard. What
    refers to such an `$id` refers to the file. Entities that need neither stay the very objects they were."""
    files = {urldefrag(schema["$id"]).url: f"{name}.json" for name, schema in entities.items() if _has_id(schema)}
    if not files:
        return entities
    return {name: _placed(schema, files) for name, schema in entities.items()}


def _has_id(schema: Mapping[str, JSON]) -> bool:
    return isinstance(schema.get("$id"), str)


def _placed(schema: Mapping[str, JSON], files: Mapping[str, str]) -> Mapping[str, JSON]:
    if _has_id(schema):
        schema = _anonymous(schema)
    led = _led(schema, files)
    return led if isinstance(led, Mapping) else schema


@Remembered
def _anonymous(schema: Mapping[str, JSON]) -> Mapping[str, JSON]:
    return {keyword: value for keyword, value in schema.items() if keyword != "$id"}


def _led(value: JSON, files: Mapping[str, str]) -> JSON:
    """The value with references by an `$id` made references to its file; the very value where there are none."""
    if isinstance(value, list):
        parts = [_led(each, files) for each in value]
        return value if all(part is each for part, each in zip(parts, value, strict=True)) else parts
    if not isinstance(value, Mapping):
        return value
    made = {key: _led(each, files) for key, each in value.items()}
    reference = value.get("$ref")
    if isinstance(reference, str):
        url, fragment = urldefrag(reference)
        if url in files:
            made["$ref"] = f"{files[url]}#{fragment}" if fragment else files[url]
    return value if all(made[key] is each for key, each in value.items()) else made
