"""The texts of cells: what reads as a value of a type and format (Table Schema 1, types and formats).

Where no pattern says exactly what does, a type is known by what all its texts match and what surely is one of them.
"""

from __future__ import annotations

import re

from bot.standard.dialects import Draft
from bot.standard.values import JSON

MISSPELT = {"url": "uri", "e-mail": "email", "datetime": "date-time", "date_time": "date-time", "guid": "uuid"}
"""Names that are no formats, and the formats that were meant."""

_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
_TEXTS: dict[str, str] = {
    "integer": "^[+-]?[0-9]+$",
    "number": "^([+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?|NaN|-?INF)$",
    "boolean": "^([tT]rue|TRUE|[fF]alse|FALSE|1|0)$",
    "date": f"^{_DAY}$",
    "time": f"^{_CLOCK}:[0-5][0-9]$",
    "datetime": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:?[0-9]{2})?$",
    "year": "^-?[0-9]{4}$",
    "yearmonth": "^[0-9]{4}-(0[1-9]|1[0-2])$",
}
_DIRECTIVES = {
    "Y": "[0-9]{4}",
    "y": "[0-9]{2}",
    "m": "(0[1-9]|1[0-2])",
    "d": "(0[1-9]|[12][0-9]|3[01])",
    "H": "([01][0-9]|2[0-3])",
    "M": "[0-5][0-9]",
    "S": "[0-5][0-9]",
}
_DATES = frozenset({"date", "time", "datetime"})
_MEANT_AS_TYPES = {"date-time": "datetime", "date": "date", "time": "time"}
"""Formats of JSON Schema, given to text where Table Schema has a type."""
_ANY_TEXT = frozenset({"string", "any", ""})
_PLAIN_FORMATS = frozenset({"", "default"})
_NUMERIC_DAY = f"({_DAY}|(0[1-9]|[12][0-9]|3[01])[-/. ](0[1-9]|1[0-2])[-/. ][0-9]{{4}})"
_DECIMAL = "[1-9]?[0-9](\\.[0-9]{1,6})?"
_OBJECT, _ARRAY = "^[ \\t\\r\\n]*\\{", "^[ \\t\\r\\n]*[\\[]"
_PARTLY_KNOWN: dict[tuple[str, str], tuple[str, str]] = {
    ("date", "any"): ("[0-9]", f"^({_NUMERIC_DAY}|[1-9] (May|June|July) [0-9]{{4}})$"),
    ("time", "any"): ("[0-9]", f"^{_CLOCK}(:[0-5][0-9])?$"),
    ("datetime", "any"): ("[0-9]", f"^{_NUMERIC_DAY}[T ]{_CLOCK}(:[0-5][0-9])?Z?$|{_TEXTS['datetime']}"),
    ("duration", ""): ("^[+-]?P.*[0-9]", "^P[1-9][0-9]{0,3}[DMY]$"),
    ("geojson", ""): (_OBJECT, '^\\{"type": "Point", "coordinates": \\[[0-9], [0-9]\\]\\}$'),
    ("geojson", "topojson"): (_OBJECT, "^$a"),
    ("geopoint", ""): (
        "^[^,]*[0-9][^,]*,[^,]*[0-9][^,]*$",
        f"^{_DECIMAL},{_DECIMAL}$",
    ),
    ("geopoint", "array"): (_ARRAY, "^\\[[0-9], [0-9]\\]$"),
    ("geopoint", "object"): (_OBJECT, '^\\{"lon": [0-9], "lat": [0-9]\\}$'),
    ("object", ""): (_OBJECT, "^\\{\\}$"),
    ("array", ""): (_ARRAY, "^\\[\\]$"),
}
"""Types and formats whose texts all match one pattern, and have among them all that match another."""
_BASE64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"


def cell_schema(kind: str, form: str) -> dict[str, JSON]:
    """The JSON Schema of the texts that read as a type and format."""
    form = "" if form in _PLAIN_FORMATS else form
    if kind in _ANY_TEXT:
        return _text(form)
    if kind in _DATES and "%" in form:
        return {"pattern": _strptime(form)}
    known = _PARTLY_KNOWN.get((kind, form))
    # A part of which nothing is known but its name: equal to itself, not comparable with any other.
    named: dict[str, JSON] = {"format": f"{kind}:{form}"}
    if known is not None:
        within, inside = known
        return {"pattern": within, "anyOf": [{"pattern": inside}, named]}
    if kind in _TEXTS and (not form or kind not in _DATES):
        return {"pattern": _TEXTS[kind]}
    return named


def _text(form: str) -> dict[str, JSON]:
    if form in _MEANT_AS_TYPES:
        return cell_schema(_MEANT_AS_TYPES[form], "")
    if form == "binary":
        return {"pattern": _BASE64}
    # Names that no specification defines are annotations.
    return {"format": form} if form in Draft.DRAFT2020.formats else {}


def _strptime(form: str) -> str:
    parts = re.split("%(.)", form.removeprefix("fmt:"))
    texts = [re.escape(part) if at % 2 == 0 else _DIRECTIVES.get(part, ".+") for at, part in enumerate(parts)]
    return "^" + "".join(texts) + "$"


ORDERED = frozenset({"date", "time", "year", "yearmonth"})
"""Types whose texts have so many characters each, and stand in their order as texts."""


def bound_pattern(kind: str, form: str, keyword: str, value: JSON) -> str | None:
    """What texts of a type match that keep to a bound (`minimum` or `maximum`); None where that is not known."""
    text = str(value) if kind == "year" and isinstance(value, int) else value
    ordered = kind in ORDERED and form in _PLAIN_FORMATS and isinstance(text, str)
    if not ordered or text.startswith("-") or not re.search(_TEXTS[kind], text):
        return None
    beyond = "[{}-9]" if keyword == "minimum" else "[0-{}]"
    ways = [text]
    for at, each in enumerate(text):
        other = int(each) + (1 if keyword == "minimum" else -1) if each.isdigit() else -1
        if 0 <= other <= 9:
            rest = "".join("[0-9]" if later.isdigit() else later for later in text[at + 1 :])
            ways.append(f"{text[:at]}{beyond.format(other)}{rest}")
    before_christ = ["-[0-9]{4}"] if kind == "year" and keyword == "maximum" else []
    return f"^({'|'.join([*ways, *before_christ])})$"
