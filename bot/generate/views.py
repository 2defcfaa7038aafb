"""Compiled views: an entity with all it refers to copied in, as a list item, as a package, with definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias
from urllib.parse import urldefrag

from bot.errors import InputError
from bot.standard.keywords import DEFINITIONS, JUDGED
from bot.standard.model import Entity, Link, View
from bot.standard.pointers import PointsNowhere, resolve, steps
from bot.standard.pruning import referred_entity
from bot.standard.values import JSON

Entities: TypeAlias = Mapping[str, Entity]
Place: TypeAlias = tuple[str, str]
"""An entity and a fragment in its file."""

MOST_NODES = 400_000
"""Values in one view. The largest of HSDS 3 has about a tenth of it."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def compiled_views(entities: Entities, views: tuple[View, ...]) -> Iterator[tuple[str, dict[str, JSON]]]:
    """Each compiled view by name. Views of entities that the profile does not have are left out."""
    for view in views:
        if view.entity not in entities:
            continue
        for name, schema in _forms(entities, view):
            yield name, {**_dialect(entities[view.entity].schema), **schema}


def _forms(entities: Entities, view: View) -> Iterator[tuple[str, dict[str, JSON]]]:
    yield view.entity, _Copier(entities, view.entity).view(view)
    copier = _Copier(entities, f"{view.entity}_list")
    yield f"{view.entity}_list", copier.closed(without_arrays(copier.nested(view)))
    copier = _Copier(entities, f"{view.entity}_package")
    yield f"{view.entity}_package", copier.closed({"type": "array", "items": copier.nested(view)})
    if view.definitions:
        yield f"{view.entity}_with_definitions", with_definitions(entities, view.entity)


def identified(schema: dict[str, JSON], uri: str, path: str) -> dict[str, JSON]:
    """The schema with `$schema` and an `$id` of the release's own; as it is for a profile without a URI."""
    return {"$schema": DIALECT, "$id": f"{uri}/{path}", **_dialect(schema), **unnamed(schema)} if uri else schema


def unnamed(schema: Mapping[str, JSON]) -> dict[str, JSON]:
    """A document's schema without the name of the document (`$id`, in draft 4 `id`): a copy is another one, in which
    references would be read from there. `$schema` belongs at the top of a document alone."""
    names = ("$id", "id", "$schema")
    return {key: value for key, value in schema.items() if key not in names or not isinstance(value, str)}


def _dialect(schema: Mapping[str, JSON]) -> dict[str, JSON]:
    return {"$schema": schema["$schema"]} if "$schema" in schema else {}


class _Copier:
    """Copies referred entities in. What would never end becomes a reference to a definition."""

    def __init__(self, entities: Entities, name: str) -> None:
        self._entities = entities
        self._name = name
        self._copied = 0
        self._definitions: dict[str, JSON] = {}

    def view(self, view: View) -> dict[str, JSON]:
        return self.closed(self.nested(view))

    def closed(self, schema: dict[str, JSON]) -> dict[str, JSON]:
        """The schema with the definitions that its references need."""
        return {**schema, "$defs": self._definitions} if self._definitions else schema

    def nested(self, view: View) -> dict[str, JSON]:
        schema = self._entity(view.entity, "", ())
        properties = dict(schema.get("properties", {}))
        for link in view.links:
            if link.entity in self._entities and link.property not in properties:
                properties[link.property] = self._link(link)
        return {**schema, "properties": properties}

    def _link(self, link: Link) -> dict[str, JSON]:
        schema = without(self._entity(link.entity, "", ()), set(link.without))
        return {"type": "array", "items": schema} if link.many else schema

    def _entity(self, name: str, fragment: str, path: tuple[Place, ...]) -> dict[str, JSON]:
        target = resolve(self._entities[name].schema, steps(fragment)) if fragment else self._entities[name].schema
        copied = self._copy(target, name, (*path, (name, fragment)))
        copied = unnamed(copied) if isinstance(copied, dict) and not fragment else copied
        return copied if isinstance(copied, dict) else {"allOf": [copied]}

    def _copy(self, value: JSON, entity: str, path: tuple[Place, ...]) -> JSON:
        if isinstance(value, list):
            return [self._copy(each, entity, path) for each in value]
        if not isinstance(value, Mapping):
            return value
        self._count(len(value))
        copied = {key: self._copy(each, entity, path) for key, each in value.items() if key not in DEFINITIONS}
        place = target_of(value.get("$ref"), entity, self._entities)
        if place is None:
            return copied
        del copied["$ref"]
        target = self._reference(place) if place in path else self._entity(*place, path)
        # What describes the property overrides what describes the entity; what constrains stands beside it.
        return {"allOf": [target], **copied} if JUDGED & copied.keys() else {**target, **copied}

    def _count(self, more: int) -> None:
        self._copied += more
        if self._copied > MOST_NODES:
            message = f"the compiled view {self._name!r} would hold more than {MOST_NODES:,} values"
            hint = "Entities refer to each other in too many ways: let fewer properties hold whole entities."
            raise InputError(message, hint)

    def _reference(self, place: Place) -> dict[str, JSON]:
        name = _definition_name(place)
        if name not in self._definitions:
            self._definitions[name] = {}
            target = self._entities[place[0]].schema
            target = resolve(target, steps(place[1])) if place[1] else unnamed(target)
            self._definitions[name] = self._referring(target, place[0])
        return {"$ref": f"#/$defs/{name}"}

    def _referring(self, value: JSON, entity: str) -> JSON:
        if isinstance(value, list):
            return [self._referring(each, entity) for each in value]
        if not isinstance(value, Mapping):
            return value
        place = target_of(value.get("$ref"), entity, self._entities)
        referring = {key: self._referring(each, entity) for key, each in value.items() if key not in DEFINITIONS}
        return referring if place is None else {**referring, **self._reference(place)}


