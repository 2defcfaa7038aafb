"""The tabular data package of a profile (Frictionless Data Package 1, profile `tabular-data-package`).

Columns are the properties with `constraints`; keys between tables follow from which entity holds which
(an array of phones in contact: phone has a `contact_id`), or are declared by `foreign_key`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Enum

from bot.generate.views import order
from bot.standard.inlining import inlined
from bot.standard.model import Entity, Package
from bot.standard.profiles import Structure
from bot.standard.pruning import referred_entity
from bot.standard.remembered import Remembered
from bot.standard.values import JSON

NEVER_PARENTS_OF = ("attribute", "metadata")
"""Entities that anything may have, which therefore refer to their owner by `link_id` or `resource_id`."""

CONSTRAINTS = {
    "pattern": "pattern",
    "minimum": "minimum",
    "maximum": "maximum",
    "minLength": "minLength",
    "maxLength": "maxLength",
}
"""Keywords that Table Schema has among the constraints of a field."""

NOT_FOR_TABLES = ("datapackage_type", "datapackage_format", "foreign_key", "foreignKeys", "enum", *CONSTRAINTS)


def package_of(structure: Structure, metadata: Mapping[str, JSON]) -> Package:
    """The data package of a profile's entities; an entity without columns is no table."""
    entities = structure.entities
    keys = foreign_keys(entities)
    ordered = sorted(entities.values(), key=order)
    return Package(metadata, tuple(_table(entity, keys.get(entity.name, [])) for entity in ordered if columns(entity)))


def columns(entity: Entity) -> Mapping[str, Mapping[str, JSON]]:
    """The properties of an entity that are columns of its table."""
    return _columns(entity.schema)


@Remembered
def _columns(schema: JSON) -> Mapping[str, Mapping[str, JSON]]:
    properties = schema.get("properties")
    described = {
        name: inlined(schema, each)
        for name, each in (properties.items() if isinstance(properties, Mapping) else ())
        if isinstance(each, Mapping)
    }
    return {name: each for name, each in described.items() if isinstance(each.get("constraints"), Mapping)}


def _table(entity: Entity, keys: list[JSON]) -> Mapping[str, JSON]:
    """The table of an entity: the very same one for the same schema and keys, however often a package is made."""
    made = _tables(entity.schema)
    known = json.dumps([entity.name, keys])
    if known not in made:
        made[known] = _made(entity, keys)
    return made[known]


@Remembered
def _tables(_schema: JSON) -> dict[str, Mapping[str, JSON]]:
    return {}


def _made(entity: Entity, keys: list[JSON]) -> Mapping[str, JSON]:
    schema = entity.schema
    metadata = schema.get("datapackage_metadata")
    described = dict(metadata) if isinstance(metadata, Mapping) else {"profile": "tabular-data-resource"}
    for own in ("order", "name", "schema"):
        described.pop(own, None)
    name = str(schema.get("name", entity.name))
    fields = columns(entity)
    required = {*_names(schema.get("required")), *_names(schema.get("tabular_required"))}
    table: dict[str, JSON] = {"name": name, "path": schema.get("path", f"{name}.csv")}
    if "description" in schema:
        table["description"] = schema["description"]
    table.update(described)
    table["schema"] = {
        **({"primaryKey": "id"} if "id" in fields else {}),
        "fields": [_field(key, each, key in required) for key, each in fields.items()],
        **({"foreignKeys": keys} if keys else {}),
    }
    return table


def _names(value: JSON) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def _field(name: str, schema: Mapping[str, JSON], required: bool) -> dict[str, JSON]:
    field = {key: value for key, value in schema.items() if key not in NOT_FOR_TABLES}
    field["name"] = schema.get("name", name)
    constraints: dict[str, JSON] = {"required": required, **schema["constraints"]}
    if "enum" in schema:
        constraints["enum"] = schema["enum"]
    if isinstance(schema.get("type"), list):
        kinds = [kind for kind in schema["type"] if kind != "null"]
        field["type"] = kinds[0] if len(kinds) == 1 else "any"
    if "datapackage_type" in schema:
        field["type"] = schema["datapackage_type"]
        field.pop("format", None)
    else:
        constraints |= {CONSTRAINTS[key]: schema[key] for key in CONSTRAINTS if key in schema}
    if "datapackage_format" in schema:
        field["format"] = schema["datapackage_format"]
    return {**field, "constraints": constraints}


def foreign_keys(entities: Mapping[str, Entity]) -> dict[str, list[JSON]]:
    """For each table its keys to others, in the order of the files and of their properties."""
    keys: dict[str, list[JSON]] = {}
    for table, column, target in _links(entities):
        if (
            table in entities
            and target in entities
            and column in columns(entities[table])
            and "id" in columns(entities[target])
        ):
            resource = entities[target].schema.get("name", target)
            key = {"fields": column, "reference": {"resource": resource, "fields": "id"}}
            if key not in keys.setdefault(table, []):
                keys[table].append(key)
    return keys


def _links(entities: Mapping[str, Entity]) -> Iterator[tuple[str, str, str]]:
    """(table, column, table it refers to) for all that entities hold or declare."""
    for name in sorted(entities, key=lambda name: entities[name].file):
        for key, how, target in _links_of(entities[name].schema):
            match how:
                case _Link.ONE:
                    yield name, f"{target}_id", target
                case _Link.MANY:
                    yield target, f"{name}_id", name
                case _Link.DECLARED:
                    yield name, key, target


class _Link(Enum):
    """How an entity refers to another: it holds one of it, or many, or a column says so."""

    ONE = "one"
    MANY = "many"
    DECLARED = "declared"


@Remembered
def _links_of(schema: JSON) -> list[tuple[str, _Link, str]]:
    properties = schema.get("properties")
    found: list[tuple[str, _Link, str]] = []
    for key, each in properties.items() if isinstance(properties, Mapping) else ():
        if not isinstance(each, Mapping):
            continue
        items = each.get("items")
        one = referred_entity(each.get("$ref"))
        many = referred_entity(items.get("$ref")) if isinstance(items, Mapping) else None
        if one is not None:
            found.append((key, _Link.ONE, one))
        elif many is not None and many not in NEVER_PARENTS_OF:
            found.append((key, _Link.MANY, many))
        if isinstance(each.get("foreign_key"), str):
            found.append((key, _Link.DECLARED, each["foreign_key"]))
    return found
