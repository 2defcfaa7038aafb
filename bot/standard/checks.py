"""What is wrong with the files of a standard, apart from what they change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.standard.entity_checks import check_entity, properties_of
from bot.standard.model import Entity, Kind, Standard
from bot.standard.patch_checks import check_patches
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error, warning
from bot.standard.profiles import MEMBERSHIPS
from bot.standard.schema_checks import cycles, documents_of
from bot.standard.values import JSON


def check_entities(standard: Standard) -> Iterator[Problem]:
    """The problems of the entity files of a standard, in the order of the files."""
    documents = documents_of(standard.entities)
    for entity in standard.entities.values():
        yield from check_entity(entity, documents, standard.unreadable)
    yield from cycles(standard.entities, documents)
    for profile in standard.profiles:
        if profile.patches:
            yield from check_patches(standard, profile)
    if standard.kind is Kind.EXTENDED:
        yield from _extended(standard)


# What only an extended structure has.


def _extended(standard: Standard) -> Iterator[Problem]:
    known = {profile.id for profile in standard.profiles}
    for view in standard.views:
        for name in (view.entity, *(link.entity for link in view.links)):
            if name not in standard.entities:
                message = f"a view is made of {name!r}, which is no entity"
                yield error("view-invalid", "schema/standard.yml", "/views", message, "Correct the name of the entity.")
    for entity in standard.entities.values():
        for key, schema in properties_of(entity).items():
            if isinstance(schema, Mapping):
                yield from _membership(entity, key, schema.get("profiles", {}), known)
                if not schema.get("source"):
                    message = f"the property {key!r} does not name its source"
                    hint = "Add `source`, the URL of the definition it comes from."
                    yield warning("source-missing", entity.file, pointer(("properties", key)), message, hint)


def _membership(entity: Entity, key: str, given: JSON, known: set[str]) -> Iterator[Problem]:
    for profile, how in given.items() if isinstance(given, Mapping) else ():
        where = pointer(("properties", key, "profiles", profile))
        if profile not in known:
            message = f"{profile!r} is no profile of this standard"
            yield error("profile-unknown", entity.file, where, message, "Correct the name, or add the profile.")
        elif how not in MEMBERSHIPS:
            message = f"{how!r} does not say how a term belongs to a profile"
            yield error("membership-invalid", entity.file, where, message, f"Write one of {', '.join(MEMBERSHIPS)}.")
