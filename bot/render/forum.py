"""The rolling post in a forum's thread: a line a pull request, for people who may have no GitHub account."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.consequences import version_needed
from bot.render.fitting import size
from bot.render.occasion import Occasion
from bot.render.safety import code, forum_prose, link, name
from bot.render.verdict import headline
from bot.render.wording import small
from bot.report.model import Outcome, Report
from bot.report.subject import State

LIMIT = 31_000
_STATES = {State.OPEN: "", State.MERGED: " (merged)", State.CLOSED: " (closed without being merged)"}

_INTRODUCTION = """\
**Changes to the standard that are being discussed**

Each line below is a pull request, a proposed change to the files of the standard, and says what it means for \
published data. A bot keeps this list up to date.

**How to take part** You need no GitHub account: reply in this topic, and name the number of the pull request \
that you speak of. What helps most is a word on what the change would mean for the data you publish or the tools \
you use. Links lead to the proposed change itself."""


def line(report: Report, occasion: Occasion) -> str:
    """The item of a pull request in the list: one line."""
    request = occasion.pull_request
    called = link(f"Pull request {request.number}", request.url)
    said = [headline(report, occasion)]
    if report.outcome is not Outcome.INVALID:
        said.append(f"Version needed: {small(version_needed(report, occasion))}.")
    title = code(name(request.title)) or "without a title"
    return f"- {called}{_STATES[request.state]}, {title}: {forum_prose(' '.join(said))}"


def rolling(lines: Sequence[str], closed: Sequence[str]) -> str:
    """The whole post, of the lines of open pull requests and of those that are over, both newest first."""
    shown = list(closed)
    while shown and size(_post(lines, shown, len(closed) - len(shown))) > LIMIT:
        shown.pop()
    kept = list(lines)
    while kept and size(_post(kept, shown, len(closed) - len(shown), len(lines) - len(kept))) > LIMIT:
        kept.pop()
    return _post(kept, shown, len(closed) - len(shown), len(lines) - len(kept))


def _post(lines: Sequence[str], closed: Sequence[str], older: int, unlisted: int = 0) -> str:
    blocks = [_INTRODUCTION, "**Open**", "\n".join(lines) if lines or unlisted else "None at the moment."]
    # What was left out before is not known here: a number alone could be too small.
    blocks += [f"… and at least {unlisted} more."] if unlisted else []
    blocks += ["**Lately merged or closed**"] if closed or older else []
    blocks += ["\n".join(closed)] if closed else []
    blocks += [f"… and at least {older} before these."] if older else []
    return "\n\n".join(filter(None, blocks))
