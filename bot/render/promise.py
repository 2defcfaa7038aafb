"""What is said of the promise to change wording only: that it is kept, or what is more than words."""

from __future__ import annotations

from collections.abc import Callable

from bot.render.occasion import Occasion
from bot.render.safety import code
from bot.render.sentences import sentence
from bot.render.wording import count
from bot.report.model import Outcome, Report, ReportedChange
from bot.report.promise import beyond_wording

MOST_NAMED = 3
TITLE = "Not wording only, as was promised."


def broken(report: Report, occasion: Occasion) -> tuple[ReportedChange, ...]:
    """The changes that break the promise; none where there is none, or where nobody can say."""
    promised = occasion.pull_request.wording_only and report.outcome is not Outcome.INVALID
    return beyond_wording(report) if promised else ()


def promise(report: Report, occasion: Occasion, mark: Callable[[str], str] = code) -> str:
    """What has become of the promise, in Markdown; nothing where none was made."""
    if not occasion.pull_request.wording_only:
        return ""
    if report.outcome is Outcome.INVALID:
        return "**Promise** This pull request says that it changes wording only; whether it does cannot be said yet."
    found = broken(report, occasion)
    if not found:
        return "**Promise** Kept: this pull request says that it changes wording only, and so it does."
    named = "; ".join(sentence(each.change, mark) for each in found[:MOST_NAMED])
    rest = f"; and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    more = f"{count(len(found), 'change')} {'is' if len(found) == 1 else 'are'} more than words"
    return (
        f"**Promise** Not kept: this pull request says that it changes wording only, and {more}: {named}{rest}. "
        "Take them out of it, or untick the box and take the label off if they are meant."
    )
