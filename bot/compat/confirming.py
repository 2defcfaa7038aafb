"""The independent judge of examples: a validator that takes no part in the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.standard.dialects import Draft
from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class Judged:
    """A schema to validate with: documents by path, the path of the one to begin with, the draft, and
    whether the formats that the draft defines are asserted."""

    documents: Mapping[str, JSON]
    root: str
    draft: Draft
    formats: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an instance is rejected: JSON Pointer of the place in it, the keyword and what the keyword asks for
    there (none where a schema is `false`), and what the validator says."""

    pointer: str
    keyword: str
    wanted: JSON
    message: str


class Confirmer(Protocol):
    """Validates an instance, guarded: patterns that could run away do so elsewhere, under limits."""

    def accepts(self, schema: Judged, instance: JSON) -> bool | None:
        """Whether the instance is valid; None where the validator failed or was stopped."""
        ...

    def faults(self, schema: Judged, instance: JSON) -> tuple[Fault, ...]:
        """Why an instance is not valid, the most telling faults first; none where nobody can say."""
        ...
