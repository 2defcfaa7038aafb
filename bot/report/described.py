"""What changed in what a standard and a profile say of themselves: words, an order, how the API wraps lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.compat.bump import Bump, required_bump
from bot.compat.changes import ABSENT, REORDERED, Absent, Change
from bot.compat.engine import Engine, Side
from bot.compat.judging import JudgedChange
from bot.compat.verdicts import COMPATIBLE, Verdicts
from bot.report.pairing import ProfilePair
from bot.report.provenance import metadata_of
from bot.standard.documents import Documents
from bot.standard.model import Kind, Profile, Standard
from bot.standard.snapshot import STANDARD
from bot.standard.values import JSON, same

UNCHANGED = Verdicts(COMPATIBLE, COMPATIBLE, COMPATIBLE, COMPATIBLE)
WORDS = ("title", "description", "uri", "version", "countries", "maintainers")
"""Keys of a `profile.yml` that describe."""
_PARTS = {"items": "array", "empty": "boolean", "first_page": "boolean", "last_page": "boolean"}
"""Types of the parts of a page, by our names for them; the others are counts."""

Page = Mapping[str, str]
"""How list answers are wrapped: our name for each part, and the profile's."""


@dataclass(frozen=True, slots=True)
class Described:
    """A judged change with the file that says it, and the steps to it there."""

    judged: JudgedChange
    file: str
    steps: tuple[str, ...]


def described(engine: Engine, pair: ProfilePair) -> Iterator[Described]:
    """The changes that are to no entity; none where the whole profile came or went, or a side cannot be read."""
    base, head = pair.base_standard, pair.head_standard
    if pair.base is None or pair.head is None or pair.is_unread:
        return
    file = STANDARD if head.kind is Kind.EXTENDED else pair.head.file
    if base.kind is head.kind:
        for change in (*_differences(dict(metadata_of(base)), dict(metadata_of(head))), *_order(base, head)):
            yield Described(JudgedChange(change, UNCHANGED, Bump.PATCH), file, (change.keyword,))
    if pair.base.selects and pair.head.selects:
        for change in _differences(_words(base, pair.base), _words(head, pair.head)):
            yield Described(JudgedChange(change, UNCHANGED, Bump.PATCH), pair.head.file, (change.keyword,))
        for judged in _pages(engine, pair.base.page, pair.head.page):
            yield Described(judged, pair.head.file, judged.change.steps)


def _words(standard: Standard, profile: Profile) -> dict[str, JSON]:
    reading = standard.readings.get(profile.file)
    declared = reading.value if reading is not None and isinstance(reading.value, Mapping) else {}
    return {key: declared[key] for key in WORDS if key in declared}


def _differences(base: dict[str, JSON], head: dict[str, JSON]) -> Iterator[Change]:
    for key in sorted({*base, *head}):
        ours, theirs = base.get(key, ABSENT), head.get(key, ABSENT)
        if ours is ABSENT or theirs is ABSENT or not same(ours, theirs):
            yield Change("metadata-changed", "", (), key, ours, theirs)


def _order(base: Standard, head: Standard) -> Iterator[Change]:
    """The order of the entities, or of the tables, that both sides have."""
    ours, theirs = _names(base), _names(head)
    before, after = [name for name in ours if name in theirs], [name for name in theirs if name in ours]
    if before != after:
        yield Change(REORDERED, "", (), "entities" if head.package is None else "resources", before, after)


def _names(standard: Standard) -> list[str]:
    return [str(table["name"]) for table in standard.package.tables] if standard.package else [*standard.entities]


# The page: a part of every list answer, so that taking one away takes it from all of them.


def _pages(engine: Engine, base: Page, head: Page) -> Iterator[JudgedChange]:
    for part in sorted({*base, *head}):
        ours, theirs = base.get(part), head.get(part)
        if ours == theirs:
            continue
        rule = f"page-part-{'added' if ours is None else 'removed' if theirs is None else 'renamed'}"
        change = Change(rule, "", ("page", part), "", _side(ours), _side(theirs))
        alone = {key: name for key, name in base.items() if key != part}
        alone |= {} if theirs is None else {part: theirs}
        verdicts = engine.compare(_answer(base), _answer(alone))
        yield JudgedChange(change, verdicts, required_bump(change, verdicts))


def _side(name: str | None) -> str | Absent:
    return ABSENT if name is None else name


def _answer(page: Page) -> Side:
    """A list answer of the API as a schema."""
    properties = {name: {"type": _PARTS.get(part, "integer")} for part, name in page.items()}
    return Side(Documents({"page": {"type": "object", "properties": properties}}), "page")
