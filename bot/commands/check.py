"""`check`: what a change does to every profile, and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.compat.changes import Change
from bot.compat.engine import Engine
from bot.errors import UsageError
from bot.ports import Confirmer, Progress, Source, Sources
from bot.report.findings import findings
from bot.report.judged import ProfileReporter
from bot.report.model import ProfileReport, Report, ReportedChange, Side
from bot.report.pairing import ProfilePair, pair_profiles
from bot.report.provenance import Provenance
from bot.report.unaffected import unaffected
from bot.standard.loading import PatchSet, load
from bot.standard.model import Kind, Standard


@dataclass(frozen=True, slots=True)
class PatchDirectory:
    """A directory of merge patches given on the command line, and the id of the profile it makes."""

    id: str
    directory: str


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """`base` and `head` are refs or directories; an empty base is the merge base with the default branch.
    `profile` limits the check to one profile."""

    base: str = ""
    head: str = "WORKTREE"
    patches: tuple[PatchDirectory, ...] = ()
    profile: str = ""


def run(request: CheckRequest, sources: Sources, confirmer: Confirmer, progress: Progress) -> Report:
    """Read both sides, judge each profile, and collect what is wrong with the files."""
    head_source = sources.named(request.head)
    base_source = sources.named(request.base) if request.base else sources.default_base()
    base, head = (read(source, request.patches, sources) for source in (base_source, head_source))
    # Without a standard in head there is nothing to pair: the report says that alone.
    pairs = [] if head.kind is Kind.NOTHING else list(pair_profiles(base, head, request.profile))
    if request.profile and not pairs and not head.unreadable and head.kind is not Kind.NOTHING:
        known = ", ".join(sorted({profile.id for profile in (*base.profiles, *head.profiles)}))
        raise UsageError(f"there is no profile {request.profile!r}", f"The profiles are: {known}.")
    provenance = Provenance(base, head)
    reporter = ProfileReporter(Engine(confirmer, realistic=True), provenance)
    reports = []
    for at, pair in enumerate(pairs):
        progress("profiles judged", at, len(pairs))
        reports.append(reporter.report(pair))
    changes = {each.change.id: each.change for report in reports for each in report.changes}
    return Report(
        _side(base, base_source.commit),
        _side(head, head_source.commit),
        tuple(_beside(report, pair, changes) for report, pair in zip(reports, pairs, strict=True)),
        _unselected(provenance, reports),
        tuple(findings(base, head, pairs, reports)),
        unreadable=bool(head.unreadable) or head.kind is Kind.NOTHING,
    )


def read(source: Source, patches: tuple[PatchDirectory, ...], sources: Sources) -> Standard:
    """The standard of a source, with the profiles that patches make."""
    sets = [PatchSet(each.id, sources.patches(each.directory, source)) for each in patches]
    return load(source.standard(), sets)


def _beside(report: ProfileReport, pair: ProfilePair, changes: Mapping[str, Change]) -> ProfileReport:
    """The report of a profile with what the changes of the other profiles are to it."""
    own = {each.change.id for each in report.changes}
    others = {id_: change for id_, change in changes.items() if id_ not in own}
    return replace(report, unaffected=unaffected(pair, others))


def _side(standard: Standard, commit: str) -> Side:
    return Side(standard.label, standard.kind.value, standard.title, standard.version, commit)


def _unselected(provenance: Provenance, reports: list[ProfileReport]) -> tuple[ReportedChange, ...]:
    """Changes to the structure's own files that show in no profile."""
    shown = {reported.change.id for report in reports for reported in report.changes}
    hidden = [change for change in provenance.own_changes.values() if change.id not in shown]
    origins = [(change, provenance.own(change)) for change in hidden]
    return tuple(ReportedChange(change, origin.file, origin.pointer, origin.line) for change, origin in origins)
