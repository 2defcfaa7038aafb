"""What is wrong with the form of one schema: keywords, references, patterns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from bot.standard import regexes
from bot.standard.dialects import Draft
from bot.standard.documents import BASE, DanglingReference, Documents, Target, together, traits
from bot.standard.keywords import REFERENCES, subschemas
from bot.standard.model import Entity
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error
from bot.standard.values import JSON

TYPES = ("string", "number", "integer", "boolean", "object", "array", "null")
NAMING = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"})
"""Keywords below which names stand, and no keywords."""

if TYPE_CHECKING:
    from jsonschema_rs import Validator


def documents_of(entities: Mapping[str, Entity]) -> Documents:
    """Entities as documents that refer to each other."""
    return together({f"{name}.json": entity.schema for name, entity in entities.items()})


def schema_errors(schema: JSON, draft: Draft) -> Iterator[tuple[str, str]]:
    """What the metaschema of a draft finds wrong with a schema: (pointer, message)."""
    for found in _metaschema(draft).iter_errors(schema):
        steps = [str(step) for step in found.instance_path]
        yield pointer(steps), _in_words(steps, found.instance, found.message)


def _in_words(steps: list[str], value: JSON, message: str) -> str:
    """What is wrong with the value of a keyword; as the validator says it where it is none of the usual slips."""
    keyword = "" if steps[-2:-1] and steps[-2] in NAMING else "".join(steps[-1:])
    if keyword == "type":
        wrong = [json.dumps(each) for each in (value if isinstance(value, list) else [value]) if each not in TYPES]
        return f"{wrong[0][:60]} is no type; there are {', '.join(TYPES)}" if wrong else message
    if keyword == "required" and isinstance(value, list):
        twice = next((each for each in value if isinstance(each, str) and value.count(each) > 1), "")
        return f"{twice[:60]!r} stands in the list more than once" if twice else message
    return message


@cache
def _metaschema(draft: Draft) -> Validator:
    import jsonschema_rs

    make = {
        Draft.DRAFT4: jsonschema_rs.Draft4Validator,
        Draft.DRAFT6: jsonschema_rs.Draft6Validator,
        Draft.DRAFT7: jsonschema_rs.Draft7Validator,
        Draft.DRAFT2019: jsonschema_rs.Draft201909Validator,
        Draft.DRAFT2020: jsonschema_rs.Draft202012Validator,
    }
    return make[draft]({"$ref": draft.uri})


def references(entity: Entity, documents: Documents, root: Target, unreadable: frozenset[str]) -> Iterator[Problem]:
    """References that lead nowhere, or out of the standard; none to files that could not be read."""
    if not traits(entity.schema).references:
        return
    for steps, place in all_places(documents, root, ()):
        for keyword in sorted(REFERENCES & place.schema.keys()):
            text = place.schema[keyword]
            where = pointer((*steps, keyword))
            if not isinstance(text, str):
                continue
            try:
                documents.follow(text, place)
            except DanglingReference as problem:
                target = problem.resolved.removeprefix(BASE).partition("#")[0]
                if f"schema/{target}" in unreadable:
                    continue  # that the file cannot be read has been said
                if "://" in text or text.startswith(("/", "..")) or not problem.resolved.startswith(BASE):
                    message = f"the reference {text!r} leads out of the standard; it is not followed"
                    hint = "Refer to files of this directory only: phone.json, #/$defs/name."
                    yield error("reference-outside", entity.file, where, message, hint)
                else:
                    message, hint = f"the reference {text!r} leads nowhere", "Correct the name, or add what is missing."
                    if "/" in target:
                        # There may be a file, and it is not read.
                        hint = "Only the files in schema/ itself are read, and none in directories below it."
                    yield error("reference-dangling", entity.file, where, message, hint)


def all_places(documents: Documents, place: Target, steps: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Target]]:
    """Every schema in a schema, itself and definitions among them, with its steps."""
    if isinstance(place.schema, Mapping):
        yield steps, place
        for more, part in subschemas(place.schema, definitions=True):
            yield from all_places(documents, documents.within(place, part, *more), (*steps, *more))


def patterns(entity: Entity, root: Target, documents: Documents) -> Iterator[Problem]:
    """Patterns that are no regular expressions, or none that can be tried."""
    if not traits(entity.schema).patterns:
        return
    for steps, place in all_places(documents, root, ()):
        named = place.schema.get("patternProperties")
        found: list[tuple[tuple[str, ...], str]] = [
            (("patternProperties", each), each) for each in (named if isinstance(named, Mapping) else ())
        ]
        if isinstance(place.schema.get("pattern"), str):
            found.append((("pattern",), place.schema["pattern"]))
        for more, pattern in found:
            wrong = regexes.wrong_with(pattern)
            if wrong:
                message = f"the pattern {pattern[:60]!r} {wrong}"
                yield error("pattern-invalid", entity.file, pointer((*steps, *more)), message, regexes.HINT)


# References that never arrive.

IN_PLACE = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else"})
"""Keywords whose schemas are about the same value: a way through them alone makes no step into a document."""


def cycles(entities: Mapping[str, Entity], documents: Documents) -> Iterator[Problem]:
    """References that lead back to themselves without a step into the document, which no validator can follow
    (JSON Schema core, section 9.4.1). Recursion through properties and items is as it should be."""
    known: dict[int, tuple[Entity, tuple[str, ...]]] = {}
    starts: list[Target] = []
    for entity in entities.values():
        for steps, place in all_places(documents, documents.root(f"{entity.name}.json"), ()):
            known[id(place.schema)] = entity, steps
            starts += [place] if "$ref" in place.schema else []
    for place in _turning_back(starts, documents):
        if id(place.schema) in known:
            entity, steps = known[id(place.schema)]
            message = f"the reference {place.schema.get('$ref')!r} leads back to itself, and to no schema"
            hint = "Let one of the references on the way lead to a schema that says something."
            yield error("reference-cyclic", entity.file, pointer((*steps, "$ref")), message, hint)


def _turning_back(starts: list[Target], documents: Documents) -> Iterator[Target]:
    """The schemas whose reference closes a cycle; each schema is visited once, however many lead to it."""
    done: set[int] = set()
    for start in starts:
        if id(start.schema) in done:
            continue
        done.add(id(start.schema))
        above = {id(start.schema)}
        way = [(start, _next(start, documents))]
        while way:
            place, more = way[-1]
            following = next(more, None)
            if following is None:
                above.discard(id(place.schema))
                way.pop()
            elif id(following.schema) in above:
                yield next(each for each, _ in reversed(way) if "$ref" in each.schema)
            elif id(following.schema) not in done:
                done.add(id(following.schema))
                above.add(id(following.schema))
                way.append((following, _next(following, documents)))


def _next(place: Target, documents: Documents) -> Iterator[Target]:
    """What else a value has to conform to where it has to conform to this schema."""
    reference = place.schema.get("$ref") if isinstance(place.schema, Mapping) else None
    if isinstance(reference, str):
        with suppress(DanglingReference):  # it has been said
            yield documents.follow(reference, place)
    for more, part in subschemas(place.schema):
        if more[0] in IN_PLACE:
            yield documents.within(place, part, *more)
