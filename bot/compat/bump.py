"""Which part of the version a change moves (semantic versioning, as the governance rules read it)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from bot.compat.changes import ANNOTATIONS, Change
from bot.compat.verdicts import Answer, Verdicts


class Bump(Enum):
    """The smallest version step that may carry a change."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"

    @property
    def rank(self) -> int:
        """For `max`."""
        return [Bump.NONE, Bump.PATCH, Bump.MINOR, Bump.MAJOR].index(self)


ADDITIONS = frozenset(
    {
        "constraints-added",  # what makes a property a column
        "entity-added",
        "enum-value-added",
        "page-part-added",
        "pattern-term-added",
        "term-added",
    }
)


def required_bump(change: Change, verdicts: Verdicts) -> Bump:
    """The bump a judged change needs. What is not proved compatible for publishers needs MAJOR."""
    if verdicts.publishers.answer is not Answer.COMPATIBLE:
        return Bump.MAJOR
    if change.keyword in ANNOTATIONS or change.is_moot or change.rule == "metadata-changed":
        return Bump.PATCH
    if change.rule in ADDITIONS:
        return Bump.MINOR
    others = (verdicts.consumers, verdicts.strict_backward, verdicts.strict_forward)
    same_documents = all(verdict.answer is Answer.COMPATIBLE for verdict in others)
    return Bump.PATCH if same_documents else Bump.MINOR


def highest(bumps: Iterable[Bump]) -> Bump:
    """The largest of several bumps; none where there are none."""
    return max(bumps, key=lambda bump: bump.rank, default=Bump.NONE)
