"""Judges each change alone: base with this one change, against base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from bot.compat.allowance import Allowance
from bot.compat.changes import Change
from bot.compat.drafts import redrafted
from bot.compat.fewer import MANY, bound_columns, differently_called, leads_nowhere
from bot.compat.holders import asked_of
from bot.compat.one import One
from bot.compat.sides import Sides
from bot.compat.variants import MOST_ADDED, is_added, is_let_go, many_added, with_terms
from bot.compat.verdicts import COMPATIBLE, Answer, Verdict, unknown, worst

STRICT = ("strict_backward", "strict_forward")
QUESTIONS = (*STRICT, "publishers", "consumers")


class Singly:
    """The changes of one profile, each by itself."""

    def __init__(self, sides: Sides, changes: Sequence[Change], allowance: Allowance) -> None:
        """`changes`: all of them; `allowance`: how much may be asked about them."""
        self._sides, self._allowance = sides, allowance
        self._locals: dict[tuple[str, str, str], Verdict] = {}
        self._together: dict[tuple[str, str], Verdict] = {}
        self._added = many_added(changes, sides.base) if sides.has_json else {}
        counted = Counter(each.entity for each in changes if each.matters)
        self._kept = {name: self._keeps(name) for name, count in counted.items() if count > MANY}

    def _keeps(self, entity: str) -> Collection[str] | None:
        """What small questions about an entity leave where it is; None where there are to be none."""
        sides = self._sides
        if not sides.has_json:
            return bound_columns(sides.tables[0])
        if entity not in sides.base or leads_nowhere(sides.base_documents, f"{entity}.json"):
            return None
        return bound_columns(sides.tables[0]) | differently_called(sides.base[entity])

    def verdicts(self, change: Change, overall: Mapping[str, Mapping[str, Verdict]]) -> dict[str, Verdict]:
        """The answers to all questions about a change; `overall`: the entities for which each is not compatible."""
        if not change.matters or is_let_go(change, self._sides.head_documents):
            return dict.fromkeys(QUESTIONS, COMPATIBLE)
        one = One(self._sides, change, self._allowance, self._kept.get(change.entity))
        return {question: self._alone(question, one) if overall[question] else COMPATIBLE for question in QUESTIONS}

    def local(self, question: str, entity: str, of: str = "") -> Verdict:
        """The verdict of all changes to one entity, those to others left aside; on that entity, or on one that refers
        to what is in its file."""
        sides, key = self._sides, (question, entity, of or entity)
        if key not in self._locals:
            others = redrafted(sides.base, sides.head)
            alone = {name: each for name, each in others.items() if name != entity}
            alone |= {entity: sides.head[entity]} if entity in sides.head else {}
            self._locals[key] = sides.ask(question, key[2], sides.base_documents, sides.beside(alone))
        return self._locals[key]

    def of_entity(self, question: str, entity: str) -> Verdict:
        """The same in JSON and in tables."""
        sides = self._sides
        verdicts = [self.local(question, entity)] if sides.has_json else []
        base, head = sides.compared
        alone = {name: each for name, each in base.items() if name != entity}
        alone |= {entity: head[entity]} if entity in head else {}
        return worst([*verdicts, sides.in_tables(question, alone)])

    def _all_added(self, question: str, entity: str) -> Verdict:
        """The verdict on all terms that an entity gains, and nothing else."""
        sides, key = self._sides, (question, entity)
        if key not in self._together:
            gained = {change.steps[-1]: change.head for change in self._added[entity]}
            alone, raw = (with_terms(side, entity, gained) for side in (sides.base, sides.originals[0]))
            verdict = sides.ask(question, entity, sides.base_documents, sides.beside(alone))
            also = [] if question in STRICT else [sides.in_tables(question, raw)]
            self._together[key] = worst([verdict, *also])
        return self._together[key]

    def _alone(self, question: str, one: One) -> Verdict:
        entity = one.change.entity
        if is_added(one.change) and entity in self._added:
            together = self._all_added(question, entity)
            if together.answer is Answer.COMPATIBLE:
                return together
            if question in STRICT:
                reason = f"more than {MOST_ADDED} terms are added to {entity}: no one of them was judged alone"
                return unknown("", "", reason)
        verdicts = []
        if self._sides.has_json:
            verdicts.append(self._in_json(question, one))
        if question not in STRICT:
            verdicts.append(one.in_tables(question))
        return worst(verdicts)

    def _in_json(self, question: str, one: One) -> Verdict:
        asked_about = [
            name
            for name in asked_of(one.change, self._sides.base)
            if self.local(question, one.change.entity, name).answer is not Answer.COMPATIBLE
        ]
        return worst(one.in_json(question, name) for name in asked_about)
