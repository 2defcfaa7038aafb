"""Times as the three services write them. The clock itself is given to them."""

from __future__ import annotations

from datetime import UTC, datetime


def to_the_second(moment: float) -> str:
    """As GitHub writes a time."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_the_millisecond(moment: float) -> str:
    """As Discourse writes a time."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read(text: str) -> float:
    """The moment that an ISO time names; raises ValueError."""
    return datetime.fromisoformat(text).timestamp()
