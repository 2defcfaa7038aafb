"""Why an example breaks, in words that a publisher understands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from bot.compat.confirming import Fault
from bot.standard.values import JSON

LONGEST = 300
MOST_VALUES = 12
NO_SUCH_TERM = "this version has no such term"
NO_PLACE = "this version has no place for it"
"""What is said of a whole document: its entity is gone."""
LOST = (NO_SUCH_TERM, NO_PLACE)
_NONE_FITS = "is not valid under any of the given schemas"
_SURPLUS = re.compile(r"(?:Additional|Unevaluated) properties are not allowed \('(.{1,250})' (?:was|were) unexpected\)")
_MISSING = re.compile(r"'(.{1,100})' is a required property")


def explained(fault: Fault) -> str:
    """A fault as a sentence without its full stop; what has no words of ours is said as the validator says it."""
    if _nothing_allowed(fault):
        return NO_SUCH_TERM if fault.pointer else NO_PLACE
    missing = _MISSING.fullmatch(fault.message)
    if missing and fault.keyword == "required":
        return f"{missing[1]} is missing"
    if surplus := _SURPLUS.fullmatch(fault.message):
        names = surplus[1].split("', '")
        return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} not allowed here"
    if fault.keyword in ("anyOf", "oneOf"):
        return "fits none of the alternatives" if fault.message.endswith(_NONE_FITS) else "fits several alternatives"
    words = _WORDS.get(fault.keyword)
    said = words(fault.wanted) if words is not None else fault.message
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def _nothing_allowed(fault: Fault) -> bool:
    # A closed place: `false`, or `{"not": {}}` as drafts before 6 must say it.
    return not fault.keyword or (fault.keyword == "not" and fault.wanted in (True, {}))


def _written(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False)


def _types(wanted: JSON) -> str:
    return f"must be of type {' or '.join(wanted if isinstance(wanted, list) else [str(wanted)])}"


def _one_of(wanted: JSON) -> str:
    if not wanted:
        return "is no longer allowed"
    if len(wanted) == 1:
        return f"must be {_written(wanted[0])}"
    shown = ", ".join(_written(each) for each in wanted[:MOST_VALUES])
    more = f" and {len(wanted) - MOST_VALUES} more" if len(wanted) > MOST_VALUES else ""
    return f"must be one of {shown}{more}"


def _number(wanted: JSON, what: str) -> str:
    return f"{wanted} {what}" if wanted == 1 else f"{wanted} {what}s"


_WORDS: dict[str, Callable[[JSON], str]] = {
    "type": _types,
    "enum": _one_of,
    "const": lambda wanted: f"must be {_written(wanted)}",
    "format": lambda wanted: f"must be a valid {wanted}",
    "pattern": lambda wanted: f"must match the pattern {wanted}",
    "minLength": lambda wanted: f"must have at least {_number(wanted, 'character')}",
    "maxLength": lambda wanted: f"must have at most {_number(wanted, 'character')}",
    "minimum": lambda wanted: f"must be at least {wanted}",
    "maximum": lambda wanted: f"must be at most {wanted}",
    "exclusiveMinimum": lambda wanted: f"must be more than {wanted}",
    "exclusiveMaximum": lambda wanted: f"must be less than {wanted}",
    "multipleOf": lambda wanted: f"must be a multiple of {wanted}",
    "minItems": lambda wanted: f"must have at least {_number(wanted, 'item')}",
    "maxItems": lambda wanted: f"must have at most {_number(wanted, 'item')}",
    "minProperties": lambda wanted: f"must have at least {_number(wanted, 'term')}",
    "maxProperties": lambda wanted: f"must have at most {_number(wanted, 'term')}",
    "not": lambda _: "must not be what is excluded there",
    "contains": lambda _: "must hold an item of the kind that is asked for",
    "uniqueItems": lambda _: "must not hold the same item twice",
}
