"""Lets go, in the entities of a profile, of everything that depends on what the profile has removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import urldefrag

from bot.standard.documents import DanglingReference, traits
from bot.standard.keywords import LIST_OF_SCHEMAS, MAP_OF_SCHEMAS, ONE_SCHEMA, subschemas
from bot.standard.model import Entity
from bot.standard.pointers import PointsNowhere, replaced, resolve
from bot.standard.required_names import undescribed_at_the_root
from bot.standard.schema_checks import all_places, documents_of
from bot.standard.values import JSON


class _Gone:
    """Stands for a schema that cannot do without something removed."""


GONE = _Gone()


def referred_entity(reference: JSON) -> str | None:
    """The entity whose file a `$ref` names (`phone.json`, `phone.json#/properties/number`); None for others."""
    if not isinstance(reference, str):
        return None
    path = PurePosixPath(urldefrag(reference).url)
    return path.stem if path.suffix == ".json" and len(path.parts) == 1 else None


def dangling(entities: Mapping[str, Entity]) -> frozenset[tuple[str, str]]:
    """The references that lead nowhere: (entity, reference as it is written)."""
    files = {f"{name}.json" for name in entities}
    open_ = {name: asked for name, entity in entities.items() if (asked := traits(entity.schema).references - files)}
    if not open_:
        return frozenset()
    documents = documents_of(entities)
    found: set[tuple[str, str]] = set()
    for name in open_:
        for _, place in all_places(documents, documents.root(f"{name}.json"), ()):
            reference = place.schema.get("$ref")
            if isinstance(reference, str):
                try:
                    documents.follow(reference, place)
                except DanglingReference:
                    found.add((name, reference))
    return frozenset(found)


class Pruner:
    """Prunes the entities that a profile keeps; what it removed is all that was there before and is not kept."""

    def __init__(
        self,
        before: Mapping[str, Entity],
        kept: Mapping[str, Entity],
        lost: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        """`before`: the entities the profile was made from; `kept`: those it still has, patched; `lost`: the
        references that led nowhere before, which are the standard's own matter."""
        self._before = before
        self._kept = kept
        self._removed = before.keys() - kept.keys()
        self._dangling = dangling(kept) - lost
        self._entity = ""

    def entities(self) -> Iterator[tuple[str, Entity]]:
        """The kept entities, pruned."""
        for name, entity in self._kept.items():
            if self._is_whole(name, entity):
                yield name, entity
                continue
            self._entity = name
            schema = self._schema(entity.schema)
            schema = schema if isinstance(schema, dict) else {}
            yield name, Entity(name, entity.file, self._columns(name, schema))

    def _is_whole(self, name: str, entity: Entity) -> bool:
        """Whether an entity is as it was and has lost nothing. It stays the very object then: what is known of it
        need not be found again."""
        if self._removed or self._dangling or name not in self._before:
            return False
        asked, there = entity.schema.get("tabular_required"), entity.schema.get("properties")
        listed = asked if isinstance(asked, list) else []
        known = there if isinstance(there, dict) else {}
        unchanged = self._before[name].schema is entity.schema
        # What is required and described elsewhere may have gone there.
        required = entity.schema.get("required")
        listed = [*listed, *(required if isinstance(required, list) else [])]
        return unchanged and all(isinstance(each, str) and each in known for each in listed)

    def _columns(self, name: str, schema: dict[str, JSON]) -> dict[str, JSON]:
        """Keep `required`, `tabular_required` and the example to properties that are still there."""
        there = schema.get("properties")
        there = there if isinstance(there, dict) else {}
        before = self._before[name].schema if name in self._before else {}
        gone = _gone(before, schema) | self._never_there(name, schema, there)
        cleaned = _settled(_forget(schema, gone) if gone else schema, before)
        if isinstance(cleaned.get("tabular_required"), list):
            columns = [key for key in cleaned["tabular_required"] if isinstance(key, str) and key in there]
            cleaned = {**cleaned, "tabular_required": columns}
        if gone and isinstance(cleaned.get("example"), dict):
            cleaned = {**cleaned, "example": {key: each for key, each in cleaned["example"].items() if key not in gone}}
        return cleaned

    def _never_there(self, name: str, schema: dict[str, JSON], there: dict[str, JSON]) -> set[str]:
        """What is required and is no property, of the entity or of those that it is made of; what the standard itself
        requires so is its own matter."""
        asked = schema.get("required")
        listed = {key for key in asked if isinstance(key, str)} if isinstance(asked, list) else set()
        if listed <= there.keys():
            return set()
        entities = {**self._kept, name: Entity(name, self._kept[name].file, schema)}
        missing = undescribed_at_the_root(documents_of(entities), f"{name}.json")
        if missing and name in self._before:
            missing -= undescribed_at_the_root(documents_of(self._before), f"{name}.json")
        return missing

    def _schema(self, schema: JSON) -> JSON | _Gone:
        """The schema without what has gone; GONE where nothing meaningful is left."""
        if not isinstance(schema, Mapping):
            return schema
        reference = schema.get("$ref")
        if referred_entity(reference) in self._removed or (self._entity, str(reference)) in self._dangling:
            return GONE
        pruned: dict[str, JSON] = {}
        for keyword, value in schema.items():
            part = self._keyword(keyword, value)
            if part is GONE:
                return GONE
            if part is not None or value is None:
                pruned[keyword] = part
        return pruned

    def _keyword(self, keyword: str, value: JSON) -> JSON | _Gone | None:
        """The value of a keyword; None where the keyword is left out, GONE where its schema goes with it."""
        if keyword in MAP_OF_SCHEMAS or keyword in ("$defs", "definitions"):
            if not isinstance(value, Mapping):
                return value
            parts = {name: self._schema(each) for name, each in value.items()}
            return {name: part for name, part in parts.items() if part is not GONE}
        if keyword in LIST_OF_SCHEMAS and isinstance(value, list):
            parts_left = [part for part in map(self._schema, value) if part is not GONE]
            if keyword in ("items", "prefixItems"):
                return parts_left if len(parts_left) == len(value) else GONE  # places cannot move up
            return parts_left if parts_left or not value else None if keyword == "allOf" else GONE
        if keyword in ONE_SCHEMA:
            part = self._schema(value)
            if part is not GONE:
                return part
            return GONE if keyword in ("items", "additionalItems", "contains", "additionalProperties") else None
        return value


