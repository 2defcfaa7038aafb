"""What the bot's own comment on a pull request remembers: verdicts that were told, and ids of messages elsewhere.

It is the memory of the bot: histories of chats are hidden after a while, and there is no database.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.report.model import Outcome
from bot.standard.values import JSON

_LINE = re.compile(r"<!-- gov:state v1 (\{[^<>\n]*\}) -->")
_SAFE = re.compile("[A-Za-z0-9._:/-]{1,200}")
VERDICT = "/verdict-"
"""A part of the key of each message that says that a verdict has changed."""
MOST_SECONDS = 2**40
MOST_TOLD = 50
"""Verdicts that are remembered; older ones matter to nobody."""


@dataclass(frozen=True, slots=True)
class Tracking:
    """`told`: the verdicts in the order in which they were told, each other than the one before; `first`: how
    many were told before those; `ids`: the ids of messages elsewhere, by their keys; `meant`: when (in seconds
    since 1970) the bot set out to write a message whose id it does not know. What is in neither was never written."""

    told: tuple[Outcome, ...] = ()
    first: int = 0
    ids: Mapping[str, str] = field(default_factory=dict)
    meant: Mapping[str, int] = field(default_factory=dict)

    @property
    def flips(self) -> int:
        """How often the verdict has changed so far."""
        return max(0, self.first + len(self.told) - 1)

    @property
    def before(self) -> Outcome | None:
        """The verdict that was told before the present one; None where it is the first."""
        return self.told[-2] if len(self.told) > 1 else None

    def now(self, outcome: Outcome, *, quietly: bool = False) -> Tracking:
        """With the present verdict; quietly, as long as nobody is to be told of a change (a draft)."""
        if self.told and (self.told[-1] is outcome or quietly):
            return replace(self, told=(*self.told[:-1], outcome))
        kept = (*self.told, outcome)[-MOST_TOLD:]
        return replace(self, told=kept, first=self.first + len(self.told) + 1 - len(kept))

    def knowing(self, ids: Mapping[str, str]) -> Tracking:
        """With more ids. Of two for one message the older stays, as with the messages themselves."""
        older = {key: min(id_, self.ids.get(key, id_), key=_age) for key, id_ in ids.items()}
        meant = {key: at for key, at in self.meant.items() if key not in older}
        return replace(self, ids={**self.ids, **older}, meant=meant)

    def meaning(self, keys: Iterable[str], at: int) -> Tracking:
        """With messages that may be written from now on: this is remembered before any of them is. A word on a
        verdict that has changed again since is not coming any more."""
        coming = {key: at for key in keys if key not in self.ids}
        kept = {key: since for key, since in self.meant.items() if key in coming or VERDICT not in key}
        return replace(self, meant={**coming, **kept})


def _age(id_: str) -> tuple[int, str]:
    # Ids are numbers that grow, with or without a point: the shorter is the older.
    return len(id_), id_


def written(tracking: Tracking) -> str:
    """The line that holds it; it is not shown."""
    value = {
        "told": [each.value for each in tracking.told],
        "first": tracking.first,
        "ids": dict(sorted(tracking.ids.items())),
        **({"meant": dict(sorted(tracking.meant.items()))} if tracking.meant else {}),
    }
    return f"<!-- gov:state v1 {json.dumps(value, separators=(',', ':'))} -->"


def without(body: str) -> str:
    """A body without that line."""
    text, _, last = body.rstrip().rpartition("\n")
    return text.rstrip() if _LINE.fullmatch(last) else body.rstrip()


def read(body: str) -> Tracking:
    """What the last line of a body holds; nothing where it holds nothing that could be ours."""
    found = _LINE.fullmatch(body.rstrip().rpartition("\n")[2])
    try:
        value: JSON = json.loads(found[1]) if found else None
    except ValueError:
        return Tracking()
    return _tracking(value) if isinstance(value, dict) else Tracking()


def _tracking(value: Mapping[str, JSON]) -> Tracking:
    outcomes = {each.value: each for each in Outcome}
    told, first, ids, meant = (value.get(name) for name in ("told", "first", "ids", "meant"))
    return Tracking(
        tuple(outcomes[each] for each in told if each in outcomes) if isinstance(told, list) else (),
        first if isinstance(first, int) and first >= 0 else 0,
        {key: each for key, each in ids.items() if _is_safe(key) and _is_safe(each)} if isinstance(ids, dict) else {},
        _times(meant) if isinstance(meant, dict) else {},
    )


def _times(meant: Mapping[str, JSON]) -> dict[str, int]:
    return {key: at for key, at in meant.items() if _is_safe(key) and type(at) is int and 0 <= at < MOST_SECONDS}


def _is_safe(value: JSON) -> bool:
    return isinstance(value, str) and _SAFE.fullmatch(value) is not None


def merged(found: Sequence[Tracking]) -> Tracking:
    """One memory of several, where a message stood twice: the longest history, and all ids, the oldest first."""
    longest = max(found, key=lambda each: each.flips, default=Tracking())
    ids = {key: id_ for each in reversed(found) for key, id_ in each.ids.items()}
    meant: dict[str, int] = {}
    for key, at in (pair for each in found for pair in each.meant.items() if pair[0] not in ids):
        meant[key] = min(at, meant.get(key, at))
    return replace(longest, ids=ids, meant=meant)
