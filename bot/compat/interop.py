"""Between profiles: is every document of one valid under another, and which terms stand in the way?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations
from typing import TypeAlias

from bot.compat.drafts import asked
from bot.compat.engine import Engine
from bot.compat.judging import JudgedChange, ProfileJudge
from bot.compat.placed import placed
from bot.compat.sides import Tabulate, Version
from bot.compat.table_judge import TableJudge
from bot.compat.tables import as_entities
from bot.compat.verdicts import Answer, Verdict
from bot.standard.documents import Documents, together
from bot.standard.pruning import referred_entity
from bot.standard.values import JSON, same


@dataclass(frozen=True, slots=True)
class Crossing:
    """Whether tools for `reader` can read all data of `publisher` (ids of profiles). `obstacles` are the terms in
    the way, as the changes that would make the one profile the other; `combined` the entities that stand in the
    way although none of their terms does so alone."""

    publisher: str
    reader: str
    verdict: Verdict
    obstacles: tuple[JudgedChange, ...] = ()
    combined: Mapping[str, Verdict] = field(default_factory=dict)


class _PublishersAlone(ProfileJudge):
    """Between profiles one question of the four has a meaning: neither profile is the later one."""

    def _overall(self, question: str) -> dict[str, Verdict]:
        return super()._overall(question) if question == "publishers" else {}


def crossing(
    engine: Engine, publisher: tuple[str, Version], reader: tuple[str, Version], tabulate: Tabulate
) -> Crossing:
    """Judge one ordered pair of profiles, each an id and its version; `tabulate` makes data packages of them."""
    judgement = _PublishersAlone(engine, publisher[1], reader[1], tabulate).judge()
    in_the_way = (each for each in judgement.changes if each.verdicts.publishers.answer is not Answer.COMPATIBLE)
    return Crossing(publisher[0], reader[0], judgement.verdicts.publishers, tuple(in_the_way), dict(judgement.combined))


# What a change does to it.


@dataclass(frozen=True, slots=True)
class Shift:
    """An ordered pair of profiles for which the answer of base is no longer that of head."""

    publisher: str
    reader: str
    base: Answer
    head: Answer


@dataclass(frozen=True, slots=True)
class Moving:
    """A profile in two versions, and the entities (or tables) whose documents may be others in head."""

    base: Version
    head: Version
    changed: frozenset[str]


def shifts(engine: Engine, profiles: Mapping[str, Moving]) -> Iterator[Shift]:
    """The pairs, of profiles by id, that a change brings together or takes apart.

    It is asked on every check, so most pairs have to cost next to nothing. An entity that the change leaves alone
    has the same answer on both sides: if one such entity keeps two profiles apart, nothing has shifted.
    """
    if not any(profile.changed for profile in profiles.values()):
        return
    sides = {name: (_Terms(each.base), _Terms(each.head)) for name, each in profiles.items()}
    moved = {name: _holding(each.changed, sides[name]) for name, each in profiles.items()}
    for publisher, reader in permutations(sides, 2):
        touched = moved[publisher] | moved[reader]
        if touched:
            base, head = zip(sides[publisher], sides[reader], strict=True)
            before, after = _answers(engine, base, head, touched)
            if before is not after:
                yield Shift(publisher, reader, before, after)


class _Terms:
    """One version of a profile, and what is worked out from it once for all pairs."""

    def __init__(self, version: Version) -> None:
        self.entities = placed(version.entities)
        self.package = version.package

    @cached_property
    def documents(self) -> Documents:
        return together({f"{name}.json": schema for name, schema in self.entities.items()})

    @cached_property
    def tables(self) -> Mapping[str, Mapping[str, JSON]]:
        return as_entities(self.package)

    @cached_property
    def held(self) -> Mapping[str, frozenset[str]]:
        """The entities that each entity refers to."""
        return {name: frozenset(_referred(schema)) for name, schema in self.entities.items()}


Sides: TypeAlias = tuple[_Terms, _Terms]
"""The profile of the publisher and that of the reader."""


def _holding(changed: frozenset[str], sides: tuple[_Terms, _Terms]) -> frozenset[str]:
    """The entities that changed, and those that hold one of them."""
    found = changed
    while found:
        holding = {name for side in sides for name, held in side.held.items() if held & found}
        if holding <= found:
            break
        found |= holding
    return found


def _answers(engine: Engine, base: Sides, head: Sides, moved: frozenset[str]) -> tuple[Answer, Answer]:
    """The answers of base and of head."""
    steady = _worst(_of_entity(engine, base, name) for name in _tellingly(base) if name not in moved)
    if steady is Answer.BREAKING:
        return steady, steady
    before, after = (_worst(_of_changed(engine, sides, moved)) for sides in (base, head))
    return max(steady, before, key=_rank), max(steady, after, key=_rank)


def _of_changed(engine: Engine, sides: Sides, moved: frozenset[str]) -> Iterator[Answer]:
    for name in _tellingly(sides):
        if name in moved:
            yield _of_entity(engine, sides, name)
    tables, others = (each.tables for each in sides)
    judge = TableJudge(engine, tables, others)
    for name in tables:
        if not same(tables[name], others.get(name, ())):
            yield judge.publishers(name).answer


def _tellingly(sides: Sides) -> list[str]:
    """The entities of the publisher, first those most likely to stand in the way, and small ones before large."""
    publisher, reader = sides
    if not publisher.entities or not reader.entities:
        return []  # tables are all that both have
    terms = {
        name: len(_terms(schema) - _terms(reader.entities.get(name, {}))) for name, schema in publisher.entities.items()
    }
    return sorted(terms, key=lambda name: (not terms[name], len(_terms(publisher.entities[name])), name))


def _terms(schema: Mapping[str, JSON]) -> frozenset[str]:
    properties = schema.get("properties")
    return frozenset(properties) if isinstance(properties, Mapping) else frozenset()


def _of_entity(engine: Engine, sides: Sides, name: str) -> Answer:
    publisher, reader = (each.documents for each in sides)
    return asked(engine, "publishers", publisher, reader, f"{name}.json").answer


def _worst(answers: Iterable[Answer]) -> Answer:
    """The worst of some answers; nothing is asked after the first that breaks."""
    found = Answer.COMPATIBLE
    for answer in answers:
        found = max(found, answer, key=_rank)
        if found is Answer.BREAKING:
            break
    return found


def _rank(answer: Answer) -> int:
    return answer.rank


def _referred(value: JSON) -> Iterator[str]:
    for each in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _referred(each)
    name = referred_entity(value.get("$ref")) if isinstance(value, Mapping) else None
    if name is not None:
        yield name
