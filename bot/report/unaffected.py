"""What a change means to profiles that it does not change: they have it already, or keep what they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.compat.applying import applied
from bot.compat.changes import ABSENT, REWRITTEN, Change
from bot.compat.differing import diff
from bot.report.model import Unaffected
from bot.report.pairing import ProfilePair
from bot.standard.model import Entity


def unaffected(pair: ProfilePair, changes: Mapping[str, Change]) -> dict[str, Unaffected]:
    """Why these changes of other profiles, by id, are none of this one. Those to terms that it does not have
    are left out."""
    found = {id_: _why(pair, change) for id_, change in changes.items()}
    return {id_: why for id_, why in found.items() if why is not None}


def _why(pair: ProfilePair, change: Change) -> Unaffected | None:
    if not change.entity or change.rule == REWRITTEN:
        return Unaffected.UNCHANGED
    versions = [entity for entity in _versions(pair, change.entity) if _has_term(entity, change)]
    if not versions:
        return None
    if not change.steps and not change.keyword:
        # An entity came or went whole: it is in head or not, and there is no schema to apply that to.
        head = pair.structures[1]
        there = head is not None and change.entity in head.entities
        return Unaffected.ALREADY if there == (change.head is not ABSENT) else Unaffected.UNCHANGED
    schema = versions[-1].schema
    return Unaffected.UNCHANGED if diff(change.entity, schema, applied(change, schema)) else Unaffected.ALREADY


def _versions(pair: ProfilePair, name: str) -> Iterator[Entity]:
    for structure in pair.structures:
        if structure is not None and name in structure.entities:
            yield structure.entities[name]


def _has_term(entity: Entity, change: Change) -> bool:
    if change.steps[:1] != ("properties",):
        return True
    properties = entity.schema.get("properties")
    return isinstance(properties, Mapping) and change.steps[1] in properties
