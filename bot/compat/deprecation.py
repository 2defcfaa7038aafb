"""How a term says that it is given up: the keyword `deprecated`, or the word that HSDS 3 begins descriptions with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.standard.values import JSON

DETAILS = ("since", "reason", "replaced_by", "removal")
"""What a deprecation may say beside `deprecated: true`, or in an object `deprecation`."""
_PREFIX = re.compile(r"\s*DEPRECATED\b[\s:.,-]*")


@dataclass(frozen=True, slots=True)
class Deprecation:
    """That a term is given up: since which version, why, for what other term, and in which version it will go;
    each is "" where it is not said."""

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
    around = schema.get("deprecation")
    if schema.get("deprecated") is True or isinstance(around, Mapping):
        told = {**_texts(schema), **_texts(around if isinstance(around, Mapping) else {})}
        return Deprecation(**told)
    description = schema.get("description")
    return Deprecation() if isinstance(description, str) and _PREFIX.match(description) else None


def _texts(given: Mapping[str, JSON]) -> dict[str, str]:
    """What is said; a version may have been written as a number."""
    said = {name: given.get(name) for name in DETAILS}
    return {name: str(each) for name, each in said.items() if isinstance(each, (str, int, float)) and each is not True}
