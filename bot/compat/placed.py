"""Entities known by their files alone: references are read inside the standard, as the build reads them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urldefrag, urljoin

from bot.standard.dialects import Draft, declared, prevailing
from bot.standard.remembered import Remembered
from bot.standard.values import JSON

Schemas = Mapping[str, Mapping[str, JSON]]


def placed(entities: Schemas) -> Schemas:
    """The entities without the `$id` of their files: it would lead their references out of the standard. What
    refers to such an `$id` refers to the file. Entities that need neither stay the very objects they were."""
    draft = prevailing(entities.values())
    ids = {name: given for name, schema in entities.items() if (given := _id(schema, draft))}
    if not ids:
        return entities
    files = {urldefrag(given).url: f"{name}.json" for name, given in ids.items()}
    return {name: _placed(schema, files, ids.get(name, ""), draft) for name, schema in entities.items()}


def _id(schema: Mapping[str, JSON], draft: Draft) -> str:
    """By what name a file calls itself; "" where it has none (`#here` names a place in it)."""
    given = schema.get(_keyword(schema, draft))
    return given if isinstance(given, str) and not given.startswith("#") else ""


def _keyword(schema: Mapping[str, JSON], draft: Draft) -> str:
    return "id" if (declared(schema) or draft) is Draft.DRAFT4 else "$id"


def _placed(schema: Mapping[str, JSON], files: Mapping[str, str], own: str, draft: Draft) -> Mapping[str, JSON]:
    if own:
        schema = _ANONYMOUS[_keyword(schema, draft)](schema)
    led = _led(schema, files, own)
    return led if isinstance(led, Mapping) else schema


def _without(keyword: str, schema: Mapping[str, JSON]) -> Mapping[str, JSON]:
    return {key: value for key, value in schema.items() if key != keyword}


_ANONYMOUS = {keyword: Remembered(partial(_without, keyword)) for keyword in ("id", "$id")}


def _led(value: JSON, files: Mapping[str, str], own: str) -> JSON:
    """The value with references by an `$id` made references to its file; the very value where there are none."""
    if isinstance(value, list):
        parts = [_led(each, files, own) for each in value]
        return value if all(part is each for part, each in zip(parts, value, strict=True)) else parts
    if not isinstance(value, Mapping):
        return value
    made = {key: _led(each, files, own) for key, each in value.items()}
    reference = value.get("$ref")
    if isinstance(reference, str):
        url, fragment = urldefrag(reference)
        file = files.get(url) or files.get(_joined(own, url)) if url else None
        if file is not None:
            made["$ref"] = f"{file}#{fragment}" if fragment else file
    return value if all(made[key] is each for key, each in value.items()) else made


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return url
