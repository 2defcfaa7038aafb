"""A removed and an added term that look alike: perhaps one term under a new name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.compat.changes import Change, Steps
from bot.standard.values import JSON, same

MOST_PAIRS = 2_500
"""Pairs that are held against each other; of more, in a restructuring, renames say nothing."""
ALIKE = 0.75
"""How like texts are that mean the same (Ratcliff and Obershelp, 0 to 1)."""
NEEDED = 3
"""How much has to speak for a rename."""
OPPOSITES = (("from", "to"), ("start", "end"), ("min", "max"), ("minimum", "maximum"), ("first", "last"))
"""Words of which one beside the other makes two terms of names that are alike otherwise; so do numbers."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


@dataclass(frozen=True, slots=True)
class Rename:
    """A term that went, one that came, and what they have in common, in words."""

    removed: Change
    added: Change
    evidence: tuple[str, ...]


def renames(changes: Sequence[Change]) -> list[Rename]:
    """The likeliest renames among the changes, each term in one of them at most."""
    gone = [change for change in changes if change.rule in ("term-removed", "entity-removed")]
    new = [change for change in changes if change.rule in ("term-added", "entity-added")]
    if len(gone) * len(new) > MOST_PAIRS:
        return []
    found = [(weight, at, rename) for at, (weight, rename) in enumerate(_candidates(gone, new))]
    taken: set[str] = set()
    chosen: list[Rename] = []
    for _, _, rename in sorted(found, key=lambda each: (-each[0], each[1])):
        if not {rename.removed.id, rename.added.id} & taken:
            taken |= {rename.removed.id, rename.added.id}
            chosen.append(rename)
    return chosen


def _candidates(gone: Sequence[Change], new: Sequence[Change]) -> Iterator[tuple[float, Rename]]:
    for removed in gone:
        for added in new:
            if _place(removed) == _place(added):
                weight, evidence = _likeness(removed, added)
                if weight >= NEEDED:
                    yield weight, Rename(removed, added, evidence)


def _place(change: Change) -> tuple[str, Steps]:
    """Where terms stand beside each other: in one object, or, entities, in one standard."""
    return (change.entity, change.steps[:-1]) if change.steps else ("", ())


def _likeness(removed: Change, added: Change) -> tuple[float, tuple[str, ...]]:
    """How much speaks for a rename, and what."""
    ours, theirs = (each if isinstance(each, Mapping) else {} for each in (removed.base, added.head))
    before, after = removed.term.rpartition(".")[2], added.term.rpartition(".")[2]
    if _are_two(_words(before), _words(after)):
        return 0, ()
    rest, written = _is_the_same_but_for_its_name(ours, theirs), "".join(_words(before)) == "".join(_words(after))
    signs = [
        (3.0, written, "the same name written otherwise"),
        (2.0 * _ratio(before, after), _ratio(before, after) >= ALIKE, "" if written else "a similar name"),
        (3.0, rest, "all else the same"),
        (1.0, _shape(ours) == _shape(theirs), "" if rest else "the same type"),
        (0.5, _shares(ours, theirs, "format"), "" if rest else "the same format"),
        (1.5, _shares(ours, theirs, "enum") or _shares_enum(ours, theirs), "" if rest else "the same values"),
        (1.5, _is_described_alike(ours, theirs), "" if rest else "a similar description"),
        (2.0, _has_like_terms(ours, theirs), "the same terms"),
    ]
    # What another sign says already counts, and is not said.
    evidence = tuple(words for _, holds, words in signs if holds and words)
    if not removed.steps and "the same terms" not in evidence:
        return 0, ()
    return sum(weight for weight, holds, _ in signs if holds), evidence


def _words(name: str) -> list[str]:
    return [each.lower() for each in _WORD.findall(name)]


def _are_two(before: list[str], after: list[str]) -> bool:
    """Whether names differ in a number, or in a word and its opposite, and in nothing else."""
    differing = [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]]
    if len(before) != len(after) or len(differing) != 1:
        return False
    one, other = sorted(differing[0])
    return (one.isdigit() and other.isdigit()) or any({one, other} == set(pair) for pair in OPPOSITES)


def _is_the_same_but_for_its_name(ours: Mapping[str, JSON], theirs: Mapping[str, JSON]) -> bool:
    """Whether two terms with words of their own differ in their names alone."""
    before, after = ({key: each for key, each in side.items() if key != "name"} for side in (ours, theirs))
    return bool(before.get("description")) and same(before, after)


def _ratio(ours: str, theirs: str) -> float:
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


def _shape(schema: Mapping[str, JSON]) -> JSON:
    items = schema.get("items")
    inner = items if isinstance(items, Mapping) else {}
    return [schema.get("type"), schema.get("$ref"), inner.get("type"), inner.get("$ref")]


def _shares(ours: Mapping[str, JSON], theirs: Mapping[str, JSON], keyword: str) -> bool:
    return keyword in ours and keyword in theirs and same(ours[keyword], theirs[keyword])


def _shares_enum(ours: Mapping[str, JSON], theirs: Mapping[str, JSON]) -> bool:
    given = (each.get("constraints") for each in (ours, theirs))
    before, after = (each if isinstance(each, Mapping) else {} for each in given)
    return _shares(before, after, "enum")


def _is_described_alike(ours: Mapping[str, JSON], theirs: Mapping[str, JSON]) -> bool:
    before, after = ours.get("description"), theirs.get("description")
    return isinstance(before, str) and isinstance(after, str) and _ratio(before, after) >= ALIKE


def _has_like_terms(ours: Mapping[str, JSON], theirs: Mapping[str, JSON]) -> bool:
    """Whether two entities have most of their terms in common."""
    before, after = ours.get("properties"), theirs.get("properties")
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return False
    shared = len(before.keys() & after.keys())
    return shared > 1 and shared / max(len(before), len(after)) >= ALIKE
