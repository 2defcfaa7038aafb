"""A standard as its files say it: entities, views, profiles; or tables alone, where that is all there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.standard.problems import Problem
from bot.standard.reading import Reading
from bot.standard.values import JSON


class Kind(Enum):
    """What a directory holds (DESIGN: "What a directory is")."""

    EXTENDED = "extended structure"
    CHECKOUT = "HSDS 3 checkout"
    TABULAR = "tabular standard"
    NOTHING = "no standard"


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of thing (service, phone): its name is that of its file, by which others refer to it."""

    name: str
    file: str
    schema: Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class Link:
    """A property that a view adds to its entity: `entity`, many of it or one, without some of its properties."""

    property: str
    entity: str
    many: bool
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """An entity with everything it refers to, as an API delivers it. `definitions`: the same with references
    to definitions instead of copies is made too."""

    entity: str
    links: tuple[Link, ...] = ()
    definitions: bool = False


@dataclass(frozen=True, slots=True)
class Patch:
    """A merge patch on an entity, or a new one; a value that says nothing (null, {}) removes the entity."""

    entity: str
    file: str
    value: JSON

    @property
    def removes(self) -> bool:
        """Whether the patch removes its entity."""
        return not self.value


@dataclass(frozen=True, slots=True)
class Profile:
    """An application profile: which properties are selected, and the patches on what is left.

    `selects` is None where everything is (an HSDS 3 profile); else the `profiles` keyword of each property
    decides, with the properties `added` and `removed` here, each `entity.property` or a whole `entity`.
    """

    id: str
    title: str
    file: str = ""
    uri: str = ""
    version: str = ""
    countries: tuple[str, ...] = ()
    maintainers: tuple[str, ...] = ()
    page: Mapping[str, JSON] = field(default_factory=dict)
    selects: bool = False
    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    patches: Mapping[str, Patch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Package:
    """A tabular data package: what stands around its tables, and the tables (resources) in their order."""

    metadata: Mapping[str, JSON]
    tables: tuple[Mapping[str, JSON], ...]

    def descriptor(self) -> dict[str, JSON]:
        """The content of a `datapackage.json`."""
        return {**self.metadata, "resources": [dict(table) for table in self.tables]}


@dataclass(frozen=True, slots=True)
class Standard:
    """Everything that was read of a standard. `package` is set for a tabular one; `unreadable` are the files
    that had to be refused; `readings` gives the lines of what the others say."""

    kind: Kind
    id: str
    label: str
    title: str = ""
    version: str = ""
    state: str = "development"
    base_uri: str = ""
    metadata: Mapping[str, JSON] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    views: tuple[View, ...] = ()
    profiles: tuple[Profile, ...] = ()
    package: Package | None = None
    problems: tuple[Problem, ...] = ()
    unreadable: frozenset[str] = frozenset()
    readings: Mapping[str, Reading] = field(default_factory=dict)

    def line(self, file: str, steps: tuple[str, ...]) -> int:
        """The line of a value in a file, from 1; 0 where the file was not read."""
        reading = self.readings.get(file)
        return reading.line(steps) if reading is not None else 0
