"""What changed in the files and shows in no profile: so that "nothing has changed" is said only where that is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, REWRITTEN, Change
from bot.report.model import ProfileReport, ReportedChange
from bot.report.provenance import Provenance
from bot.standard.model import Kind, Standard
from bot.standard.values import same


def unselected(
    base: Standard, head: Standard, provenance: Provenance, reports: Iterable[ProfileReport]
) -> Iterator[ReportedChange]:
    """Changes to the structure's own files that no profile shows; where there are none at all, files that are
    written differently."""
    reports = list(reports)
    shown = [reported.change for report in reports for reported in report.changes]
    hidden = [*_of_the_structure(provenance, shown), *_of_the_selection(provenance, shown)]
    if Kind.TABULAR in (base.kind, head.kind):
        hidden = []  # what is compared are tables, and entities did not come or go for that
    for change in hidden:
        origin = provenance.own(change)
        yield ReportedChange(change, origin.file, origin.pointer, origin.line)
    if not hidden and all(report.bump is Bump.NONE for report in reports):
        yield from _rewritten(base, head)


def _of_the_structure(provenance: Provenance, shown: list[Change]) -> Iterator[Change]:
    ids = {change.id for change in shown}
    yield from (change for change in provenance.own_changes.values() if change.id not in ids)


def _of_the_selection(provenance: Provenance, shown: list[Change]) -> Iterator[Change]:
    """Changes to what the structure says of itself. A term that came or went in a profile says by that itself
    that it is selected otherwise than before."""
    explained = {(change.entity, change.steps[:2]) for change in shown}
    for change in provenance.hidden_changes:
        if not {(change.entity, change.steps[:2]), (change.entity, ())} & explained:
            yield change


def _rewritten(base: Standard, head: Standard) -> Iterator[ReportedChange]:
    """Declarations and patches that say something else, to no effect. Of entities and tables it has been said."""
    lost = base.unreadable | head.unreadable
    judged = {entity.file for side in (base, head) for entity in side.entities.values()}
    judged |= {profile.file for side in (base, head) if side.package is not None for profile in side.profiles}
    for path in sorted({*base.readings, *head.readings} - judged - lost):
        ours, theirs = base.readings.get(path), head.readings.get(path)
        if ours is None or theirs is None or not same(ours.value, theirs.value):
            yield ReportedChange(Change(REWRITTEN, "", (path,), "", ABSENT, ABSENT), path, "", 1)
