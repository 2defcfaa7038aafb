"""Tells profiles of one title apart: who is affected and who is not is never said of the same name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.report.model import ProfileReport


def told_apart(reports: Sequence[ProfileReport]) -> list[ProfileReport]:
    """The reports, with the id of a profile in its title where another has the same."""
    times = Counter(each.title.casefold() for each in reports)
    return [
        replace(each, title=f"{each.title} ({each.id})") if each.title and times[each.title.casefold()] > 1 else each
        for each in reports
    ]
