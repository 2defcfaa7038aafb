"""Entities between base and head: base with one change made, or with all the terms that head adds to an entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.compat.applying import applied
from bot.compat.changes import ANNOTATIONS, Change
from bot.compat.drafts import redrafted
from bot.compat.fewer import PLAIN
from bot.standard.documents import Documents, traits
from bot.standard.keywords import DEFINITIONS
from bot.standard.values import JSON

Schema = Mapping[str, JSON]

MOST_ADDED = 100
"""More terms than these, added to one entity, are asked about together first."""


def changed(base: Mapping[str, Schema], head: Mapping[str, Schema], change: Change) -> dict[str, Schema]:
    """Base with one change made."""
    entities = {name: each for name, each in base.items() if name != change.entity}
    match change.rule:
        case "entity-removed":
            return entities
        case "entity-added":
            return {**entities, change.entity: head[change.entity]}
        case _ if change.keyword == "$schema" and not change.steps:
            return dict(redrafted(base, head))
        case _:
            alone = applied(change, base[change.entity])
            return {**entities, change.entity: {**alone, **_definitions(alone, head[change.entity])}}


def all_changed(
    base: Mapping[str, Schema], head: Mapping[str, Schema], changes: Iterable[Change]
) -> Mapping[str, Schema]:
    """Base with several changes made, one after the other."""
    for change in changes:
        base = changed(base, head, change)
    return base


def _definitions(schema: Schema, head: Schema) -> dict[str, JSON]:
    """The definitions of a schema with those that only head has: what is added may refer to them."""
    found = {}
    for keyword in DEFINITIONS:
        own, new = schema.get(keyword, {}), head.get(keyword, {})
        if isinstance(own, Mapping) and isinstance(new, Mapping) and new.keys() - own.keys():
            found[keyword] = {**new, **own}
    return found


def is_let_go(change: Change, head: Documents) -> bool:
    """Whether a change takes away a definition that nothing needs any more. By itself it would leave behind what
    refers to it in base; what head has there instead are changes of their own, and judged as such."""
    if change.rule != "schema-removed" or change.keyword not in DEFINITIONS:
        return False
    files = head.documents.items()
    return all(head.leads_somewhere(path, each) for path, one in files for each in traits(one).references)


def is_added(change: Change) -> bool:
    """Whether a change is a term that the entity itself gains."""
    return change.rule == "term-added" and change.steps[:-1] == ("properties",)


def many_added(changes: Iterable[Change], base: Mapping[str, Schema]) -> dict[str, list[Change]]:
    """The terms added to each entity that gains many, and says nothing that would make them matter to each other."""
    found: dict[str, list[Change]] = {}
    for change in filter(is_added, changes):
        found.setdefault(change.entity, []).append(change)
    plain = PLAIN | ANNOTATIONS
    return {name: each for name, each in found.items() if len(each) > MOST_ADDED and base[name].keys() <= plain}


def with_terms(entities: Mapping[str, Schema], name: str, terms: Mapping[str, JSON]) -> dict[str, Schema]:
    """The entities, one of them with more terms."""
    entity = entities[name]
    return {**entities, name: {**entity, "properties": {**entity.get("properties", {}), **terms}}}
