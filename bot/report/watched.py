"""What a change does to a feed that is watched: numbers, and nothing of what the feed holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from bot.standard.values import JSON

AT_RECORDS, AT_TIME = "records", "time"
"""Why the rest of a feed was left alone: so many records were looked at, or so long."""
FAULT, PROFILE = "fault", "profile"
"""Why nothing is known of a feed: the bot failed on it, or its profile is not looked at here."""
_ALWAYS = frozenset({"name", "profile", "records", "broken", "invalid"})


@dataclass(frozen=True, slots=True)
class Watched:
    """One feed under its profile: how many records were recognised, how many of them would break, are not valid
    already, or could not be decided; and how many were not recognised. Without any nothing of it could be read.
    `truncated`: why the rest of it was not looked at, AT_RECORDS or AT_TIME. `missing`: why
    nothing is known of it."""

    name: str
    profile: str
    records: int
    broken: int
    invalid: int
    undecided: int = 0
    unrecognised: int = 0
    truncated: str = ""
    missing: str = ""

    @property
    def valid(self) -> int:
        """The records that are valid before the change: only they can break."""
        return self.records - self.invalid - self.undecided

    @property
    def looked_at(self) -> int:
        """The records that were looked at, whatever they are."""
        return self.records + self.unrecognised


def as_json(watched: Watched) -> dict[str, JSON]:
    """The numbers as JSON."""
    return {name: each for name, each in asdict(watched).items() if each or name in _ALWAYS}


def from_json(value: Mapping[str, JSON]) -> Watched:
    """The numbers of a JSON value in the form of the report's schema."""
    return Watched(**value)
