"""Where in the file of a data package a change to one of its tables is."""

from __future__ import annotations

from bot.compat.changes import ABSENT, Change
from bot.compat.tables import ARROW, Key, foreign_keys, pointer_of
from bot.standard.model import Package

Steps = tuple[str, ...]


def place_of(package: Package, change: Change) -> Steps | None:
    """The steps to what changed, as far as it is there. None: its table or its column is not."""
    if change.keyword == "foreignKeys":
        return _key_place(package, change) or pointer_of(package, change.entity, change.steps, "")
    return pointer_of(package, change.entity, change.place, change.keyword)


def _key_place(package: Package, change: Change) -> Steps | None:
    """The first of the foreign keys that came or went, among those of its table."""
    sides = (side for side in (change.base, change.head) if side is not ABSENT)
    wanted = {text for side in sides for text in side}
    for at, table in enumerate(package.tables):
        given = table["schema"].get("foreignKeys") if str(table["name"]) == change.entity else None
        for index, key in enumerate(given if isinstance(given, list) else ()):
            read = foreign_keys({"name": table["name"], "schema": {"foreignKeys": [key]}})
            if any(_text(each, change) in wanted for each in read):
                return ("resources", str(at), "schema", "foreignKeys", str(index))
    return None


def _text(key: Key, change: Change) -> str:
    """The key as the change writes it: at its column the target alone, else with its columns before it."""
    if change.steps:
        return key.text if key.columns == change.steps[1:2] else ""
    return f"{'+'.join(key.columns)}{ARROW}{key.text}"
