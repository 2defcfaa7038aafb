"""Which terms of a structure a record fills: the evidence for keeping or dropping one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias
from urllib.parse import urldefrag

from bot.compat.changes import Steps, called
from bot.standard.pointers import PointsNowhere, resolve, steps
from bot.standard.pruning import referred_entity
from bot.standard.values import JSON

Schema: TypeAlias = Mapping[str, JSON]
Term: TypeAlias = tuple[str, Steps]
"""An entity (or table), and the steps in its schema to a property."""

IN_PLACE = ("allOf", "anyOf", "oneOf")


def label(term: Term) -> str:
    """What people call a term: `service.url`."""
    return called(*term)


class Terms:
    """The terms of the entities (or tables) of one version of a structure."""

    def __init__(self, entities: Mapping[str, Schema], added: Mapping[str, Schema] | None = None) -> None:
        """`added`: properties that views add to their entities."""
        self._entities = entities
        self._added = added or {}
        self._places: dict[Term, _Place] = {}

    def filled(self, entity: str, record: Mapping[str, JSON]) -> set[Term]:
        """The terms that a record of an entity, with all it holds, gives a value."""
        found: set[Term] = set()
        self._place(entity, ()).walk(record, found)
        return found

    def names(self, entity: str) -> frozenset[str]:
        """The properties of an entity."""
        return frozenset(self._place(entity, ()).names)

    def all(self) -> frozenset[Term]:
        """Every term of every entity."""
        found: set[Term] = set()
        waiting = [self._place(entity, ()) for entity in self._entities]
        seen: set[int] = set()
        while waiting:
            place = waiting.pop()
            if id(place) in seen:
                continue
            seen.add(id(place))
            waiting += place.items
            for terms in place.names.values():
                found |= {term for term, _ in terms}
                waiting += [child for _, child in terms]
        return frozenset(found)

    def _place(self, entity: str, way: Steps) -> _Place:
        found = self._places.get((entity, way))
        if found is None:
            found = self._places[entity, way] = _Place(self, entity, way)
        return found

    def properties(self, entity: str, way: Steps) -> Iterator[tuple[str, Term, _Place]]:
        """Each property that a value there may have: its name, the term, and where its values go on."""
        for owner, place, schema in self._in_place(entity, way):
            properties = schema.get("properties")
            named = dict(properties) if isinstance(properties, Mapping) else {}
            for name in {**named, **(self._added.get(owner, {}) if not place else {})}:
                yield name, (owner, (*place, "properties", name)), self._place(owner, (*place, "properties", name))

    def items(self, entity: str, way: Steps) -> Iterator[_Place]:
        """Where the items of an array there go on."""
        for owner, place, schema in self._in_place(entity, way):
            if isinstance(schema.get("items"), Mapping):
                yield self._place(owner, (*place, "items"))

    def _in_place(self, entity: str, way: Steps) -> Iterator[tuple[str, Steps, Schema]]:
        """The schemas that a value there has to do with: through references and alternatives, each once."""
        waiting, seen = [(entity, way)], {(entity, way)}
        while waiting:
            owner, place = waiting.pop()
            schema = self._schema(owner, place)
            if not isinstance(schema, Mapping):
                continue
            yield owner, place, schema
            more = list(_alternatives(owner, place, schema))
            target = self._target(owner, schema.get("$ref"))
            more += [target] if target is not None else []
            waiting += [each for each in more if each not in seen]
            seen.update(more)

    def _schema(self, entity: str, way: Steps) -> JSON:
        added = self._added.get(entity, {})
        if way[:1] == ("properties",) and way[1:2] and way[1] in added:
            return _at(added[way[1]], way[2:])
        return _at(self._entities.get(entity), way)

    def _target(self, entity: str, reference: JSON) -> Term | None:
        if not isinstance(reference, str):
            return None
        name = entity if reference.startswith("#") else referred_entity(reference)
        if name is None or name not in self._entities:
            return None
        try:
            return name, tuple(steps("#" + urldefrag(reference).fragment))
        except ValueError:
            return None


def _alternatives(entity: str, way: Steps, schema: Schema) -> Iterator[Term]:
    for keyword in IN_PLACE:
        if isinstance(schema.get(keyword), list):
            yield from ((entity, (*way, keyword, str(at))) for at in range(len(schema[keyword])))


def _at(schema: JSON, way: Steps) -> JSON:
    try:
        return resolve(schema, way)
    except (PointsNowhere, ValueError):
        return None


class _Place:
    """Where a value stands in a structure: the terms its properties are. Worked out when a record first has one
    there, so that structures without end are no matter."""

    __slots__ = ("_entity", "_items", "_names", "_terms", "_way")

    def __init__(self, terms: Terms, entity: str, way: Steps) -> None:
        self._terms, self._entity, self._way = terms, entity, way
        self._names: dict[str, list[tuple[Term, _Place]]] | None = None
        self._items: list[_Place] | None = None

    @property
    def names(self) -> dict[str, list[tuple[Term, _Place]]]:
        if self._names is None:
            self._names = {}
            for name, term, place in self._terms.properties(self._entity, self._way):
                self._names.setdefault(name, []).append((term, place))
        return self._names

    @property
    def items(self) -> list[_Place]:
        if self._items is None:
            self._items = list(self._terms.items(self._entity, self._way))
        return self._items

    def walk(self, value: JSON, found: set[Term]) -> bool:
        """Note the terms that are filled below a container; whether anything is. All of it is looked at."""
        filled = False
        if isinstance(value, list):
            for each in value:
                filled |= _walked(self.items, each, found)
            return filled
        names = self.names
        for name, each in value.items():
            # Most values are texts: every record has many.
            if isinstance(each, str):
                holds = bool(each) and not each.isspace()
            elif name in names and isinstance(each, (dict, list)):
                holds = _walked([place for _, place in names[name]], each, found)
            else:
                holds = fills(each)
            if holds:
                filled = True
                for term, _ in names.get(name, ()):
                    found.add(term)
        return filled


def _walked(places: list[_Place], value: JSON, found: set[Term]) -> bool:
    if not places or not isinstance(value, (dict, list)):
        return fills(value)
    return True in [place.walk(value, found) for place in places]


def fills(value: JSON) -> bool:
    """Whether a value says anything: null, a blank text and containers of nothing do not; zero and false do."""
    if isinstance(value, (dict, list)):
        return any(fills(each) for each in (value.values() if isinstance(value, dict) else value))
    return bool(value.strip()) if isinstance(value, str) else value is not None
