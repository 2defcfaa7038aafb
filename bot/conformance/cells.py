"""The cells of a row as values: numbers where both sides have them, so that bounds mean something; else text."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

from bot.compat.cells import cell_schema
from bot.compat.sides import Schema
from bot.compat.tables import NUMBERS, missing_values
from bot.standard.values import JSON

_SPELT = {kind: re.compile(cell_schema(kind, "")["pattern"]) for kind in NUMBERS}
"""How the numbers of each type are written."""
_ENDLESS = sys.float_info.max


def both_numeric(base: Mapping[str, Schema], head: Mapping[str, Schema]) -> dict[str, Schema]:
    """The tables of both, with the columns whose cells are numbers in both; none where the sides differ in which
    texts stand for no value."""
    found: dict[str, Schema] = {}
    for name in base.keys() & head.keys():
        missing = missing_values(base[name])
        if {*missing} == {*missing_values(head[name])}:
            columns = sorted(_numeric(base[name]) & _numeric(head[name]))
            found[name] = {"missingValues": missing, "properties": {each: {"type": "number"} for each in columns}}
    return found


def _numeric(table: Schema) -> set[str]:
    return {name for name, field in table["properties"].items() if field.get("type") in NUMBERS}


class Cells:
    """Reads the rows of one table. Text that is no number of its column's type stays text, which is none there."""

    def __init__(self, table: Schema, numeric: Schema | None) -> None:
        """`numeric`: the table with the columns that are numbers on the other side as well."""
        self._missing = frozenset(missing_values(table))
        shared = (
            numeric["properties"].keys() if numeric and self._missing == {*missing_values(numeric)} else frozenset()
        )
        self._numbers = {name: table["properties"][name] for name in _numeric(table) & shared}

    def row(self, cells: Mapping[str, JSON]) -> dict[str, JSON]:
        """The values of a row; a number that is missing is none."""
        return {
            name: _number(str(cell), self._numbers[name]) if name in self._numbers else str(cell)
            for name, cell in cells.items()
            if name not in self._numbers or cell not in self._missing
        }

    def filled(self, cells: Mapping[str, JSON]) -> dict[str, JSON]:
        """The cells that hold something."""
        return {name: cell for name, cell in cells.items() if cell not in self._missing}


def _number(cell: str, field: Schema) -> JSON:
    if not _SPELT[field["type"]].fullmatch(cell):
        return cell
    if cell == "NaN":
        return _beyond_bounds(field)
    value = min(max(float(cell), -_ENDLESS), _ENDLESS)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _beyond_bounds(field: Schema) -> JSON:
    """A number that no bound of a column is about, in the place of one that JSON does not have."""
    given = field.get("constraints")
    bounds = given if isinstance(given, Mapping) else {}
    known = (bounds.get("minimum"), bounds.get("maximum"), 0)
    return next(each for each in known if isinstance(each, (int, float)) and not isinstance(each, bool))
