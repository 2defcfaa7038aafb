"""Example documents of a profile, put together from the `example` of each property."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.generate.datapackage import foreign_keys
from bot.standard.examples import given_example, typed
from bot.standard.model import Entity, View
from bot.standard.pruning import referred_entity
from bot.standard.values import JSON

DEEPEST = 6


class Examples:
    """Makes the examples of one profile's entities and views."""

    def __init__(self, entities: Mapping[str, Entity], views: tuple[View, ...]) -> None:
        """`entities` in the profile's own form."""
        self._entities = entities
        self._views = views
        self._keys = {name: {key["fields"] for key in keys} for name, keys in foreign_keys(entities).items()}

    def all(self) -> Iterator[tuple[str, JSON]]:
        """Each view's name and its example."""
        for view in self._views:
            if view.entity not in self._entities:
                continue
            example = self.nested(view)
            yield view.entity, example
            yield f"{view.entity}_list", flat(example)
            yield f"{view.entity}_package", [example]

    def nested(self, view: View) -> dict[str, JSON]:
        """An entity with all it refers to, and what the view adds."""
        example = self.entity(view.entity)
        for link in view.links:
            if link.entity in self._entities and link.property not in example:
                linked = self.entity(link.entity, (view.entity,))
                linked = {key: value for key, value in linked.items() if key not in link.without}
                example[link.property] = [linked] if link.many else linked
        return example

    def entity(self, name: str, above: tuple[str, ...] = ()) -> dict[str, JSON]:
        """One entity; what it holds is not repeated inside itself. Keys that nesting implies are left out."""
        example: dict[str, JSON] = {}
        schema = self._entities[name].schema
        required = schema.get("required", ())
        for key, each in schema.get("properties", {}).items():
            implied = key in self._keys.get(name, ()) and key not in required
            value = None if implied or not isinstance(each, Mapping) else self._value(each, (*above, name))
            if value is not None:
                example[key] = value
        return example

    def _value(self, schema: Mapping[str, JSON], above: tuple[str, ...]) -> JSON:
        items = schema.get("items")
        one = referred_entity(schema.get("$ref"))
        many = referred_entity(items.get("$ref")) if isinstance(items, Mapping) else None
        target = one or many
        if target in self._entities and target is not None and "properties" in self._entities[target].schema:
            if target in above or len(above) >= DEEPEST:
                return None
            example = self.entity(target, above)
            return [example] if many else example
        return typed(given_example(schema), schema.get("type"))


def flat(example: JSON) -> JSON:
    """An example as list answers show it: without arrays."""
    if not isinstance(example, dict):
        return example
    return {key: flat(value) for key, value in example.items() if not isinstance(value, list)}
