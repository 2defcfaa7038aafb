"""The impact as JSON, for programs: numbers and terms, never what a record holds."""

from __future__ import annotations

from bot.conformance.impact import TOGETHER, FeedImpact, FeedRead, Impact, ProfileImpact
from bot.conformance.terms import label
from bot.standard.pointers import pointer
from bot.standard.values import JSON

SCHEMA_VERSION = "1.0"
"""Version of this form: the first number changes when readers of it would break."""


def as_json(impact: Impact) -> dict[str, JSON]:
    """The impact: what was read, and what happens to it under each profile."""
    return {
        "schema_version": SCHEMA_VERSION,
        "base": impact.base,
        "head": impact.head,
        "feeds": [_read(feed) for feed in impact.feeds],
        "profiles": {each.id: _profile(each) for each in impact.profiles},
    }


def _read(feed: FeedRead) -> dict[str, JSON]:
    troubles = [
        {"what": each.what, "count": each.count, "places": [*each.places], "not_read": [*each.lost]}
        for each in feed.troubles
    ]
    return {"name": feed.name, "records": feed.records, "problems": troubles}


def _profile(profile: ProfileImpact) -> dict[str, JSON]:
    return {
        "title": profile.title,
        "records": _numbers(profile.feeds),
        "feeds_judged": len(profile.judged),
        "feeds_broken": sum(feed.broken > 0 for feed in profile.feeds),
        "feeds": [_feed(feed) for feed in profile.feeds],
        "changes": [
            {
                "id": change.id,
                "rule": change.rule,
                "entity": change.entity,
                "term": change.term,
                "pointer": pointer(change.steps),
                "keyword": change.keyword,
                **_counted(*profile.broken_on(change.id)),
            }
            for change in profile.changes
        ],
        "together": _counted(*profile.broken_on(TOGETHER)),
        "terms": {
            name: _counted(*numbers)
            for name, numbers in sorted((label(term), profile.filled_by(term)) for term in profile.terms)
        },
    }


def _numbers(feeds: tuple[FeedImpact, ...]) -> dict[str, JSON]:
    whats = ("kept", "broken", "invalid", "mended", "undecided", "unrecognised")
    return {what: sum(getattr(feed, what) for feed in feeds) for what in whats}


def _feed(feed: FeedImpact) -> dict[str, JSON]:
    taken_for = [
        {"entity": sort.entity, "shape": sort.shape.value, "how": sort.how, "records": count}
        for sort, count in feed.sorts.items()
    ]
    return {"name": feed.name, **_numbers((feed,)), "taken_for": taken_for, "reasons": [*feed.reasons]}


def _counted(records: int, feeds: int) -> dict[str, JSON]:
    return {"records": records, "feeds": feeds}
