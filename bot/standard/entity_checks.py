"""What is wrong with one entity: its form, its names, what it requires, its words and examples."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping

from bot.standard.dialects import Draft, declared
from bot.standard.documents import Documents, Target
from bot.standard.examples import given_example, typed
from bot.standard.misspelt import misspelt
from bot.standard.model import Entity
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error, notice, warning
from bot.standard.required_names import AT_THE_ROOT, undescribed
from bot.standard.schema_checks import patterns, references
from bot.standard.soundness import faults
from bot.standard.table_paths import wrong_paths
from bot.standard.values import JSON


def check_entity(entity: Entity, documents: Documents, unreadable: frozenset[str]) -> Iterator[Problem]:
    """The problems of one entity among the `documents` of all; of `unreadable` files nothing is expected."""
    root = documents.root(f"{entity.name}.json")
    found = faults(entity.schema, documents.draft)
    unsound = [error(each.rule, entity.file, each.pointer, each.message, each.hint) for each in found]
    wrong = [*unsound, *patterns(entity, root, documents)]
    yield from wrong
    yield from references(entity, documents, root, unreadable)
    yield from misspelt(entity)
    if not wrong:
        yield from _names(entity)
        yield from _path(entity)
        yield from _required(entity, documents, root)
        yield from _words(entity)
        yield from _examples(entity, declared(entity.schema) or documents.draft)


# Names.


def properties_of(entity: Entity) -> Mapping[str, JSON]:
    """The properties of an entity; none where it says something else of them."""
    properties = entity.schema.get("properties")
    return properties if isinstance(properties, Mapping) else {}


def _names(entity: Entity) -> Iterator[Problem]:
    given = entity.schema.get("name")
    if given is not None and given != entity.name:
        message = f"the entity is called {given!r}, its file {entity.name!r}"
        yield warning("name-mismatched", entity.file, "/name", message, "Give both the same name.")
    for key, schema in properties_of(entity).items():
        where = pointer(("properties", key))
        if confusable(key):
            message = f"the name '{shown(key)}' can be taken for another: it mixes scripts or look-alike characters"
            yield error("name-confusable", entity.file, where, message, "Write it with plain letters.")
        elif not snake_case(key):
            message = f"the name {key!r} is not in lower case with underscores"
            yield warning("name-malformed", entity.file, where, message, "Names are written like_this.")
        named = schema.get("name") if isinstance(schema, Mapping) else None
        if named is not None and named != key:
            message = f"the property is called {key!r}, but gives its name as {named!r}"
            yield warning("name-mismatched", entity.file, f"{where}/name", message, "Give both the same name.")


def snake_case(name: str) -> bool:
    """Whether a name is in the manner of HSDS: lower-case letters, digits and underscores."""
    letters = name.replace("_", "")
    return name[:1].isalpha() and letters.isalnum() and name == name.lower()


def confusable(name: str) -> bool:
    """Whether a name looks like another: not in its compatibility form, or letters of several scripts."""
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in name if letter.isalpha()}
    return unicodedata.normalize("NFKC", name) != name or len(scripts) > 1


def shown(text: str) -> str:
    r"""A text with every character that is not plain written out as \u{…}."""
    return "".join(each if " " <= each <= "~" else f"\\u{{{ord(each):04x}}}" for each in text)


def _path(entity: Entity) -> Iterator[Problem]:
    for wrong in wrong_paths(entity.schema.get("path", f"{entity.schema.get('name', entity.name)}.csv")):
        yield Problem(wrong.rule, wrong.severity, entity.file, "/path", wrong.message, wrong.hint)


# Required properties.


def _required(entity: Entity, documents: Documents, root: Target) -> Iterator[Problem]:
    for steps, name in undescribed(documents, root):
        # Inside, the object may be described by who refers to it.
        report = error if len(steps) == len(AT_THE_ROOT) else warning
        yield _undefined(report, entity, steps, name)
    names = entity.schema.get("tabular_required")
    for at, name in enumerate(names if isinstance(names, list) else ()):
        if name not in properties_of(entity):
            yield _undefined(error, entity, ("tabular_required", str(at)), name)


def _undefined(report: Callable[..., Problem], entity: Entity, steps: tuple[str, ...], name: str) -> Problem:
    message = f"{steps[-2]} names {name!r}, which is no property"
    hint = "Define the property, or take its name out."
    return report("required-undefined", entity.file, pointer(steps), message, hint)


# Descriptions and examples.


def _words(entity: Entity) -> Iterator[Problem]:
    if not entity.schema.get("description"):
        message = f"the entity {entity.name!r} has no description"
        yield warning("description-missing", entity.file, "", message, "Say in a sentence what it is.")
    for key, schema in properties_of(entity).items():
        if not isinstance(schema, Mapping):
            continue
        where = pointer(("properties", key))
        if not schema.get("description"):
            message = f"the property {key!r} has no description"
            yield warning("description-missing", entity.file, where, message, "Say in a sentence what it holds.")
        if "constraints" in schema and given_example(schema) is None:
            message = f"the property {key!r} has no example"
            yield notice("example-missing", entity.file, where, message, "Give a value as a publisher would.")


def _examples(entity: Entity, draft: Draft) -> Iterator[Problem]:
    for key, schema in properties_of(entity).items():
        if not isinstance(schema, Mapping) or "$ref" in schema or "items" in schema:
            continue
        given = given_example(schema)
        if given is None:
            continue
        # HSDS writes all examples as text: "12" is an example of a number.
        value = typed(given, schema.get("type"))
        if value is None or not _allows({"$schema": draft.uri, **schema}, value):
            message = f"the example {given!r} of {key!r} is not allowed by its own schema"
            hint = "Correct the example, or the schema if the example is right."
            yield warning("example-rejected", entity.file, pointer(("properties", key, "example")), message, hint)


def _allows(schema: dict[str, JSON], value: JSON) -> bool:
    """Whether a property's own schema allows a value; yes where it cannot be asked by itself, as where it refers to
    nothing: that is said in another place."""
    import jsonschema_rs

    try:
        allows: bool = jsonschema_rs.is_valid(schema, value, validate_formats=True)
    except (ValueError, jsonschema_rs.ReferencingError):
        return True
    return allows
