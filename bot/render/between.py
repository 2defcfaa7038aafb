"""What a change does between profiles, in a sentence: whose tools can read whose data no longer."""

from __future__ import annotations

from collections.abc import Callable

from bot.compat.interop import Shift
from bot.compat.verdicts import Answer
from bot.render.safety import name
from bot.render.wording import listing
from bot.report.model import Report


def between(report: Report) -> str:
    """The sentence, or two; "" where nothing has shifted."""
    titles = {profile.id: name(profile.title or profile.id) for profile in report.profiles}

    def told(can: str, which: Callable[[Shift], bool]) -> str:
        shifts = [each for each in report.interop if which(each)]
        said = [f"{_tools(titles, each.reader)} {can} {_data(titles, each.publisher)}" for each in shifts]
        # Two with an "and" alone between them could be read as one.
        return ", and ".join(said) if len(said) == 2 else listing(said)

    lost = told("can no longer read all", lambda shift: shift.head is Answer.BREAKING)
    gained = told("can now read all", lambda shift: shift.head is Answer.COMPATIBLE)
    open_ = told("can read all", lambda shift: shift.head is Answer.UNKNOWN)
    said = [
        f"With this change {lost}." if lost else "",
        f"{'It also means that' if lost else 'With this change'} {gained}." if gained else "",
        f"Whether {open_} is not decided; a person has to look." if open_ else "",
    ]
    return " ".join(filter(None, said))


def _tools(titles: dict[str, str], id_: str) -> str:
    return f"tools for {titles.get(id_, name(id_))}"


def _data(titles: dict[str, str], id_: str) -> str:
    return f"{titles.get(id_, name(id_))} data"
