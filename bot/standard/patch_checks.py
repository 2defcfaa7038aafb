"""What is wrong with the schemas that patches make: they are held to the same as those of the standard itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.standard.documents import Documents
from bot.standard.entity_checks import check_entity, properties_of
from bot.standard.model import Entity, Patch, Profile, Standard
from bot.standard.pointers import PointsNowhere, pointer, resolve, steps
from bot.standard.problems import Problem, Severity, warning
from bot.standard.profiles import merged_profile
from bot.standard.pruning import dangling, referred_entity
from bot.standard.schema_checks import all_places, cycles, documents_of

LEFT_OUT = "Take it out of the patch, or keep in the profile what it names."


def check_patches(standard: Standard, profile: Profile, own: Iterable[Problem]) -> Iterator[Problem]:
    """What is wrong with the entities of a profile and not with those of the standard (`own`), at the patch that
    did it. What names something that the profile has removed is left out of its release: a warning."""
    merged, _ = merged_profile(standard, profile)
    before, after = documents_of(standard.entities), documents_of(merged)
    # An entity of the profile's own is referred to by its name, wherever its file lies.
    unreadable = standard.unreadable | {f"schema/{file.rpartition('/')[2]}" for file in standard.unreadable}
    known = set(map(_identity, own))
    found = list(cycles(merged, after))
    for name in sorted(profile.patches.keys() & merged.keys()):
        found += check_entity(merged[name], after, unreadable)
    for problem in found:
        if _identity(problem) not in known:
            yield from _attributed(problem, standard, profile, merged, before)


def lost_references(standard: Standard, profile: Profile) -> Iterator[Problem]:
    """References of the standard's own to parts of entities that the profile removes: what refers goes as well.
    (That all which held an entity goes with it is what removing one means, and nothing to be told.)"""
    merged, _ = merged_profile(standard, profile)
    lost = dangling(merged)
    kept = {(name, each) for name, each in lost if each.startswith("#") or referred_entity(each) in merged}
    kept -= dangling(standard.entities) if kept else frozenset()
    documents = documents_of(merged)
    for name in sorted({name for name, _ in kept}):
        for way, place in all_places(documents, documents.root(f"{name}.json"), ()):
            reference = place.schema.get("$ref")
            written = _written(profile.patches.get(name), (*way, "$ref"))
            if (name, reference) in kept and written != (*way, "$ref"):
                message = f"the reference {reference!r} leads to what the profile {profile.id} removes; it is left out"
                where = merged[name].file, pointer((*way, "$ref"))
                yield warning("reference-lost", *where, message, "Remove what refers to it, too.")


def _identity(problem: Problem) -> tuple[str, str, str, str]:
    return problem.rule, problem.file, problem.pointer, problem.message


def _attributed(
    problem: Problem, standard: Standard, profile: Profile, merged: dict[str, Entity], before: Documents
) -> Iterator[Problem]:
    """The problem at the patch that wrote the place; none where it only follows from what the profile removes."""
    name = next(name for name, entity in merged.items() if entity.file == problem.file)
    place = steps(problem.pointer)
    patch = profile.patches.get(name)
    written = _written(patch, place)
    there = _was_there(problem, name, merged[name], standard, before)
    if problem.rule in ("required-undefined", "reference-dangling"):
        if len(written) < len(place) and (there or patch is None):
            return
        if there:
            message = f"{problem.message} in the profile {profile.id}; it is left out"
            problem = replace(problem, severity=Severity.WARNING, message=message, hint=LEFT_OUT)
    if written and patch is not None:
        problem = replace(problem, file=patch.file, pointer=pointer(written))
    yield problem


def _written(patch: Patch | None, place: tuple[str, ...]) -> tuple[str, ...]:
    """As much of a place as the patch wrote."""
    for length in range(len(place) if patch is not None else 0, 0, -1):
        try:
            resolve(patch.value if patch else None, place[:length])
        except PointsNowhere:
            continue
        return place[:length]
    return ()


def _was_there(problem: Problem, name: str, entity: Entity, standard: Standard, before: Documents) -> bool:
    """Whether the standard has what the profile's schema names."""
    named = resolve(entity.schema, steps(problem.pointer)) if problem.rule != "reference-cyclic" else None
    if problem.rule == "required-undefined":
        own = standard.entities.get(name)
        return own is not None and named in properties_of(own)
    if problem.rule == "reference-dangling":
        base = f"{name}.json" if name in standard.entities else next(iter(standard.entities), name) + ".json"
        return before.leads_somewhere(base, str(named))
    return False
