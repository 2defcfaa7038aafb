"""Finds names that an object has to have and that nothing says anything about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.standard.documents import DanglingReference, Documents, Target
from bot.standard.keywords import subschemas
from bot.standard.schema_checks import IN_PLACE

ABOUT_THE_SAME = IN_PLACE | {"dependencies", "dependentSchemas"}
"""Keywords whose schemas are about the same object: what one of them requires, another may describe."""
DESCRIBING = ABOUT_THE_SAME - {"not"}
ANY_NAME = ("additionalProperties", "patternProperties", "unevaluatedProperties")
"""Keywords that describe properties without their names."""


AT_THE_ROOT = ("required", "0")
"""The steps to a name that the whole requires."""


def undescribed(documents: Documents, root: Target) -> Iterator[tuple[tuple[str, ...], str]]:
    """The names in `required` that are no property, each with its steps: of the whole, and of every object in it
    that lists its properties itself."""
    for steps, place in _objects(documents, root, ()):
        required = place.schema["required"]
        for at, name in enumerate(required if isinstance(required, list) else ()):
            if isinstance(name, str) and not _describes(documents, place, name, set()):
                yield (*steps, "required", str(at)), name


def undescribed_at_the_root(documents: Documents, path: str) -> set[str]:
    """The names that the whole document at a path requires and that are no property."""
    return {name for steps, name in undescribed(documents, documents.root(path)) if len(steps) == len(AT_THE_ROOT)}


def _objects(documents: Documents, place: Target, steps: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Target]]:
    if not isinstance(place.schema, Mapping):
        return
    if "required" in place.schema and (not steps or isinstance(place.schema.get("properties"), Mapping)):
        yield steps, place
    for more, part in subschemas(place.schema, definitions=True):
        if more[0] not in ABOUT_THE_SAME:
            yield from _objects(documents, documents.within(place, part, *more), (*steps, *more))


def _describes(documents: Documents, place: Target, name: str, seen: set[int]) -> bool:
    """Whether a schema, or one about the same object, says something about a property; yes where nobody can tell."""
    schema = place.schema
    if not isinstance(schema, Mapping) or id(schema) in seen:
        return False
    seen.add(id(schema))
    properties = schema.get("properties")
    if isinstance(properties, Mapping) and name in properties:
        return True
    if any(isinstance(schema.get(keyword), Mapping) and schema[keyword] for keyword in ANY_NAME):
        return True
    beside = [documents.within(place, part, *more) for more, part in subschemas(schema) if more[0] in DESCRIBING]
    if isinstance(schema.get("$ref"), str):
        try:
            beside.append(documents.follow(schema["$ref"], place))
        except DanglingReference:
            return True  # it has been said
    return any(_describes(documents, each, name, seen) for each in beside)
