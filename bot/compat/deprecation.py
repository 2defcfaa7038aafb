"""How a term says that it is given up: the keyword `deprecated`, or the words of its description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.compat.deprecated_words import gives_up, reason_in
from bot.standard.values import JSON

DETAILS = ("since", "reason", "replaced_by", "removal")
"""What a deprecation may say beside `deprecated: true`, or in an object `deprecation`."""


@dataclass(frozen=True, slots=True)
class Deprecation:
    """That a term is given up: since which version, why, for what other terms, and in which version or on which day
    it will go; each is "" where it is not said."""

    since: str = ""
    reason: str = ""
    replaced_by: str = ""
    removal: str = ""

    def details(self) -> dict[str, str]:
        """What is said of it."""
        said = {name: getattr(self, name) for name in DETAILS}
        return {name: each for name, each in said.items() if each}


def deprecation_of(schema: JSON) -> Deprecation | None:
    """The deprecation of a term; None where it is in use."""
    if not isinstance(schema, Mapping):
        return None
    description = schema.get("description")
    words = description if isinstance(description, str) else ""
    if schema.get("deprecated") is True or isinstance(schema.get("deprecation"), Mapping) or gives_up(words):
        said = {name: " and ".join(each) for name, each in _said(schema).items()}
        return Deprecation(**{"reason": reason_in(words), **said})
    return None


def successors(schema: Mapping[str, JSON]) -> tuple[str, ...]:
    """What is named as the successor of a term: one or several."""
    return _said(schema).get("replaced_by", ())


def _said(schema: Mapping[str, JSON]) -> dict[str, tuple[str, ...]]:
    """What is said beside the mark; an object `deprecation` counts more."""
    around = schema.get("deprecation")
    given = {**schema, **(around if isinstance(around, Mapping) else {})}
    said = {name: _texts(given.get(name), many=name == "replaced_by") for name in DETAILS}
    return {name: each for name, each in said.items() if each}


def _texts(given: JSON, *, many: bool) -> tuple[str, ...]:
    """Texts, of which some may be given in a list; a version may have been written as a number."""
    listed = given if isinstance(given, list) and many else [given]
    kept = (each for each in listed if isinstance(each, (str, int, float)) and not isinstance(each, bool))
    return tuple(str(each) for each in kept if each != "")
