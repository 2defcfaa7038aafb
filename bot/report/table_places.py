"""Where in the files of two data packages a change was made: tables and columns may stand in another order."""

from __future__ import annotations

from bot.compat.changes import ABSENT, Change
from bot.compat.repair.edits import behind
from bot.compat.repair.ways import Place
from bot.compat.tables import foreign_keys, pointer_of
from bot.standard.model import Package
from bot.standard.pointers import resolve
from bot.standard.values import JSON


def place_in_tables(change: Change, base: Package, head: Package, before: JSON, now: JSON) -> Place | None:
    """A place in the files of two data packages, whose tables and columns may stand in another order."""
    ours, theirs = table_steps(base, head, change), table_steps(head, base, change)
    if change.rule.startswith("key-"):
        return _key_place(change, head, now)
    if theirs is not None and change.rule == "term-added":
        return Place({}, theirs, now, theirs)
    if ours is None:
        return None
    if theirs is not None:
        return Place(before, ours, now, theirs)
    container = _container(base, head, change)
    return Place(before, ours, now, container, gone=True) if container is not None else None


def table_steps(package: Package, other: Package, change: Change) -> tuple[str, ...] | None:
    """The steps to what changed; None where the package does not have the column or table. A keyword of the table
    that is not there would be where the other package has it."""
    found = pointer_of(package, change.entity, change.steps, "")
    if found is None or not change.keyword:
        return found
    if len(change.steps) >= 2:
        return (*found, *change.place[len(change.steps) :])
    here, there = (pointer_of(each, change.entity, (), change.keyword) for each in (package, other))
    if here != found or there is None:
        return here
    return (*found, *there[len(found) :]) if len(there) > len(found) else None


def _key_place(change: Change, head: Package, now: JSON) -> Place | None:
    """The foreign key that a column gained, among those of its table."""
    found = pointer_of(head, change.entity, (), "foreignKeys")
    if found is None or found[-1] != "foreignKeys" or len(change.steps) < 2 or change.head is ABSENT:
        return None
    gained = change.head if isinstance(change.head, list) else [change.head]
    for at, item in enumerate(resolve(now, found)):
        one = {"name": change.entity, "schema": {"foreignKeys": [item]}}
        if any(key.columns == (change.steps[1],) and key.text in gained for key in foreign_keys(one)):
            there = (*found, str(at))
            return Place({}, there, now, there)
    return None


def _container(base: Package, head: Package, change: Change) -> tuple[str, ...] | None:
    """Where a column or table that is gone would be: behind the nearest that stood before it."""
    tables, others = ([str(each["name"]) for each in package.tables] for package in (base, head))
    if change.entity not in others:
        return "resources", str(_next(change.entity, tables, others))
    ours = base.tables[tables.index(change.entity)]["schema"]["fields"]
    at = others.index(change.entity)
    theirs = head.tables[at]["schema"]["fields"]
    names = ([str(each["name"]) for each in fields] for fields in (ours, theirs))
    place = _next(change.steps[1], *names)
    return ("resources", str(at), "schema", "fields", str(place)) if len(change.steps) == 2 else None


def _next(name: str, ours: list[str], theirs: list[str]) -> int:
    last = behind(name, theirs, ours)
    return theirs.index(last) + 1 if last else 0
