"""Tables as schemas: a data package in the shape of entities, and its rows as a CSV file holds them, text.

A cell is text that must read as its column's type: so a date column that becomes a text column accepts
all it did before, and the other way round not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from bot.compat.cells import bound_pattern, cell_schema
from bot.standard.dialects import Draft
from bot.standard.model import Package
from bot.standard.superset import columns
from bot.standard.values import JSON

ARROW = " -> "
_SPELT = {"%": "%25", ".": "%2E", "+": "%2B", ">": "%3E"}
NUMBERS = frozenset({"number", "integer"})
BOUNDS = ("minimum", "maximum")


@dataclass(frozen=True, slots=True)
class Key:
    """A foreign key: columns of a table, and the table and columns they refer to."""

    table: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]

    @property
    def text(self) -> str:
        """The target as people write it: `organization.id`."""
        return f"{self.target}.{_joined(self.target_columns)}"


def as_entities(package: Package) -> dict[str, dict[str, JSON]]:
    """Each table in the shape of an entity's schema, its columns as properties: so that one way to find
    changes serves both. The key of a column stands with it, as `foreignKeys`; one of several columns, or of
    a column that is not there, with the table."""
    return {str(table["name"]): _as_entity(table) for table in package.tables}


def _as_entity(table: Mapping[str, JSON]) -> dict[str, JSON]:
    schema = table["schema"]
    properties = {
        field["name"]: {key: each for key, each in field.items() if key != "name"} for field in schema["fields"]
    }
    loose: list[str] = []
    for key in foreign_keys(table):
        if len(key.columns) == 1 and key.columns[0] in properties:
            column = properties[key.columns[0]]
            column["foreignKeys"] = [*column.get("foreignKeys", ()), key.text]
        else:
            loose.append(f"{_joined(key.columns)}{ARROW}{key.text}")
    own = {key: each for key, each in schema.items() if key not in ("fields", "foreignKeys")}
    if not own.get("primaryKey", "id"):
        del own["primaryKey"]
    around = {key: each for key, each in table.items() if key not in ("schema", "name")}
    return {**around, **own, **({"foreignKeys": loose} if loose else {}), "properties": properties}


def foreign_keys(table: Mapping[str, JSON]) -> Iterator[Key]:
    """The foreign keys of a table of a package."""
    given = table["schema"].get("foreignKeys")
    for key in given if isinstance(given, list) else ():
        reference = key.get("reference") if isinstance(key, dict) else None
        if isinstance(reference, dict):
            target = reference.get("resource") or table["name"]
            yield Key(str(table["name"]), _names(key.get("fields")), str(target), _names(reference.get("fields")))


def _names(value: JSON) -> tuple[str, ...]:
    """The columns a key names, in their order: each goes with the one at its place on the other side."""
    return tuple(name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str))


def keys_of(name: str, entity: Mapping[str, JSON]) -> frozenset[Key]:
    """The foreign keys of a table in the shape of an entity."""
    own = {
        Key(name, (column,), *_target(text))
        for column, field in entity["properties"].items()
        for text in field.get("foreignKeys", ())
    }
    loose = (text.partition(ARROW) for text in entity.get("foreignKeys", ()))
    return frozenset(own | {Key(name, _split(columns), *_target(text)) for columns, _, text in loose})


def _target(text: str) -> tuple[str, tuple[str, ...]]:
    table, _, names = text.rpartition(".")
    return table, _split(names)


def _joined(columns: tuple[str, ...]) -> str:
    """Names of columns as one text; what joins them is spelt out where a name has it."""
    return "+".join("".join(_SPELT.get(each, each) for each in name) for name in columns)


def _split(text: str) -> tuple[str, ...]:
    return tuple(unquote(each) for each in text.split("+"))


def leads_somewhere(key: Key, entities: Mapping[str, Mapping[str, JSON]]) -> bool:
    """Whether the columns of a key, and those they refer to, are there: else it demands nothing of rows."""
    own, target = entities.get(key.table), entities.get(key.target)
    if own is None or target is None or not 0 < len(key.columns) == len(key.target_columns):
        return False
    here, there = own["properties"], target["properties"]
    return all(name in here for name in key.columns) and all(name in there for name in key.target_columns)


def unique_columns(entity: Mapping[str, JSON]) -> frozenset[tuple[str, ...]]:
    """The sets of columns in which no two rows may be equal."""
    unique = {(name,) for name, field in entity["properties"].items() if _constraints(field).get("unique") is True}
    primary = tuple(sorted(columns(entity.get("primaryKey"))))
    return frozenset(unique | ({primary} if primary else set()))


def _constraints(field: Mapping[str, JSON]) -> Mapping[str, JSON]:
    given = field.get("constraints")
    return given if isinstance(given, Mapping) else {}


def missing_values(entity: Mapping[str, JSON]) -> list[str]:
    """The texts of a table that stand for no value (Table Schema 1, "Missing Values")."""
    given = entity.get("missingValues", [""])
    return [each for each in given if isinstance(each, str)] if isinstance(given, list) else [""]


def row_schema(entity: Mapping[str, JSON], other: Mapping[str, JSON] | None = None) -> dict[str, JSON]:
    """The JSON Schema of a row. Columns that are numbers here and in `other` are JSON numbers, so that their
    bounds can be compared; all others are text."""
    others = other["properties"] if other is not None else {}
    missing = missing_values(entity)
    # A number that is missing is no number: where the sides differ in that, cells are compared as text.
    comparable = other is None or {*missing} == {*missing_values(other)}
    properties: dict[str, JSON] = {}
    required: list[str] = []
    primary = columns(entity.get("primaryKey"))
    for name, field in entity["properties"].items():
        numeric = comparable and field.get("type") in NUMBERS and others.get(name, {}).get("type") in NUMBERS
        needed = _constraints(field).get("required") is True or name in primary
        cell = _number(field) if numeric else _text(field)
        required += [name] if needed else []
        if not numeric:
            cell = _filled(cell, missing) if needed else {"anyOf": [_one_of(missing), cell]} if missing else cell
        properties[name] = {"type": "number" if numeric else "string", **cell}
    return {"$schema": Draft.DRAFT2020.uri, "type": "object", "properties": properties, "required": required}


def _one_of(texts: list[str]) -> dict[str, JSON]:
    return {"maxLength": 0} if texts == [""] else {"enum": texts}


def _filled(cell: dict[str, JSON], missing: list[str]) -> dict[str, JSON]:
    if "" in missing:
        cell = {**cell, "minLength": max(1, cell.get("minLength", 1))}
    others = [text for text in missing if text]
    return {"allOf": [cell, {"not": {"enum": others}}]} if others else cell


def _number(field: Mapping[str, JSON]) -> dict[str, JSON]:
    cell: dict[str, JSON] = {"multipleOf": 1} if field.get("type") == "integer" else {}
    constraints = _constraints(field)
    for keyword in BOUNDS:
        value = constraints.get(keyword)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            cell[keyword] = value
    if isinstance(constraints.get("enum"), list):
        cell["enum"] = constraints["enum"]
    return cell


def _text(field: Mapping[str, JSON]) -> dict[str, JSON]:
    kind, form = str(field.get("type", "")), str(field.get("format") or "")
    constraints = _constraints(field)
    cell = cell_schema(kind, form)
    for keyword in ("minLength", "maxLength"):
        if isinstance(constraints.get(keyword), int):
            cell[keyword] = constraints[keyword]
    demands: list[JSON] = [cell]
    if isinstance(constraints.get("pattern"), str):
        demands.append({"pattern": f"^({constraints['pattern']})$"})
    bounds = (bound_pattern(kind, form, each, constraints[each]) for each in BOUNDS if each in constraints)
    demands += [{"pattern": each} for each in bounds if each is not None]
    enum = constraints.get("enum", field.get("enum"))
    if isinstance(enum, list):
        demands.append({"enum": [value if isinstance(value, str) else _cell(value) for value in enum]})
    return cell if len(demands) == 1 else {"allOf": demands}


def _cell(value: JSON) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def document_schema(
    entities: Mapping[str, Mapping[str, JSON]],
    others: Mapping[str, Mapping[str, JSON]],
    filled: Collection[str] | None = None,
) -> dict[str, JSON]:
    """The JSON Schema of a whole package of rows, `{table: [row, …]}`, closed to what it defines, with
    keywords of our own for what JSON Schema cannot say: `uniqueColumns` and `foreignKeys`, which say nothing of cells
    that are among the `missingValues`. `filled`: the tables that packages have rows of; of the others nothing has to
    be said then."""
    told = {name: entity for name, entity in entities.items() if filled is None or name in filled}
    tables: dict[str, JSON] = {
        name: {
            "type": "array",
            "items": {**row_schema(entity, others.get(name)), "additionalProperties": False},
            "uniqueColumns": sorted(map(list, unique_columns(entity))),
            "missingValues": missing_values(entity),
        }
        for name, entity in told.items()
    }
    keys = sorted(
        [key.table, list(key.columns), key.target, list(key.target_columns)]
        for name, entity in told.items()
        for key in keys_of(name, entity)
        if leads_somewhere(key, entities)
    )
    return {
        "$schema": Draft.DRAFT2020.uri,
        "type": "object",
        "properties": tables,
        "additionalProperties": False,
        "foreignKeys": keys,
    }


def pointer_of(package: Package, change_table: str, steps: tuple[str, ...], keyword: str) -> tuple[str, ...] | None:
    """The steps in the package's own file to what `steps` lead to in the shape of an entity; None: not there."""
    tables = [str(table["name"]) for table in package.tables]
    if change_table not in tables:
        return None
    at = tables.index(change_table)
    place: tuple[str, ...] = ("resources", str(at))
    if len(steps) < 2:
        table = package.tables[at]
        inside = keyword in table["schema"] or keyword == "primaryKey"
        return (*place, "schema", keyword) if inside else (*place, keyword) if keyword in table else place
    names = [field["name"] for field in package.tables[at]["schema"]["fields"]]
    if steps[1] not in names:
        return None
    return (*place, "schema", "fields", str(names.index(steps[1])), *steps[2:])
