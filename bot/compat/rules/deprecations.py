"""Terms that are given up: when they go, what is to be used instead, and whether one may stop using them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules.model import Rule, Trouble, of_files
from bot.standard.problems import Severity

_WHO = "Publishers who use the term, and whoever maintains it. Their data stays valid all the same."


def rules() -> Iterator[Rule]:
    """The rules of what is deprecated."""
    yield from of_files(_WHO, _TROUBLES)


_TROUBLES = (
    Trouble(
        "removal-due",
        "A deprecated term is still there when it was to be gone",
        "It was announced that the term goes in this version, or on a day that has come. Publishers who trusted that "
        "have moved already, and the others cannot tell whether they have to.",
        "Remove the term if this version may break data. Otherwise name the version in which it will really go.",
        Severity.WARNING,
    ),
    Trouble(
        "removal-unclear",
        "It is not clear when a deprecated term goes",
        "Nobody can plan for it, and nobody notices when the time has come.",
        "Write `removal` as a version (4.0) or as a day (2027-01-31).",
        Severity.NOTICE,
    ),
    Trouble(
        "successor-missing",
        "The successor of a deprecated term is not there",
        "Publishers are told to use something that the standard does not have. Often the name is misspelt, or the "
        "successor was renamed.",
        "Correct `replaced_by`: the name of a term beside it, or of one elsewhere, as entity.term.",
        Severity.WARNING,
    ),
    Trouble(
        "successor-deprecated",
        "The successor of a deprecated term is deprecated as well",
        "Who follows the advice has to move a second time.",
        "Name in `replaced_by` what is to be used in the end.",
        Severity.WARNING,
    ),
    Trouble(
        "deprecated-required",
        "A deprecated term is required",
        "Publishers are asked to stop using the term, and their data is refused as soon as they do.",
        "Take the term out of `required` (and `tabular_required`), or do not deprecate it yet.",
        Severity.WARNING,
    ),
)
