"""Whether a change is about wording only, as a pull request may promise."""

from __future__ import annotations

from bot.compat.bump import Bump
from bot.report.model import Report, ReportedChange

WORDS = frozenset({"$comment", "description", "example", "examples", "title"})
"""Of all that documents do not depend on, what is words and nothing else: not a file's name, nor a default."""
DESCRIBES = frozenset({"title", "description", "homepage", "license", "maintainers"})
"""What a standard or a profile says of itself in words."""


def beyond_wording(report: Report) -> tuple[ReportedChange, ...]:
    """The changes that are more than words, each once, in the order of the report."""
    found: dict[str, ReportedChange] = {}
    for reported in [*(each for profile in report.profiles for each in profile.changes), *report.unselected]:
        if not _is_wording(reported):
            found.setdefault(reported.change.id, reported)
    return tuple(found.values())


def _is_wording(reported: ReportedChange) -> bool:
    change = reported.change
    if change.is_moot:
        return True
    words = WORDS if change.entity else DESCRIBES
    return change.keyword in words and reported.bump in (Bump.NONE, Bump.PATCH)
