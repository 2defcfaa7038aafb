"""`interop`: can the tools of one profile read the data of another, and which terms stand in the way?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations

from bot.commands.check import PatchDirectory, read
from bot.compat.engine import Engine
from bot.compat.interop import Crossing, crossing
from bot.compat.verdicts import Verdict, unknown, worst
from bot.errors import InputError
from bot.ports import Confirmer, Progress, Source, Sources
from bot.report.matrix import Matrix
from bot.report.pairing import ProfilePair
from bot.standard.model import Kind, Profile, Standard


@dataclass(frozen=True, slots=True)
class InteropRequest:
    """`ref` is a ref, a directory, or WORKTREE. `patches` make profiles beside the standard's own."""

    ref: str = "WORKTREE"
    patches: tuple[PatchDirectory, ...] = ()


def run(request: InteropRequest, sources: Sources, confirmer: Confirmer, progress: Progress) -> Matrix:
    """Judge every ordered pair of profiles; raises InputError where the standard cannot be read."""
    standard = _with_patches(request, sources)
    engine = Engine(confirmer, realistic=True)
    crossings = []
    pairs = list(permutations(standard.profiles, 2))
    for at, (publisher, reader) in enumerate(pairs):
        progress("pairs judged", at, len(pairs))
        crossings.append(_crossing(engine, standard, publisher, reader))
    return Matrix(standard.label, {each.id: each.title for each in standard.profiles}, tuple(crossings))


def _with_patches(request: InteropRequest, sources: Sources) -> Standard:
    """The standard with its own profiles and those that patches make; one of the same id is the patches'."""
    source = sources.named(request.ref)
    own = _readable(read(source, (), sources))
    if not request.patches:
        return own
    patched = _patched(request, source, sources)
    made = {profile.id for profile in patched.profiles}
    kept = (profile for profile in own.profiles if profile.id not in made)
    return replace(patched, profiles=(*kept, *patched.profiles))


def _patched(request: InteropRequest, source: Source, sources: Sources) -> Standard:
    standard = _readable(read(source, request.patches, sources))
    if standard.kind is Kind.TABULAR:
        hint = "A data package has its profiles in itself: leave --patch out."
        raise InputError(f"merge patches cannot be made on tables alone, as {standard.label} has them", hint)
    return standard


def _readable(standard: Standard) -> Standard:
    if standard.kind is Kind.NOTHING:
        raise InputError(f"there is no standard in {standard.label}", "Name the directory of one with --source.")
    if standard.unreadable:
        first = next(problem for problem in standard.problems if problem.file in standard.unreadable)
        raise InputError(f"{first.file}:{first.line}: {first.message}", first.hint)
    return standard


def _crossing(engine: Engine, standard: Standard, publisher: Profile, reader: Profile) -> Crossing:
    pair = ProfilePair(standard, standard, publisher, reader)
    mine, other = pair.versions()
    found = crossing(engine, (publisher.id, mine), (reader.id, other), pair.tabulate)
    return replace(found, verdict=worst([found.verdict, *_doubts(pair)]))


def _doubts(pair: ProfilePair) -> Iterator[Verdict]:
    """Nobody can say what a schema that is none allows."""
    for doubt in pair.doubts:
        yield unknown("", f"{doubt.file}{doubt.place}", doubt.reason)
