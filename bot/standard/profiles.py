"""From a standard and a profile to the profile's own entities: select, patch, then let go of everything
that has lost what it refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.standard.merge_patch import merge
from bot.standard.model import Entity, Kind, Patch, Profile, Standard
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, notice, warning
from bot.standard.pruning import Pruner, dangling
from bot.standard.values import JSON

OURS = ("profiles", "settled", "aliases")
"""Keywords of the extended structure about itself, which no release shows."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The entities of one profile, in order, and what was wrong with the way there."""

    profile: Profile
    entities: Mapping[str, Entity]
    problems: tuple[Problem, ...] = ()


def apply_profile(standard: Standard, profile: Profile) -> Structure:
    """The entities of a profile. Consistent whatever the profile removes: no reference to what is not there,
    no `required` that names an absent property."""
    merged, problems = merged_profile(standard, profile)
    lost = dangling(standard.entities)
    kept = {**merged}
    while True:
        # What is let go of may be what others refer to.
        pruned = Pruner(standard.entities, kept, lost).entities()
        left = {name: entity for name, entity in pruned if _says_something(entity, standard.entities.get(name))}
        if left == kept:
            return Structure(profile, kept, (*problems, *_emptied(standard, profile, kept)))
        kept = left


def _says_something(entity: Entity, before: Entity | None) -> bool:
    """Whether an entity has properties; one that says nonsense of them is not one without, and a file that never was
    to have any, as one of definitions that others refer to, has lost none."""
    given = entity.schema.get("properties", {})
    return bool(given) or not isinstance(given, Mapping) or (before is not None and _is_shared(before))


def _is_shared(entity: Entity) -> bool:
    """Whether the standard itself has this without properties: definitions, a list, a code that others refer to."""
    return "properties" not in entity.schema


def _emptied(standard: Standard, profile: Profile, left: Mapping[str, Entity]) -> Iterator[Problem]:
    if profile.patches and standard.entities and not left:
        message = f"nothing is left of the standard in the profile {profile.id}: all its entities are removed"
        yield warning("profile-empty", profile.file, "", message, "Keep at least one entity with one property.")


def merged_profile(standard: Standard, profile: Profile) -> tuple[dict[str, Entity], tuple[Problem, ...]]:
    """The entities of a profile as selection and patches leave them, before anything is let go of, and what was
    wrong with both."""
    problems: list[Problem] = []
    selected = dict(_selected(standard, profile, problems)) if profile.selects else _all(standard)
    patched = {**selected}
    for name, patch in profile.patches.items():
        # Of an entity that cannot be read nobody knows that it is not there.
        if f"schema/{name}.json" not in standard.unreadable:
            problems += _aimless(patch, selected)
        if patch.removes:
            patched.pop(name, None)
            continue
        value, stubs = _without_stubs(patch, selected.get(name), known=name in standard.entities)
        problems += stubs
        if name in selected or _is_entity(value):
            schema = merge(selected[name].schema if name in selected else {}, value)
            patched[name] = Entity(name, selected[name].file if name in selected else patch.file, schema)
    return patched, tuple(problems)


def whole(standard: Standard) -> Structure:
    """The extended structure itself, as if it were a profile that takes everything."""
    profile = Profile("extended", standard.title, uri=standard.base_uri, version=standard.version)
    return Structure(profile, _all(standard))


# Selection.


def _all(standard: Standard) -> dict[str, Entity]:
    if standard.kind is not Kind.EXTENDED:
        return dict(standard.entities)
    return {
        name: _released(entity, set(each)) if (each := _properties(entity)) else entity
        for name, entity in standard.entities.items()
    }


def _selected(standard: Standard, profile: Profile, problems: list[Problem]) -> Iterator[tuple[str, Entity]]:
    problems += _unknown_selections(standard, profile)
    for name, entity in standard.entities.items():
        if name in profile.removed:
            continue
        chosen = {
            key
            for key, schema in _properties(entity).items()
            if _is_chosen(profile, name, key, schema) and f"{name}.{key}" not in profile.removed
        }
        if _is_shared(entity) or not isinstance(entity.schema["properties"], dict):
            # What says nonsense of its properties has not lost them: it stays, and is said to be no schema.
            yield name, Entity(name, entity.file, _without_ours(dict(entity.schema)))
        elif chosen:
            yield name, _released(entity, chosen)


