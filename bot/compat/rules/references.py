"""References, definitions, and by what name a schema calls itself."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules import people
from bot.compat.rules.model import Hurt, Rule, Words, family


def rules() -> Iterator[Rule]:
    """The rules of references and names of schemas."""
    yield from family("reference", "$ref", *_REFERENCE)
    yield from family("dynamic-ref", "$dynamicRef", *_DYNAMIC)
    yield from family("recursive-ref", "$recursiveRef", *_RECURSIVE)
    yield from family("dialect", "", *_DIALECT)
    for name, keyword, what in _OWN_NAMES:
        yield from family(name, keyword, *_named(what))


_REFERENCE = (
    Words(
        "A reference is added",
        "What stands here has to be what the reference leads to. Data that is anything else would be refused.",
        people.PUBLISHERS,
        "Add a new term with the reference, and keep the old one until the next major version.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "A reference is gone",
        "The reference said which terms there are. Without it they are not known any more, and data that uses them was "
        "valid and breaks. What led to a simple value only allows more than before.",
        people.PUBLISHERS,
        "Keep the reference. If what it leads to is to go, mark that as deprecated first.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "A reference leads somewhere else",
        "Data that is what the old reference led to may not be what the new one leads to.",
        people.EITHER,
        "Add a new term with the new reference, and keep the old one until the next major version.",
        Hurt.PUBLISHERS,
    ),
)
_DYNAMIC_WHY = "Where such a reference leads can depend on who refers to this schema: a person may have to look."
_DYNAMIC_WHAT = "Use `$ref` wherever it is clear what is meant."
_DYNAMIC = (
    Words("A moving reference is added", _DYNAMIC_WHY, people.PUBLISHERS, _DYNAMIC_WHAT, Hurt.PUBLISHERS),
    Words("A moving reference is gone", _DYNAMIC_WHY, people.TOOLS, _DYNAMIC_WHAT, Hurt.TOOLS),
    Words("A moving reference leads somewhere else", _DYNAMIC_WHY, people.EITHER, _DYNAMIC_WHAT, Hurt.PUBLISHERS),
)
_RECURSIVE_WHY = (
    "The keyword belongs to 2019-09 alone. There, where it leads can depend on who refers to this schema; in other "
    "versions of JSON Schema it does nothing."
)
_RECURSIVE_WHAT = "Write `$ref`, or `$dynamicRef` where the reference has to move."
_RECURSIVE = (
    Words("A reference of old is added", _RECURSIVE_WHY, people.NOBODY, _RECURSIVE_WHAT, Hurt.NOBODY),
    Words("A reference of old is gone", _RECURSIVE_WHY, people.NOBODY, people.SAY_WHY, Hurt.NOBODY),
    Words("A reference of old changes", _RECURSIVE_WHY, people.NOBODY, _RECURSIVE_WHAT, Hurt.NOBODY),
)
_DIALECT_WHY = (
    "Of a schema, it is the version of JSON Schema, and with it what some keywords mean: data may be refused that was "
    "valid, and tools may stop at schemas they could read. Of a table, it is how its file is written, by which tools "
    "that read it go."
)
_DIALECT_WHAT = "Rewrite in the same change what the new version reads otherwise, in all files of the standard at once."
_DIALECT = (
    Words("A dialect is named", _DIALECT_WHY, people.EITHER, _DIALECT_WHAT, Hurt.PUBLISHERS),
    Words("A dialect is no longer named", _DIALECT_WHY, people.EITHER, _DIALECT_WHAT, Hurt.PUBLISHERS),
    Words("Another dialect is named", _DIALECT_WHY, people.EITHER, _DIALECT_WHAT, Hurt.PUBLISHERS),
)
_OWN_NAMES = (
    ("id", "", "address of its own"),
    ("anchor", "$anchor", "name to refer to"),
    ("dynamic-anchor", "$dynamicAnchor", "moving name to refer to"),
    ("recursive-anchor", "$recursiveAnchor", "mark for references of old"),
    ("vocabulary", "$vocabulary", "list of the vocabularies it needs"),
)
_NAMED_WHY = "What a schema calls itself is not part of any document."
_NAMED_WHAT = "See to it that whatever refers to the schema still finds it."


def _named(what: str) -> tuple[Words, Words, Words]:
    return (
        Words(
            f"A schema gets a{'n' if what[0] == 'a' else ''} {what}",
            _NAMED_WHY,
            people.NOBODY,
            _NAMED_WHAT,
            Hurt.NOBODY,
        ),
        Words(f"A schema loses its {what}", _NAMED_WHY, people.NOBODY, _NAMED_WHAT, Hurt.NOBODY),
        Words(f"A schema gets another {what}", _NAMED_WHY, people.NOBODY, _NAMED_WHAT, Hurt.NOBODY),
    )
