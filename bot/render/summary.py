"""The report as the summary of a job: whole, as far as a summary holds it."""

from __future__ import annotations

from bot.render.markdown import document
from bot.render.occasion import Occasion
from bot.report.model import Report

LIMIT = 1_000_000
"""Bytes. At 1,048,576 GitHub refuses the whole summary, and other steps write theirs beside it."""


def summary(report: Report, occasion: Occasion | None = None) -> str:
    """The job summary."""
    return document(report, LIMIT, occasion)
