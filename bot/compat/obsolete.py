"""Terms that are given up, and what is wrong with how: still there, still required, with no successor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import chain

from bot.compat.deprecation import Deprecation, deprecation_of, successors
from bot.compat.due import Now, is_due, is_known
from bot.compat.tables import as_entities
from bot.standard.model import Entity, Package, Standard
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, notice, warning
from bot.standard.pruning import referred_entity
from bot.standard.values import JSON

Schema = Mapping[str, JSON]
DEEPEST = 40
_NAME = re.compile(r"\w[\w-]*(?:\.\w[\w-]*)*")


@dataclass(frozen=True, slots=True)
class _Term:
    """A term that is given up: where it stands, how it is called in its entity, and the object that holds it."""

    file: str
    steps: tuple[str, ...]
    name: str
    schema: Schema
    around: Schema
    given_up: Deprecation

    @property
    def key(self) -> str:
        """Its name in the object that holds it."""
        return self.name.rpartition(".")[2]


def obsolete(standard: Standard, now: Now) -> Iterator[Problem]:
    """The problems of deprecated terms, in the order of the files; of tables, where there is nothing else."""
    entities = {name: entity.schema for name, entity in standard.entities.items()}
    if standard.package is not None:
        entities = dict(as_entities(standard.package))
        terms = _columns(standard.package, standard.profiles[0].file, entities)
    else:
        terms = chain.from_iterable(map(_given_up, standard.entities.values()))
    for term in terms:
        yield from _still_there(term, now)
        yield from _required(term)
        yield from _succeeded(term, standard, entities)


def _columns(package: Package, file: str, tables: Mapping[str, Schema]) -> Iterator[_Term]:
    for at, table in enumerate(package.tables):
        described = table.get("schema")
        fields = described.get("fields") if isinstance(described, Mapping) else None
        for number, field in enumerate(fields if isinstance(fields, list) else ()):
            given_up = deprecation_of(field)
            if given_up is not None:
                steps = ("resources", str(at), "schema", "fields", str(number))
                name = str(table["name"])
                yield _Term(file, steps, f"{name}.{field.get('name', '')}", field, tables.get(name, {}), given_up)


def _given_up(entity: Entity) -> Iterator[_Term]:
    own = deprecation_of(entity.schema)
    if own is not None:
        yield _Term(entity.file, (), entity.name, entity.schema, {}, own)
    yield from _below(entity.file, entity.schema, (), entity.name)


def _below(file: str, around: JSON, steps: tuple[str, ...], called: str) -> Iterator[_Term]:
    if not isinstance(around, Mapping) or len(steps) > DEEPEST:
        return
    properties = around.get("properties")
    for name, schema in properties.items() if isinstance(properties, Mapping) else ():
        way, term = (*steps, "properties", name), f"{called}.{name}"
        given_up = deprecation_of(schema)
        if given_up is not None:
            yield _Term(file, way, term, schema, around, given_up)
        yield from _below(file, schema, way, term)
    yield from _below(file, around.get("items"), (*steps, "items"), called)


def _still_there(term: _Term, now: Now) -> Iterator[Problem]:
    removal = term.given_up.removal
    place = pointer(term.steps)
    # Not the version of now: with each the message would be another, and what base had already would be new.
    if removal and not is_known(removal):
        message = f"{term.name} is to go in {removal!r}, which is no version and no day"
        yield notice("removal-unclear", term.file, place, message, "Write it as 4.0 or as 2027-01-31.")
    elif is_due(removal, now):
        message = f"{term.name} was to go in {removal}, and is still there"
        hint = "Remove it, or name a later version: people count on what was announced."
        yield warning("removal-due", term.file, place, message, hint)


def _required(term: _Term) -> Iterator[Problem]:
    listed = [each for keyword in ("required", "tabular_required") for each in _names(term.around.get(keyword))]
    constraints = term.schema.get("constraints")
    if term.key in listed or (isinstance(constraints, Mapping) and constraints.get("required") is True):
        message = f"{term.name} is deprecated, and required all the same"
        hint = "Make it optional: who is asked to stop using it has to be allowed to."
        yield warning("deprecated-required", term.file, pointer(term.steps), message, hint)


def _succeeded(term: _Term, standard: Standard, entities: Mapping[str, Schema]) -> Iterator[Problem]:
    own = {term.name, term.key}
    for successor in successors(term.schema):
        if not _NAME.fullmatch(successor):
            continue  # an address, or a sentence: people will know
        found = _found(successor, term, standard, entities)
        if found is None or successor in own:
            what = "itself" if successor in own else f"{successor!r}, which is nowhere"
            message = f"{term.name} is deprecated, and names as its successor {what}"
            hint = "Name a term beside it, or one of another entity as entity.term."
            yield warning("successor-missing", term.file, pointer(term.steps), message, hint)
        elif deprecation_of(found) is not None:
            message = f"{term.name} is deprecated, and so is its successor {successor}"
            hint = "Name what is to be used in the end, so that nobody has to move twice."
            yield warning("successor-deprecated", term.file, pointer(term.steps), message, hint)


def _found(successor: str, term: _Term, standard: Standard, entities: Mapping[str, Schema]) -> JSON:
    """The schema of what is named: beside the term, or from an entity on; None where there is none."""
    first, *rest = successor.split(".")
    if successor in _links(term, standard):
        return {}
    own = term.name.partition(".")[0]
    starts = [_inside(each, first, entities) for each in (term.around, *_patched(own, standard))]
    starts += [entities.get(first), *_patched(first, standard)]
    ends = (reduce(lambda at, name: _inside(at, name, entities), rest, start) for start in starts)
    return next((end for end in ends if end is not None), None)


def _inside(schema: JSON, name: str, entities: Mapping[str, Schema]) -> JSON:
    """The schema of a term inside another, whether it stands there, in a list, or in another entity."""
    for _ in range(DEEPEST):
        if not isinstance(schema, Mapping):
            return None
        properties = schema.get("properties")
        if isinstance(properties, Mapping) and name in properties:
            return properties[name]
        target = entities.get(referred_entity(schema.get("$ref")) or "")
        schema = target if target is not None else schema.get("items")
    return None


def _links(term: _Term, standard: Standard) -> Iterator[str]:
    """The terms that only views have."""
    own = term.name.partition(".")[0]
    for view in standard.views:
        for link in view.links:
            yield f"{view.entity}.{link.property}"
            if view.entity == own:
                yield link.property


def _patched(entity: str, standard: Standard) -> Iterator[JSON]:
    """What the profiles make of an entity: a successor may be theirs alone."""
    for profile in standard.profiles:
        if entity in profile.patches:
            yield profile.patches[entity].value


def _names(given: JSON) -> list[JSON]:
    return given if isinstance(given, list) else []
