"""The keywords that assert something by themselves: types, values, numbers, strings, counts, required keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.compat.containment.nodes import TYPES, Arena, Node
from bot.compat.containment.predicates import (
    Bound,
    Distinct,
    HasFormat,
    ItemCount,
    KeyCount,
    Length,
    Matches,
    Multiple,
    Whole,
)
from bot.standard.dialects import Draft
from bot.standard.values import JSON, exact, freeze, is_number


def assertions(arena: Arena, draft: Draft, formats: frozenset[str], schema: dict[str, JSON]) -> Iterator[Node]:
    """The nodes of the asserting keywords of one schema. A keyword whose value has the wrong form is left
    to the check against the metaschema; here it asserts nothing."""
    if "type" in schema:
        yield _types(arena, draft, schema["type"])
    if isinstance(schema.get("enum"), list):
        yield arena.listed(schema["enum"])
    if "const" in schema and draft is not Draft.DRAFT4:
        yield arena.listed([schema["const"]])
    yield from _bounds(arena, draft, schema)
    for keyword, make in _COUNTS.items():
        limit = count(schema.get(keyword))
        if limit is not None:
            yield make(arena, limit)
    if isinstance(schema.get("pattern"), str):
        yield arena.atom(Matches(schema["pattern"], holds=True))
    if schema.get("format") in formats:
        yield arena.atom(HasFormat(schema["format"], holds=True))
    if schema.get("uniqueItems") is True:
        yield arena.atom(Distinct(holds=True))
    if isinstance(schema.get("required"), list):
        yield from (arena.required(name) for name in schema["required"] if isinstance(name, str))


def _types(arena: Arena, draft: Draft, value: JSON) -> Node:
    names = value if isinstance(value, list) else [value]
    known = frozenset(name for name in names if name in TYPES)
    node = arena.kinds(known)
    if "integer" in names and "number" not in known:
        integer = [arena.kinds({"number"}), arena.atom(Multiple(exact(1), holds=True))]
        if draft is Draft.DRAFT4:
            integer.append(arena.atom(Whole(holds=True)))
        node = arena.any([node, arena.all(integer)])
    if any(name not in TYPES and name != "integer" for name in names):
        node = arena.opaque("type", "", f"{value!r} is not a type of JSON Schema", freeze(value))
    return node


def _bounds(arena: Arena, draft: Draft, schema: dict[str, JSON]) -> Iterator[Node]:
    for keyword, exclusive, upper in (("minimum", "exclusiveMinimum", False), ("maximum", "exclusiveMaximum", True)):
        limit, beyond = schema.get(keyword), schema.get(exclusive)
        if is_number(limit):
            strict = draft is Draft.DRAFT4 and beyond is True
            yield arena.atom(Bound(exact(limit), upper=upper, exclusive=strict))
        if is_number(beyond) and draft is not Draft.DRAFT4:
            yield arena.atom(Bound(exact(beyond), upper=upper, exclusive=True))
    divisor = schema.get("multipleOf")
    if is_number(divisor) and divisor > 0:
        yield arena.atom(Multiple(exact(divisor), holds=True))


def count(value: JSON) -> int | None:
    """A count as a keyword gives it (2 or 2.0); None where it gives none."""
    return int(value) if is_number(value) and value >= 0 and value == int(value) else None


_COUNTS: dict[str, Callable[[Arena, int], Node]] = {
    "minLength": lambda arena, limit: arena.atom(Length(limit, upper=False)),
    "maxLength": lambda arena, limit: arena.atom(Length(limit, upper=True)),
    "minItems": lambda arena, limit: arena.atom(ItemCount(limit, upper=False)),
    "maxItems": lambda arena, limit: arena.atom(ItemCount(limit, upper=True)),
    "minProperties": lambda arena, limit: arena.atom(KeyCount(limit, upper=False)),
    "maxProperties": lambda arena, limit: arena.atom(KeyCount(limit, upper=True)),
}
