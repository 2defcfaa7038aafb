"""What a change does to a feed that is watched: numbers, and nothing of what the feed holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class Watched:
    """One feed under its profile: how many records were looked at, how many of them would break, and how many
    are not valid already. Without records nothing of it could be read."""

    name: str
    profile: str
    records: int
    broken: int
    invalid: int


def as_json(watched: Watched) -> dict[str, JSON]:
    """The numbers as JSON."""
    return {
        "name": watched.name,
        "profile": watched.profile,
        "records": watched.records,
        "broken": watched.broken,
        "invalid": watched.invalid,
    }


def from_json(value: Mapping[str, JSON]) -> Watched:
    """The numbers of a JSON value in the form of the report's schema."""
    return Watched(**value)
