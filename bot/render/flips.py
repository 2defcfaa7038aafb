"""That a verdict has changed, in a sentence."""

from __future__ import annotations

from bot.render.occasion import Occasion
from bot.render.verdict import headline, unjudged
from bot.render.wording import having, split, titles
from bot.report.model import Outcome, Report
from bot.report.subject import State


def flipped(before: Outcome, report: Report, occasion: Occasion) -> str:
    """What has become of the verdict; the verdict itself where it is as it was."""
    verdict = headline(report, occasion)
    if before is report.outcome:
        return verdict
    if split(report, occasion)[1]:
        return f"The verdict has changed. {verdict}"
    match before, report.outcome:
        case _, Outcome.BREAKING:
            return f"This change now breaks data published under {titles(having(report.profiles, Outcome.BREAKING))}."
        case _, Outcome.INVALID:
            return f"This change can no longer be judged: {unjudged(report)}."
        case _, Outcome.UNKNOWN:
            return f"The verdict has changed. {verdict}"
        case Outcome.BREAKING, _:
            return "This change no longer breaks published data."
        case Outcome.UNKNOWN, _:
            return "This change is decided: published data stays valid."
        case _:
            return "This change can be judged again: published data stays valid."


def decided(occasion: Occasion) -> str:
    """How a pull request ended, in a sentence."""
    what = "was merged" if occasion.pull_request.state is State.MERGED else "was closed without being merged"
    return f"Pull request {occasion.pull_request.number} {what}."
