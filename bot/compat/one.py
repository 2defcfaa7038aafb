"""The questions about one change alone; small ones where the entity has many changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from bot.compat.allowance import Allowance, beyond
from bot.compat.changes import Change
from bot.compat.fewer import Fewer, fewer, fewer_columns, needs_the_whole
from bot.compat.sides import Schemas, Sides, documents_of
from bot.compat.variants import changed
from bot.compat.verdicts import Verdict
from bot.standard.documents import Documents
from bot.standard.values import JSON


class One:
    """One change: base with it, against base."""

    def __init__(self, sides: Sides, change: Change, allowance: Allowance, kept: Collection[str] | None) -> None:
        """`kept`: what is not to be left out of small questions; None where the whole is asked about."""
        self._sides, self.change, self._allowance, self._kept = sides, change, allowance, kept

    def in_json(self, question: str, name: str) -> Verdict:
        """The answer to a question about an entity, with the change made to the one that it is about."""
        small = self._documents if name == self.change.entity else None
        if small is not None:
            verdict = self._sides.ask(question, name, *small)
            if self._small is not None and self._small.out.isdisjoint(_names(verdict.witness)):
                return verdict
        before, head = self._sides.base_documents, self._whole
        if not self._allowance.covers(*before.around(f"{name}.json").documents.values()):
            return beyond()
        return self._sides.ask(question, name, before, head)

    def in_tables(self, question: str) -> Verdict:
        """The answer to a question about the data package."""
        if self._small_tables is None and not self._allowance.covers(self._sides.compared[0].get(self.change.entity)):
            return beyond()
        return self._sides.ask_tables(question, *(self._small_tables or self._whole_tables))

    @cached_property
    def _whole(self) -> Documents:
        return self._sides.beside(changed(self._sides.base, self._sides.head, self.change))

    @cached_property
    def _small(self) -> Fewer | None:
        sides = self._sides
        if self._kept is None:
            return None
        return fewer(sides.base, changed(sides.base, sides.head, self.change), self.change, self._kept)

    @cached_property
    def _documents(self) -> tuple[Documents, Documents] | None:
        """Base and head of the small question; None where the whole has to be asked about."""
        if self._small is None:
            return None
        sides = documents_of(self._small.base), self._sides.beside(self._small.head)
        path = f"{self.change.entity}.json"
        return None if any(needs_the_whole(each, path) for each in sides) else sides

    @cached_property
    def _whole_tables(self) -> tuple[Schemas, Schemas]:
        sides = self._sides
        head = changed(*sides.compared, self.change)
        return sides.tables[0], sides.tabulated(head) if sides.has_json else head

    @cached_property
    def _small_tables(self) -> tuple[Schemas, Schemas] | None:
        sides = self._sides
        if self._kept is None:
            return None
        make = fewer if sides.has_json else fewer_columns
        small = make(sides.compared[0], changed(*sides.compared, self.change), self.change, self._kept)
        if small is None or not sides.has_json:
            return None if small is None else (small.base, small.head)
        return sides.tabulated(small.base), sides.tabulated(small.head)


def _names(value: JSON) -> Iterator[str]:
    """The names of all properties in a value."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield from part
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