def _is_chosen(profile: Profile, entity: str, key: str, schema: JSON) -> bool:
    given = schema.get("profiles", {}) if isinstance(schema, dict) else {}
    named = isinstance(given, dict) and given.get(profile.id) in MEMBERSHIPS
    return named or entity in profile.added or f"{entity}.{key}" in profile.added


MEMBERSHIPS = ("must", "should", "could")
"""How much a profile asks for a term (MoSCoW without "won't", which is said by not naming the profile)."""


def _unknown_selections(standard: Standard, profile: Profile) -> Iterator[Problem]:
    for kind, names in (("add", profile.added), ("remove", profile.removed)):
        for name in sorted(names):
            entity, _, key = name.partition(".")
            known = standard.entities.get(entity)
            if known is None or (key and key not in _properties(known)):
                message = f"select.{kind} names {name!r}, which the extended structure does not have"
                place = f"/select/{kind}"
                yield warning("selection-unknown", profile.file, place, message, "Correct the name, or take it out.")


def _properties(entity: Entity) -> Mapping[str, JSON]:
    properties = entity.schema.get("properties")
    return properties if isinstance(properties, dict) else {}


def _released(entity: Entity, chosen: set[str]) -> Entity:
    properties = {key: _without_ours(schema) for key, schema in _properties(entity).items() if key in chosen}
    schema = {**_without_ours(dict(entity.schema)), "properties": properties}
    return Entity(entity.name, entity.file, schema)


def _without_ours(schema: JSON) -> JSON:
    if not isinstance(schema, dict):
        return schema
    return {key: value for key, value in schema.items() if key not in OURS}


# Patches.


def _is_entity(value: JSON) -> bool:
    return isinstance(value, dict) and isinstance(value.get("properties"), dict)


WHOLE = frozenset({"type", "$ref", "allOf", "anyOf", "oneOf", "enum", "const", "properties", "items"})
"""A patch with one of these defines a property; without, it changes one that has to be there."""


def _without_stubs(patch: Patch, target: Entity | None, *, known: bool) -> tuple[JSON, list[Problem]]:
    """The patch without its changes to properties that are not there, of which only stubs would be made; an
    entity that is not `known` to the standard at all is the patch's own, and may be as it likes."""
    given = patch.value.get("properties")
    if not isinstance(given, dict) or (target is None and not known):
        return patch.value, []
    there = _properties(target) if target is not None else {}
    stubs = [
        key for key, each in given.items() if key not in there and isinstance(each, dict) and not WHOLE & each.keys()
    ]
    left = {key: each for key, each in given.items() if key not in stubs}
    problems = [_stub(patch, key) for key in stubs]
    value = {**patch.value, "properties": left}
    return (value if left or target is not None else {}), problems


def _stub(patch: Patch, key: str) -> Problem:
    message = f"the patch changes the property {key!r}, which is not there; this part of it is left out"
    hint = "Correct the name, select the property, or define it in full: with a type."
    return warning("patch-aimless", patch.file, pointer(("properties", key)), message, hint)


def _aimless(patch: Patch, entities: Mapping[str, Entity]) -> Iterator[Problem]:
    """Removals of what is not there: harmless, and often a name that has changed upstream."""
    target = entities.get(patch.entity)
    if target is None:
        if patch.removes:
            message = f"the patch removes the entity {patch.entity!r}, which is not there"
            yield warning("patch-aimless", patch.file, "", message, "Delete the patch, or correct its name.")
        elif not _is_entity(patch.value):
            message = f"the patch changes the entity {patch.entity!r}, which is not there"
            yield warning("patch-aimless", patch.file, "", message, "Correct its name, or define the entity in full.")
        return
    for steps in _removals(patch.value, target.schema, ()):
        message = f"the patch removes {steps[-1]!r}, which is not there"
        # A property that is not there has often another name now; a keyword that is not there matters to nobody.
        report = warning if steps[-2:-1] == ("properties",) else notice
        yield report("patch-aimless", patch.file, pointer(steps), message, "Delete the line, or correct the name.")


def _removals(patch: JSON, target: JSON, steps: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, value in patch.items() if isinstance(patch, dict) else ():
        there = isinstance(target, dict) and name in target
        if value is None and not there:
            yield (*steps, name)
        elif isinstance(value, dict) and there:
            yield from _removals(value, target[name], (*steps, name))
