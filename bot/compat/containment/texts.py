"""A string that satisfies lengths, patterns and formats, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.compat.containment.admits import text_holds
from bot.compat.containment.formats import ANY, FORMATS
from bot.compat.containment.languages import Language, TooLarge
from bot.compat.containment.outcomes import EMPTY, Found, Obstacle, Outcome, Stuck
from bot.compat.containment.patterns import Irregular, Pattern, compiled
from bot.compat.containment.predicates import (
    HasFormat,
    Length,
    Matches,
    Predicate,
    Textual,
)


def find(predicates: Iterable[Predicate], excluded: frozenset[str]) -> Outcome:
    """A string for which every predicate holds and that is none of `excluded`."""
    wanted = tuple(each for each in predicates if isinstance(each, (Length, Matches, HasFormat)))
    positive = {each.name for each in wanted if isinstance(each, HasFormat) and each.holds}
    negative = {each.name for each in wanted if isinstance(each, HasFormat) and not each.holds}
    implied = {other for name in positive for other in FORMATS.get(name, ANY).implies}
    if (positive | implied) & negative:
        return EMPTY
    return _search(wanted, excluded, sorted(positive), sorted(negative))


def _search(wanted: tuple[Textual, ...], excluded: frozenset[str], positive: list[str], negative: list[str]) -> Outcome:
    doubts = list(_irregular(wanted))
    try:
        # Nothing outside this language can satisfy everything.
        widest = _language(wanted, excluded, [_within(name) for name in positive], [_inside(name) for name in negative])
        candidate = _readable(widest)
        if candidate is None:
            return EMPTY
        # Everything in this one does, as far as patterns are regular.
        surest = _language(wanted, excluded, [_inside(name) for name in positive], [_within(name) for name in negative])
        sure = candidate if widest == surest else _readable(surest)
    except TooLarge as problem:
        return Stuck(Obstacle("pattern", "", str(problem)))
    for sample in [sure, *_samples(positive, negative)]:
        if sample is not None and sample not in excluded and _sure(wanted, sample):
            return Found(sample, tuple(doubts))
    if not positive and not negative:
        return Found(candidate, tuple(doubts))
    doubts.append(Obstacle("format", "", f"no string is known that settles {', '.join([*positive, *negative])}"))
    return Found(candidate, tuple(doubts))


_ENDS = "\n\r\u2028\u2029"
_UNDISPUTED = ("^[^\n\r\u2028\u2029]*$", "^[^\n\r\u2028\u2029]*\n[^\n\r\u2028\u2029]+$")


def _readable(language: Language) -> str | None:
    """A string of the language; where lines end in it, one that every reading of patterns takes alike, if there is
    one: to some, `$` also stands before the last line feed, and `.` for other ends of lines."""
    found = language.example()
    if found is not None and any(each in found for each in _ENDS):
        for way in _UNDISPUTED:
            other = replace(language, matching=(*language.matching, *_compiled([way]))).example()
            if other is not None:
                return other
    return found


def _irregular(wanted: tuple[Textual, ...]) -> Iterator[Obstacle]:
    for each in wanted:
        if isinstance(each, Matches):
            pattern = compiled(each.pattern)
            if isinstance(pattern, Irregular):
                yield Obstacle("pattern", "", f"the pattern {each.pattern[:60]!r} has {pattern}")


def _sure(wanted: tuple[Textual, ...], sample: str) -> bool:
    answers = [text_holds(each, sample) for each in wanted]
    irregular = [isinstance(each, Matches) for each in wanted]
    return all(answer or (answer is None and skip) for answer, skip in zip(answers, irregular, strict=True))


def _samples(positive: list[str], negative: list[str]) -> Iterator[str]:
    for name in positive:
        yield from FORMATS.get(name, ANY).samples
    for name in negative:
        yield from FORMATS.get(name, ANY).outside


def _within(name: str) -> str:
    return FORMATS.get(name, ANY).within


def _inside(name: str) -> str:
    return FORMATS.get(name, ANY).inside


def _language(
    wanted: tuple[Textual, ...], excluded: frozenset[str], matching: list[str], barred: list[str]
) -> Language:
    lower = [each.limit for each in wanted if isinstance(each, Length) and not each.upper]
    upper = [each.limit for each in wanted if isinstance(each, Length) and each.upper]
    patterns = [each for each in wanted if isinstance(each, Matches)]
    return Language(
        _compiled([each.pattern for each in patterns if each.holds] + [text for text in matching if text]),
        _compiled([each.pattern for each in patterns if not each.holds] + barred),
        max(lower, default=0),
        min(upper, default=None),
        excluded,
    )


def _compiled(texts: list[str]) -> tuple[Pattern, ...]:
    found = (compiled(text) for text in dict.fromkeys(texts))
    return tuple(pattern for pattern in found if isinstance(pattern, Pattern))
