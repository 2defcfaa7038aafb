"""The edits that may repair a change: those that keep its intent come before those that take it back.

A change was made at one place of a file, and base has what was there before. Which of the ways keeps published
data valid is for the engine to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from bot.compat.changes import ABSENT, Absent, Change, Steps
from bot.compat.repair.edits import Edit, at, behind, index_of
from bot.standard.values import JSON, lacking, same

MARK = "deprecated"


class Way(Enum):
    """How a repair keeps published data valid."""

    DEPRECATED = "deprecated"
    """What was removed stays, optional and marked as deprecated."""
    OPTIONAL = "optional"
    """What became required stays optional."""
    KEPT = "kept"
    """Values that a list lost stay in it."""
    BOTH = "both"
    """A term may hold what it held, and what it is to hold."""
    LEFT_OUT = "left-out"
    """A rule that was added is left out."""
    RESTORED = "restored"
    """What was narrowed is as wide as it was."""
    TERM = "term"
    """All that a term may hold is as it was."""
    WITHOUT = "without"
    """A term that was added is left out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change was made: the steps to it in the files of base and of head, and what these files hold. `gone`:
    an item of a list is not in head, and `head_steps` say where it would be. `renamed`: the name that stands there
    instead, where it is a rename."""

    base: JSON
    base_steps: Steps
    head: JSON
    head_steps: Steps
    gone: bool = False
    renamed: str = ""

    @property
    def before(self) -> JSON | Absent:
        """What stood there."""
        return at(self.base, self.base_steps)

    @property
    def now(self) -> JSON | Absent:
        """What stands there."""
        return ABSENT if self.gone else at(self.head, self.head_steps)

    def put(self, value: JSON | Absent) -> Edit:
        """The edit that puts a value there; a member goes where base had it."""
        if self.gone:
            return Edit(self.head_steps, value, new=True)
        container, theirs = at(self.head, self.head_steps[:-1]), at(self.base, self.base_steps[:-1])
        if self.now is ABSENT and isinstance(container, dict) and isinstance(theirs, dict):
            return Edit(self.head_steps, value, behind(self.head_steps[-1], container, theirs))
        return Edit(self.head_steps, value)


Candidate = tuple[Way, Edit]


def ways(change: Change, place: Place) -> Iterator[Candidate]:
    """The edits to try, the best first."""
    if change.rule in _OWN:
        yield from _OWN[change.rule](change, place)
    elif change.is_per_name and change.head is not ABSENT:
        yield from _optional(change, place)
    else:
        yield from _taken_back(change, place)
    if change.keyword and len(place.base_steps) > len(change.steps) > 0 and not change.is_per_name:
        yield from _whole(change, place)


def _whole(change: Change, place: Place) -> Iterator[Candidate]:
    """What a keyword belongs to as it was: for keywords that changed together."""
    depth = len(change.place) - len(change.steps)
    around = Place(place.base, place.base_steps[:-depth], place.head, place.head_steps[:-depth])
    if depth and around.before is not ABSENT and around.now is not ABSENT:
        yield Way.TERM, around.put(around.before)


def _deprecated(change: Change, place: Place) -> Iterator[Candidate]:
    before = place.before
    if isinstance(before, dict) and place.now is ABSENT:
        replaced: dict[str, JSON] = {"replaced_by": place.renamed} if place.renamed else {}
        yield Way.DEPRECATED, place.put({**before, MARK: True, **replaced})
    yield from _taken_back(change, place)


def _optional(change: Change, place: Place) -> Iterator[Candidate]:
    listed = place.now
    at_ = index_of(listed, change.steps[-1])
    if at_ is None:
        yield from _taken_back(change, place)
    elif isinstance(listed, list) and len(listed) == 1 and place.before is ABSENT:
        # A list that was made for it goes with it.
        yield Way.OPTIONAL, Edit(place.head_steps, ABSENT)
    else:
        yield Way.OPTIONAL, Edit((*place.head_steps, at_), ABSENT)


def _lenient(_: Change, place: Place) -> Iterator[Candidate]:
    """A new column that need not be filled, nor differ from row to row; else none: a term that names another entity
    makes a key of the column beside it, and rows that have it may point to nothing."""
    now = place.now
    constraints = now.get("constraints") if isinstance(now, dict) else None
    if isinstance(now, dict) and isinstance(constraints, dict):
        kept = {key: each for key, each in constraints.items() if key not in ("required", "unique")}
        yield Way.OPTIONAL, place.put({**now, "constraints": kept})
    if place.before is ABSENT and now is not ABSENT:
        yield Way.WITHOUT, place.put(ABSENT)


def _kept(change: Change, place: Place) -> Iterator[Candidate]:
    before, now, lost = place.before, place.now, change.base
    if isinstance(now, list) and isinstance(lost, list):
        order = before if isinstance(before, list) else [*now, *lost]
        wanted = [*now, *lacking(lost, now)]
        yield Way.KEPT, place.put(_ordered(wanted, order))
    yield from _taken_back(change, place)


def _ordered(values: list[JSON], order: list[JSON]) -> list[JSON]:
    """What the order names as it has them, new ones behind what they stood behind."""
    lost = lacking(order, values)
    known = lacking(order, lost)
    return [*known, *lacking(values, known)]


def _both(change: Change, place: Place) -> Iterator[Candidate]:
    held, holds = (side if isinstance(side, list) else [side] for side in (place.before, place.now))
    if all(isinstance(each, str) for each in (*held, *holds)):
        # Every integer is a number: to say both would say nothing more.
        covered = {*held, *(["integer"] if "number" in held else [])}
        new = [each for each in holds if each not in covered]
        if new:
            yield Way.BOTH, place.put([*held, *new])
    yield from _taken_back(change, place)


def _taken_back(change: Change, place: Place) -> Iterator[Candidate]:
    before, now = place.before, place.now
    if before is ABSENT and now is not ABSENT:
        yield Way.LEFT_OUT, place.put(ABSENT)
    elif before is not ABSENT and (now is ABSENT or not same(before, now)):
        yield Way.DEPRECATED if change.rule.endswith("term-removed") else Way.RESTORED, place.put(before)


_OWN: dict[str, Callable[[Change, Place], Iterator[Candidate]]] = {
    "term-removed": _deprecated,
    "pattern-term-removed": _deprecated,
    "entity-removed": _deprecated,
    "enum-value-removed": _kept,
    "term-added": _lenient,
    "type-changed": _both,
}
