"""Judges one profile: all its changes, in JSON and in tables, for publishers and for those who read.

First the whole: every entity of base against its successor. Only where that is not proved are its
changes judged alone (base with this one change, against base), so that a breaking verdict names its cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from bot.compat import changes as facts
from bot.compat.allowance import Allowance
from bot.compat.bump import Bump, highest, required_bump
from bot.compat.changes import Change
from bot.compat.differing import differences
from bot.compat.due import UNKNOWN, Now
from bot.compat.engine import Engine
from bot.compat.notes import Note, notes
from bot.compat.sides import Sides, Tabulate, Version
from bot.compat.singly import QUESTIONS, Singly
from bot.compat.table_judge import TableJudge
from bot.compat.variants import all_changed
from bot.compat.verdicts import COMPATIBLE, Answer, Verdict, Verdicts, worst
from bot.standard.model import Package
from bot.standard.values import JSON, same


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


class ProfileJudge:
    """Judges one profile in two versions of it."""

    def __init__(
        self,
        engine: Engine,
        base: Version,
        head: Version,
        tabulate: Tabulate,
        now: Now = UNKNOWN,
        allowance: Allowance | None = None,
    ) -> None:
        """`tabulate` makes a data package of entities with one change, to judge the change there too. `now`: the
        version of head, and the day. `allowance`: what may be asked about single changes, of all profiles."""
        self._engine, self._now = engine, now
        self._allowance = allowance if allowance is not None else Allowance()
        self._sides = Sides(engine, base, head, tabulate)

    def judge(self) -> Judgement:
        """The changes with their verdicts, in the order of entities and places."""
        overall = {question: self._overall(question) for question in QUESTIONS}
        judged = []
        found = list(self._changes())
        singly = Singly(self._sides, found, self._allowance)
        said = notes(found, *self._sides.compared, self._now)
        for change in found:
            verdicts = Verdicts(**singly.verdicts(change, overall))
            judged.append(JudgedChange(change, verdicts, required_bump(change, verdicts), said.get(change.id, ())))
        whole = Verdicts(**{question: worst(each.values()) for question, each in overall.items()})
        return Judgement(tuple(judged), whole, self._together(singly, judged, overall["publishers"]))

    def _together(
        self, singly: Singly, judged: Sequence[JudgedChange], overall: Mapping[str, Verdict]
    ) -> Mapping[str, Verdict]:
        """The entities whose changes together do to publishers what none of them does alone."""
        if not overall:
            return {}
        alone = {name: worst(verdicts) for name, verdicts in _by_entity(judged).items()}
        found = {}
        for name, explained in alone.items():
            verdict = singly.of_entity("publishers", name)
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
        if len(harmless) < 2 or name not in (self._sides.base if self._sides.has_json else self._sides.tables[0]):
            return {}
        raw = all_changed(*self._sides.compared, harmless)
        verdict = self._sides.in_tables("publishers", raw)
        if self._sides.has_json:
            head = self._sides.beside(all_changed(self._sides.base, self._sides.head, harmless))
            verdict = worst([self._sides.ask("publishers", name, self._sides.base_documents, head), verdict])
        return {name: verdict} if verdict.answer is Answer.BREAKING else {}

    def _between(self, names: Sequence[str]) -> Mapping[str, Verdict]:
        """The first entity that breaks by what happens to these, each of which breaks nothing by itself."""
        sides = self._sides
        fine = {name: sides.head[name] for name in names if name in sides.head} if sides.has_json else {}
        if not fine.keys() & sides.base.keys():
            return {}
        mended = sides.beside({**sides.base, **fine})
        verdicts = ((name, sides.ask("publishers", name, sides.base_documents, mended)) for name in self._names)
        return dict(islice((each for each in verdicts if each[1].answer is Answer.BREAKING), 1))

    def judge_whole(self) -> Verdicts:
        """The four verdicts of the profile as a whole, without a word on single changes."""
        return Verdicts(**{question: worst(self._overall(question).values()) for question in QUESTIONS})

    # Facts.

    def _changes(self) -> Iterator[Change]:
        base, head = self._sides.compared
        for name in [*base, *(name for name in head if name not in base)]:
            found = differences(name, base.get(name), head.get(name), tables=not self._sides.has_json)
            yield from found or self._rewritten(name)

    def _rewritten(self, name: str) -> Iterator[Change]:
        """An entity without a change that can be named, and yet not what it was (a list of nothing)."""
        sides = (
            self._sides.originals if self._sides.has_json else [_by_name(package) for package in self._sides.packages]
        )
        base, head = (_without_defaults(side[name]) for side in sides)
        if not same(base, head):
            yield facts.rewritten(name)

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
        if self._sides.has_json:
            for name in self._names:
                yield name, self._sides.ask(question, name, self._sides.base_documents, self._sides.head_documents)
        if question in ("publishers", "consumers"):
            tables, others = self._sides.tables
            judge = TableJudge(self._engine, tables, others)
            for name in self._differing_tables:
                yield name, getattr(judge, question)(name)

    @cached_property
    def _names(self) -> list[str]:
        """All entities; those that changed themselves come before those that only hold them."""
        names = {**self._sides.base, **self._sides.head}
        return sorted(names, key=lambda name: same(*(side.get(name) for side in self._sides.originals)))

    @cached_property
    def _differing_tables(self) -> list[str]:
        tables, others = self._sides.tables
        return [name for name in {**tables, **others} if not same(tables.get(name), others.get(name))]


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
