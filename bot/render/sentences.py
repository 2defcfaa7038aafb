"""A change in a sentence that could be read aloud."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.compat.changes import ABSENT, ANNOTATIONS, OF_A_MAP, REORDERED, Absent, Change
from bot.render.safety import name, shortened
from bot.standard.keywords import DEFINITIONS
from bot.standard.values import JSON

LONGEST_VALUE = 60
MOST_VALUES = 6

_ORDERED = {
    "entities": "the entities",
    "enum": "the values",
    "properties": "the terms",
    "required": "the required terms",
    "resources": "the tables",
    "tabular_required": "the terms required in tables",
}
"""Lists of which the order may change, as people call what they hold."""

Mark: TypeAlias = Callable[[str], str]
"""Shows a name or a value that is quoted inside a sentence."""


def sentence(change: Change, mark: Mark = str) -> str:
    """A change as it could be read aloud; `mark` is put around all that is not our own words."""
    quoted = _Quoted(change, mark)
    said = _SENTENCES.get(change.rule)
    if said is not None:
        return said(quoted)
    if change.rule == REORDERED:
        what = _ORDERED.get(change.keyword, mark(name(change.keyword)))
        return f"the order of {what} of {quoted.owner} changed"
    what = f"{mark(name(change.keyword))} of {quoted.owner}" if change.keyword else quoted.owner
    if change.keyword in DEFINITIONS and change.rule in OF_A_MAP:
        what = f"the definition {quoted.term}"
    subject, _, verb = change.rule.rpartition("-")
    if (change.keyword in ANNOTATIONS and change.entity) or not quoted.is_readable:
        return f"{what} {verb}"
    match verb:
        case "changed":
            return f"{what} {_from_to(quoted)}"
        case "added":
            return f"{what} added: {quoted.head}"
        case "removed":
            return f"{what} removed (was {quoted.base})"
        case _:
            return f"{what} {subject} {verb}"


def _from_to(its: _Quoted) -> str:
    if its.change.base is ABSENT:
        return f"is now {its.head}"
    if its.change.head is ABSENT:
        return f"is gone (was {its.base})"
    return f"changes from {its.base} to {its.head}"


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A change with its names and values marked."""

    change: Change
    mark: Mark

    @property
    def term(self) -> str:
        return self.mark(name(self.change.term))

    @property
    def owner(self) -> str:
        """What has the keyword: a term, or the standard or a profile, of which only the keyword tells which."""
        if self.change.entity:
            return self.term
        return "the profile" if self.change.keyword in ("uri", "countries", "maintainers", "page") else "the standard"

    @property
    def tabular(self) -> str:
        """What the name of an entity or of a property is the name of."""
        return "column" if self.change.steps else "table"

    @property
    def written(self) -> str:
        """What is written differently: an entity, or a file of which nothing else is to be said."""
        return self.term if self.change.entity else self.mark(name("/".join(self.change.steps)))

    @property
    def is_readable(self) -> bool:
        """Whether its values say something in few words: schemas and other objects do not."""
        sides = (self.change.base, self.change.head)
        parts = (part for side in sides for part in (side if isinstance(side, list) else [side]))
        return not any(isinstance(part, (dict, list)) for part in parts)

    @property
    def base(self) -> str:
        return self._values(self.change.base)

    @property
    def head(self) -> str:
        return self._values(self.change.head)

    def _values(self, given: JSON | Absent) -> str:
        if given is ABSENT:
            return "nothing"
        listed = given if isinstance(given, list) and given else [given]
        shown = ", ".join(self.mark(value(each)) for each in listed[:MOST_VALUES])
        return shown if len(listed) <= MOST_VALUES else f"{shown} and {len(listed) - MOST_VALUES} more"


_SENTENCES: dict[str, Callable[[_Quoted], str]] = {
    "entity-added": lambda its: f"{its.term} added",
    "entity-removed": lambda its: f"{its.term} removed",
    "term-added": lambda its: f"{its.term} added",
    "term-removed": lambda its: f"{its.term} removed",
    "required-added": lambda its: f"{its.term} becomes required",
    "required-removed": lambda its: f"{its.term} is no longer required",
    "tabular-required-added": lambda its: f"{its.term} becomes required in tables",
    "tabular-required-removed": lambda its: f"{its.term} is no longer required in tables",
    "enum-value-added": lambda its: f"{its.term} also allows {its.head}",
    "enum-value-removed": lambda its: f"{its.term} no longer allows {its.base}",
    "enum-added": lambda its: f"{its.term} allows only {its.head}",
    "enum-removed": lambda its: f"{its.term} allows any value",
    "type-changed": lambda its: f"{its.term} {_from_to(its)}",
    "unique-added": lambda its: f"{its.term} must be unique",
    "unique-removed": lambda its: f"{its.term} need not be unique",
    "key-added": lambda its: f"{its.term} must refer to {its.head}",
    "key-removed": lambda its: f"{its.term} need not refer to {its.base}",
    "constraints-added": lambda its: f"{its.term} becomes a column of its table",
    "constraints-removed": lambda its: f"{its.term} is no longer a column of its table",
    "name-changed": lambda its: f"the {its.tabular} of {its.term} is called {its.head}, and no longer {its.base}",
    "schema-moved": lambda its: f"{its.term} is written in another place",
    "notation-changed": lambda its: f"{its.written} is written differently, and says the same",
    "primary-key-added": lambda its: f"the primary key {its.head} of {its.term} is declared, as it was not before",
    "page-part-added": lambda its: f"list answers of the API also have {its.head}",
    "page-part-removed": lambda its: f"list answers of the API no longer have {its.base}",
    "page-part-renamed": lambda its: f"list answers of the API have {its.head}, and no longer {its.base}",
    "foreign-key-added": lambda its: f"{its.term} must refer to {its.head}",
    "foreign-key-removed": lambda its: f"{its.term} need not refer to {its.base}",
    "profile-added": lambda its: f"the profile {its.head} added",
    "profile-removed": lambda its: f"the profile {its.base} removed",
}


def value(given: JSON) -> str:
    """A value in few characters."""
    text = given if isinstance(given, str) and given else json.dumps(given, ensure_ascii=False)
    return shortened(text, LONGEST_VALUE)
