"""When something goes: in a version or on a day, and whether that has come."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:-[0-9]{2}){0,2}")
_VERSION = re.compile(r"v?(?P<number>[0-9]{1,6}(?:\.[0-9]{1,6}){0,2})(?:-[A-Za-z0-9.-]{1,40})?")


@dataclass(frozen=True, slots=True)
class Now:
    """The version that is being looked at, and the day (YYYY-MM-DD); each is "" where it is not known."""

    version: str = ""
    day: str = ""


UNKNOWN = Now()


def is_due(given: str, now: Now) -> bool:
    """Whether a version or a day (a month, a year) that was given has come; no where that cannot be known."""
    if _DAY.fullmatch(given.strip()):
        return bool(now.day) and given.strip() <= now.day[: len(given.strip())]
    wanted, here = _version(given), _version(now.version)
    return wanted is not None and here is not None and wanted <= here


def is_to_come(given: str, now: Now) -> bool:
    """Whether a version or a day that was given has not come yet; no where that cannot be known."""
    can_be_asked = now.day if _DAY.fullmatch(given.strip()) else _version(given) and _version(now.version)
    return bool(can_be_asked) and not is_due(given, now)


def is_known(given: str) -> bool:
    """Whether it is a version or a day at all."""
    return bool(_DAY.fullmatch(given.strip())) or _version(given) is not None


def is_earlier(given: str, other: str) -> bool:
    """Whether one version or day comes before another; no where they cannot be compared."""
    ours, theirs = given.strip(), other.strip()
    if _DAY.fullmatch(ours) and _DAY.fullmatch(theirs):
        length = min(len(ours), len(theirs))
        return ours[:length] < theirs[:length]
    before, after = _version(ours), _version(theirs)
    mixed = _DAY.fullmatch(ours) or _DAY.fullmatch(theirs)
    return not mixed and before is not None and after is not None and before < after


def _version(text: str) -> tuple[int, ...] | None:
    found = _VERSION.fullmatch(text.strip())
    return tuple([*map(int, found["number"].split(".")), 0, 0][:3]) if found else None
