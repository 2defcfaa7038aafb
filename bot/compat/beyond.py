"""What a data package can say that rows as text are not judged by: where it changes, a person has to look."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from bot.compat.cells import bound_pattern
from bot.compat.tables import BOUNDS, NUMBERS, missing_values
from bot.compat.verdicts import COMPATIBLE, Verdict, unknown
from bot.standard.values import JSON, freeze, is_number

OF_FIELDS = ("bareNumber", "decimalChar", "falseValues", "groupChar", "missingValues", "trueValues")
OF_TABLES = ("dialect", "encoding")
_FORMS: dict[str, type | tuple[type, ...]] = {
    "enum": list,
    "maxLength": int,
    "minLength": int,
    "pattern": str,
    "required": bool,
    "unique": bool,
}
"""Constraints, and what their values are."""


def beyond_judging(name: str, mine: Mapping[str, JSON], other: Mapping[str, JSON]) -> Verdict:
    """Unknown where the sides differ in something that cannot be judged; compatible where they do not."""
    # Numbers beside which other texts stand for nothing are compared as texts: their bounds say nothing there.
    comparable = {*missing_values(mine)} == {*missing_values(other)}
    ours, theirs = (dict(_said(each, comparable=comparable)) for each in (mine, other))
    for place in sorted({*ours, *theirs}):
        if ours.get(place) != theirs.get(place) and _is_shared(place, mine, other):
            column, keyword = place
            return unknown(keyword, f"{name}.{column}" if column else name, "what it does to rows cannot be judged")
    return COMPATIBLE


def _is_shared(place: tuple[str, str], mine: Mapping[str, JSON], other: Mapping[str, JSON]) -> bool:
    column, _ = place
    return not column or (column in mine["properties"] and column in other["properties"])


def _said(table: Mapping[str, JSON], *, comparable: bool) -> Iterator[tuple[tuple[str, str], Hashable]]:
    for keyword in OF_TABLES:
        if keyword in table:
            yield ("", keyword), freeze(table[keyword])
    missing = table.get("missingValues", [])
    if not isinstance(missing, list) or not all(isinstance(each, str) for each in missing):
        yield ("", "missingValues"), freeze(missing)
    for column, field in table["properties"].items():
        yield from (((column, keyword), freeze(field[keyword])) for keyword in OF_FIELDS if keyword in field)
        for keyword, value in _constraints(field).items():
            if not _is_judged(keyword, value, field, comparable=comparable):
                yield (column, keyword), freeze(value)


def _constraints(field: Mapping[str, JSON]) -> Mapping[str, JSON]:
    given = field.get("constraints", {})
    return given if isinstance(given, Mapping) else {"constraints": given}


def _is_judged(keyword: str, value: JSON, field: Mapping[str, JSON], *, comparable: bool) -> bool:
    if keyword in BOUNDS:
        kind, form = str(field.get("type", "")), str(field.get("format") or "")
        numeric = kind in NUMBERS and comparable and is_number(value)
        return numeric or bound_pattern(kind, form, keyword, value) is not None
    form_of_value = _FORMS.get(keyword)
    return form_of_value is not None and isinstance(value, form_of_value)
