"""The first application profiles: a superset of tables in which each field says which profiles it is in.

The rules are those of the generator of 2019 to 2021, quirks included (DOMAIN §2.1): a field whose list
does not name a profile falls back to its last entry for `openReferral` or without a name, so that what
came from HSDS is in every profile. Tables that the filter empties are left out, which the generator meant
to do and did not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.standard.model import Package
from bot.standard.values import JSON

EVERYONE = ("openReferral", "", None)


def profile_names(package: Package) -> list[str]:
    """The profiles that fields name, sorted; none where no field names any."""
    named = (
        entry.get("name")
        for table in package.tables
        for field in table["schema"]["fields"]
        for entry in memberships(field)
    )
    return sorted({name for name in named if isinstance(name, str) and name})


def memberships(described: Mapping[str, JSON]) -> Iterator[Mapping[str, JSON]]:
    """The entries of `applicationProfile`, which in old files is one object instead of a list."""
    given = described.get("applicationProfile")
    for entry in given if isinstance(given, list) else [given]:
        if isinstance(entry, dict):
            yield entry


def is_in(field: Mapping[str, JSON], profile: str) -> bool:
    """Whether a field belongs to a profile."""
    names = [entry.get("name") for entry in memberships(field)]
    return profile in names or any(name in EVERYONE for name in names)


def select(package: Package, profile: str) -> Package:
    """The package of one profile: its fields, the tables that have any, the keys that still lead somewhere."""
    fields = {
        table["name"]: [field for field in table["schema"]["fields"] if is_in(field, profile)]
        for table in package.tables
    }
    kept = {name: {field["name"] for field in columns} for name, columns in fields.items() if columns}
    tables = [_table(table, fields[table["name"]], kept) for table in package.tables if table["name"] in kept]
    return Package(package.metadata, tuple(tables))


def _table(table: Mapping[str, JSON], fields: list[JSON], kept: dict[str, set[str]]) -> Mapping[str, JSON]:
    schema = {**table["schema"], "fields": fields}
    if isinstance(schema.get("foreignKeys"), list):
        schema["foreignKeys"] = [key for key in schema["foreignKeys"] if _leads_somewhere(key, table["name"], kept)]
    return {**table, "schema": schema}


def _leads_somewhere(key: JSON, table: str, kept: dict[str, set[str]]) -> bool:
    reference = key.get("reference") if isinstance(key, dict) else None
    if not isinstance(reference, dict):
        return False
    target = reference.get("resource") or table
    own, there = columns(key.get("fields")), columns(reference.get("fields"))
    return own <= kept[table] and target in kept and there <= kept[target]


def columns(value: JSON) -> set[str]:
    """The columns a key names: one name, or a list of them."""
    names = value if isinstance(value, list) else [value]
    return {name for name in names if isinstance(name, str)}
