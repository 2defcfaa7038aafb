"""The two versions of a profile as they are judged: as schemas, as documents and as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.compat.drafts import asked
from bot.compat.engine import Engine
from bot.compat.meant import meant
from bot.compat.placed import placed
from bot.compat.table_judge import TableJudge
from bot.compat.tables import as_entities
from bot.compat.verdicts import COMPATIBLE, Verdict, worst
from bot.standard.documents import Documents, together
from bot.standard.model import Package
from bot.standard.values import JSON, same

Schema = Mapping[str, JSON]
Schemas = Mapping[str, Schema]
Tabulate = Callable[[Schemas], Package]
"""Makes the data package of entities."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a profile: its entities (none for a tabular standard) and its data package."""

    entities: Schemas
    package: Package


class Sides:
    """Base and head of a profile. Where one of them has tables alone, both are compared as tables."""

    def __init__(self, engine: Engine, base: Version, head: Version, tabulate: Tabulate) -> None:
        """`tabulate` makes a data package of entities with one change, to judge the change there too."""
        self._engine, self._tabulate = engine, tabulate
        # All tables may be gone, or new.
        tables = (base.package.tables and head.package.tables) or not (base.entities or head.entities)
        self.has_json = bool(base.entities and head.entities) or not tables
        self.head = placed(head.entities)
        self.base = meant(placed(base.entities), self.head)
        self.originals = base.entities, head.entities
        self.packages = base.package, head.package

    @cached_property
    def tables(self) -> tuple[Schemas, Schemas]:
        """The tables of both sides, in the shape of entities."""
        base, head = self.packages
        return as_entities(base), as_entities(head)

    @property
    def compared(self) -> tuple[Schemas, Schemas]:
        """The entities of both sides, or the tables where tables are compared."""
        return self.originals if self.has_json else self.tables

    @cached_property
    def base_documents(self) -> Documents:
        """The entities of base."""
        return documents_of(self.base)

    @cached_property
    def head_documents(self) -> Documents:
        """The entities of head."""
        return documents_of(self.head)

    def beside(self, entities: Schemas) -> Documents:
        """The documents of these entities, with those that only head has: what is added may refer to them."""
        new = {name: each for name, each in self.head.items() if name not in self.base}
        return documents_of({**new, **entities})

    def ask(self, question: str, name: str, base: Documents, head: Documents) -> Verdict:
        """The answer to a question about an entity."""
        path = f"{name}.json"
        if question == "consumers" and path not in base.documents:
            return COMPATIBLE  # a tool ignores entities it does not know
        return asked(self._engine, question, base, head, path)

    def tabulated(self, entities: Schemas) -> Schemas:
        """The tables that are made of entities."""
        return as_entities(self._tabulate(entities))

    def ask_tables(self, question: str, base: Schemas, head: Schemas) -> Verdict:
        """The verdict on tables against others."""
        judge = TableJudge(self._engine, base, head)
        differing = [name for name in {**base, **head} if not same(base.get(name), head.get(name))]
        return worst(getattr(judge, question)(name) for name in differing)

    def in_tables(self, question: str, others: Schemas) -> Verdict:
        """The verdict on the tables of base against these, or against those that are made of these entities."""
        return self.ask_tables(question, self.tables[0], self.tabulated(others) if self.has_json else others)


def documents_of(entities: Schemas) -> Documents:
    """Entities as documents, each in the file of its name."""
    return together({f"{name}.json": schema for name, schema in entities.items()})
