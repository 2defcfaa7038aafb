"""Facts: a change is one difference between two versions of an entity, at one place and keyword."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from bot.standard.keywords import DEFINITIONS, LIST_OF_SCHEMAS, MAP_OF_SCHEMAS
from bot.standard.values import JSON

Steps: TypeAlias = tuple[str, ...]


class Absent(Enum):
    """Stands where a side says nothing (null is something)."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `steps` lead, in the entity's schema, to what changed; `keyword` is the keyword there,
    or the one whose list gained or lost `base` or `head`; `entity` alone where it was added or removed."""

    rule: str
    entity: str
    steps: Steps
    keyword: str
    base: JSON | Absent
    head: JSON | Absent

    @property
    def id(self) -> str:
        """Recognises the change again in another run: rule, place and what is gained or lost, not the file."""
        gained = [None if each is ABSENT else each for each in (self.base, self.head)]
        listed = gained if self.rule in LISTED else []
        text = json.dumps([self.rule, self.entity, self.steps, self.keyword, listed], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def is_per_name(self) -> bool:
        """Whether a list of names gained or lost one (a column of a table says for itself that it is required)."""
        rules = (f"{PER_NAME.get(self.keyword)}-added", f"{PER_NAME.get(self.keyword)}-removed")
        gained = self.head if self.base is ABSENT else self.base
        # What is no list of names is a value like another: there is no property of that name at the end.
        return self.rule in rules and isinstance(gained, str) and self.steps[-2:] == ("properties", gained)

    @property
    def is_moot(self) -> bool:
        """Whether it can change nothing for documents: an order, a notation, a schema that moved as it is, and
        by what name a file calls itself (its references are read inside the standard)."""
        return self.rule in MOOT or (self.keyword in ("$id", "id") and not self.steps)

    @property
    def matters(self) -> bool:
        """Whether it can change anything for documents, in JSON or in tables."""
        return not self.is_moot and self.keyword not in ANNOTATIONS - IN_TABLES

    @property
    def place(self) -> Steps:
        """The steps to what changed, in the file of the entity."""
        if self.is_per_name:
            return (*self.steps[:-2], self.keyword)  # the list stands beside `properties`
        if self.rule in LISTED:
            return (*self.steps, LISTED[self.rule])
        in_a_map = self.keyword in MAP_OF_SCHEMAS | DEFINITIONS and self.rule in OF_A_MAP
        whole = self.rule == "schema-changed" or in_a_map or not self.keyword
        return self.steps if whole else (*self.steps, self.keyword)

    @property
    def term(self) -> str:
        """What people call it: `service.url`, or `service` for the entity."""
        return called(self.entity, self.steps)


def called(entity: str, way: Steps) -> str:
    """What people call the term that a way through schemas leads to: the properties on it, from the entity on; after
    a slash the name of a definition, which holds wherever it is used."""
    names, at = [entity], 0
    while at < len(way):
        keyword, following = way[at], way[at + 1 : at + 2]
        if keyword == "properties":
            names += following
        elif keyword in DEFINITIONS and following:
            names[-1] += f"/{following[0]}"
        listed = keyword in LIST_OF_SCHEMAS and following and following[0].isdigit()
        at += 2 if listed or keyword in MAP_OF_SCHEMAS | DEFINITIONS else 1
    return ".".join(names)


OF_A_MAP = frozenset(
    f"{what}-{how}" for what in ("term", "pattern-term", "schema") for how in ("added", "removed", "renamed")
)
"""Rules about one name in a map of schemas, to which the steps lead; the others are about the map itself."""

LISTED = {
    "enum-value-added": "enum",
    "enum-value-removed": "enum",
    "key-added": "foreignKeys",
    "key-removed": "foreignKeys",
}
"""Rules about the values that a list gained or lost, and the keyword of the list."""

PER_NAME = {"required": "required", "tabular_required": "tabular-required"}
"""Keywords that list names: each name gained or lost is a change of its own, at the property it names."""

REORDERED = "order-changed"
MOVED = "schema-moved"
"""A schema became a reference to a definition that says the same, or the other way round."""
REWRITTEN = "notation-changed"
MOOT = frozenset({REORDERED, MOVED, REWRITTEN})

ANNOTATIONS = frozenset(
    {
        "$comment",
        "aliases",
        "core",
        "datapackage_metadata",
        "default",
        "deprecated",
        "deprecation",
        "description",
        "example",
        "examples",
        "name",
        "order",
        "path",
        "profiles",
        "readOnly",
        "reason",
        "removal",
        "replaced_by",
        "settled",
        "since",
        "source",
        "title",
        "writeOnly",
    }
)
"""Keywords that describe; documents do not depend on them."""

IN_TABLES = frozenset({"datapackage_metadata", "name"})
"""Those of which the data package is made all the same: how tables and columns are called, and what is around them."""


def rewritten(entity: str) -> Change:
    """An entity that says what it said before in another way."""
    return Change(REWRITTEN, entity, (), "", ABSENT, ABSENT)


def added(entity: str, schema: JSON) -> Change:
    """An entity that only head has."""
    return Change("entity-added", entity, (), "", ABSENT, schema)


def removed(entity: str, schema: JSON) -> Change:
    """An entity that only base has."""
    return Change("entity-removed", entity, (), "", schema, ABSENT)
