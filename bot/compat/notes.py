"""What there is to say of a change beside its verdict. A note never moves a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bot.compat.cells import MISSPELT
from bot.compat.changes import ABSENT, Change
from bot.compat.deprecation import Deprecation, deprecation_of
from bot.compat.due import UNKNOWN, Now, is_earlier, is_to_come
from bot.compat.renames import renames
from bot.standard.pointers import PointsNowhere, resolve
from bot.standard.values import JSON

Schemas = Mapping[str, Mapping[str, JSON]]


class About(Enum):
    """What a note is about."""

    BEFORE_ITS_TIME = "removed-before-announced"
    BROUGHT_FORWARD = "removal-brought-forward"
    DEPRECATED = "deprecated"
    IN_USE_AGAIN = "deprecation-withdrawn"
    WAS_DEPRECATED = "deprecated-before"
    MISSPELT = "misspelling"
    NEVER_DEPRECATED = "removed-undeprecated"
    NEW_AND_DEPRECATED = "deprecated-from-the-start"
    NAME_CAPTURE = "name-capture"
    RENAMED_FROM = "renamed-from"
    RENAMED_TO = "renamed-to"
    UNDECLARED_KEY = "undeclared-key"


@dataclass(frozen=True, slots=True)
class Note:
    """`term`: the other term of a rename; `evidence`: what speaks for it, in words, or for a removal that is brought
    forward what was announced before; `details`: what a deprecation says of itself (`since`, `reason`, `replaced_by`,
    `removal`)."""

    about: About
    term: str = ""
    evidence: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)


def notes(changes: Sequence[Change], base: Schemas, head: Schemas, now: Now = UNKNOWN) -> dict[str, tuple[Note, ...]]:
    """The notes on the changes of one profile, by the id of the change. `base` and `head`: its entities, or its
    tables in their shape; `now`: the version of head, and the day."""
    found: dict[str, list[Note]] = {}
    for rename in renames(changes):
        removed, added = rename.removed, rename.added
        found.setdefault(removed.id, []).append(Note(About.RENAMED_TO, added.term, rename.evidence))
        found.setdefault(added.id, []).append(Note(About.RENAMED_FROM, removed.term, rename.evidence))
    for change in changes:
        found.setdefault(change.id, []).extend(_notes(change, base, head, now))
    _say_once(changes, found)
    return {id_: tuple(each) for id_, each in found.items() if each}


def _notes(change: Change, base: Schemas, head: Schemas, now: Now) -> Iterator[Note]:
    match change.rule, change.keyword:
        case ("term-added" | "entity-added", _):
            if change.rule == "term-added" and _is_open(change, head):
                yield Note(About.NAME_CAPTURE)
            yield from _given_up(About.NEW_AND_DEPRECATED, deprecation_of(change.head))
        case ("term-removed" | "entity-removed", _):
            yield from _gone(deprecation_of(change.base), now)
        case ("format-changed" | "column-format-changed", _) if MISSPELT.get(str(change.base)) == change.head:
            yield Note(About.MISSPELT)
        case ("primary-key-added", _) if change.head in ("id", ["id"]):
            yield Note(About.UNDECLARED_KEY)
        case (_, "deprecated" | "deprecation" | "description" | "removal"):
            yield from _turned(change, base, head)


def _given_up(about: About, given: Deprecation | None) -> Iterator[Note]:
    if given is not None:
        yield Note(about, details=given.details())


def _turned(change: Change, base: Schemas, head: Schemas) -> Iterator[Note]:
    """Whether a term is deprecated by this change, in use again, or to go sooner."""
    before, after = (deprecation_of(_at(side, change)) for side in (base, head))
    if before is None:
        yield from _given_up(About.DEPRECATED, after)
    elif after is None:
        yield Note(About.IN_USE_AGAIN)
    elif is_earlier(after.removal, before.removal):
        yield Note(About.BROUGHT_FORWARD, evidence=(before.removal,), details={"removal": after.removal})


def _gone(given: Deprecation | None, now: Now) -> Iterator[Note]:
    """Whether a term that goes was given up before, and goes when it was to go."""
    if given is None:
        yield Note(About.NEVER_DEPRECATED)
        return
    yield Note(About.WAS_DEPRECATED, details=given.details())
    if is_to_come(given.removal, now):
        yield Note(About.BEFORE_ITS_TIME, details={"removal": given.removal})


def _say_once(changes: Iterable[Change], found: dict[str, list[Note]]) -> None:
    """One deprecation, although it changes the keyword and the description."""
    seen: set[tuple[str, About]] = set()
    order = sorted(changes, key=lambda change: change.keyword == "description")
    for change in order:
        kept = [note for note in found[change.id] if note.about not in _ONCE or (change.term, note.about) not in seen]
        seen.update((change.term, note.about) for note in kept)
        found[change.id] = kept


_ONCE = (About.DEPRECATED, About.IN_USE_AGAIN, About.BROUGHT_FORWARD)


def _at(side: Schemas, change: Change) -> JSON:
    try:
        return resolve(side.get(change.entity, {}), change.steps)
    except PointsNowhere:
        return None


def _is_open(change: Change, head: Schemas) -> bool:
    """Whether the object that gains a term allowed any other before (a note, never a verdict: COMPATIBILITY)."""
    try:
        around = resolve(head.get(change.entity, {}), change.steps[:-2])
    except PointsNowhere:
        return False
    closing = ("additionalProperties", "unevaluatedProperties")
    # A table has the columns that it declares: its shape says no `type`.
    return (
        change.base is ABSENT
        and isinstance(around, Mapping)
        and around.get("type") == "object"
        and not any(around.get(keyword) is False for keyword in closing)
    )
