"""Makes an example that breaks look like data: filled with the examples that the schemas themselves give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from bot.standard.documents import DanglingReference, Documents, Target
from bot.standard.examples import given_example, typed
from bot.standard.keywords import item_keywords
from bot.standard.pointers import replaced, resolve
from bot.standard.values import JSON, type_of

Path: TypeAlias = tuple[str | int, ...]

MOST_TRIES = 24
DEEPEST = 20


def dressed(value: JSON, documents: Documents, target: Target, still_breaks: Callable[[JSON], bool]) -> JSON:
    """The value with as many scalars replaced by given examples as leave it an example that breaks."""
    suggestions = [
        (path, example)
        for path, example in _suggestions(value, documents, target, (), 0)
        if resolve(value, path) != example
    ]
    everything = value
    for path, example in suggestions:
        everything = replaced(everything, path, example)
    if not suggestions or still_breaks(everything):
        return everything
    for path, example in suggestions[:MOST_TRIES]:
        candidate = replaced(value, path, example)
        if still_breaks(candidate):
            value = candidate
    return value


def realistic(value: JSON, documents: Documents, target: Target, still_breaks: Callable[[JSON], bool]) -> JSON:
    """The example that the schema gives of the whole, with so much of the value in it that it breaks."""
    if not isinstance(value, dict):
        return value
    own = _own_example(documents, target)
    around = {name: each for name, each in own.items() if name not in value}
    whole = {**around, **value}
    if still_breaks(whole):
        return _in_order(whole, own)
    found = value
    for name in [*around][:MOST_TRIES]:
        candidate = {**found, name: around[name]}
        found = candidate if still_breaks(candidate) else found
    return _in_order(found, own)


def _own_example(documents: Documents, target: Target) -> dict[str, JSON]:
    """The example of an object: what it gives itself, else what its properties do."""
    found: dict[str, JSON] = {}
    for here in (target, *_same_value(documents, target)):
        schema = here.schema if isinstance(here.schema, dict) else {}
        properties = schema.get("properties")
        for name, each in properties.items() if isinstance(properties, dict) else ():
            example = typed(given_example(each), each.get("type")) if isinstance(each, dict) else None
            if example is not None:
                found.setdefault(name, example)
        whole = schema.get("example")
        found |= whole if isinstance(whole, dict) else {}
    return found


def _in_order(value: dict[str, JSON], order: dict[str, JSON]) -> dict[str, JSON]:
    return {**{name: value[name] for name in order if name in value}, **value}


def _suggestions(
    value: JSON, documents: Documents, target: Target, path: Path, depth: int
) -> Iterator[tuple[Path, JSON]]:
    """Each scalar of the value for which a schema gives an example of the same type."""
    schema = target.schema
    if not isinstance(schema, dict) or depth > DEEPEST:
        return
    if type_of(value) not in ("object", "array"):
        example = typed(given_example(schema), type_of(value))
        if type_of(example) == type_of(value):
            yield path, example
    for here in _same_value(documents, target):
        yield from _suggestions(value, documents, here, path, depth + 1)
    if isinstance(value, dict):
        properties = schema.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        for name in sorted(value.keys() & properties.keys()):
            part = documents.within(target, properties[name], "properties", name)
            yield from _suggestions(value[name], documents, part, (*path, name), depth + 1)
    elif isinstance(value, list):
        _, rest = item_keywords(documents.draft, schema)
        for at, item in enumerate(value if rest else ()):
            part = documents.within(target, schema[rest], rest)
            yield from _suggestions(item, documents, part, (*path, at), depth + 1)


def _same_value(documents: Documents, target: Target) -> Iterator[Target]:
    if "$ref" in target.schema:
        try:
            yield documents.follow(str(target.schema["$ref"]), target)
        except DanglingReference:
            return
    for keyword in ("allOf", "anyOf", "oneOf"):
        listed = target.schema.get(keyword)
        for at, each in enumerate(listed if isinstance(listed, list) else ()):
            yield documents.within(target, each, keyword, str(at))
