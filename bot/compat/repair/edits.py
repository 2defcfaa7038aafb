"""Edits of a JSON value: something put at a place, or taken away from there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.compat.changes import ABSENT, Absent, Steps
from bot.standard.pointers import PointsNowhere, resolve
from bot.standard.values import JSON, same


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands at `steps` afterwards; ABSENT takes it away. `after`: the key of the neighbour behind which a new
    member goes, "" for the first place. `new`: an item that moves those from its place on further down."""

    steps: Steps
    value: JSON | Absent
    after: str = ""
    new: bool = False


def edited(value: JSON, edits: Iterable[Edit]) -> JSON:
    """The value with all edits made, one after another; raises PointsNowhere."""
    for edit in edits:
        value = _edited(value, edit.steps, edit)
    return value


def at(value: JSON, steps: Steps) -> JSON | Absent:
    """What stands at a place; ABSENT where nothing does."""
    try:
        return resolve(value, steps)
    except PointsNowhere:
        return ABSENT


def behind(name: str, ours: Iterable[str], theirs: Iterable[str]) -> str:
    """Behind which of our names one of theirs goes, so that the order stays: the nearest before it that is ours."""
    known, last = set(ours), ""
    for each in theirs:
        if each == name:
            return last
        last = each if each in known else last
    return last


def index_of(items: JSON | Absent, wanted: JSON) -> str | None:
    """The index of an item in a list; None where it is not in it."""
    found = enumerate(items) if isinstance(items, list) else ()
    return next((str(at_) for at_, each in found if same(each, wanted)), None)


def _edited(value: JSON, steps: Steps, edit: Edit) -> JSON:
    if not steps:
        return value if edit.value is ABSENT else edit.value
    first, rest = steps[0], steps[1:]
    if isinstance(value, list):
        return _in_list(value, first, rest, edit)
    if not isinstance(value, dict) or (rest and first not in value):
        raise PointsNowhere("/".join(steps))
    if rest or first in value:
        made = {key: _edited(each, rest, edit) if key == first else each for key, each in value.items()}
        return made if rest or edit.value is not ABSENT else {key: made[key] for key in made if key != first}
    names = [*value]
    place = names.index(edit.after) + 1 if edit.after and edit.after in value else 0
    order = [*names[:place], first, *names[place:]]
    return {key: edit.value if key == first else value[key] for key in order}


def _in_list(value: list[JSON], first: str, rest: Steps, edit: Edit) -> list[JSON]:
    if not first.isdecimal():
        raise PointsNowhere(first)
    place = int(first)
    if rest:
        return [_edited(each, rest, edit) if at_ == place else each for at_, each in enumerate(value)]
    if edit.value is ABSENT:
        return [*value[:place], *value[place + 1 :]]
    return [*value[:place], edit.value, *value[place if edit.new else place + 1 :]]


def narrowest(before: JSON, now: JSON, steps: Steps = ()) -> tuple[Steps, JSON | Absent]:
    """The smallest place at which two values differ, and what stands there in the second; ABSENT where it has
    nothing there. What a list gained moves the rest of it: there it is the list."""
    if isinstance(before, dict) and isinstance(now, dict):
        differing = [name for name in {**before, **now} if not _alike(at(before, (name,)), at(now, (name,)))]
        if len(differing) == 1:
            return _within(before, now, steps, differing[0])
    if isinstance(before, list) and isinstance(now, list):
        differing = [str(at_) for at_, pair in enumerate(zip(before, now, strict=False)) if not same(*pair)]
        if len(before) == len(now) and len(differing) == 1:
            return _within(before, now, steps, differing[0])
        gone = int(differing[0]) if differing else len(now)
        if len(before) == len(now) + 1 and same([*before[:gone], *before[gone + 1 :]], now):
            return (*steps, str(gone)), ABSENT
    return steps, now


def _within(before: JSON, now: JSON, steps: Steps, name: str) -> tuple[Steps, JSON | Absent]:
    ours, theirs = at(before, (name,)), at(now, (name,))
    if ours is ABSENT or theirs is ABSENT:
        return (*steps, name), theirs
    return narrowest(ours, theirs, (*steps, name))


def _alike(ours: JSON | Absent, theirs: JSON | Absent) -> bool:
    return ours is not ABSENT and theirs is not ABSENT and same(ours, theirs)
