"""What a change does to data that exists: records held against base and head, feed by feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.compat.changes import Change
from bot.conformance.attribution import Attribution
from bot.conformance.recognition import Recognizer, Sort
from bot.conformance.records import Record, Shape, Trouble
from bot.conformance.schemas import Schemas, Unjudgeable, lost
from bot.conformance.terms import Term
from bot.standard.values import JSON

TOGETHER = ""
"""Stands for the id of a change where only several of them together break a record."""
MOST_EXAMPLES = 3
"""Troubles of one kind whose places are named."""


@dataclass(frozen=True, slots=True)
class TroubleCount:
    """Troubles of one kind in a feed: how many, where the first of them are, and what was not read for them."""

    what: str
    count: int
    places: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed: how many records could be read, and what could not. `truncated`: why the rest was left alone."""

    name: str
    records: int
    troubles: tuple[TroubleCount, ...] = ()
    truncated: str = ""


@dataclass(frozen=True, slots=True)
class FeedImpact:
    """What a change does to one feed under one profile.

    Every record that was read is one of: `unrecognised` (nobody can say which entity it is of), `undecided`
    (a schema cannot be used, `reasons` say why), `invalid` in base already (`mended` of them are valid in head),
    `broken`, or `kept`. `causes`: how many records break on each change (by id). `filled`: how many of the
    recognised give each term a value. `sorts`: what they were taken for.
    """

    name: str
    kept: int = 0
    broken: int = 0
    invalid: int = 0
    mended: int = 0
    undecided: int = 0
    unrecognised: int = 0
    causes: Mapping[str, int] = field(default_factory=dict)
    filled: Mapping[Term, int] = field(default_factory=dict)
    sorts: Mapping[Sort, int] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()

    @property
    def recognised(self) -> int:
        """Records of which it is known what they are."""
        return self.valid + self.invalid + self.undecided

    @property
    def valid(self) -> int:
        """Records that are valid in base: those of which it can be asked whether they break."""
        return self.kept + self.broken


@dataclass(frozen=True, slots=True)
class ProfileImpact:
    """One profile: all changes that documents may depend on, all terms of base, and what happens to each feed."""

    id: str
    title: str
    changes: tuple[Change, ...]
    terms: frozenset[Term]
    feeds: tuple[FeedImpact, ...]

    @property
    def judged(self) -> tuple[FeedImpact, ...]:
        """The feeds with records that were recognised."""
        return tuple(feed for feed in self.feeds if feed.recognised)

    def total(self, what: str) -> int:
        """A number over all feeds."""
        return sum(getattr(feed, what) for feed in self.feeds)

    def broken_on(self, cause: str) -> tuple[int, int]:
        """How many records of how many feeds break on a change."""
        hit = [feed.causes[cause] for feed in self.feeds if feed.causes.get(cause)]
        return sum(hit), len(hit)

    def filled_by(self, term: Term) -> tuple[int, int]:
        """How many records of how many feeds give a term a value."""
        hit = [feed.filled[term] for feed in self.feeds if feed.filled.get(term)]
        return sum(hit), len(hit)


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change does to the data that was looked at. `base` and `head` as people call them."""

    base: str
    head: str
    feeds: tuple[FeedRead, ...]
    profiles: tuple[ProfileImpact, ...]


class ProfileTally:
    """Holds records against one profile, and counts."""

    def __init__(
        self, base: Schemas, head: Schemas, recognizer: Recognizer, attribution: Attribution, entity: str = ""
    ) -> None:
        """`entity`: what all records are, whatever they look like."""
        self._base, self._head = base, head
        self._recognizer, self._attribution, self._entity = recognizer, attribution, entity
        self._lost = {rows: lost(base, head, rows=rows) for rows in (False, True)}
        self.begin()

    def begin(self) -> None:
        """A feed begins: whatever was counted before is forgotten."""
        self._numbers: Counter[str] = Counter()
        self._causes: Counter[str] = Counter()
        self._filled: Counter[Term] = Counter()
        self._sorts: Counter[Sort] = Counter()
        self._reasons: set[str] = set()

    def count(self, record: Record) -> None:
        """Judge one record of the feed that is being read."""
        sort = self._recognizer.sort(record, self._entity)
        if sort is None:
            self._numbers["unrecognised"] += 1
            return
        self._sorts[sort] += 1
        try:
            self._judge(sort, record.value)
        except Unjudgeable as problem:
            self._numbers["undecided"] += 1
            self._reasons.add(str(problem))

    def _judge(self, sort: Sort, value: Mapping[str, JSON]) -> None:
        entity, shape = sort.entity, sort.shape
        filled = self._base.filled(entity, shape, value)
        self._filled.update(filled)
        there = self._head.has(entity, shape)
        held = there and self._head.accepts(entity, shape, value)
        if not self._base.accepts(entity, shape, value):
            self._numbers["invalid"] += 1
            self._numbers["mended"] += held
            return
        gone = filled & self._lost[shape is Shape.ROW]
        if held and not gone:
            self._numbers["kept"] += 1
            return
        rejecting = self._head.rejecting(entity, shape, value) if there and not held else set()
        causes = self._attribution.causes(sort, value, gone, rejecting)
        self._numbers["broken"] += 1
        self._causes.update([change.id for change in causes] or [TOGETHER])

    def feed(self, name: str) -> FeedImpact:
        """What was counted since the feed began."""
        numbers = {what: self._numbers[what] for what in _NUMBERS}
        return FeedImpact(
            name,
            **numbers,
            causes=dict(self._causes),
            filled=dict(self._filled),
            sorts=dict(self._sorts),
            reasons=tuple(sorted(self._reasons)),
        )


_NUMBERS = ("kept", "broken", "invalid", "mended", "undecided", "unrecognised")


class FeedTally:
    """Counts what was read of a feed and what was not."""

    def __init__(self, name: str) -> None:
        """`name` of the feed."""
        self.truncated = ""
        self.records = 0
        self._name = name
        self._counts: Counter[str] = Counter()
        self._places: dict[str, list[str]] = {}
        self._lost: dict[str, list[str]] = {}

    def record(self) -> None:
        """One more record was read."""
        self.records += 1

    def trouble(self, trouble: Trouble) -> None:
        """One more thing could not be."""
        self._counts[trouble.what] += 1
        place = ", ".join(part for part in (trouble.file, trouble.place) if part)
        _keep(self._places.setdefault(trouble.what, []), place)
        _keep(self._lost.setdefault(trouble.what, []), trouble.lost)

    def read(self) -> FeedRead:
        """What was counted."""
        troubles = (
            TroubleCount(what, count, tuple(self._places[what]), tuple(self._lost[what]))
            for what, count in sorted(self._counts.items())
        )
        return FeedRead(self._name, self.records, tuple(troubles), self.truncated)


def _keep(kept: list[str], text: str) -> None:
    if text and text not in kept and len(kept) < MOST_EXAMPLES:
        kept.append(text)
