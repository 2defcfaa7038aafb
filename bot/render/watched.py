"""What a change does to the feeds that are watched, in a few sentences: numbers alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.render.impact import not_tried
from bot.render.safety import name
from bot.render.wording import count, listing
from bot.report.model import Report
from bot.report.watched import AT_TIME, FAULT, PROFILE, Watched


def watched(report: Report, mark: Callable[[str], str] = str) -> str:
    """How many records of how many feeds would break, and whose; what was not looked at, and why. Nothing where no
    feed is watched."""
    read = [each for each in report.watched if each.records]
    said = [_broken(read, mark)] if read else []
    return " ".join([*said, *_left_out(report.watched, mark)])


def _broken(read: Sequence[Watched], mark: Callable[[str], str]) -> str:
    valid, broken = sum(each.valid for each in read), sum(each.broken for each in read)
    others = not_tried(
        *(sum(getattr(each, what) for each in read) for what in ("invalid", "undecided", "unrecognised"))
    )
    more = f"; {others}." if others else "."
    feeds = count(len(read), "feed")
    if not valid:
        return f"No record of {feeds} could be tried: {others}."
    records = f"{valid:,} {'valid' if others else 'published'} {'record' if valid == 1 else 'records'}"
    if not broken:
        return f"{'0' if others else 'None'} of {records} of {feeds} would break{more}"
    hit = sorted((each for each in read if each.broken), key=lambda each: -each.broken)
    named = listing([f"{mark(name(each.name))} ({each.broken:,})" for each in hit])
    of = "the one feed looked at" if len(read) == 1 else f"{len(hit)} of {feeds} looked at"
    return f"{broken:,} of {records} would break, in {of}: {named}{more}"


def _left_out(found: Sequence[Watched], mark: Callable[[str], str]) -> Iterator[str]:
    """What the numbers are not of: the rest of feeds, and feeds of which there are none."""
    first = [each for each in found if each.truncated and each.looked_at]
    if first:
        parts = listing([f"the first {each.looked_at:,} of {mark(name(each.name))}" for each in first])
        slow = ", for want of time" if any(each.truncated == AT_TIME for each in first) else ""
        yield f"Only some records were looked at: {parts}{slow}."
    other = "other " if any(each.records for each in found) else ""
    silent = [each for each in found if not each.looked_at]
    late = [each for each in silent if each.truncated]
    unread = [each for each in silent if not each.truncated and not each.missing]
    strange = [each for each in found if each.unrecognised and not each.records]
    if late:
        yield f"There was no time for {count(len(late), f'{other}feed')}."
    if unread:
        yield f"Nothing could be read of {count(len(unread), f'{other}feed')}."
    if strange:
        yield f"No record of {count(len(strange), f'{other}feed')} could be recognised as one of this standard."
    for each in found:
        if each.missing == PROFILE:
            profile = mark(name(each.profile))
            yield f"{mark(name(each.name))} is under the profile {profile}, which is not looked at here."
        elif each.missing == FAULT:
            yield f"{mark(name(each.name))} could not be tried: the bot failed on it."
