"""`check`: what a change does to every profile, and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.compat.changes import Change
from bot.compat.due import Now
from bot.compat.engine import Engine
from bot.errors import GitError, InputError, UsageError
from bot.ports import Confirmer, Pinned, Progress, Source, Sources
from bot.report.between import between
from bot.report.changed_lines import ChangedLines
from bot.report.findings import findings
from bot.report.fingerprints import fingerprinted
from bot.report.judged import ProfileReporter
from bot.report.mending import with_commas
from bot.report.model import ProfileReport, Report, Side
from bot.report.namesakes import told_apart
from bot.report.pairing import ProfilePair, pair_profiles
from bot.report.provenance import Provenance
from bot.report.repairing import Repairer
from bot.report.unaffected import unaffected
from bot.report.unselected import unselected
from bot.report.weighing import weighed
from bot.standard.agreeing import agreed
from bot.standard.guests import Guest, read_guest, welcomed
from bot.standard.loading import PatchSet, load
from bot.standard.model import Kind, Standard
from bot.standard.moving import moved
from bot.standard.problems import Severity, warning
from bot.standard.reading import Reading
from bot.standard.versions import followed, is_number


@dataclass(frozen=True, slots=True)
class PatchDirectory:
    """A directory of merge patches, and the id of the profile it makes; what people call that, and the countries
    (ISO 3166) whose communities use it, as far as the settings say so."""

    id: str
    directory: str
    title: str = ""
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ElsewhereProfile:
    """A profile that lives in another repository (`owner/name`), as the bot's settings name it."""

    id: str
    repository: str
    directory: Pinned
    title: str = ""
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """`base` and `head` are refs or directories; an empty base is the merge base with the default branch.
    `profile` limits the check to one profile. `patches` stand instead of the standard's own profiles,
    profiles from `elsewhere` beside them: the same on both sides, so that what shows is what the core does.
    `branch`: what head is to be merged into, `refs`: what is published there; both tell which version is live.
    `rules`: how serious the settings make single ones; None is not at all. `day` (YYYY-MM-DD) tells whether one has
    come on which a term was to go; "" where that is not asked."""

    base: str = ""
    head: str = "WORKTREE"
    patches: tuple[PatchDirectory, ...] = ()
    profile: str = ""
    elsewhere: tuple[ElsewhereProfile, ...] = ()
    branch: str = ""
    refs: Mapping[str, str] | None = None
    rules: Mapping[str, Severity | None] = field(default_factory=dict)
    day: str = ""


def run(request: CheckRequest, sources: Sources, confirmer: Confirmer, progress: Progress) -> Report:
    """Read both sides, judge each profile, and collect what is wrong with the files."""
    head_source = sources.named(request.head)
    base_source = sources.named(request.base) if request.base else sources.default_base(request.head)
    base = read(base_source, request.patches, sources)
    head = read(head_source, request.patches, sources, base.readings)
    base_source, base, head = _before_a_move(base_source, base, head_source, head, request, sources)
    _refuse_nothing(base, base_source, request)
    if base.kind is Kind.TABULAR:
        refuse_patches_on_tables(head, request.patches)
    base, head = _with_guests(*agreed(base, head), request)
    # Without a standard in head there is nothing to pair: the report says that alone.
    pairs = [] if head.kind is Kind.NOTHING else list(pair_profiles(base, head, request.profile))
    elsewhere = request.profile in {each.id for each in request.elsewhere}
    if request.profile and not pairs and not elsewhere and not head.unreadable and head.kind is not Kind.NOTHING:
        known = ", ".join(sorted({profile.id for profile in (*base.profiles, *head.profiles)}))
        raise UsageError(f"there is no profile {request.profile!r}", f"The profiles are: {known}.")
    provenance, now = Provenance(base, head), Now(head.version or request.branch, request.day)
    reporter = ProfileReporter(Engine(confirmer, realistic=True), provenance, now)
    lines = ChangedLines(base, head)
    reports = []
    for at, pair in enumerate(pairs):
        progress("profiles judged", at, len(pairs))
        reports.append(lines.noted(reporter.report(pair)))
    reports = told_apart(Repairer(reporter.engine, base, head, pairs).repaired(reports))
    # Where there is no standard, everything has gone: that is said in one sentence.
    hidden = () if head.kind is Kind.NOTHING else unselected(base, head, provenance, reports)
    changes = {each.change.id: each.change for report in reports for each in report.changes}
    report = Report(
        _side(base, base_source),
        _side(head, head_source),
        tuple(_beside(report, pair, changes) for report, pair in zip(reports, pairs, strict=True)),
        tuple(map(lines.placed, hidden)),
        tuple(fingerprinted(with_commas(findings(base, head, pairs, reports, now), head), head, base)),
        unreadable=bool(head.unreadable) or head.kind is Kind.NOTHING,
        live=_live(base, request, sources),
        interop=tuple(between(reporter.engine, pairs, reports)),
    )
    return weighed(report, request.rules)


