"""Repairs that put lines of base back as they were: files that are gone, and YAML, of which no value is edited."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bot.compat.changes import Change
from bot.compat.repair.edits import Edit
from bot.compat.repair.regions import lines_of
from bot.compat.repair.texts import edited_text
from bot.compat.repair.ways import MARK, Way
from bot.report.drafting import Made, read
from bot.report.line_hunks import hunks
from bot.report.model import ReportedChange
from bot.report.repair_words import profile_words, words
from bot.standard.conforming import nonconformities
from bot.standard.declarations import view_of
from bot.standard.model import Kind, Standard, View
from bot.standard.reading import Reading
from bot.standard.snapshot import PROFILE, STANDARD
from bot.standard.values import JSON

MOST_HUNKS = 12
"""Places of a file that are tried: one of which more changed was written anew."""


def restored(reported: ReportedChange, base: Standard, head: Standard) -> Iterator[Made] | None:
    """The ways of a change whose file is gone from head or is YAML; None where its values can be edited."""
    now, before = head.readings.get(reported.file), base.readings.get(reported.file)
    if now is None and before is not None and reported.change.rule == "entity-removed":
        return _entity(reported, before, base, head)
    if now is None and before is not None and reported.change.rule == "profile-removed":
        return _profile(reported, before, base)
    if now is not None and now.marks is not None:
        return _lines(reported, before, now) if before is not None else iter(())
    return None


def _entity(reported: ReportedChange, before: Reading, base: Standard, head: Standard) -> Iterator[Made]:
    """The file of an entity, with a word that it is to go; where the declaration of the standard has let go of it too,
    with that."""
    if not before.readable or not isinstance(before.value, dict):
        return
    listed = () if _is_listed(reported.change, base, head) else tuple(_listing(reported.change, base, head))
    if not listed and not _is_listed(reported.change, base, head):
        return
    edit = Edit((MARK,), True, "description" if "description" in before.value else "name")
    text = edited_text(before.text, [edit])
    yield Made(words(Way.DEPRECATED, reported.change, json.loads(text)), reported.file, text, listed)


def _listing(change: Change, base: Standard, head: Standard) -> Iterator[Made]:
    """The declaration of the standard with the lines in which base names an entity; nothing where more would come
    back with them."""
    before, now = (side.readings.get(STANDARD) for side in (base, head))
    if before is None or now is None or not (before.readable and now.readable):
        return
    ours, theirs = lines_of(before.text), lines_of(now.text)
    named = re.compile(rf"(?<![\w-]){re.escape(change.entity)}(?![\w-])")
    for each in reversed(hunks(ours, theirs)):
        lines = ours[slice(*each.base)]
        if any(map(named.search, lines)):
            theirs[slice(*each.head)] = lines
    made = Made("", STANDARD, "".join(theirs))
    reading = read(made)
    if reading.readable and _adds_only(change, now.value, reading.value, base):
        yield made


def _adds_only(change: Change, now: JSON, then: JSON, base: Standard) -> bool:
    """Whether a declaration says what it said, and what base says of one entity."""
    if not isinstance(now, dict) or not isinstance(then, dict):
        return False
    same_else = all(now.get(key) == then.get(key) for key in {*now, *then} - {"entities", "views"})
    kept = [each for each in then.get("entities", ()) if each != change.entity]
    own = [view for view in map(view_of, then.get("views", ())) if _is_in(view, change)]
    others = [view for view in map(view_of, then.get("views", ())) if not _is_in(view, change)]
    left = [view for view in map(view_of, now.get("views", ())) if not _is_in(view, change)]
    whole = change.entity in then.get("entities", ()) and own == [view for view in base.views if _is_in(view, change)]
    return same_else and whole and kept == now.get("entities") and others == left


def _is_listed(change: Change, base: Standard, head: Standard) -> bool:
    if head.kind is not Kind.EXTENDED:
        return True
    views, others = ([view for view in side.views if _is_in(view, change)] for side in (base, head))
    reading = head.readings.get(STANDARD)
    declared: JSON = reading.value if reading is not None and reading.readable else {}
    return change.entity in declared.get("entities", ()) and views == others


def _is_in(view: View, change: Change) -> bool:
    return change.entity in (view.entity, *(link.entity for link in view.links))


def _profile(reported: ReportedChange, before: Reading, base: Standard) -> Iterator[Made]:
    """The declaration of a profile, where that is all there was of it."""
    alone = any(each.file == before.path and not each.patches for each in base.profiles)
    if alone and before.readable and before.path.endswith(PROFILE):
        yield Made(profile_words(reported.change), before.path, before.text)


def _lines(reported: ReportedChange, before: Reading, now: Reading) -> Iterator[Made]:
    """Each place of a file of YAML as it was."""
    ours, theirs = lines_of(before.text), lines_of(now.text)
    for each in hunks(ours, theirs)[:MOST_HUNKS] if before.readable and before.path.endswith(PROFILE) else ():
        text = "".join([*theirs[: each.head[0]], *ours[slice(*each.base)], *theirs[each.head[1] :]])
        made = Made(profile_words(reported.change), now.path, text)
        reading = read(made)
        if reading.readable and not any(nonconformities(reading, "profile", "profile-invalid")):
            yield made
