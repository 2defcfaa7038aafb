"""Tells which entity a record is of: by the name of its file or table, else by its keys; never by guessing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.conformance.records import Record, Shape

SUFFIXES = frozenset({"list", "full", "package", "data", "page", "all"})
"""Words after the name of an entity in the name of a file that say no more about which it is."""
MOST_REMEMBERED = 4096
"""Names of files, and sets of keys, whose entity is remembered."""

BY_OPTION, BY_NAME, BY_KEYS = "as --entity says", "by the name of the file", "by their keys"


@dataclass(frozen=True, slots=True)
class Sort:
    """What a record is taken for, and how that was decided."""

    entity: str
    shape: Shape
    how: str


class Recognizer:
    """Recognises records of one structure."""

    def __init__(
        self, entities: Mapping[str, frozenset[str]], tables: Mapping[str, frozenset[str]], files: Mapping[str, str]
    ) -> None:
        """Entities and tables with the names of their properties; `files`: file names of tables."""
        self._known = {Shape.DOCUMENT: entities, Shape.ROW: tables}
        self._names = {shape: dict(_called(each)) for shape, each in self._known.items()}
        self._knowing = {shape: _knowing(each) for shape, each in self._known.items()}
        self._names[Shape.ROW] |= {_stem(file): table for file, table in files.items()}
        self._by_name: dict[tuple[Shape, str], str | None] = {}
        self._by_keys: dict[tuple[Shape, frozenset[str]], str | None] = {}

    def sort(self, record: Record, only: str = "") -> Sort | None:
        """What a record is; `only`: all are of this entity. None: nobody can say."""
        known = Shape.ROW if record.shape is Shape.ROW else Shape.DOCUMENT
        named = only or self._named(record.name, known)
        if named:
            if named not in self._known[known] or _is_page(record, self._known[known][named]):
                return None
            return Sort(named, _shape(record), BY_OPTION if only else BY_NAME)
        found = self._fitting(known, frozenset(record.value))
        return None if found is None else Sort(found, _shape(record), BY_KEYS)

    def _named(self, name: str, known: Shape) -> str | None:
        if (known, name) not in self._by_name:
            if len(self._by_name) >= MOST_REMEMBERED:
                self._by_name.clear()
            self._by_name[known, name] = self._called(name, known)
        return self._by_name[known, name]

    def _called(self, name: str, known: Shape) -> str | None:
        words = _stem(name).split("_")
        for length in range(len(words), 0, -1):
            entity = self._names[known].get("_".join(words[:length]))
            if entity is not None:
                says_no_more = all(word in SUFFIXES or word.isdigit() for word in words[length:])
                return entity if says_no_more else None
        return None

    def _fitting(self, known: Shape, keys: frozenset[str]) -> str | None:
        if (known, keys) not in self._by_keys:
            if len(self._by_keys) >= MOST_REMEMBERED:
                self._by_keys.clear()
            self._by_keys[known, keys] = _best(self._knowing[known], keys)
        return self._by_keys[known, keys]


def _shape(record: Record) -> Shape:
    """An item of a list that has arrays after all is a whole document."""
    whole = record.shape is Shape.ITEM and any(isinstance(value, list) for value in record.value.values())
    return Shape.DOCUMENT if whole else record.shape


def _is_page(record: Record, keys: frozenset[str]) -> bool:
    """Whether a record is none, whatever it is called, but stands around a list of them: it has no key of its own."""
    if not keys.isdisjoint(record.value):
        return False
    lists = [each for each in record.value.values() if isinstance(each, list) and each]
    return sum(all(isinstance(item, dict) for item in each) for each in lists) == 1


def _knowing(known: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Each key with the entities that know it."""
    knowing: dict[str, list[str]] = {}
    for entity, names in known.items():
        for name in names:
            knowing.setdefault(name, []).append(entity)
    return knowing


def _best(knowing: Mapping[str, Sequence[str]], keys: frozenset[str]) -> str | None:
    """The one entity that knows most of the keys: more than half of them, and more than every other."""
    scores = Counter(entity for key in keys for entity in knowing.get(key, ())).most_common(2)
    if not scores or scores[0][1] * 2 <= len(keys) or (len(scores) > 1 and scores[0][1] == scores[1][1]):
        return None
    return scores[0][0]


def _called(entities: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The names under which files of an entity go: singular and plural."""
    for entity in entities:
        yield from ((name, entity) for name in (entity, f"{entity}s", re.sub("y$", "ies", entity), f"{entity}es"))


def _stem(name: str) -> str:
    """The name of a file as words: `Service List.json` is `service_list`."""
    base = re.sub(r"\.(json|jsonl|ndjson|csv)$", "", name.rpartition("/")[2], flags=re.IGNORECASE)
    return "_".join(re.findall("[a-z0-9]+", base.lower()))