def _before_a_move(
    base_source: Source, base: Standard, head_source: Source, head: Standard, request: CheckRequest, sources: Sources
) -> tuple[Source, Standard, Standard]:
    """Base as it was in another directory, where the standard has moved into that of head; else as it is."""
    if base.kind is not Kind.NOTHING or base.unreadable or head.kind is Kind.NOTHING:
        return base_source, base, head
    before = sources.moved(base_source, head_source)
    if before is None:
        return base_source, base, head
    said = moved(before.directory, head_source.directory)
    return before, read(before, request.patches, sources), replace(head, problems=(*head.problems, said))


def _refuse_nothing(base: Standard, source: Source, request: CheckRequest) -> None:
    """A first standard has nothing before it; a directory that was named as the base is meant to hold one."""
    if base.kind is Kind.NOTHING and request.base and not source.commit and not base.unreadable:
        hint = "A standard has schema/standard.yml, schema/*.json or datapackage.json. Name its directory with --base."
        raise InputError(f"there is no standard in {base.label}, with which to compare", hint)


def refuse_patches_on_tables(standard: Standard, patches: tuple[PatchDirectory, ...]) -> None:
    """What was asked for is a profile, and another answer, about the standard itself, would pass for one about it."""
    if patches and standard.kind is Kind.TABULAR:
        message = (
            f"{standard.label} has tables alone: merge patches, as those in {patches[0].directory}, change schemas"
        )
        raise InputError(message, "Name a standard that has schema/*.json, or leave out the patches.")


def _live(base: Standard, request: CheckRequest, sources: Sources) -> str:
    """The live version that a change follows: base where it is one itself, else the newest before it."""
    if is_number(base.version) and (base.state == "live" or base.kind is Kind.TABULAR):
        return base.version
    return followed(sources.published() if request.refs is None else request.refs, request.branch, base.version)


def read(
    source: Source, patches: tuple[PatchDirectory, ...], sources: Sources, other: Mapping[str, Reading] | None = None
) -> Standard:
    """The standard of a source, with the profiles that patches make; `other`: what has been read of another."""
    sets = [PatchSet(each.id, sources.patches(each.directory, source), each.title, each.countries) for each in patches]
    return load(source.standard(), sets, other)


def _with_guests(base: Standard, head: Standard, request: CheckRequest) -> tuple[Standard, Standard]:
    """Both sides with the profiles from elsewhere; where nothing changes they are not even fetched."""
    if Kind.NOTHING in (base.kind, head.kind) or _same_files(base, head):
        return base, head
    chosen = (each for each in request.elsewhere if request.profile in ("", each.id))
    return welcomed(base, head, [_guest(each) for each in chosen])


def _guest(elsewhere: ElsewhereProfile) -> Guest:
    try:
        snapshot = elsewhere.directory.files()
    except GitError as problem:
        message = f"the profile {elsewhere.id} could not be fetched, and is not judged: {problem.message}"
        found = warning("profile-unfetched", elsewhere.directory.label, "", message, problem.hint)
        return Guest(elsewhere.directory.label, None, problems=(found,))
    return read_guest(PatchSet(elsewhere.id, snapshot), elsewhere.title, elsewhere.countries)


def _same_files(base: Standard, head: Standard) -> bool:
    texts = ({path: each.text for path, each in side.readings.items()} for side in (base, head))
    return next(texts) == next(texts) and not base.unreadable and not head.unreadable


def _beside(report: ProfileReport, pair: ProfilePair, changes: Mapping[str, Change]) -> ProfileReport:
    """The report of a profile with what the changes of the other profiles are to it."""
    own = {each.change.id for each in report.changes}
    others = {id_: change for id_, change in changes.items() if id_ not in own}
    return replace(report, unaffected=unaffected(pair, others))


def _side(standard: Standard, source: Source) -> Side:
    described = standard.label, standard.kind.value, standard.title, standard.version
    return Side(*described, source.commit, source.directory)
