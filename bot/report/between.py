"""What a change does between profiles: which of them can read each other's data no longer, or can from now on."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.changes import ANNOTATIONS
from bot.compat.engine import Engine
from bot.compat.interop import Moving, Shift, shifts
from bot.report.model import ProfileReport
from bot.report.pairing import ProfilePair


def between(engine: Engine, pairs: list[ProfilePair], reports: list[ProfileReport]) -> Iterator[Shift]:
    """The shifts, of profiles that both sides have and can be judged by."""
    judged = [
        (pair, changed_entities(report))
        for pair, report in zip(pairs, reports, strict=True)
        if pair.base is not None and pair.head is not None and not pair.doubts
    ]
    if len(judged) > 1 and any(changed for _, changed in judged):
        yield from shifts(engine, {pair.profile.id: Moving(*pair.versions(), changed) for pair, changed in judged})


def changed_entities(report: ProfileReport) -> frozenset[str]:
    """The entities whose documents may be others now: words alone change none."""
    changes = (reported.change for reported in report.changes)
    return frozenset(change.entity for change in changes if change.entity and change.keyword not in ANNOTATIONS)
