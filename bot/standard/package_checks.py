"""What is wrong with a tabular data package (Table Schema 1): tables, columns, keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.standard.model import Package
from bot.standard.package_form import table_faults, wrong_with_key
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error, warning
from bot.standard.superset import columns
from bot.standard.table_paths import wrong_paths
from bot.standard.values import JSON

TYPES = frozenset(
    [
        "string",
        "number",
        "integer",
        "boolean",
        "object",
        "array",
        "date",
        "time",
        "datetime",
        "year",
        "yearmonth",
        "duration",
        "geopoint",
        "geojson",
        "any",
    ]
)
STRING_FORMATS = frozenset({"default", "email", "uri", "binary", "uuid"})


def check_package(package: Package, file: str) -> Iterator[Problem]:
    """The problems of a package; `file` is how its file is called."""
    names = [str(table["name"]) for table in package.tables]
    there = {str(each["name"]): {field["name"] for field in each["schema"]["fields"]} for each in package.tables}
    for at, table in enumerate(package.tables):
        place = ("resources", str(at))
        if names.index(names[at]) != at:
            message = f"there are two tables called {names[at]!r}"
            yield error("table-repeated", file, pointer((*place, "name")), message, "Rename or remove one of them.")
        for each in table_faults(table):
            yield error(each.rule, file, pointer((*place, *each.steps)), each.message, each.hint)
        for wrong in wrong_paths(table["path"]) if "path" in table else ():
            where = pointer((*place, "path", *wrong.steps))
            yield Problem(wrong.rule, wrong.severity, file, where, wrong.message, wrong.hint)
        yield from _fields(table, file, place)
        yield from _keys(table, there, file, place)


def _fields(table: Mapping[str, JSON], file: str, place: tuple[str, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, field in enumerate(table["schema"]["fields"]):
        where = (*place, "schema", "fields", str(at))
        name = field["name"]
        if name in seen:
            message = f"{table['name']} has two columns called {name!r}"
            yield error("column-repeated", file, pointer(where), message, "Rename or remove one of them.")
        seen.add(name)
        kind = field.get("type", "string")
        if isinstance(kind, str) and kind not in TYPES:
            message = f"{table['name']}.{name}: {kind!r} is not a type of Table Schema"
            yield error(
                "column-type-unknown",
                file,
                pointer((*where, "type")),
                message,
                f"Use one of {', '.join(sorted(TYPES))}.",
            )
        form = field.get("format")
        if kind == "string" and isinstance(form, str) and form not in STRING_FORMATS:
            message = f"{table['name']}.{name}: {form!r} is not a format of text in Table Schema"
            hint = (
                "It is `uri` for a web address."
                if form == "url"
                else f"Use one of {', '.join(sorted(STRING_FORMATS))}."
            )
            yield warning("column-format-unknown", file, pointer((*where, "format")), message, hint)


def _keys(
    table: Mapping[str, JSON], there: Mapping[str, set[str]], file: str, place: tuple[str, ...]
) -> Iterator[Problem]:
    """`there`: the columns of all tables."""
    own = {field["name"] for field in table["schema"]["fields"]}
    hint = "Correct the name, or take the key out."
    for name in sorted(columns(table["schema"].get("primaryKey")) - own):
        message = f"the primary key of {table['name']} names {name!r}, which is no column"
        yield error("key-to-missing-column", file, pointer((*place, "schema", "primaryKey")), message, hint)
    keys = table["schema"].get("foreignKeys")
    for at, key in enumerate(keys if isinstance(keys, list) else ()):
        if wrong_with_key(key):
            continue  # it has been said
        where = pointer((*place, "schema", "foreignKeys", str(at)))
        reference = key["reference"]
        for name in sorted(columns(key.get("fields")) - own):
            message = f"a foreign key of {table['name']} names {name!r}, which is no column"
            yield error("key-to-missing-column", file, where, message, hint)
        target = reference.get("resource") or str(table["name"])
        if target not in there:
            message = f"a foreign key of {table['name']} refers to {target!r}, which is no table"
            yield error("key-to-missing-table", file, where, message, hint)
            continue
        for name in sorted(columns(reference.get("fields")) - there[target]):
            message = f"a foreign key of {table['name']} refers to {target}.{name}, which is no column"
            yield error("key-to-missing-column", file, where, message, hint)
