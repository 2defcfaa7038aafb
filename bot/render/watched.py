"""What a change does to the feeds that are watched, in a sentence: numbers alone."""

from __future__ import annotations

from collections.abc import Callable

from bot.render.safety import name
from bot.render.wording import count, listing
from bot.report.model import Report


def watched(report: Report, mark: Callable[[str], str] = str) -> str:
    """How many records of how many feeds would break, and whose; nothing where no feed is watched."""
    read = [each for each in report.watched if each.records]
    if not report.watched:
        return ""
    unread = len(report.watched) - len(read)
    missing = f" Nothing could be read of {count(unread, 'other feed' if read else 'feed')}." if unread else ""
    records, broken = sum(each.records for each in read), sum(each.broken for each in read)
    if not read:
        return missing.strip()
    if not broken:
        none = f"None of {records:,} published {'record' if records == 1 else 'records'}"
        return f"{none} of {count(len(read), 'feed')} would break.{missing}"
    hit = sorted((each for each in read if each.broken), key=lambda each: -each.broken)
    named = listing([f"{mark(name(each.name))} ({each.broken:,})" for each in hit])
    of = "the one feed looked at" if len(read) == 1 else f"{len(hit)} of {count(len(read), 'feed')} looked at"
    return f"{broken:,} of {records:,} published records would break, in {of}: {named}.{missing}"
