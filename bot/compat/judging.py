"""Judges one profile: all its changes, in JSON and in tables, for publishers and for those who read.

First the whole: every entity of base against its successor. Only where that is not proved are its
changes judged alone (base with this one change, against base), so that a breaking verdict names its cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from bot.compat import changes as facts
from bot.compat.bump import Bump, highest, required_bump
from bot.compat.changes import Change
from bot.compat.differing import differences
from bot.compat.drafts import asked, redrafted
from bot.compat.due import UNKNOWN, Now
from bot.compat.engine import Engine
from bot.compat.holders import asked_of
from bot.compat.meant import meant
from bot.compat.notes import Note, notes
from bot.compat.placed import placed
from bot.compat.table_judge import TableJudge
from bot.compat.tables import as_entities
from bot.compat.variants import MOST_ADDED, all_changed, changed, is_added, is_let_go, many_added, with_terms
from bot.compat.verdicts import COMPATIBLE, Answer, Verdict, Verdicts, unknown, worst
from bot.standard.documents import Documents, together
from bot.standard.model import Package
from bot.standard.values import JSON, same

Schema = Mapping[str, JSON]
Tabulate = Callable[[Mapping[str, Schema]], Package]
"""Makes the data package of entities."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a profile: its entities (none for a tabular standard) and its data package."""

    entities: Mapping[str, Schema]
    package: Package


