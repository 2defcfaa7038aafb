"""Where one side cannot read what a standard says of itself, the other side's word stands for it: what cannot be
read has not changed, come or gone. Nor has a standard that one side alone divides into profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.standard.model import Entity, Kind, Standard
from bot.standard.snapshot import STANDARD


def agreed(base: Standard, head: Standard) -> tuple[Standard, Standard]:
    """Both sides, with what only the other could read of the declaration and the profiles."""
    if base.kind is not Kind.EXTENDED or head.kind is not Kind.EXTENDED:
        return base, head
    return _filled(base, head), _filled(head, base)


def _filled(side: Standard, other: Standard) -> Standard:
    there = {profile.id for profile in side.profiles}
    lent = [
        each
        for each in other.profiles
        if each.id not in there and (each.file in side.unreadable or each.file == STANDARD)
    ]
    readings = {each.file: other.readings[each.file] for each in lent if each.file in side.unreadable}
    filled = replace(side, profiles=(*side.profiles, *lent), readings={**side.readings, **readings})
    if STANDARD not in side.unreadable or STANDARD in other.unreadable:
        return filled
    return replace(
        filled,
        id=other.id,
        title=other.title,
        version=other.version,
        state=other.state,
        base_uri=other.base_uri,
        metadata=other.metadata,
        views=other.views,
        entities=_ordered(side.entities, other.entities),
    )


def _ordered(entities: Mapping[str, Entity], order: Mapping[str, Entity]) -> dict[str, Entity]:
    names = [*(name for name in order if name in entities), *(name for name in entities if name not in order)]
    return {name: entities[name] for name in names}
