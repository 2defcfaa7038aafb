"""References of a profile that lead nowhere in the standard either: nobody can say what stands there. (What leads to
a part that the profile removes is another matter: it goes with that part.)"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.standard.documents import traits
from bot.standard.model import Entity, Profile, Standard
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error
from bot.standard.profiles import merged_profile
from bot.standard.pruning import dangling
from bot.standard.schema_checks import all_places, documents_of


def leading_nowhere(standard: Standard, profile: Profile) -> dict[tuple[str, str], Problem]:
    """Each of them, by its entity and the reference as it is written, and the place where it stands first."""
    if not any(_unfiled(standard, profile)):
        return {}
    merged, _ = merged_profile(standard, profile)
    own = documents_of({**merged, **standard.entities})
    lost = {each for each in dangling(merged) if not own.leads_somewhere(f"{each[0]}.json", each[1])}
    return _placed(lost, merged) if lost else {}


def _unfiled(standard: Standard, profile: Profile) -> Iterator[str]:
    """References that name no file: few standards have any, and looking at each is slow."""
    names = {*standard.entities, *profile.patches}
    files = {f"{name}.json" for name in names}
    for value in (
        *(entity.schema for entity in standard.entities.values()),
        *(each.value for each in profile.patches.values()),
    ):
        yield from traits(value).references - files


def _placed(lost: set[tuple[str, str]], entities: Mapping[str, Entity]) -> dict[tuple[str, str], Problem]:
    documents = documents_of(entities)
    found: dict[tuple[str, str], Problem] = {}
    for name in sorted({name for name, _ in lost}):
        for steps, place in all_places(documents, documents.root(f"{name}.json"), ()):
            reference = place.schema.get("$ref")
            if (name, reference) in lost and (name, reference) not in found:
                message = f"the reference {reference!r} leads nowhere"
                where = pointer((*steps, "$ref"))
                found[name, str(reference)] = error("reference-dangling", entities[name].file, where, message, "")
    return found