def target_of(reference: JSON, entity: str, entities: Entities) -> Place | None:
    """The entity and the fragment that a `$ref` in an entity's file leads to; None where it leads elsewhere."""
    if not isinstance(reference, str):
        return None
    fragment = urldefrag(reference).fragment
    name = entity if reference.startswith("#") else referred_entity(reference)
    if name not in entities or name is None:
        return None
    try:
        resolve(entities[name].schema, steps("#" + fragment))
    except (PointsNowhere, ValueError):
        return None
    return name, fragment


def _definition_name(place: Place) -> str:
    return place[0] + "".join("." + step for step in steps("#" + place[1]))


def without(schema: dict[str, JSON], names: set[str]) -> dict[str, JSON]:
    """An object schema without some of its properties."""
    if not names:
        return schema
    left = {name: each for name, each in schema.get("properties", {}).items() if name not in names}
    required = schema.get("required")
    kept = {"required": [name for name in required if name not in names]} if isinstance(required, list) else {}
    return {**schema, "properties": left, **kept}


def without_arrays(schema: dict[str, JSON]) -> dict[str, JSON]:
    """An object schema as list answers show it: no arrays, in it or in the objects in it."""
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return schema
    arrays = {name for name, each in properties.items() if isinstance(each, dict) and each.get("type") == "array"}
    left = without(schema, arrays)
    flat = {name: without_arrays(each) if isinstance(each, dict) else each for name, each in left["properties"].items()}
    return {**left, "properties": flat}


def with_definitions(entities: Entities, root: str) -> dict[str, JSON]:
    """An entity whose references lead to definitions in the same file."""
    ordered = sorted(entities.values(), key=order)
    definitions = {
        each.name: _to_definitions(unnamed(each.schema), each.name, root, entities)
        for each in ordered
        if each.name != root
    }
    schema = _to_definitions(unnamed(entities[root].schema), root, root, entities)
    return {**schema, "definitions": definitions}


def _to_definitions(value: JSON, entity: str, root: str, entities: Entities) -> JSON:
    if isinstance(value, list):
        return [_to_definitions(each, entity, root, entities) for each in value]
    if not isinstance(value, Mapping):
        return value
    copied = {key: _to_definitions(each, entity, root, entities) for key, each in value.items()}
    place = target_of(value.get("$ref"), entity, entities)
    if place is not None:
        copied["$ref"] = ("#" if place[0] == root else f"#/definitions/{place[0]}") + place[1]
    return copied


def order(entity: Entity) -> float:
    """Where an entity is listed: by `datapackage_metadata.order`, those without one last."""
    metadata = entity.schema.get("datapackage_metadata")
    given = metadata.get("order") if isinstance(metadata, dict) else None
    return given if isinstance(given, (int, float)) else float("inf")
