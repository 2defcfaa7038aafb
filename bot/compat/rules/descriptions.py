"""Words: what describes a term without saying which data is valid."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules import people
from bot.compat.rules.model import Hurt, Rule, Words, family


def rules() -> Iterator[Rule]:
    """The rules of words."""
    for name, keyword, what, why in _WORDS:
        added, removed, changed = (_words(what, verb, why) for verb in ("is added", "is gone", "changes"))
        # Orders that change have a rule of their own, for lists as well.
        yield from family(name, keyword, added, removed, None if name == "order" else changed)


_READ = "People read it to know what to publish. No document and no tool depends on it."
_OURS = "It is about the structure itself, and no release shows it."
_TABLES = "It stands in the description of the tables. What the rows of a table may be does not depend on it."
_ENDING = "It tells publishers what is coming, and what to use in its place. Data that uses the term stays valid."

_WORDS = (
    ("title", "title", "A title", _READ),
    (
        "description",
        "description",
        "A description",
        f"{_READ} If the meaning changes, data may need to change with it.",
    ),
    ("example", "example", "An example", _READ),
    ("examples", "examples", "A list of examples", _READ),
    ("comment", "$comment", "A comment", "It is for those who maintain the schema."),
    (
        "default",
        "default",
        "A default",
        "It says what is meant where a term is left out. Validators do nothing with it, but tools may.",
    ),
    (
        "deprecated",
        "deprecated",
        "The mark of what is deprecated",
        "It tells publishers to use something else. Data that uses the term stays valid.",
    ),
    ("deprecation", "deprecation", "The word on a deprecation", _ENDING),
    ("since", "since", "The version since which something is deprecated", _ENDING),
    ("reason", "reason", "The reason of a deprecation", _ENDING),
    ("replaced-by", "replaced_by", "The successor of what is deprecated", _ENDING),
    ("removal", "removal", "The version in which something will be removed", _ENDING),
    ("read-only", "readOnly", "The mark of what cannot be written", "Only services that take data in go by it."),
    ("write-only", "writeOnly", "The mark of what is not given out", "Only services that take data in go by it."),
    ("path", "path", "The name of a file", f"{_TABLES} Tools that look for a file by its name may."),
    ("order", "order", "A place in the order", _TABLES),
    ("datapackage-metadata", "datapackage_metadata", "What is said of a table", _TABLES),
    ("core", "core", "The mark of the core", _OURS),
    ("source", "source", "The source of a term", "It leads to where the term is defined. No document depends on it."),
    ("aliases", "aliases", "A list of other names", _OURS),
    ("settled", "settled", "The record of what was settled", _OURS),
    (
        "profiles",
        "profiles",
        "The list of profiles that have a term",
        f"{_OURS} What it changes in a profile is a change of that profile.",
    ),
)


def _words(what: str, verb: str, why: str) -> Words:
    return Words(f"{what} {verb}", why, people.NOBODY, people.SAY_WHY, Hurt.NOBODY)
