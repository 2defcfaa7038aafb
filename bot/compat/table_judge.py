"""Judges data packages: the rows of each table, and the keys that hold the tables together.

An example is a whole package, `{table: [row, …]}`: with every row that another one needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from bot.compat.beyond import beyond_judging
from bot.compat.cells import MISSPELT
from bot.compat.changes import ABSENT
from bot.compat.confirming import Judged
from bot.compat.engine import Engine, Pair, Side
from bot.compat.tables import (
    Key,
    document_schema,
    keys_of,
    leads_somewhere,
    missing_values,
    row_schema,
    unique_columns,
)
from bot.compat.verdicts import COMPATIBLE, Answer, Forms, Verdict, breaking, unknown, worst
from bot.standard.dialects import Draft
from bot.standard.documents import Documents
from bot.standard.values import JSON, same

Table: TypeAlias = Mapping[str, JSON]
Tables: TypeAlias = Mapping[str, Table]
Row: TypeAlias = dict[str, JSON]
Rows: TypeAlias = dict[str, list[Row]]

MOST_ROWS = 40


class TableJudge:
    """One pair of packages, their tables in the shape of entities."""

    def __init__(self, engine: Engine, base: Tables, head: Tables) -> None:
        """`base` and `head`: tables by name. What head repairs counts as if base had always meant it."""
        self._engine = engine
        self._base, self._head = repaired(base, head), head

    def publishers(self, table: str) -> Verdict:
        """Is every package of base one of head, as far as this table goes?"""
        return _Direction(self._engine, self._base, self._head, reading=False).verdict(table)

    def consumers(self, table: str) -> Verdict:
        """Can a tool for base read every package of head, as far as this table goes?"""
        return _Direction(self._engine, self._head, self._base, reading=True).verdict(table)


def repaired(base: Tables, head: Tables) -> Tables:
    """Base as it was meant: a format is spelt as head spells it, a key that led nowhere leads where head says; `id` is
    the primary key it was never said to be. Such repairs are PATCH (governance rule G6)."""
    return {name: _repaired(name, table, head[name], base) if name in head else table for name, table in base.items()}


def _repaired(name: str, table: Table, other: Table, base: Tables) -> Table:
    others = other["properties"]
    spelt = {column: _spelt(field, others.get(column, {})) for column, field in table["properties"].items()}
    properties = dict(spelt)
    for column, field in spelt.items():
        meant = others.get(column, {}).get("foreignKeys", ())
        if meant and any(not leads_somewhere(key, base) for key in _of_column(name, column, field)):
            properties[column] = {**field, "foreignKeys": [*field["foreignKeys"], *meant]}
    given = {"primaryKey": "id"} if lacks_id(table) and other.get("primaryKey") in ("id", ["id"]) else {}
    return {**table, **given, "properties": properties}


def _spelt(field: Table, other: Table) -> Table:
    meant = MISSPELT.get(str(field.get("format")), ABSENT)
    return {**field, "format": meant} if other.get("format") == meant else field


def _of_column(name: str, column: str, field: Table) -> frozenset[Key]:
    return keys_of(name, {"properties": {column: field}})


def lacks_id(table: Table) -> bool:
    """Whether a table has an `id` that nobody said is its primary key."""
    return not table.get("primaryKey") and "id" in table["properties"]


def _judged(tables: Tables, others: Tables, filled: frozenset[str]) -> Judged:
    return Judged({"package": document_schema(tables, others, filled)}, "package", Draft.DRAFT2020, formats=True)


class _Direction:
    """From the packages of `mine` to those that `other` admits."""

    def __init__(self, engine: Engine, mine: Tables, other: Tables, *, reading: bool) -> None:
        self._engine = engine
        self._mine, self._other = mine, other
        self._reading = reading
        self._known: dict[frozenset[str], tuple[Judged, Judged]] = {}

    def _judges(self, document: Rows) -> tuple[Judged, Judged]:
        """What admits such a package here and what admits it there."""
        filled = frozenset(document)
        if filled not in self._known:
            mine, other = self._mine, self._other
            self._known[filled] = _judged(mine, other, filled), _judged(other, mine, filled)
        return self._known[filled]

    def verdict(self, table: str) -> Verdict:
        if table not in self._mine or (table not in self._other and self._reading):
            return COMPATIBLE
        if table not in self._other:
            row = self._row(table)
            return self._confirmed({table: [row]} if row is not None else None, "no row of the table was found")
        mine, other = self._mine[table], self._other[table]
        if same(mine, other):
            return COMPATIBLE
        rows = self._rows(table)
        if rows.answer is Answer.BREAKING:
            return self._confirmed({table: [rows.witness]}, "the row alone breaks, the package around it was not found")
        return worst([rows, beyond_judging(table, mine, other), *self._missing(table), *self._keys(table)])

    def _missing(self, table: str) -> Iterator[Verdict]:
        """Cells that stand for nothing here and for a value there must not be under a key there."""
        mine, other = self._mine[table], self._other[table]
        lost = sorted({*missing_values(mine)} - {*missing_values(other)})
        for columns in sorted(unique_columns(other)) if lost else ():
            yield from self._under_key(table, columns, lost, f"two rows with the same {' and '.join(columns)}")
        for key in sorted(keys_of(table, other), key=lambda key: key.text) if lost else ():
            itself = key.table == key.target and key.columns == key.target_columns
            if not itself and leads_somewhere(key, self._other):
                yield from self._under_key(table, key.columns, lost, f"{key.columns[0]} leads nowhere", key)

    def _under_key(
        self, table: str, columns: tuple[str, ...], lost: list[str], what: str, key: Key | None = None
    ) -> Iterator[Verdict]:
        """The verdict on rows in which a cell of a key becomes a value that stood for nothing, where there are any."""
        if not set(columns) <= self._mine[table]["properties"].keys():
            return
        for column in columns:
            wish = _valued(columns, column, lost, missing_values(self._other[table]))
            if self._engine.is_empty(self._rows_like(table, wish)):
                continue
            rows = self._equal_rows(table, columns, wish) if key is None else self._orphan(key, wish)
            yield self._confirmed(rows, f"a text that stood for nothing is a value, and {what}")

    def _rows(self, table: str) -> Verdict:
        mine, other = self._mine[table], self._other[table]
        schemas = {**row_schema(mine, other), "allOf": self._targets(table)}, row_schema(other, mine)
        formats = frozenset(_formats([*schemas]))
        ours, theirs = (Side(Documents({"row": schema}, formats=formats), "row") for schema in schemas)
        if self._reading:
            return Pair(self._engine, base=theirs, head=ours).consumers()
        return Pair(self._engine, base=ours, head=theirs).publishers()

    def _keys(self, table: str) -> Iterator[Verdict]:
        """Verdicts on the keys that the other side has and this one does not imply."""
        mine, other = self._mine[table], self._other[table]
        ours = unique_columns(mine)
        for wanted in sorted(unique_columns(other)):
            implied = any(set(each) <= set(wanted) for each in ours)
            if not implied and self._binds(table, wanted):
                yield self._confirmed(self._equal_rows(table, wanted), f"two rows with the same {' and '.join(wanted)}")
        for key in sorted(keys_of(table, other) - keys_of(table, mine), key=lambda key: key.text):
            itself = key.table == key.target and key.columns == key.target_columns
            if not itself and leads_somewhere(key, self._other) and self._binds(table, key.columns):
                yield self._confirmed(self._orphan(key), f"a row whose {key.columns[0]} leads nowhere")

    def _binds(self, table: str, columns: tuple[str, ...]) -> bool:
        """Whether a key on these columns says something of this side's rows: not where it does not have them, or
        where one of them can only stand for no value."""
        if not set(columns) <= self._mine[table]["properties"].keys():
            return False
        return not self._engine.is_empty(self._rows_like(table, self._filled(table, columns)))

    # Examples.

    def _confirmed(self, rows: Rows | None, what: str) -> Verdict:
        """Breaking, if the validator accepts the package on this side and rejects it on the other."""
        document = None if rows is None else self._complete(rows)
        for candidate in () if document is None else (self._dressed(document), document):
            if self._breaks(candidate):
                faults = self._engine.confirmer.faults(self._judges(candidate)[1], self._seen(candidate))
                forms = Forms(document, candidate) if self._engine.realistic else None
                return breaking(candidate, faults, forms)
        return unknown("data package", "", f"{what}: no example of it could be confirmed")

    def _breaks(self, document: Rows) -> bool:
        accepts = self._engine.confirmer.accepts
        accepting, rejecting = self._judges(document)
        return accepts(accepting, document) is True and accepts(rejecting, self._seen(document)) is False

    def _seen(self, document: Rows) -> Rows:
        return self._projected(document) if self._reading else document

    def _dressed(self, document: Rows) -> Rows:
        """The rows with the examples that columns give, in columns that are no keys."""
        if not self._engine.realistic:
            return document
        return {name: [self._dressed_row(self._mine[name], row) for row in rows] for name, rows in document.items()}

    def _dressed_row(self, table: Table, row: Row) -> Row:
        keys = {column for columns in unique_columns(table) for column in columns}
        dressed = dict(row)
        for column, cell in row.items():
            field = table["properties"][column]
            example = field.get("example")
            if (
                column not in keys
                and not field.get("foreignKeys")
                and cell
                and isinstance(example, str)
                and isinstance(cell, str)
            ):
                dressed[column] = example
        return dressed

    def _projected(self, document: Rows) -> Rows:
        known = {name: table["properties"] for name, table in self._other.items()}
        return {
            name: [{column: cell for column, cell in row.items() if column in known[name]} for row in rows]
            for name, rows in document.items()
            if name in known
        }

    def _row(self, table: str, *wishes: JSON) -> Row | None:
        found = self._engine.example(self._rows_like(table, *wishes))
        return dict(found.value) if found is not None and not found.doubts else None

    def _rows_like(self, table: str, *wishes: JSON) -> JSON:
        schema = row_schema(self._mine[table], self._other.get(table))
        return {"allOf": [{**schema, "additionalProperties": False}, *self._targets(table), *wishes]}

    def _targets(self, table: str) -> list[JSON]:
        """What the cells of each key must be, so that the row it refers to can be there."""
        keys = sorted(keys_of(table, self._mine[table]), key=lambda key: (key.columns, key.text))
        return [self._as_target(key) for key in keys if leads_somewhere(key, self._mine)] or [{}]

    def _as_target(self, key: Key) -> JSON:
        target = row_schema(self._mine[key.target], self._other.get(key.target))["properties"]
        pairs = zip(key.columns, key.target_columns, strict=False)
        missing = [text for text in missing_values(self._mine[key.table]) if text]
        nothing: list[JSON] = [{"maxLength": 0}, *([{"enum": missing}] if missing else [])]
        return {"properties": {own: {"anyOf": [*nothing, target.get(there, {})]} for own, there in pairs}}

    def _filled(self, table: str, columns: tuple[str, ...]) -> JSON:
        """Cells that stand for a value on both sides: what is missing is under no key."""
        missing = [text for side in (self._mine, self._other) for text in missing_values(side.get(table, {}))]
        value = {"not": {"enum": ["", *dict.fromkeys(text for text in missing if text)]}}
        return {"required": list(columns), "properties": dict.fromkeys(columns, value)}

    def _equal_rows(self, table: str, wanted: tuple[str, ...], wish: JSON = None) -> Rows | None:
        """Two rows that differ in nothing but what must differ on this side; `wish`: what they are to hold."""
        first = self._row(table, wish or self._filled(table, wanted))
        if first is None:
            return None
        copied = {"properties": {column: {"const": first[column]} for column in wanted}, "required": list(wanted)}
        missing = missing_values(self._mine[table])
        others = [
            {"anyOf": [_other_value(column, first) for column in columns]}
            for columns in unique_columns(self._mine[table])
            if not any(column in wanted and first[column] in missing for column in columns)
        ]
        second = self._row(table, copied, *others)
        return None if second is None else {table: [first, second]}

    def _orphan(self, key: Key, wish: JSON = None) -> Rows | None:
        wanted = wish or self._filled(key.table, key.columns)
        row = self._row(key.table, wanted)
        if row is not None and key.target == key.table:
            # Nor does it lead to its own row.
            copied = {"properties": {column: {"const": row[column]} for column in key.columns}}
            pairs = zip(key.columns, key.target_columns, strict=False)
            row = self._row(
                key.table, wanted, copied, {"anyOf": [_other_value(to, {to: row[own]}) for own, to in pairs]}
            )
        return None if row is None else {key.table: [row]}

    def _complete(self, rows: Rows) -> Rows | None:
        """The rows with those their keys refer to on this side; None where that has no end."""
        complete = {table: list(each) for table, each in rows.items()}
        waiting = [(table, row) for table, each in rows.items() for row in each]
        while waiting:
            table, row = waiting.pop()
            missing = [None, *missing_values(self._mine[table])]
            for key in keys_of(table, self._mine[table]):
                if not leads_somewhere(key, self._mine) or any(row.get(each) in missing for each in key.columns):
                    continue
                values = dict(zip(key.target_columns, (row[column] for column in key.columns), strict=False))
                there = complete.setdefault(key.target, [])
                if any(values.items() <= each.items() for each in there):
                    continue
                fixed = {
                    "properties": {column: {"const": value} for column, value in values.items()},
                    "required": list(values),
                }
                parent = self._row(key.target, fixed)
                if parent is None or sum(map(len, complete.values())) > MOST_ROWS:
                    return None
                there.append(parent)
                waiting.append((key.target, parent))
        return complete


def _valued(columns: tuple[str, ...], column: str, lost: list[str], missing: list[str]) -> JSON:
    """Cells that all hold a value, one of them a text that stood for none."""
    value: JSON = {"not": {"enum": missing}} if missing else True
    cells = {**dict.fromkeys(columns, value), column: {"enum": lost}}
    return {"required": list(columns), "properties": cells}


def _other_value(column: str, row: Row) -> JSON:
    different = {"not": {"const": row[column]}} if column in row else {"minLength": 1}
    return {"properties": {column: different}, "required": [column]}


def _formats(value: JSON) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _formats(each)
    elif isinstance(value, dict):
        if isinstance(value.get("format"), str):
            yield value["format"]
        for each in value.values():
            yield from _formats(each)
