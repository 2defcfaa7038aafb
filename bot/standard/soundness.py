"""Which schemas can be judged at all: those that their metaschema and the standard's own keywords allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from bot.standard.dialects import Draft, declared
from bot.standard.keywords import subschemas
from bot.standard.package_form import constraint_faults
from bot.standard.pointers import pointer, resolve, steps
from bot.standard.remembered import Remembered
from bot.standard.schema_checks import schema_errors
from bot.standard.values import JSON

TEXTS = frozenset({"name", "path", "datapackage_type", "datapackage_format", "foreign_key"})
"""Keywords of ours whose value is text; no metaschema knows them."""

NO_SCHEMA = "Correct the keyword: as it is, a validator may refuse the whole schema."
DIALECT = "Let `$schema` name a draft from 4 to 2020-12, as its own specification writes it."


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """What keeps a schema from being judged, and the pointer to it."""

    rule: str
    pointer: str
    message: str
    hint: str


def fault_of(schema: JSON, draft: Draft = Draft.DRAFT2020) -> SchemaFault | None:
    """The first thing that keeps a schema from being judged; None where nothing does."""
    return next((each for each in faults(schema, draft) if not _is_plain(schema, each)), None)


def _is_plain(schema: JSON, fault: SchemaFault) -> bool:
    """Whether everybody reads alike what the metaschema forbids: to be valid under all of no schemas is nothing."""
    place = steps(fault.pointer)
    return place[-1:] == ("allOf",) and resolve(schema, place) == []


def faults(schema: JSON, draft: Draft = Draft.DRAFT2020) -> tuple[SchemaFault, ...]:
    """All that keeps a schema from being judged. `draft`: in which it is read where it names none itself."""
    return _FAULTS[declared(schema) or draft](schema)


def _faults(draft: Draft, schema: JSON) -> tuple[SchemaFault, ...]:
    return (*_of_dialect(schema), *_of_metaschema(schema, draft), *_ill_typed(schema, ()))


_FAULTS = {draft: Remembered(partial(_faults, draft)) for draft in Draft}


def _of_dialect(schema: JSON) -> Iterator[SchemaFault]:
    named = schema.get("$schema") if isinstance(schema, Mapping) else None
    if isinstance(named, str) and declared(schema) is None:  # where it is no text, the metaschema says so
        message = f"{named[:80]!r} is no version of JSON Schema that the bot knows"
        yield SchemaFault("dialect-unknown", "/$schema", message, DIALECT)


def _of_metaschema(schema: JSON, draft: Draft) -> Iterator[SchemaFault]:
    for place, found in schema_errors(schema, draft):
        yield SchemaFault("schema-invalid", place, f"this is not a JSON Schema: {found}", NO_SCHEMA)


def _ill_typed(schema: JSON, place: tuple[str, ...]) -> Iterator[SchemaFault]:
    if not isinstance(schema, Mapping):
        return
    for keyword in sorted(TEXTS & schema.keys()):
        if not isinstance(schema[keyword], str):
            yield _ill(place, keyword, "this has to be text")
    names = schema.get("tabular_required", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        yield _ill(place, "tabular_required", "this has to be a list of names")
    if not isinstance(schema.get("datapackage_metadata", {}), Mapping):
        yield _ill(place, "datapackage_metadata", "this has to be an object")
    if "constraints" in schema:
        kind = schema.get("datapackage_type", schema.get("type"))
        for steps, wrong in constraint_faults(schema["constraints"], kind):
            where = pointer((*place, "constraints", *steps))
            yield SchemaFault("constraint-malformed", where, f"the constraint{_named(steps)} {wrong}", CONSTRAINTS)
    for steps, part in subschemas(schema, definitions=True):
        yield from _ill_typed(part, (*place, *steps))


def _named(steps: tuple[str, ...]) -> str:
    return f" {steps[0]!r}" if steps else "s"


def _ill(place: tuple[str, ...], keyword: str, message: str) -> SchemaFault:
    hint = "Correct the value: as it is, no table can be made of it."
    return SchemaFault("keyword-malformed", pointer((*place, keyword)), message, hint)


CONSTRAINTS = "See the constraints of Table Schema: required, unique, enum, pattern, minLength, maximum, and so on."
