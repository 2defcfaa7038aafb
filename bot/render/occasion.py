"""On what occasion, and to whom, a report is told."""

from __future__ import annotations

from dataclasses import dataclass

from bot.report.model import Repair
from bot.report.subject import PullRequest


@dataclass(frozen=True, slots=True)
class Occasion:
    """The pull request the report is about; where the whole report and the discussion are ("" where nowhere);
    the profiles and the place (`United Kingdom`) that the readers care for, none meaning all alike; the edits that
    stand as suggestions on the lines of the pull request, each with its address."""

    pull_request: PullRequest
    report_url: str = ""
    discuss_url: str = ""
    profiles: tuple[str, ...] = ()
    place: str = ""
    suggested: tuple[tuple[Repair, str], ...] = ()
