"""The report as the summary of a job: whole, as far as a summary holds it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.fitting import size
from bot.render.markdown import document
from bot.render.occasion import Occasion
from bot.render.safety import code, name, prose
from bot.render.verdict import headline
from bot.report.model import Report

LIMIT = 1_000_000
"""Bytes. At 1,048,576 GitHub refuses the whole summary of a step, whatever it has on how many pull requests."""
LEAST = 16_000
"""Bytes for a report below which its first sentence has to do."""


def summary(report: Report, occasion: Occasion | None = None) -> str:
    """The job summary."""
    return document(report, LIMIT, occasion)


def entry(number: int, title: str, report: Report | None, undelivered: Sequence[str], room: int) -> str:
    """One pull request (number 0: something else, called by its title) among others in a summary that has `room` for
    so many bytes more; what was not delivered comes first. "" where there is no room."""
    opening = "\n\n".join([_heading(number, title), *_failed(undelivered)]) + "\n\n"
    # Half of what is left, so that the first leave room for the last.
    whole = f"{opening}{_said(report, room // 2 - size(opening))}" if report else opening
    return whole if size(whole) <= room else ""


def _said(report: Report, room: int) -> str:
    """The report, or where there is too little room for it its first sentence."""
    said = document(report, room) if room >= LEAST else ""
    return said if said and size(said) <= room else f"## {prose(headline(report)).removesuffix('.')}\n\n"


def _heading(number: int, title: str) -> str:
    shown = code(name(title))
    return f"# Pull request {number}{': ' if shown else ''}{shown}" if number else f"# {prose(name(title))}"


def _failed(undelivered: Sequence[str]) -> list[str]:
    return ["**Not delivered**", "\n".join(f"- {prose(each)}" for each in undelivered)] if undelivered else []
