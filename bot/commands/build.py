"""`build`: writes the release of every profile, one directory each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.commands.check import PatchDirectory, read, refuse_patches_on_tables
from bot.errors import InputError, UsageError
from bot.generate.release import artefacts, release, tabular_artefacts
from bot.ports import Output, Sources
from bot.standard.checks import check_entities
from bot.standard.json_reading import read_json
from bot.standard.model import Kind, Profile, Standard
from bot.standard.package_checks import check_package
from bot.standard.pointers import steps as pointer_steps
from bot.standard.problems import Problem, Severity
from bot.standard.profiles import apply_profile
from bot.standard.snapshot import Snapshot
from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """`ref` is a ref, a directory, or WORKTREE. `profile` limits the build to one profile."""

    ref: str = "WORKTREE"
    patches: tuple[PatchDirectory, ...] = ()
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """The profiles that were built, and what was wrong on the way without being in it."""

    profiles: tuple[str, ...]
    warnings: tuple[Problem, ...]


def run(request: BuildRequest, sources: Sources, output: Output) -> Built:
    """Build every profile; raises InputError where the standard cannot be read."""
    source = sources.named(request.ref)
    snapshot = source.standard()
    standard = read(source, request.patches, sources)
    problems = list(standard.problems)
    if standard.kind is Kind.NOTHING:
        raise InputError(f"there is no standard in {standard.label}", "Name the directory of one with --source.")
    refuse_patches_on_tables(standard, request.patches)
    if standard.unreadable:
        first = next(problem for problem in problems if problem.file in standard.unreadable)
        where = f"{first.file}:{first.line}" if first.line else first.file
        raise InputError(f"{where}: {first.message}", first.hint)
    chosen = [profile for profile in standard.profiles if request.profile in ("", profile.id)]
    if not chosen:
        known = ", ".join(profile.id for profile in standard.profiles)
        raise UsageError(f"there is no profile {request.profile!r}", f"The profiles are: {known}.")
    metadata = _metadata(snapshot) if standard.kind is Kind.CHECKOUT else None
    problems += _of_content(standard, tuple(chosen))
    _refuse_what_leads_nowhere(problems, standard)
    output.expect([profile.id for profile in chosen])
    for profile in chosen:
        problems += _build(standard, profile, metadata, output)
    return Built(tuple(profile.id for profile in chosen), tuple(_worth_saying(problems)))


def _of_content(standard: Standard, chosen: tuple[Profile, ...]) -> Iterator[Problem]:
    """What is not allowed in the schemas, and whatever is wrong with the patches of the profiles that are built."""
    patches = {patch.file for profile in chosen for patch in profile.patches.values()}
    others = {profile.id for profile in standard.profiles} - {profile.id for profile in chosen}
    for problem in check_entities(replace(standard, profiles=chosen)):
        if problem.rule == "profile-unknown" and problem.pointer.rpartition("/")[2] in others:
            continue  # it is there, and not asked for
        if problem.severity is Severity.ERROR or problem.file in patches or problem.rule == "reference-lost":
            yield problem
    if standard.package is not None:
        yield from check_package(standard.package, standard.profiles[0].file)


FATAL = frozenset(
    {
        "column-malformed",
        "constraint-malformed",
        "dialect-unknown",
        "key-malformed",
        "keyword-malformed",
        "path-invalid",
        "reference-cyclic",
        "reference-dangling",
        "reference-outside",
        "schema-invalid",
    }
)
"""Errors that a release would carry on to everyone who reads it."""


def _refuse_what_leads_nowhere(problems: list[Problem], standard: Standard) -> None:
    fatal = [each for each in problems if each.severity is Severity.ERROR and each.rule in FATAL]
    if fatal:
        first = fatal[0]
        steps = tuple(pointer_steps(first.pointer))
        where = f"{first.file}:{first.line or standard.line(first.file, steps)} {first.pointer}"
        more = f" ({len(fatal) - 1} more like it: standards-bot check lists them)" if fatal[1:] else ""
        raise InputError(f"{where}: {first.message}{more}", first.hint)


def _build(
    standard: Standard, profile: Profile, metadata: Mapping[str, JSON] | None, output: Output
) -> tuple[Problem, ...]:
    if standard.package is not None:
        output.replace(profile.id, tabular_artefacts(standard.package, profile.id, whole=len(standard.profiles) == 1))
        return ()
    structure = apply_profile(standard, profile)
    output.replace(profile.id, artefacts(release(standard, structure, metadata)))
    return structure.problems


def _metadata(snapshot: Snapshot) -> Mapping[str, JSON] | None:
    """What the data package beside an HSDS 3 schema says of itself; its tables are generated anew."""
    if "datapackage.json" not in snapshot.files:
        return None
    reading = read_json("datapackage.json", snapshot.files["datapackage.json"])
    if not isinstance(reading.value, dict):
        return None
    return {key: value for key, value in reading.value.items() if key != "resources"}


def _worth_saying(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is not Severity.NOTICE]