def _gone(before: JSON, schema: JSON) -> set[str]:
    """The keys that an object had, and has no more."""
    had, there = (
        each["properties"] if isinstance(each, Mapping) and isinstance(each.get("properties"), Mapping) else {}
        for each in (before, schema)
    )
    return set(had) - set(there)


def _settled(schema: dict[str, JSON], before: JSON) -> dict[str, JSON]:
    """The schema with the objects inside it, in properties, in items, in parts, kept to the keys they still have."""
    settled = dict(schema)
    for steps, part in subschemas(schema, definitions=True):
        former = _part(before, steps)
        if not isinstance(part, dict) or not isinstance(former, Mapping):
            continue
        gone = _gone(former, part)
        inner = _settled(_forget(part, gone) if gone else part, former)
        if inner != part:
            settled = replaced(settled, steps, inner)
    return settled


def _part(value: JSON, steps: tuple[str, ...]) -> JSON:
    try:
        return resolve(value, steps)
    except PointsNowhere:
        return None


def _forget(schema: dict[str, JSON], names: set[str]) -> dict[str, JSON]:
    """The schema of an object that cannot have these keys any more."""
    cleaned = _decided(dict(schema), names)
    for keyword in ("required", "tabular_required"):
        if isinstance(cleaned.get(keyword), list):
            cleaned[keyword] = _without(cleaned[keyword], names)
    for keyword in ("dependentRequired", "dependentSchemas", "dependencies"):
        if isinstance(cleaned.get(keyword), dict):
            parts = cleaned[keyword].items()
            cleaned[keyword] = {name: _forget_part(each, names) for name, each in parts if name not in names}
    for keyword in ("then", "else"):
        if keyword in cleaned:
            cleaned[keyword] = _forget_part(cleaned[keyword], names)
    if isinstance(cleaned.get("allOf"), list):
        cleaned["allOf"] = [_forget_part(each, names) for each in cleaned["allOf"]]
    return cleaned


def _decided(schema: dict[str, JSON], names: set[str]) -> dict[str, JSON]:
    """Settle what asks for a key that cannot be there: an alternative falls away, `not` always holds, and
    of a condition only the `else` is left."""
    for keyword in ("anyOf", "oneOf"):
        if isinstance(schema.get(keyword), list):
            schema[keyword] = [each for each in schema[keyword] if not _demands(each, names)]
            if not schema[keyword]:
                del schema[keyword]
    if _demands(schema.get("not"), names):
        del schema["not"]
    if _demands(schema.get("if"), names):
        otherwise = schema.get("else")
        schema = {key: value for key, value in schema.items() if key not in ("if", "then", "else")}
        if otherwise is not None:
            schema["allOf"] = [*schema.get("allOf", ()), otherwise]
    return schema


def _forget_part(value: JSON, names: set[str]) -> JSON:
    if isinstance(value, list):
        return _without(value, names)
    return _forget(value, names) if isinstance(value, dict) else value


def _without(given: list[JSON], names: set[str]) -> list[JSON]:
    """The list without these names; what is no name at all is not our matter."""
    return [each for each in given if not isinstance(each, str) or each not in names]


def _demands(schema: JSON, names: set[str]) -> bool:
    required = schema.get("required") if isinstance(schema, dict) else None
    return isinstance(required, list) and _without(required, names) != required