@dataclass(frozen=True, slots=True)
class JudgedChange:
    """A change with the four verdicts, the bump it needs, and for each breaking verdict the serialisation
    (`json`, `tabular`) whose documents the example is one of; and what else there is to say of it."""

    change: Change
    verdicts: Verdicts
    bump: Bump
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A profile judged. `combined`: entities that break although none of their changes does so alone."""

    changes: tuple[JudgedChange, ...]
    verdicts: Verdicts
    combined: Mapping[str, Verdict] = field(default_factory=dict)

    @property
    def bump(self) -> Bump:
        """The bump the profile needs."""
        whole = Bump.MAJOR if self.verdicts.publishers.answer is not Answer.COMPATIBLE else Bump.NONE
        return highest([whole, *(each.bump for each in self.changes)])


DEFAULTS = ("required", "unique")
"""Constraints that are false where they are left out."""

STRICT = ("strict_backward", "strict_forward")
QUESTIONS = ("strict_backward", "strict_forward", "publishers", "consumers")


class ProfileJudge:
    """Judges one profile in two versions of it."""

    def __init__(self, engine: Engine, base: Version, head: Version, tabulate: Tabulate, now: Now = UNKNOWN) -> None:
        """`tabulate` makes a data package of entities with one change, to judge the change there too. `now`: the
        version of head, and the day."""
        self._engine, self._now = engine, now
        self._tabulate = tabulate
        # Where one side has tables alone, both are compared as tables; all of them may be gone, or new.
        tables = (base.package.tables and head.package.tables) or not (base.entities or head.entities)
        self._has_json = bool(base.entities and head.entities) or not tables
        self._head = placed(head.entities)
        self._base = meant(placed(base.entities), self._head)
        self._originals = base.entities, head.entities
        self._packages = base.package, head.package
        self._locals: dict[tuple[str, str, str], Verdict] = {}
        self._added: dict[str, list[Change]] = {}
        self._all_added: dict[tuple[str, str], Verdict] = {}

    def judge(self) -> Judgement:
        """The changes with their verdicts, in the order of entities and places."""
        overall = {question: self._overall(question) for question in QUESTIONS}
        judged = []
        found = list(self._changes())
        self._added = many_added(found, self._base) if self._has_json else {}
        said = notes(found, *(self._originals if self._has_json else self._tables), self._now)
        for change in found:
            verdicts = Verdicts(
                **{question: self._alone(question, change, overall[question]) for question in QUESTIONS}
            )
            judged.append(JudgedChange(change, verdicts, required_bump(change, verdicts), said.get(change.id, ())))
        whole = Verdicts(**{question: worst(each.values()) for question, each in overall.items()})
        return Judgement(tuple(judged), whole, self._together(judged, overall["publishers"]))

    def _together(self, judged: Sequence[JudgedChange], overall: Mapping[str, Verdict]) -> Mapping[str, Verdict]:
        """The entities whose changes together do to publishers what none of them does alone."""
        if not overall:
            return {}
        alone = {name: worst(verdicts) for name, verdicts in _by_entity(judged).items()}
        found = {}
        for name, explained in alone.items():
            verdict = self._of_entity("publishers", name)
            if verdict.answer.rank > explained.answer.rank:
                found[name] = verdict
            elif explained is not COMPATIBLE:
                found |= self._beside_a_culprit(name, judged)
        if found or worst(overall.values()).answer.rank <= worst(alone.values()).answer.rank:
            return {
                **found,
                **self._between([name for name in alone if alone[name] is COMPATIBLE and name not in found]),
            }
        return overall

    def _beside_a_culprit(self, name: str, judged: Sequence[JudgedChange]) -> Mapping[str, Verdict]:
        """The entity, where those of its changes that break nothing alone break it together: another change that
        does break it must not hide that."""
        harmless = [
            each.change
            for each in judged
            if each.change.entity == name
            and each.verdicts.publishers.answer is Answer.COMPATIBLE
            and each.change.matters
        ]
        if len(harmless) < 2 or name not in (self._base if self._has_json else self._tables[0]):
            return {}
        raw = all_changed(*(self._originals if self._has_json else self._tables), harmless)
        verdict = self._in_tables("publishers", raw)
        if self._has_json:
            head = self._beside(all_changed(self._base, self._head, harmless))
            verdict = worst([self._ask("publishers", name, self._base_documents, head), verdict])
        return {name: verdict} if verdict.answer is Answer.BREAKING else {}

    def _between(self, names: Sequence[str]) -> Mapping[str, Verdict]:
        """The first entity that breaks by what happens to these, each of which breaks nothing by itself."""
        fine = {name: self._head[name] for name in names if name in self._head} if self._has_json else {}
        if not fine.keys() & self._base.keys():
            return {}
        mended = self._beside({**self._base, **fine})
        verdicts = ((name, self._ask("publishers", name, self._base_documents, mended)) for name in self._names)
        return dict(islice((each for each in verdicts if each[1].answer is Answer.BREAKING), 1))

    def judge_whole(self) -> Verdicts:
        """The four verdicts of the profile as a whole, without a word on single changes."""
        return Verdicts(**{question: worst(self._overall(question).values()) for question in QUESTIONS})

    # Facts.

    def _changes(self) -> Iterator[Change]:
        base, head = self._originals if self._has_json else self._tables
        for name in [*base, *(name for name in head if name not in base)]:
            found = differences(name, base.get(name), head.get(name), tables=not self._has_json)
            yield from found or self._rewritten(name)

    def _rewritten(self, name: str) -> Iterator[Change]:
        """An entity without a change that can be named, and yet not what it was (a list of nothing)."""
        sides = self._originals if self._has_json else [_by_name(package) for package in self._packages]
        base, head = (_without_defaults(side[name]) for side in sides)
        if not same(base, head):
            yield facts.rewritten(name)

    @cached_property
    def _tables(self) -> tuple[Mapping[str, Schema], Mapping[str, Schema]]:
        base, head = self._packages
        return as_entities(base), as_entities(head)

    # The whole.

    def _overall(self, question: str) -> dict[str, Verdict]:
        """The verdict of each entity (or table) that is not compatible; nothing after the first that breaks."""
        verdicts: dict[str, Verdict] = {}
        for name, verdict in self._verdicts(question):
            if verdict.answer is not Answer.COMPATIBLE:
                verdicts[name] = worst([verdict, verdicts.get(name, COMPATIBLE)])
            if verdict.answer is Answer.BREAKING:
                break
        return verdicts

    def _verdicts(self, question: str) -> Iterator[tuple[str, Verdict]]:
        if self._has_json:
            for name in self._names:
                yield name, self._ask(question, name, self._base_documents, self._head_documents)
        if question in ("publishers", "consumers"):
            tables, others = self._tables
            judge = TableJudge(self._engine, tables, others)
            for name in self._differing_tables:
                yield name, getattr(judge, question)(name)

    @cached_property
    def _names(self) -> list[str]:
        """All entities; those that changed themselves come before those that only hold them."""
        names = {**self._base, **self._head}
        return sorted(names, key=lambda name: same(*(side.get(name) for side in self._originals)))

    @cached_property
    def _differing_tables(self) -> list[str]:
        tables, others = self._tables
        return [name for name in {**tables, **others} if not same(tables.get(name), others.get(name))]

    @cached_property
    def _base_documents(self) -> Documents:
        return _documents(self._base)

    @cached_property
    def _head_documents(self) -> Documents:
        return _documents(self._head)

    def _ask(self, question: str, name: str, base: Documents, head: Documents) -> Verdict:
        path = f"{name}.json"
        if question == "consumers" and path not in base.documents:
            return COMPATIBLE  # a tool ignores entities it does not know
        return asked(self._engine, question, base, head, path)

    # One change alone.

    def _alone(self, question: str, change: Change, overall: Mapping[str, Verdict]) -> Verdict:
        if not overall or not change.matters:
            return COMPATIBLE
        if is_let_go(change, self._head_documents):
            return COMPATIBLE
        if is_added(change) and change.entity in self._added:
            together = self._together_added(question, change.entity)
            if together.answer is Answer.COMPATIBLE:
                return together
            if question in STRICT:
                reason = f"more than {MOST_ADDED} terms are added to {change.entity}: no one of them was judged alone"
                return unknown("", "", reason)
        verdicts = []
        if self._has_json:
            verdicts.append(self._alone_in_json(question, change))
        if question in ("publishers", "consumers"):
            verdicts.append(self._alone_in_tables(question, change))
        return worst(verdicts)

    def _together_added(self, question: str, entity: str) -> Verdict:
        """The verdict on all terms that an entity gains, and nothing else."""
        key = question, entity
        if key not in self._all_added:
            gained = {change.steps[-1]: change.head for change in self._added[entity]}
            alone, raw = (with_terms(side, entity, gained) for side in (self._base, self._originals[0]))
            verdict = self._ask(question, entity, self._base_documents, self._beside(alone))
            also = [] if question in STRICT else [self._in_tables(question, raw)]
            self._all_added[key] = worst([verdict, *also])
        return self._all_added[key]

    def _alone_in_json(self, question: str, change: Change) -> Verdict:
        asked_about = [
            name
            for name in asked_of(change, self._base)
            if self._local(question, change.entity, name).answer is not Answer.COMPATIBLE
        ]
        if not asked_about:
            return COMPATIBLE
        head = self._beside(changed(self._base, self._head, change))
        return worst(self._ask(question, name, self._base_documents, head) for name in asked_about)

    def _local(self, question: str, entity: str, of: str = "") -> Verdict:
        """The verdict of all changes to one entity, those to others left aside; on that entity, or on one that refers
        to what is in its file."""
        key = question, entity, of or entity
        if key not in self._locals:
            others = redrafted(self._base, self._head)
            alone = {name: each for name, each in others.items() if name != entity}
            alone |= {entity: self._head[entity]} if entity in self._head else {}
            self._locals[key] = self._ask(question, key[2], self._base_documents, self._beside(alone))
        return self._locals[key]

    def _of_entity(self, question: str, entity: str) -> Verdict:
        """The same in JSON and in tables."""
        verdicts = [self._local(question, entity)] if self._has_json else []
        base, head = self._originals if self._has_json else self._tables
        alone = {name: each for name, each in base.items() if name != entity}
        alone |= {entity: head[entity]} if entity in head else {}
        return worst([*verdicts, self._in_tables(question, alone)])

    def _beside(self, entities: Mapping[str, Schema]) -> Documents:
        """The documents of these entities, with those that only head has: what is added may refer to them."""
        new = {name: each for name, each in self._head.items() if name not in self._base}
        return _documents({**new, **entities})

    def _alone_in_tables(self, question: str, change: Change) -> Verdict:
        return self._in_tables(question, changed(*(self._originals if self._has_json else self._tables), change))

    def _in_tables(self, question: str, others: Mapping[str, Schema]) -> Verdict:
        """The verdict on the tables of base against these, or against those that are made of these entities."""
        base, _ = self._tables
        if self._has_json:
            others = as_entities(self._tabulate(others))
        judge = TableJudge(self._engine, base, others)
        differing = [name for name in {**base, **others} if not same(base.get(name), others.get(name))]
        return worst(getattr(judge, question)(name) for name in differing)


def _by_entity(judged: Iterable[JudgedChange]) -> Mapping[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = {}
    for each in judged:
        found.setdefault(each.change.entity, []).append(each.verdicts.publishers)
    return found


def _by_name(package: Package) -> dict[str, JSON]:
    return {str(table["name"]): table for table in package.tables}


def _without_defaults(value: JSON) -> JSON:
    """The value without constraints that only say what holds without them, too."""
    if isinstance(value, list):
        return [_without_defaults(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    made = {key: _without_defaults(each) for key, each in value.items()}
    given = value.get("constraints")
    if isinstance(given, Mapping):
        made["constraints"] = {key: each for key, each in given.items() if each is not False or key not in DEFAULTS}
        if given and not made["constraints"]:
            # Whether there are any decides, outside tables, what is a column: that is a change of its own.
            del made["constraints"]
    return made


def _documents(entities: Mapping[str, Schema]) -> Documents:
    return together({f"{name}.json": schema for name, schema in entities.items()})
