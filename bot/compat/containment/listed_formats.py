"""Whether one string has a format, where all that read it agree: a listed value can be asked more than a language."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable

_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]{1,9})?(?:Z|[+-]([0-9]{2}):([0-9]{2}))", re.ASCII)
_MOST = (23, 59, 59, 23, 59)
"""The last hour, minute and second, and those of an offset; a second more is read by some as a leap second."""
LEAP = "60"
MONTHS = 12
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)+[A-Za-z]{{2,24}}"
_PATH = "(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*"
_RELATIVE = rf"(?:\.{{0,2}}/)?(?:[A-Za-z0-9._-]+/)*(?:[A-Za-z0-9._-]+)?(?:#{_PATH})?"
_PLAIN = {
    "email": rf"[A-Za-z0-9_-]+(?:[.+][A-Za-z0-9_-]+)*@{_HOST}",
    "hostname": _HOST,
    "duration": "P(?:[0-9]+W|(?=.)(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)?"
    "(?:T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S))?)",
    "uri": rf"https?://(?:{_HOST}|localhost)(?::[0-9]{{1,5}})?(?:/{_PATH})?(?:\?{_PATH})?(?:#{_PATH})?"
    "|urn:[a-z0-9]{2,31}(?::[A-Za-z0-9._-]+)+|mailto:[a-z0-9.]+@[a-z0-9.]+",
    "uri-reference": _RELATIVE,
    "uuid": "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
}
"""What surely has a format. Of what does not match, nothing is said."""
_ALSO = {
    "idn-email": ("email",),
    "idn-hostname": ("hostname",),
    "iri": ("uri",),
    "uri-reference": ("uri", "uri-reference"),
    "iri-reference": ("uri", "uri-reference"),
}
"""Whose strings surely have a format; where nothing is said, its own."""
_NEVER = {"hostname": r"(?s:-.*|.*-|.*\.-.*|.*-\..*)"}
"""What surely has it not: no label begins or ends with a hyphen (RFC 1123, section 2.1)."""


def surely(name: str, text: str) -> bool | None:
    """Whether a string has a format; None where that is a matter of reading."""
    if name in _CALENDAR:
        return _CALENDAR[name](text)
    if name in _NEVER and re.fullmatch(_NEVER[name], text):
        return False
    plain = (_PLAIN[each] for each in _ALSO.get(name, (name,)) if each in _PLAIN)
    return True if any(re.fullmatch(each, text, re.ASCII) for each in plain) else None


def _is_date(text: str) -> bool | None:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        return False
    if text.startswith("0000"):
        return None
    year, month, day = map(int, text.split("-"))
    return 1 <= month <= MONTHS and 1 <= day <= monthrange(year, month)[1]


def _is_time(text: str) -> bool | None:
    found = _CLOCK.fullmatch(text)
    if found is None or found[3] == LEAP:
        return None
    return all(part is None or int(part) <= most for part, most in zip(found.groups(), _MOST, strict=True))


def _is_date_time(text: str) -> bool | None:
    day, between, clock = text[:10], text[10:11], text[11:]
    answers = [_is_date(day), _is_time(clock), True if between == "T" else None]
    return False if False in answers else None if None in answers else True


_CALENDAR: dict[str, Callable[[str], bool | None]] = {
    "date": _is_date,
    "date-time": _is_date_time,
    "time": _is_time,
}
