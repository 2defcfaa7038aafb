"""Which change a record breaks on: base with that one change made rejects it, or no longer knows a term it fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.compat import changes as facts
from bot.compat.changes import ANNOTATIONS, Change, Steps
from bot.compat.differing import differences
from bot.compat.sides import Schema, Tabulate
from bot.compat.tables import as_entities
from bot.compat.variants import changed
from bot.conformance.recognition import Sort
from bot.conformance.schemas import Schemas, Unjudgeable
from bot.conformance.terms import Term
from bot.standard.model import View
from bot.standard.values import JSON

READ_BY_PEOPLE = ANNOTATIONS - {"datapackage_metadata", "name"}
"""What describes, save what a table or a column is called and what stands for no value in it."""
MOST_TRIED = 500
"""Changes of other entities that are tried where those of the rejecting ones explain nothing."""


Entities = Mapping[str, Schema]


def changes_between(base: Entities, head: Entities, *, tables: bool) -> tuple[Change, ...]:
    """The changes of entities (or tables) that documents may depend on."""
    found: list[Change] = []
    for name in [*base, *(name for name in head if name not in base)]:
        found += differences(name, base.get(name), head.get(name), tables=tables)
    return tuple(change for change in found if change.keyword not in READ_BY_PEOPLE and not change.is_moot)


class Attribution:
    """Finds the causes of broken records among the changes of one profile."""

    def __init__(self, base: Schemas, head: Schemas, views: tuple[View, ...], tabulate: Tabulate) -> None:
        """`tabulate` makes a data package of entities."""
        # Where a side has tables alone, both are compared as tables.
        self._in_tables = bool(base.tables and head.tables) and not (base.entities and head.entities)
        self._base, self._head = (each.tables if self._in_tables else each.entities for each in (base, head))
        self._views, self._tabulate, self._numeric = views, tabulate, base.numeric
        self.changes = changes_between(self._base, self._head, tables=self._in_tables)
        self._alone: dict[str, Schemas] = {}

    def causes(self, sort: Sort, value: Mapping[str, JSON], lost: set[Term], rejecting: set[str]) -> tuple[Change, ...]:
        """The changes a record breaks on; none where only several of them together break it. `lost`: the terms it
        fills that head does not know; `rejecting`: the entities that reject it in head, none where it is valid."""
        found = {change.id: change for term in lost for change in self._losing(term)}
        if rejecting:
            near = [change for change in self.changes if change.entity in rejecting]
            far = [change for change in self.changes if change.entity not in rejecting]
            breaking = self._breaking(near, sort, value) or self._breaking(far[:MOST_TRIED], sort, value)
            found |= {change.id: change for change in breaking}
        return tuple(found.values())

    def _losing(self, term: Term) -> Iterator[Change]:
        """The changes at a term that is gone, or around it."""
        return (change for change in self.changes if _takes_away(change, *term))

    def _breaking(self, changes: list[Change], sort: Sort, value: Mapping[str, JSON]) -> list[Change]:
        return [change for change in changes if self._breaks(change, sort, value)]

    def _breaks(self, change: Change, sort: Sort, value: Mapping[str, JSON]) -> bool:
        alone = self._with(change)
        try:
            return alone.has(sort.entity, sort.shape) and not alone.accepts(sort.entity, sort.shape, value)
        except Unjudgeable:
            return False  # alone it leaves something that is no schema: it is no cause by itself

    def _with(self, change: Change) -> Schemas:
        """Base with one change made."""
        if change.id not in self._alone:
            made = _made(self._base, self._head, change)
            entities, tables = ({}, made) if self._in_tables else (made, as_entities(self._tabulate(made)))
            self._alone[change.id] = Schemas(entities, tables, self._views, self._numeric, between=True)
        return self._alone[change.id]


def _takes_away(change: Change, entity: str, steps: Steps) -> bool:
    """Whether a term is gone because of a change: it or what is around it was removed, is no column any more, or is
    called otherwise."""
    if change.keyword == "name":
        return change.base in (entity, steps[-1])
    if change.entity != entity or change.head is not facts.ABSENT:
        return False
    if change.rule == "entity-removed" or (change.keyword == "constraints" and change.steps == steps):
        return True
    return bool(change.place) and steps[: len(change.place)] == change.place


def _made(base: Mapping[str, Schema], head: Mapping[str, Schema], change: Change) -> dict[str, Schema]:
    """Base with one change; entities that only head has are there as well, since what is added may refer to them."""
    new = {name: each for name, each in head.items() if name not in base}
    return {**new, **changed(base, head, change)}
