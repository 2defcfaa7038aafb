"""The shortest string that matches some patterns and not others: a breadth-first walk over the product
of their automata. Where the walk ends without one, there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bot.compat.containment import characters
from bot.compat.containment.characters import representative
from bot.compat.containment.patterns import Pattern

MOST_STEPS = 40_000


class TooLarge(Exception):
    """The walk was given up; the message says why."""


@dataclass(frozen=True, slots=True)
class Language:
    """The strings that match every one of `matching`, none of `barred`, have between `shortest` and
    `longest` characters (code points), and are none of `excluded`."""

    matching: tuple[Pattern, ...] = ()
    barred: tuple[Pattern, ...] = ()
    shortest: int = 0
    longest: int | None = None
    excluded: frozenset[str] = frozenset()

    def example(self) -> str | None:
        """The shortest string of the language, as ordinary as can be; None: proved empty; raises TooLarge."""
        if self.longest is not None and self.longest < self.shortest:
            return None
        if not self.matching and not self.barred:
            return self._plain()
        return _Walk(self).run()

    def _plain(self) -> str | None:
        if self.shortest > MOST_STEPS:
            raise TooLarge(f"a string of {self.shortest} characters")
        # With one length and one letter more than there are excluded strings, one is always free.
        spare = len(self.excluded) + 1
        last = self.shortest + spare if self.longest is None else min(self.longest, self.shortest + spare)
        for length in range(self.shortest, last + 1):
            for letter in _letters(spare if length else 1):
                if letter * length not in self.excluded:
                    return letter * length
        return None


def _letters(count: int) -> Iterable[str]:
    return (chr(point) for point in range(ord("a"), ord("a") + count))


_Key: TypeAlias = tuple[tuple[frozenset[int], ...], bool, str | None]


class _Walk:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._patterns = (*language.matching, *language.barred)
        sets = [ranges for pattern in self._patterns for ranges in pattern.sets()]
        sets += [characters.single(*word) for word in language.excluded if word]
        pieces = [representative(low, high) for low, high in characters.partition(sets)]
        self._alphabet = [character for _, character in sorted(pieces)]
        self._steps = 0
        self._prefixes = {word[:end] for word in language.excluded for end in range(len(word) + 1)}

    def run(self) -> str | None:
        level = {self._key(tuple(pattern.start for pattern in self._patterns), ""): ""}
        seen: set[_Key] = set()
        length = 0
        while level:
            if length >= self._language.shortest:
                accepted = next((word for key, word in level.items() if self._accepts(key, word)), None)
                if accepted is not None:
                    return accepted
                # Below the shortest length every level starts anew: the same state may be met again.
                seen.update(level)
            if length == self._language.longest:
                return None
            length += 1
            level = self._next(level, seen)
        return None

    def _next(self, level: dict[_Key, str], seen: set[_Key]) -> dict[_Key, str]:
        following: dict[_Key, str] = {}
        for (states, _, _), word in level.items():
            self._steps += len(self._alphabet)
            if self._steps > MOST_STEPS:
                raise TooLarge("patterns whose combination has too many states")
            for character in self._alphabet:
                point = ord(character)
                reached = tuple(p.step(state, point) for p, state in zip(self._patterns, states, strict=True))
                key = self._key(reached, word + character)
                if key not in following and key not in seen:
                    following[key] = word + character
        return following

    def _key(self, states: tuple[frozenset[int], ...], word: str) -> _Key:
        # Two words in the same states have the same future, unless one is still at the start, where ^ holds,
        # or may become an excluded word.
        return states, not word, word if word in self._prefixes else None

    def _accepts(self, key: _Key, word: str) -> bool:
        if word in self._language.excluded:
            return False
        wanted = len(self._language.matching)
        return all(
            pattern.accepts(state, at_start=not word) == (index < wanted)
            for index, (pattern, state) in enumerate(zip(self._patterns, key[0], strict=True))
        )
