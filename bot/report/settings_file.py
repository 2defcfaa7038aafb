"""Adds to a report what a pull request makes of the bot's settings."""

from __future__ import annotations

from dataclasses import replace

from bot.community.proposed import proposed
from bot.report.findings import seriousness
from bot.report.model import Finding, Report


def with_settings(report: Report, base: bytes | None, head: bytes | None) -> Report:
    """The report with what is to be said of the settings in head; base and head are the file on both sides."""
    found = [Finding(each.problem, in_base=not each.new) for each in proposed(base, head)]
    return replace(report, findings=tuple(sorted((*report.findings, *found), key=seriousness))) if found else report
