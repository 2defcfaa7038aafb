"""What in a tabular data package is not of the form that Table Schema 1 gives it: such parts say nothing, and
nobody can judge them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.standard import regexes
from bot.standard.values import JSON, is_number

Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Malformed:
    """A part of the wrong form; `steps` lead to it from where the looking began."""

    rule: str
    steps: Steps
    message: str
    hint: str


# The package: without this there are no tables to speak of.

_TABLE = "A table has a name, and a schema with the list of its `fields`, each of which has a name."


def package_faults(value: JSON) -> Iterator[Malformed]:
    """What keeps a value from being a package of tables."""
    if not isinstance(value, Mapping):
        yield _no_package((), "this is not a tabular data package", "A data package is an object with `resources`.")
    elif not isinstance(value.get("resources"), list):
        where = ("resources",) if "resources" in value else ()
        yield _no_package(where, "a data package has a list of `resources`", _TABLE)
    else:
        for at, table in enumerate(value["resources"]):
            yield from _table_missing(table, ("resources", str(at)))


def _table_missing(table: JSON, place: Steps) -> Iterator[Malformed]:
    if not isinstance(table, Mapping):
        yield _no_package(place, "a table has to be an object", _TABLE)
        return
    if not isinstance(table.get("name"), str):
        yield _no_package(_at(place, table, "name"), "a table has no name that is text", _TABLE)
    schema = table.get("schema")
    fields = schema.get("fields") if isinstance(schema, Mapping) else None
    if not isinstance(schema, Mapping):
        yield _no_package(_at(place, table, "schema"), "a table has no schema", _TABLE)
    elif not isinstance(fields, list):
        where = _at((*place, "schema"), schema, "fields")
        yield _no_package(where, "the schema of a table has no list of fields", _TABLE)
    for at, field in enumerate(fields if isinstance(fields, list) else ()):
        where = (*place, "schema", "fields", str(at))
        if not isinstance(field, Mapping):
            yield _no_package(where, "a column has to be an object", _TABLE)
        elif not isinstance(field.get("name"), str):
            yield _no_package(_at(where, field, "name"), "a column has no name that is text", _TABLE)


def _at(place: Steps, value: Mapping[str, JSON], key: str) -> Steps:
    return (*place, key) if key in value else place


def _no_package(steps: Steps, message: str, hint: str) -> Malformed:
    return Malformed("package-invalid", steps, message, hint)


# A table.


def table_faults(table: Mapping[str, JSON]) -> Iterator[Malformed]:
    """The parts of a table of a package that are of the wrong form."""
    schema = table["schema"]
    for keyword in ("primaryKey", "foreignKeys"):
        if keyword in table:
            message = f"{table['name']} has {keyword} outside its schema"
            yield Malformed("key-malformed", (keyword,), message, "Put it into the schema, beside `fields`.")
    for at, field in enumerate(schema["fields"]):
        yield from _field_faults(f"{table['name']}.{field['name']}", field, ("schema", "fields", str(at)))
    if not _names(schema.get("primaryKey", [])):
        message = f"the primary key of {table['name']} has to be the name of a column, or a list of names"
        yield Malformed("key-malformed", ("schema", "primaryKey"), message, "Name its columns.")
    keys = schema.get("foreignKeys", [])
    if not isinstance(keys, list):
        message = f"the foreign keys of {table['name']} have to be a list"
        yield Malformed("key-malformed", ("schema", "foreignKeys"), message, "Write a list of objects.")
        return
    for at, key in enumerate(keys):
        wrong = wrong_with_key(key)
        if wrong:
            message = f"a foreign key of {table['name']} {wrong}"
            place = ("schema", "foreignKeys", str(at))
            yield Malformed("key-malformed", place, message, "Say which table and column it refers to.")


def wrong_with_key(key: JSON) -> str:
    """What is wrong with the form of a foreign key, to be said after its name; empty where nothing is."""
    if not isinstance(key, Mapping):
        return "has to be an object"
    reference = key.get("reference")
    if not isinstance(reference, Mapping):
        return "has no reference"
    if not isinstance(reference.get("resource", ""), str):
        return "has to give the name of the table that it refers to as text"
    own, there = (each.get("fields") for each in (key, reference))
    if not own or not there or not _names(own) or not _names(there):
        return "has to name its columns, and those it refers to: a name, or a list of names"
    many = [len(each) if isinstance(each, list) else 1 for each in (own, there)]
    return "" if many[0] == many[1] else "has to refer to as many columns as it has"


def _names(value: JSON) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))


# A column.


def _field_faults(name: str, field: Mapping[str, JSON], place: Steps) -> Iterator[Malformed]:
    for keyword in ("type", "format"):
        if not isinstance(field.get(keyword, ""), str):
            message = f"the {keyword} of the column {name} has to be text"
            yield Malformed("column-malformed", (*place, keyword), message, f"Write the name of one {keyword}.")
    if "foreignKeys" in field:
        message = f"the column {name} has foreign keys of its own"
        yield Malformed("column-malformed", (*place, "foreignKeys"), message, "Put them beside `fields`.")
    constraints = field.get("constraints", {})
    for steps, wrong in constraint_faults(constraints, field.get("type")):
        message = f"the constraint{_quoted(steps)} of the column {name} {wrong}"
        yield Malformed("constraint-malformed", (*place, "constraints", *steps), message, _CONSTRAINTS)


_CONSTRAINTS = "See the constraints of Table Schema: required, unique, enum, pattern, minLength, maximum, and so on."


def _quoted(steps: Steps) -> str:
    return f" {steps[0]!r}" if steps else "s"


_BOOLEANS = ("required", "unique")
_LENGTHS = ("minLength", "maxLength")
_BOUNDS = ("minimum", "maximum")
_IN_ORDER_AS_TEXT = ("date", "time", "datetime", "yearmonth", "duration")


def constraint_faults(constraints: JSON, kind: JSON = None) -> Iterator[tuple[Steps, str]]:
    """The constraints of a column of type `kind` that are of the wrong form: steps to each, and what it has to be."""
    if not isinstance(constraints, Mapping):
        yield (), "have to be an object"
        return
    for keyword, value in constraints.items():
        wrong = _wrong_with_constraint(keyword, value, kind)
        if wrong:
            yield (keyword,), wrong


def _wrong_with_constraint(keyword: str, value: JSON, kind: JSON) -> str:
    if keyword in _BOOLEANS and not isinstance(value, bool):
        return "has to be true or false"
    if keyword in _LENGTHS and not (is_number(value) and value >= 0 and value == int(value)):
        return "has to be a whole number, not below zero"
    if keyword in _BOUNDS and not (isinstance(value, str) if kind in _IN_ORDER_AS_TEXT else _reads_as_number(value)):
        return "has to be a value of the column's type"
    if keyword == "enum" and not (isinstance(value, list) and value):
        return "has to be a list of values"
    if keyword == "pattern":
        return _wrong_with_pattern(value)
    return ""


def _wrong_with_pattern(value: JSON) -> str:
    if not isinstance(value, str):
        return "has to be text"
    return regexes.wrong_with(value)


def _reads_as_number(value: JSON) -> bool:
    if isinstance(value, str):
        try:
            float(value)
        except ValueError:
            return False
        return True
    return is_number(value)
