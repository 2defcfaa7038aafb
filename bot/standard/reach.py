"""In how many places of the compiled views each entity stands: how far a change to it reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.standard.model import Entity, View
from bot.standard.pruning import referred_entity
from bot.standard.values import JSON


def places(entities: Mapping[str, Entity], views: tuple[View, ...]) -> Counter[str]:
    """For each entity the number of places where the nested views of the profile hold it. An entity inside
    itself is counted once."""
    inside = {name: list(_held(entity.schema.get("properties"))) for name, entity in entities.items()}
    counted: Counter[str] = Counter()
    known: dict[str, Counter[str]] = {}
    for view in views:
        if view.entity in entities:
            counted += _below(view.entity, inside, known, ())
            for link in view.links:
                if link.entity in entities:
                    counted += _below(link.entity, inside, known, (view.entity,))
    return counted


def _below(
    name: str, inside: Mapping[str, list[str]], known: dict[str, Counter[str]], above: tuple[str, ...]
) -> Counter[str]:
    if name in known:
        return known[name]
    counted = Counter([name])
    for held in inside.get(name, ()):
        if held not in (*above, name):
            counted += _below(held, inside, known, (*above, name))
    known[name] = counted
    return counted


def _held(value: JSON) -> Iterator[str]:
    """The entities that a schema refers to, once for each reference."""
    if isinstance(value, list):
        for each in value:
            yield from _held(each)
    elif isinstance(value, Mapping):
        name = referred_entity(value.get("$ref"))
        if name is not None:
            yield name
        for each in value.values():
            yield from _held(each)
