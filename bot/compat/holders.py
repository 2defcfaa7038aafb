"""Of which entities a change has to be asked: its own, and where it is in a definition, those that use definitions."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urldefrag

from bot.compat.changes import Change
from bot.standard.documents import traits
from bot.standard.keywords import DEFINITIONS
from bot.standard.values import JSON


def asked_of(change: Change, entities: Mapping[str, Mapping[str, JSON]]) -> list[str]:
    """The entity of a change, then those that refer to a place in its file, or in one that does, and so on: what a
    definition says is said by nobody but those who refer to it."""
    found = [change.entity]
    if change.steps[:1] and change.steps[0] in DEFINITIONS:
        inside = {name: frozenset(_reached_into(schema)) for name, schema in entities.items()}
        for each in found:  # grows on the way
            found += [name for name, files in inside.items() if f"{each}.json" in files and name not in found]
    return found


def _reached_into(schema: Mapping[str, JSON]) -> list[str]:
    """The files to a place in which a schema refers."""
    parts = (urldefrag(each) for each in traits(schema).references)
    return [url.removeprefix("./") for url, fragment in parts if url and fragment]
