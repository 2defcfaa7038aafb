"""Which schemas can be judged at all: those that their metaschema and the standard's own keywords allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.standard.dialects import Draft
from bot.standard.keywords import subschemas
from bot.standard.schema_checks import schema_errors
from bot.standard.values import JSON

TEXTS = frozenset({"name", "datapackage_type", "datapackage_format"})
"""Keywords of ours whose value is text; no metaschema knows them."""


def fault_of(schema: JSON) -> tuple[str, str] | None:
    """What keeps a schema from being judged, and where: (pointer, message); None where nothing does."""
    for place, message in schema_errors(schema, Draft.DRAFT2020):
        return place, message
    return next(_ill_typed(schema, ""), None)


def _ill_typed(schema: JSON, place: str) -> Iterator[tuple[str, str]]:
    if not isinstance(schema, Mapping):
        return
    for keyword in sorted(TEXTS & schema.keys()):
        if not isinstance(schema[keyword], str):
            yield f"{place}/{keyword}", "this has to be text"
    names = schema.get("tabular_required", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        yield f"{place}/tabular_required", "this has to be a list of names"
    if not isinstance(schema.get("constraints", {}), Mapping):
        yield f"{place}/constraints", "this has to be an object"
    for steps, part in subschemas(schema, definitions=True):
        yield from _ill_typed(part, "/".join([place, *steps]))
