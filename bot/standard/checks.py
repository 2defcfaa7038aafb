"""What is wrong with the files of a standard, apart from what they change."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from bot.standard.documents import Documents
from bot.standard.examples import given_example, typed
from bot.standard.model import Entity, Kind, Standard
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error, notice, warning
from bot.standard.profiles import MEMBERSHIPS
from bot.standard.schema_checks import against_metaschema, cycles, documents_of, patterns, references
from bot.standard.values import JSON


def check_entities(standard: Standard) -> Iterator[Problem]:
    """The problems of the entity files of a standard, in the order of the files."""
    documents = documents_of(standard.entities)
    for entity in standard.entities.values():
        yield from check_entity(entity, documents, standard.unreadable)
    yield from cycles(standard.entities, documents)
    if standard.kind is Kind.EXTENDED:
        yield from _extended(standard)


def check_entity(entity: Entity, documents: Documents, unreadable: frozenset[str]) -> Iterator[Problem]:
    """The problems of one entity among the `documents` of all; of `unreadable` files nothing is expected."""
    root = documents.root(f"{entity.name}.json")
    wrong = [*against_metaschema(entity), *patterns(entity, root, documents)]
    yield from wrong
    yield from references(entity, documents, root, unreadable)
    if not wrong:
        yield from _names(entity)
        yield from _required(entity)
        yield from _words(entity)
        yield from _examples(entity)


# Names.


def _properties(entity: Entity) -> Mapping[str, JSON]:
    properties = entity.schema.get("properties")
    return properties if isinstance(properties, Mapping) else {}


def _names(entity: Entity) -> Iterator[Problem]:
    given = entity.schema.get("name")
    if given is not None and given != entity.name:
        message = f"the entity is called {given!r}, its file {entity.name!r}"
        yield warning("name-mismatched", entity.file, "/name", message, "Give both the same name.")
    for key, schema in _properties(entity).items():
        where = pointer(("properties", key))
        if confusable(key):
            message = f"the name {shown(key)!r} can be taken for another: it mixes scripts or look-alike characters"
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


# Required properties.


def _required(entity: Entity) -> Iterator[Problem]:
    properties = _properties(entity)
    for keyword in ("required", "tabular_required"):
        names = entity.schema.get(keyword)
        for at, name in enumerate(names if isinstance(names, list) else ()):
            if name not in properties:
                message = f"{keyword} names {name!r}, which is no property"
                hint = "Define the property, or take its name out."
                yield error("required-undefined", entity.file, pointer((keyword, at)), message, hint)


# Descriptions and examples.


def _words(entity: Entity) -> Iterator[Problem]:
    if not entity.schema.get("description"):
        message = f"the entity {entity.name!r} has no description"
        yield warning("description-missing", entity.file, "", message, "Say in a sentence what it is.")
    for key, schema in _properties(entity).items():
        if not isinstance(schema, Mapping):
            continue
        where = pointer(("properties", key))
        if not schema.get("description"):
            message = f"the property {key!r} has no description"
            yield warning("description-missing", entity.file, where, message, "Say in a sentence what it holds.")
        if "constraints" in schema and given_example(schema) is None:
            message = f"the property {key!r} has no example"
            yield notice("example-missing", entity.file, where, message, "Give a value as a publisher would.")


def _examples(entity: Entity) -> Iterator[Problem]:
    import jsonschema_rs

    for key, schema in _properties(entity).items():
        if not isinstance(schema, Mapping) or "$ref" in schema or "items" in schema:
            continue
        given = given_example(schema)
        if given is None:
            continue
        # HSDS writes all examples as text: "12" is an example of a number.
        value = typed(given, schema.get("type"))
        if value is None or not jsonschema_rs.is_valid(dict(schema), value, validate_formats=True):
            message = f"the example {given!r} of {key!r} is not allowed by its own schema"
            hint = "Correct the example, or the schema if the example is right."
            yield warning("example-rejected", entity.file, pointer(("properties", key, "example")), message, hint)


# What only an extended structure has.


def _extended(standard: Standard) -> Iterator[Problem]:
    known = {profile.id for profile in standard.profiles}
    for view in standard.views:
        for name in (view.entity, *(link.entity for link in view.links)):
            if name not in standard.entities:
                message = f"a view is made of {name!r}, which is no entity"
                yield error("view-invalid", "schema/standard.yml", "/views", message, "Correct the name of the entity.")
    for entity in standard.entities.values():
        for key, schema in _properties(entity).items():
            if isinstance(schema, Mapping):
                yield from _membership(entity, key, schema.get("profiles", {}), known)
                if not schema.get("source"):
                    message = f"the property {key!r} does not name its source"
                    hint = "Add `source`, the URL of the definition it comes from."
                    yield warning("source-missing", entity.file, pointer(("properties", key)), message, hint)


def _membership(entity: Entity, key: str, given: JSON, known: set[str]) -> Iterator[Problem]:
    for profile, how in given.items() if isinstance(given, Mapping) else ():
        where = pointer(("properties", key, "profiles", profile))
        if profile not in known:
            message = f"{profile!r} is no profile of this standard"
            yield error("profile-unknown", entity.file, where, message, "Correct the name, or add the profile.")
        elif how not in MEMBERSHIPS:
            message = f"{how!r} does not say how a term belongs to a profile"
            yield error("membership-invalid", entity.file, where, message, f"Write one of {', '.join(MEMBERSHIPS)}.")
