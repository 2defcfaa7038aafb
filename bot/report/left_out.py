"""Terms that came into the structure and into no profile: most often somebody forgot to say which."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from bot.standard.model import Entity, Kind, Standard
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, notice
from bot.standard.profiles import Structure
from bot.standard.values import JSON


def left_out(base: Standard, head: Standard, structures: Iterable[Structure]) -> Iterator[Problem]:
    """A notice for each, at the property. `structures`: the profiles of head as they are built."""
    if head.kind is not Kind.EXTENDED or base.kind is not Kind.EXTENDED or not head.profiles:
        return
    built = list(structures)
    hint = f"Say which shall have it, and how much they ask for it: {_example(head)}."
    for name, entity in head.entities.items():
        taken = {key for each in built if name in each.entities for key in properties(each.entities[name])}
        before = properties(base.entities[name]) if name in base.entities else {}
        for key in properties(entity):
            if key not in taken and key not in before:
                message = f"the term {name}.{key} is new and in no profile"
                yield notice("term-unselected", entity.file, pointer(("properties", key)), message, hint)


def _example(head: Standard) -> str:
    return f"add {json.dumps({'profiles': {head.profiles[-1].id: 'could'}})[1:-1]} to the property"


def properties(entity: Entity) -> dict[str, JSON]:
    """The terms of an entity."""
    found = entity.schema.get("properties")
    return found if isinstance(found, dict) else {}
