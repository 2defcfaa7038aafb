"""Where schemas stand inside a schema: the applicator keywords, and those that only describe."""

from __future__ import annotations

from collections.abc import Iterator

from bot.standard.dialects import Draft
from bot.standard.values import JSON

ONE_SCHEMA = frozenset(
    {
        "additionalItems",
        "additionalProperties",
        "contains",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
LIST_OF_SCHEMAS = frozenset({"allOf", "anyOf", "items", "oneOf", "prefixItems"})
MAP_OF_SCHEMAS = frozenset({"dependencies", "dependentSchemas", "patternProperties", "properties"})
DEFINITIONS = frozenset({"$defs", "definitions"})
REFERENCES = frozenset({"$ref", "$dynamicRef", "$recursiveRef"})
ASSERTIONS = frozenset(
    {
        "const",
        "contentEncoding",
        "contentMediaType",
        "dependentRequired",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
        "required",
        "type",
        "uniqueItems",
    }
)
IDENTIFIERS = frozenset({"$anchor", "$dynamicAnchor", "$id", "$recursiveAnchor", "$schema", "id"})
JUDGED = ONE_SCHEMA | LIST_OF_SCHEMAS | MAP_OF_SCHEMAS | REFERENCES | ASSERTIONS
"""Keywords that decide which documents are valid. All others describe."""


def is_schema(value: JSON) -> bool:
    """Whether a value has the form of a schema."""
    return isinstance(value, (dict, bool))


def subschemas(schema: JSON, *, definitions: bool = False) -> Iterator[tuple[tuple[str, ...], JSON]]:
    """The schemas directly inside a schema, each with its steps from it; definitions where asked for."""
    if not isinstance(schema, dict):
        return
    for keyword, value in schema.items():
        if keyword in ONE_SCHEMA and is_schema(value):
            yield (keyword,), value
        elif keyword in LIST_OF_SCHEMAS and isinstance(value, list):
            yield from (((keyword, str(at)), each) for at, each in enumerate(value) if is_schema(each))
        elif isinstance(value, dict) and (keyword in MAP_OF_SCHEMAS or (definitions and keyword in DEFINITIONS)):
            yield from (((keyword, name), each) for name, each in value.items() if is_schema(each))


def own_keys(schema: dict[str, JSON]) -> tuple[frozenset[str], frozenset[str]]:
    """The names under `properties` and the patterns under `patternProperties`."""
    names, patterns = (
        frozenset(key for key, each in value.items() if is_schema(each)) if isinstance(value, dict) else frozenset()
        for value in (schema.get("properties"), schema.get("patternProperties"))
    )
    return names, patterns


def item_keywords(draft: Draft, schema: dict[str, JSON]) -> tuple[str, str]:
    """The keyword that lists the schemas of the first items, and the one for the rest; "" where not used."""
    if draft is Draft.DRAFT2020:
        prefix = "prefixItems" if isinstance(schema.get("prefixItems"), list) else ""
        return prefix, "items" if is_schema(schema.get("items")) else ""
    if isinstance(schema.get("items"), list):
        return "items", "additionalItems" if is_schema(schema.get("additionalItems")) else ""
    return "", "items" if is_schema(schema.get("items")) else ""
