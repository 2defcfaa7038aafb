"""Entities and terms that come and go."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules import people
from bot.compat.rules.model import Hurt, Rule, Words, family, single


def rules() -> Iterator[Rule]:
    """The rules of entities, terms, and schemas inside them."""
    yield from family("entity", "", _ENTITY_ADDED, _ENTITY_REMOVED)
    yield from family("term", "properties", _TERM_ADDED, _TERM_REMOVED)
    yield from family("pattern-term", "patternProperties", *_PATTERN_TERM)
    yield from family("schema", "", _SCHEMA_ADDED, _SCHEMA_REMOVED, _SCHEMA_CHANGED)
    yield single("schema-moved", "", _MOVED, "Its opposite is a move as well.")


_ENTITY_ADDED = Words(
    "An entity is added",
    "No published data uses it yet, so that all of it stays valid. Tools that do not know the entity can leave it out.",
    people.NOBODY,
    "Describe it, give an example, and say who asked for it: what is added is hard to take away again.",
    Hurt.NOBODY,
)
_ENTITY_REMOVED = Words(
    "An entity is removed",
    "Data about it was valid, and has no place any more. What refers to it loses what it refers to.",
    people.PUBLISHERS,
    "Mark the entity as deprecated, say what to use in its place, and remove it with the next major version.",
    Hurt.PUBLISHERS,
)
_TERM_ADDED = Words(
    "A term is added",
    "An optional term breaks nobody: no published data uses it, and tools that do not know it can leave it out. Some "
    "publishers may already use the name in a sense of their own.",
    people.NOBODY,
    "Leave it optional, describe it, and give an example.",
    Hurt.NOBODY,
)
_TERM_REMOVED = Words(
    "A term is removed",
    "Data that uses the term was valid, and would hold something that the standard does not know. If the term got "
    "another name, it is the same to those who use the old one.",
    people.PUBLISHERS,
    "Mark the term as deprecated, name its successor, keep both for a while, and remove it with the next major "
    "version.",
    Hurt.PUBLISHERS,
)
_PATTERN_TERM = (
    Words(
        "Terms whose names follow a pattern are described",
        "If such names were free until now, values that do not fit what is described would be refused.",
        people.PUBLISHERS,
        "Choose a pattern that no published name follows, or describe it so that all published values fit.",
        Hurt.NOBODY,
    ),
    Words(
        "Terms whose names follow a pattern are no longer described",
        "Data that uses such names was valid, and would hold terms that the standard does not know.",
        people.PUBLISHERS,
        "Keep the pattern, and say in the description that it is deprecated.",
        Hurt.PUBLISHERS,
    ),
)
_SCHEMA_ADDED = Words(
    "A definition is added",
    "A definition does nothing by itself. What refers to it is a change of its own.",
    people.NOBODY,
    people.SAY_WHY,
    Hurt.NOBODY,
)
_SCHEMA_REMOVED = Words(
    "A definition is removed",
    "A definition that nothing refers to can go. A condition that stood there allows more once it is gone.",
    people.NOBODY,
    people.SAY_WHY,
    Hurt.NOBODY,
)
_SCHEMA_CHANGED = Words(
    "A whole schema is replaced by another",
    "One of the two says only yes or no to everything, so that no single keyword can be named as the change.",
    people.EITHER,
    "Write what is allowed as keywords, so that people can see what becomes different.",
    Hurt.PUBLISHERS,
)
_MOVED = Words(
    "A schema is written in another place",
    "What stood in place is a reference to a definition that says the same now, or the other way round.",
    people.NOBODY,
    people.SAY_WHY,
    Hurt.NOBODY,
)
