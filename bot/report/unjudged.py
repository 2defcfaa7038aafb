"""The report of a check that could not begin: who waits for it is told why."""

from __future__ import annotations

from bot.errors import BotError
from bot.report.model import Finding, Report, Side
from bot.standard.model import Kind
from bot.standard.problems import error


def unjudged(base: str, head: str, problem: BotError) -> Report:
    """`base` and `head` as they were named; an empty base is the default branch."""
    finding = Finding(error("check-impossible", "", "", problem.message, problem.hint))
    before, after = (Side(each, Kind.NOTHING.value) for each in (base or "the default branch", head))
    return Report(before, after, findings=(finding,), unreadable=True)
