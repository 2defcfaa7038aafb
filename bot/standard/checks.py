"""What is wrong with the files of a standard, apart from what they change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from bot.standard.entity_checks import check_entity, properties_of
from bot.standard.model import Entity, Kind, Standard, View
from bot.standard.patch_checks import check_patches, lost_references
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error, warning
from bot.standard.profiles import MEMBERSHIPS
from bot.standard.schema_checks import cycles, documents_of
from bot.standard.snapshot import STANDARD
from bot.standard.values import JSON


def check_entities(standard: Standard) -> Iterator[Problem]:
    """The problems of the entity files of a standard, in the order of the files."""
    documents = documents_of(standard.entities)
    own = [
        problem
        for entity in standard.entities.values()
        for problem in check_entity(entity, documents, standard.unreadable)
    ]
    own += cycles(standard.entities, documents)
    yield from own
    for profile in standard.profiles:
        if profile.patches:
            yield from check_patches(standard, profile, own)
        if profile.patches or profile.selects:
            yield from lost_references(standard, profile)
    if standard.kind is Kind.EXTENDED:
        yield from _extended(standard)


# What only an extended structure has.


def _extended(standard: Standard) -> Iterator[Problem]:
    # Of a profile that cannot be read it is enough to say that.
    known = {profile.id for profile in standard.profiles} | set(map(_directory, standard.unreadable))
    for at, view in enumerate(standard.views):
        yield from _view(standard, at, view)
    yield from _unknown_profiles(standard, known)
    united = any(profile.selects for profile in standard.profiles)
    for entity in standard.entities.values():
        for key, schema in properties_of(entity).items():
            if isinstance(schema, Mapping):
                yield from _membership(entity, key, schema.get("profiles", {}), known)
                if united and not schema.get("source"):
                    message = f"the property {key!r} does not name its source"
                    hint = "Add `source`, the URL of the definition it comes from."
                    yield warning("source-missing", entity.file, pointer(("properties", key)), message, hint)


def _view(standard: Standard, at: int, view: View) -> Iterator[Problem]:
    place = ("views", str(at))
    named: list[tuple[tuple[str, ...], str]] = [((*place, "entity"), view.entity)]
    named += [((*place, "links", str(n), "entity"), link.entity) for n, link in enumerate(view.links)]
    for steps, name in named:
        if name not in standard.entities and f"schema/{name}.json" not in standard.unreadable:
            message = f"a view is made of {name!r}, which is no entity"
            yield error("view-invalid", STANDARD, pointer(steps), message, "Correct the name of the entity.")
    entity = standard.entities.get(view.entity)
    taken = set(properties_of(entity)) if entity is not None else set()
    for n, link in enumerate(view.links):
        if link.property in taken:
            message = f"the view of {view.entity} has {link.property!r} already; this link is left out"
            hint = "Give the link another name, or take it out."
            yield error("link-clashing", STANDARD, pointer((*place, "links", n, "property")), message, hint)
        taken.add(link.property)


def _directory(file: str) -> str:
    return PurePosixPath(file).parent.name


MOST_PLACES = 3


def _unknown_profiles(standard: Standard, known: set[str]) -> Iterator[Problem]:
    """Profiles that are named and not there, each once: of one whose directory is gone, every term is left behind."""
    places: dict[str, list[tuple[Entity, str]]] = {}
    for entity in standard.entities.values():
        for key, schema in properties_of(entity).items():
            given = schema.get("profiles") if isinstance(schema, Mapping) else None
            for profile in given.keys() - known if isinstance(given, Mapping) else ():
                places.setdefault(profile, []).append((entity, key))
    for profile, named in sorted(places.items()):
        entity, key = named[0]
        where = pointer(("properties", key, "profiles", profile))
        message = f"{profile!r} is no profile of this standard"
        yield error("profile-unknown", entity.file, where, message, _how_many(named))


def _how_many(named: list[tuple[Entity, str]]) -> str:
    # In the hint, so that the problem stays the same while its places are mended one by one.
    if len(named) == 1:
        return "Correct the name, or add the profile."
    first = [f"{entity.name}.{key}" for entity, key in named[:MOST_PLACES]]
    more = f", and {len(named) - MOST_PLACES:,} more" if len(named) > MOST_PLACES else ""
    return f"Add the profile, or correct or remove its name in {len(named):,} terms: {', '.join(first)}{more}."


def _membership(entity: Entity, key: str, given: JSON, known: set[str]) -> Iterator[Problem]:
    if not isinstance(given, Mapping):
        message = f"the `profiles` of {key!r} are no object, and the term is in none"
        hint = f'Name each profile, and how the term belongs to it ({", ".join(MEMBERSHIPS)}): {{"uk": "should"}}.'
        yield error("membership-invalid", entity.file, pointer(("properties", key, "profiles")), message, hint)
        return
    for profile, how in given.items():
        if profile in known and how not in MEMBERSHIPS:
            where = pointer(("properties", key, "profiles", profile))
            message = f"{how!r} does not say how a term belongs to a profile"
            yield error("membership-invalid", entity.file, where, message, f"Write one of {', '.join(MEMBERSHIPS)}.")
