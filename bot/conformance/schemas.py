"""The schemas that records are held against, and what validates them: `jsonschema-rs`, in linear time.

An entity with all it refers to is what the compiled views of a release say (`generate.views`); here it stands in
documents that refer to each other, so that what rejects a record is known by its entity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from bot.compat.sides import Schema
from bot.compat.tables import row_schema
from bot.conformance.cells import Cells
from bot.conformance.limits import tangled
from bot.conformance.records import Shape
from bot.conformance.terms import Term, Terms
from bot.generate.views import without, without_arrays
from bot.standard.model import View
from bot.standard.values import JSON

if TYPE_CHECKING:
    from jsonschema_rs import Validator

BASE = "https://standard.invalid/"
PATTERN_BYTES = 10_000_000
"""How large a regular expression, and what is remembered of it while it runs, may become."""
MOST_ERRORS = 1_000
_NOT_TAKEN = "the validator cannot take what the record holds"
"""Its own words are not told: they may hold some of the record."""


class Unjudgeable(Exception):
    """A schema that nothing can be held against."""


class Schemas:
    """One version of a profile, ready to hold records against."""

    def __init__(
        self,
        entities: Mapping[str, Schema],
        tables: Mapping[str, Schema],
        views: tuple[View, ...],
        numeric: Mapping[str, Schema],
        *,
        between: bool = False,
    ) -> None:
        """`tables` in the shape of entities; `numeric`: those with columns whose cells are read as numbers. `between`:
        it lies between two versions that are not tangled, so that it is not by much."""
        self.entities = entities
        self.tables = tables
        self._views = {view.entity: view for view in views}
        self.numeric = numeric
        self._between = between
        self._validators: dict[tuple[str, Shape], Validator | str] = {}
        self._tables_read: dict[str, Cells] = {}

    @cached_property
    def terms(self) -> Terms:
        """The terms of documents."""
        return Terms(self.entities, {name: self._links(name, whole=True) for name in self._views})

    @cached_property
    def columns(self) -> Terms:
        """The terms of rows."""
        return Terms(self.tables)

    @cached_property
    def all_terms(self) -> frozenset[Term]:
        """The terms of documents and rows."""
        return self.terms.all() | self.columns.all()

    def names(self) -> dict[str, frozenset[str]]:
        """The entities, each with the names of its properties."""
        return {name: self.terms.names(name) for name in self.entities}

    def has(self, entity: str, shape: Shape) -> bool:
        """Whether there is such an entity, or table."""
        return entity in (self.tables if shape is Shape.ROW else self.entities)

    def filled(self, entity: str, shape: Shape, value: Mapping[str, JSON]) -> set[Term]:
        """The terms that a record gives a value."""
        if shape is Shape.ROW:
            return self.columns.filled(entity, self._cells(entity).filled(value))
        return self.terms.filled(entity, value)

    def accepts(self, entity: str, shape: Shape, value: Mapping[str, JSON]) -> bool:
        """Whether a record is valid; raises Unjudgeable."""
        validator = self._validator(entity, shape)
        try:
            return validator.is_valid(self._read(entity, shape, value))
        except ValueError as problem:
            raise Unjudgeable(_NOT_TAKEN) from problem

    def rejecting(self, entity: str, shape: Shape, value: Mapping[str, JSON]) -> set[str]:
        """The entities in whose schemas a record meets an error; raises Unjudgeable."""
        validator = self._validator(entity, shape)
        try:
            errors = islice(validator.iter_errors(self._read(entity, shape, value)), MOST_ERRORS)
            return {_owner(error.absolute_keyword_location or "") or entity for error in errors}
        except ValueError as problem:
            raise Unjudgeable(_NOT_TAKEN) from problem

    def _read(self, entity: str, shape: Shape, value: Mapping[str, JSON]) -> Mapping[str, JSON]:
        """A record as its schema sees it."""
        return self._cells(entity).row(value) if shape is Shape.ROW else value

    def _cells(self, table: str) -> Cells:
        if table not in self._tables_read:
            self._tables_read[table] = Cells(self.tables[table], self.numeric.get(table))
        return self._tables_read[table]

    def _validator(self, entity: str, shape: Shape) -> Validator:
        key = (entity, shape)
        if key not in self._validators:
            try:
                self._validators[key] = self._made(entity, shape)
            except Unjudgeable as problem:
                self._validators[key] = str(problem)
        found = self._validators[key]
        if isinstance(found, str):
            raise Unjudgeable(found)
        return found

    def _made(self, entity: str, shape: Shape) -> Validator:
        if shape is Shape.ROW:
            return _validator(row_schema(self.tables[entity], self.numeric.get(entity)), {})
        if (knot := self._knot) is not None:
            raise Unjudgeable(f"{_owner(BASE + knot)} looks at the same value in more ways than can be followed")
        path = f"{entity}~.json" if entity in self._views else f"{entity}.json"
        return _validator({"$ref": BASE + ("lists/" if shape is Shape.ITEM else "") + path}, self._documents)

    @cached_property
    def _knot(self) -> str | None:
        return None if self._between else tangled(self._documents)

    @cached_property
    def _documents(self) -> dict[str, JSON]:
        """All entities, and views of them, by path; the same without arrays below `lists/`."""
        whole = {f"{name}.json": _anonymous(schema) for name, schema in self.entities.items()}
        for name in self._views:
            if name in self.entities:
                whole |= dict(self._cut(name))
                whole[f"{name}~.json"] = {"$ref": f"{name}.json", "properties": self._links(name)}
        # A reference inside a list leads to what is below `lists/` as well: it is relative.
        return {**whole, **{f"lists/{path}": without_arrays(schema) for path, schema in whole.items()}}

    def _links(self, entity: str, *, whole: bool = False) -> dict[str, JSON]:
        """The properties that a view adds; `whole`: as if they left nothing out."""
        properties = self.entities.get(entity, {}).get("properties")
        links: dict[str, JSON] = {}
        for link in self._views[entity].links:
            if link.entity in self.entities and link.property not in (properties or {}):
                one = {"$ref": f"{link.entity}{f'~{entity}' if link.without and not whole else ''}.json"}
                links[link.property] = {"type": "array", "items": one} if link.many else one
        return links

    def _cut(self, entity: str) -> Iterator[tuple[str, JSON]]:
        """The entities that a view links without some of their properties."""
        for link in self._views[entity].links:
            if link.without and link.entity in self.entities:
                schema = _anonymous(self.entities[link.entity])
                yield f"{link.entity}~{entity}.json", without(schema, set(link.without))


def lost(base: Schemas, head: Schemas, *, rows: bool) -> frozenset[Term]:
    """The terms (of rows: the columns) that only base knows. Records that fill one break: it means nothing now."""
    ours, theirs = ((each.columns if rows else each.terms).all() for each in (base, head))
    return ours - theirs


def _anonymous(schema: Schema) -> dict[str, JSON]:
    """A schema known by its path alone."""
    return {key: each for key, each in schema.items() if key not in ("$id", "id", "$schema")}


def _owner(location: str) -> str:
    """The entity of a place in the documents."""
    path = location.removeprefix(BASE).removeprefix("lists/").partition("#")[0]
    return path.removesuffix(".json").partition("~")[0] if location.startswith(BASE) else ""


def _validator(schema: dict[str, JSON], documents: Mapping[str, JSON]) -> Validator:
    import jsonschema_rs

    try:
        known = jsonschema_rs.Registry(
            [(BASE + path, each) for path, each in documents.items()], draft=jsonschema_rs.Draft202012
        )
        limits = jsonschema_rs.RegexOptions(size_limit=PATTERN_BYTES, dfa_size_limit=PATTERN_BYTES)
        return jsonschema_rs.Draft202012Validator(
            schema, registry=known, validate_formats=True, pattern_options=limits, offline=True
        )
    except (ValueError, jsonschema_rs.ReferencingError) as problem:
        raise Unjudgeable(_reason(str(problem))) from problem


def _reason(message: str) -> str:
    line = message.partition("\n")[0]
    if line.endswith('is not a "regex"'):
        return f"the pattern {line.split(' is not a')[0]} is one that cannot be run in linear time"
    return f"the schema cannot be used: {line}"
