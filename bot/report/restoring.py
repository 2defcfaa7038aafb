"""Repairs that put lines of base back as they were: files that are gone, and YAML, of which no value is edited."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.compat.changes import Change
from bot.compat.repair.edits import Edit
from bot.compat.repair.regions import lines_of
from bot.compat.repair.texts import edited_text
from bot.compat.repair.ways import MARK, Way
from bot.report.changed_lines import hunks
from bot.report.drafting import Made, read
from bot.report.model import ReportedChange
from bot.report.repair_words import profile_words, words
from bot.standard.conforming import nonconformities
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
    """The file of an entity, with a word that it is to go. Where another file has let go of it too, giving this one
    back would not be enough."""
    if not before.readable or not isinstance(before.value, dict) or not _is_listed(reported.change, base, head):
        return
    edit = Edit((MARK,), True, "description" if "description" in before.value else "name")
    text = edited_text(before.text, [edit])
    yield Made(words(Way.DEPRECATED, reported.change, json.loads(text)), reported.file, text)


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
