"""`impact`: what a change does to records that are published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.commands.check import PatchDirectory, read
from bot.compat.sides import Schema
from bot.compat.tables import as_entities
from bot.conformance.attribution import Attribution
from bot.conformance.cells import both_numeric
from bot.conformance.impact import (
    FeedImpact,
    FeedRead,
    FeedTally,
    Impact,
    ProfileImpact,
    ProfileTally,
)
from bot.conformance.recognition import Recognizer
from bot.conformance.records import LISTS, Record
from bot.conformance.schemas import Schemas
from bot.errors import InputError, UsageError
from bot.ports import Feed, Progress, Source, Sources
from bot.report.pairing import ProfilePair, pair_profiles
from bot.report.watched import AT_RECORDS, AT_TIME
from bot.standard.model import Kind, Standard

PROGRESS_EVERY = 500
"""Records between two words on how far it is."""

OfFeed: TypeAlias = tuple[FeedRead, tuple[FeedImpact, ...]]
"""What was read of a feed, and what the change of each profile does to it."""


@dataclass(frozen=True, slots=True)
class ImpactRequest:
    """`base`, `head`, `patches` and `profile` as for a check. `entity`: what all records are, "" where each says
    for itself. `most`: records of one feed that are looked at, 0 for all."""

    base: str = ""
    head: str = "WORKTREE"
    patches: tuple[PatchDirectory, ...] = ()
    profile: str = ""
    entity: str = ""
    most: int = 0


def run(request: ImpactRequest, sources: Sources, feeds: Iterable[Feed], progress: Progress) -> Impact:
    """Judge every record of every feed, holding one record at a time."""
    return judged(_pairs(request, sources), feeds, progress, request.entity, request.most)


def prepared(request: ImpactRequest, sources: Sources) -> Judgement:
    """What a request asks for, ready to have feeds held against it."""
    return Judgement(_pairs(request, sources), request.entity, request.most)


def _pairs(request: ImpactRequest, sources: Sources) -> list[ProfilePair]:
    head_source = sources.named(request.head)
    base_source = sources.named(request.base) if request.base else sources.default_base(request.head)
    base, head = (_readable(source, request, sources) for source in (base_source, head_source))
    pairs = [pair for pair in pair_profiles(base, head, request.profile) if pair.base is not None]
    if not pairs:
        known = ", ".join(sorted(profile.id for profile in base.profiles))
        raise UsageError(f"base has no profile {request.profile!r}", f"The profiles are: {known}.")
    return pairs


def _readable(source: Source, request: ImpactRequest, sources: Sources) -> Standard:
    standard = read(source, request.patches, sources)
    if standard.kind is Kind.NOTHING:
        raise InputError(f"there is no standard in {standard.label}", "Name the directory of one with --source.")
    if standard.unreadable:
        first = next(problem for problem in standard.problems if problem.file in standard.unreadable)
        raise InputError(f"{first.file}:{first.line}: {first.message}", first.hint)
    return standard


def judged(
    pairs: list[ProfilePair], feeds: Iterable[Feed], progress: Progress, entity: str = "", most: int = 0
) -> Impact:
    """What the change of each profile does to each feed; each feed is read once."""
    judgement = Judgement(pairs, entity, most)
    found = [judgement.of(feed, progress) for feed in feeds]
    return judgement.impact(found)


def _never() -> bool:
    return False


class Judgement:
    """The change of each profile, ready to have feeds held against it."""

    def __init__(self, pairs: list[ProfilePair], entity: str = "", most: int = 0) -> None:
        """`entity`: what all records are; `most`: records of one feed that are looked at, 0 for all."""
        self._prepared = [_Prepared(pair, entity) for pair in pairs]
        self._most = most
        self._lists = _lists(pairs, {name for each in self._prepared for name in each.keys})
        if entity and not any(each.knows(entity) for each in self._prepared):
            known = sorted({name for each in self._prepared for name in each.names})
            raise UsageError(f"there is no entity {entity!r}", f"The entities are: {', '.join(known)}.")

    @property
    def profiles(self) -> list[str]:
        """The ids of the profiles, in the order in which impacts are given."""
        return [each.pair.profile.id for each in self._prepared]

    def of(self, feed: Feed, progress: Progress, is_over: Callable[[], bool] = _never) -> OfFeed:
        """What was read of a feed, and what the change does to it under each profile. `is_over`: whether the time
        for it is up."""
        tally = FeedTally(feed.name)
        for each in self._prepared:
            each.tally.begin()
        for record in _records(feed, self._lists, tally, progress, self._most, is_over):
            for each in self._prepared:
                each.tally.count(record)
        return tally.read(), tuple(each.tally.feed(feed.name) for each in self._prepared)

    def impact(self, found: Sequence[OfFeed]) -> Impact:
        """What is known of all feeds."""
        profiles = tuple(
            ProfileImpact(
                each.pair.profile.id,
                each.pair.profile.title,
                each.changes,
                each.terms,
                tuple(impacts[at] for _, impacts in found),
            )
            for at, each in enumerate(self._prepared)
        )
        pair = self._prepared[0].pair
        read_feeds = tuple(read_feed for read_feed, _ in found)
        return Impact(pair.base_standard.label, pair.head_standard.label, read_feeds, profiles)


def _lists(pairs: Iterable[ProfilePair], keys: set[str]) -> frozenset[str]:
    """The keys under which pages of the API have their records: those that the profiles say, and such as are usual
    where no record has one of that name."""
    said = {
        str(side.page["items"]) for pair in pairs for side in (pair.base, pair.head) if side and "items" in side.page
    }
    return frozenset(said | (LISTS - keys))


def _records(
    feed: Feed, lists: frozenset[str], tally: FeedTally, progress: Progress, most: int, is_over: Callable[[], bool]
) -> Iterator[Record]:
    for number, item in enumerate(feed.items(lists)):
        if is_over():
            tally.truncated = AT_TIME
            return
        if number % PROGRESS_EVERY == 0:
            progress(f"{feed.name}: records judged, KiB read", feed.done // 1024, max(feed.size // 1024, 1))
        if not isinstance(item, Record):
            tally.trouble(item)
        elif most and tally.records >= most:
            tally.truncated = AT_RECORDS
            return
        else:
            tally.record()
            yield item


class _Prepared:
    """A pair of profiles, ready to count records."""

    def __init__(self, pair: ProfilePair, entity: str) -> None:
        self.pair = pair
        ours, theirs = (_sides(pair, at) for at in (0, 1))
        numeric = both_numeric(ours[1], theirs[1])
        base = Schemas(*ours, pair.base_standard.views, numeric)
        head = Schemas(*theirs, pair.head_standard.views, numeric)
        attribution = Attribution(base, head, pair.base_standard.views, pair.tabulate)
        self.changes = attribution.changes
        self.terms = base.all_terms
        self.keys = frozenset().union(*base.names().values())
        self.names = {*base.entities, *base.tables}
        files = {str(table["path"]): name for name, table in base.tables.items() if isinstance(table.get("path"), str)}
        recognizer = Recognizer(base.names(), {name: base.columns.names(name) for name in base.tables}, files)
        self.tally = ProfileTally(base, head, recognizer, attribution, entity)

    def knows(self, entity: str) -> bool:
        return entity in self.names


def _sides(pair: ProfilePair, at: int) -> tuple[dict[str, Schema], dict[str, dict[str, object]]]:
    """The entities and the tables of one side."""
    version, structure = pair.versions()[at], pair.structures[at]
    # Views that stand among the entities to be judged are no entities.
    own = structure.entities if structure is not None else {}
    return {name: each for name, each in version.entities.items() if name in own}, as_entities(version.package)
