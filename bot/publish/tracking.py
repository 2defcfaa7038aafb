"""What the bot's own comment on a pull request remembers: verdicts that were told, and ids of messages elsewhere.

It is the memory of the bot: histories of chats are hidden after a while, and there is no database.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.publish.marks import age
from bot.report.model import Outcome
from bot.standard.values import JSON

_LINE = re.compile(r"<!-- gov:state v1 (\{[^<>\n]*\}) -->")
_SAFE = re.compile("[A-Za-z0-9._:/-]{1,300}")
VERDICT = "/verdict-"
"""A part of the key of each message that says that a verdict has changed; the number of that verdict follows."""
ROLLING = "/rolling"
"""Ends the key of a message that pull requests share: whichever of them writes it first."""
MOST_SECONDS = 2**40
MOST_TOLD = 50
"""Verdicts that are remembered; older ones matter to nobody."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What a round has found out about messages elsewhere, by their keys: the `ids` of those that stand; those that
    somebody took away (`missed`), or that wait for somebody's approval (`held`); up to which id none is edited any
    more (`over`); which id was remembered of one in whose place another is by now (`lost`). `notes`: the ids of
    suggestions on lines, by their names; None where they were not looked at."""

    ids: Mapping[str, str] = field(default_factory=dict)
    missed: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    over: Mapping[str, str] = field(default_factory=dict)
    lost: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Tracking:
    """`told`: the verdicts in the order in which they were told, each other than the one before; `first`: how
    many were told before those; `ids`: the ids of messages elsewhere, by their keys; `meant`: when (in seconds
    since 1970) the bot set out to write a message whose id it does not know, or one that pull requests share. What is
    in neither was never written since this memory `began`. The rest: see Learned."""

    told: tuple[Outcome, ...] = ()
    first: int = 0
    ids: Mapping[str, str] = field(default_factory=dict)
    meant: Mapping[str, int] = field(default_factory=dict)
    missed: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    over: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    began: int = 0

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

    def learning(self, learned: Learned) -> Tracking:
        """With what a round has found out."""
        over = {**self.over, **{key: max(id_, self.over.get(key, ""), key=age) for key, id_ in learned.over.items()}}

        def stands(key: str, id_: str) -> bool:
            return id_ != learned.lost.get(key) and age(id_) > age(over.get(key, ""))

        kept = replace(self, over=over, ids={key: id_ for key, id_ in self.ids.items() if stands(key, id_)})
        return replace(
            kept.knowing({key: id_ for key, id_ in learned.ids.items() if stands(key, id_)}),
            missed=(self.missed - learned.ids.keys()) | learned.missed,
            held=(self.held - learned.ids.keys()) | learned.held,
            notes=self.notes if learned.notes is None else learned.notes,
        )

    def knowing(self, ids: Mapping[str, str]) -> Tracking:
        """With more ids. Of two for one message the older stays, as with the messages themselves."""
        older = {key: min(id_, self.ids.get(key, id_), key=age) for key, id_ in ids.items()}
        meant = {key: at for key, at in self.meant.items() if key not in older or key.endswith(ROLLING)}
        return replace(self, ids={**self.ids, **older}, meant=meant)

    def meaning(self, keys: Iterable[str], at: int) -> Tracking:
        """With messages that may be written from now on: this is remembered before any of them is. A word on a
        verdict that has changed again since is not coming any more, and one that was written matters to nobody."""
        coming = {key: at for key in keys if key not in self.ids}
        kept = {key: since for key, since in self.meant.items() if key in coming or VERDICT not in key}
        ids = {key: id_ for key, id_ in self.ids.items() if _verdict(key) in (None, self.flips)}
        return replace(self, meant={**coming, **kept}, ids=ids)

    def beginning(self, at: int) -> Tracking:
        """A memory that begins now."""
        return replace(self, began=at)


def _verdict(key: str) -> int | None:
    """The number of the verdict that a key is about."""
    number = key.rpartition(VERDICT)[2] if VERDICT in key else ""
    return int(number) if number.isascii() and number.isdigit() else None


def written(tracking: Tracking) -> str:
    """The line that holds it; it is not shown."""
    value = {
        "told": [each.value for each in tracking.told],
        "first": tracking.first,
        "ids": dict(sorted(tracking.ids.items())),
        **({"meant": dict(sorted(tracking.meant.items()))} if tracking.meant else {}),
        **({"missed": sorted(tracking.missed)} if tracking.missed else {}),
        **({"held": sorted(tracking.held)} if tracking.held else {}),
        **({"over": dict(sorted(tracking.over.items()))} if tracking.over else {}),
        **({"notes": dict(sorted(tracking.notes.items()))} if tracking.notes else {}),
        **({"began": tracking.began} if tracking.began else {}),
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
    told, first, began = (value.get(name) for name in ("told", "first", "began"))
    return Tracking(
        tuple(outcomes[each] for each in told if each in outcomes) if isinstance(told, list) else (),
        first if isinstance(first, int) and first >= 0 else 0,
        _words(value.get("ids")),
        _times(value.get("meant")),
        _keys(value.get("missed")),
        _keys(value.get("held")),
        _words(value.get("over")),
        _words(value.get("notes")),
        _times({"began": began}).get("began", 0),
    )


def _words(value: JSON) -> dict[str, str]:
    items = value.items() if isinstance(value, dict) else ()
    return {key: each for key, each in items if _is_safe(key) and _is_safe(each)}


def _keys(value: JSON) -> frozenset[str]:
    return frozenset(each for each in value if _is_safe(each)) if isinstance(value, list) else frozenset()


def _times(meant: JSON) -> dict[str, int]:
    items = meant.items() if isinstance(meant, dict) else ()
    return {key: at for key, at in items if _is_safe(key) and type(at) is int and 0 <= at < MOST_SECONDS}


def _is_safe(value: JSON) -> bool:
    return isinstance(value, str) and _SAFE.fullmatch(value) is not None


def merged(found: Sequence[Tracking]) -> Tracking:
    """One memory of several, where a message stood twice: the longest history, and all ids, the oldest first."""
    longest = max(found, key=lambda each: each.flips, default=Tracking())
    ids = _joined([each.ids for each in found])
    meant: dict[str, int] = {}
    for key, at in (pair for each in found for pair in each.meant.items()):
        if key not in ids or key.endswith(ROLLING):
            meant[key] = min(at, meant.get(key, at))
    return replace(
        longest,
        ids=ids,
        meant=meant,
        missed=frozenset().union(*(each.missed for each in found)),
        held=frozenset().union(*(each.held for each in found)),
        over=_joined([each.over for each in found]),
        notes=_joined([each.notes for each in found]),
        began=min((each.began for each in found), default=0),
    )


def _joined(found: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """All of them; of two for one key the first."""
    return {key: each for words in reversed(found) for key, each in words.items()}
