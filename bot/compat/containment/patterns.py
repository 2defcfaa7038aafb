"""Regular expressions of JSON Schema (ECMA-262, unanchored) as automata that never backtrack.

Written here because the libraries for regular languages know neither `^` and `$` nor the rule that
a pattern may match anywhere in the string (JSON Schema validation, section 6.3.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NoReturn, TypeAlias

from bot.compat.containment import characters
from bot.compat.containment.characters import Ranges

MOST_STATES = 4000
DEEPEST_GROUP = 50
MOST_CHOICES = 8
MOST_FREE = 4


class Irregular(Exception):
    """The pattern is not a regular expression that can be decided here; the message says what stands in the way."""


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a set."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Edge:
    """`^` (the start of the string) or `$` (its end)."""

    start: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other; no part is the empty string."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any one of the options."""

    options: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The part, at least and at most so many times; None is without end."""

    part: Tree
    least: int
    most: int | None


Tree: TypeAlias = Character | Edge | Sequence | Either | Repeat


@dataclass(slots=True)
class Automaton:
    """A nondeterministic automaton: moves on characters, free moves, and moves at the start or the end only."""

    moves: list[list[tuple[Ranges, int]]] = field(default_factory=list)
    free: list[list[int]] = field(default_factory=list)
    at_start: list[list[int]] = field(default_factory=list)
    at_end: list[list[int]] = field(default_factory=list)

    def state(self) -> int:
        """A new state; raises Irregular where there are too many."""
        if len(self.moves) >= MOST_STATES:
            raise Irregular(f"the pattern needs more than {MOST_STATES} states")
        for edges in (self.free, self.at_start, self.at_end):
            edges.append([])
        self.moves.append([])
        return len(self.moves) - 1

    def add(self, tree: Tree) -> tuple[int, int]:
        """The first and the last state of a part that matches the tree."""
        first, last = self.state(), self.state()
        match tree:
            case Character(ranges):
                self.moves[first].append((ranges, last))
            case Edge(start):
                (self.at_start if start else self.at_end)[first].append(last)
            case Sequence(parts):
                self.free[self._chain(first, parts)].append(last)
            case Either(options):
                for option in options:
                    self.free[self._chain(first, (option,))].append(last)
            case Repeat(part, least, most):
                self.free[self._repeated(first, part, least, most)].append(last)
        return first, last

    def _chain(self, origin: int, parts: tuple[Tree, ...]) -> int:
        for part in parts:
            first, last = self.add(part)
            self.free[origin].append(first)
            origin = last
        return origin

    def _repeated(self, origin: int, part: Tree, least: int, most: int | None) -> int:
        copies = max(least, 1) if most is None else most
        for copy in range(copies):
            first, last = self.add(part)
            self.free[origin].append(first)
            if copy >= least:
                self.free[first].append(last)
            if most is None and copy == copies - 1:
                self.free[last].append(first)
            origin = last
        return origin


MATCHED = frozenset({-1})
"""The state of a run that has found its match: whatever follows, the string matches."""


class Pattern:
    """A compiled pattern. States of a run are frozensets; `step` is remembered, so a run is linear."""

    def __init__(self, text: str) -> None:
        """Parse `text`; raises Irregular where it is not regular or not a pattern."""
        self.text = text
        self._automaton = Automaton()
        self._first, self._last = self._automaton.add(_Parser(text).parse())
        self._steps: dict[tuple[frozenset[int], int], frozenset[int]] = {}
        self.start = self._closed({self._first}, start=True)
        self._idle = self._closed({self._first}, start=False)

    def sets(self) -> list[Ranges]:
        """Every set of characters the pattern tells apart."""
        return [ranges for moves in self._automaton.moves for ranges, _ in moves]

    def step(self, state: frozenset[int], point: int) -> frozenset[int]:
        """The state after one more character (a code point)."""
        if state is MATCHED:
            return MATCHED
        following = self._steps.get((state, point))
        if following is None:
            reached = {target for origin in state for target in self._targets(origin, point)}
            following = self._steps[state, point] = self._closed(reached | {self._first}, start=False)
        return following

    def accepts(self, state: frozenset[int], *, at_start: bool = False) -> bool:
        """Whether a string that ends in this state matches."""
        return state is MATCHED or self._last in self._closure(set(state), start=at_start, end=True)

    def matches(self, string: str) -> bool:
        """Whether the pattern matches anywhere in the string."""
        state = self.start
        for character in string:
            state = self.step(state, ord(character))
        return self.accepts(state, at_start=not string)

    def reach(self, string: str) -> int:
        """How many characters of the string a match may hold that has begun somewhere: nobody who looks for one has
        more to go back to."""
        state, reached = self.start, 0
        for character in string:
            state = self.step(state, ord(character))
            reached += state != self._idle
        return reached

    def _targets(self, origin: int, point: int) -> list[int]:
        moves = self._automaton.moves[origin]
        return [target for ranges, target in moves if any(low <= point <= high for low, high in ranges)]

    def _closed(self, states: set[int], *, start: bool) -> frozenset[int]:
        closure = self._closure(states, start=start, end=False)
        return MATCHED if self._last in closure else frozenset(closure)

    def _closure(self, states: set[int], *, start: bool, end: bool) -> set[int]:
        automaton, seen, waiting = self._automaton, set(states), list(states)
        while waiting:
            state = waiting.pop()
            edges = list(automaton.free[state])
            edges += automaton.at_start[state] if start else []
            edges += automaton.at_end[state] if end else []
            for target in edges:
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return seen


@cache
def compiled(text: str) -> Pattern | Irregular:
    """The pattern, or the reason why it cannot be decided."""
    try:
        return Pattern(text)
    except Irregular as reason:
        return reason


class _Parser:
    """Recursive descent over an ECMA-262 pattern to a tree."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def parse(self) -> Tree:
        tree = self._alternatives()
        if self._at < len(self._text):
            self._fail("an unmatched )")
        return tree

    def _fail(self, what: str) -> NoReturn:
        raise Irregular(f"{what} at character {self._at + 1} of the pattern")

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        character = self._peek()
        if not character:
            self._fail("an unfinished expression")
        self._at += 1
        return character

    def _skip(self, text: str) -> bool:
        if self._text.startswith(text, self._at):
            self._at += len(text)
            return True
        return False

    def _alternatives(self) -> Tree:
        self._depth += 1
        if self._depth > DEEPEST_GROUP:
            self._fail(f"groups nested more than {DEEPEST_GROUP} deep")
        options = [self._sequence()]
        while self._skip("|"):
            options.append(self._sequence())
        self._depth -= 1
        return options[0] if len(options) == 1 else Either(tuple(options))

    def _sequence(self) -> Tree:
        parts: list[Tree] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated())
        return Sequence(tuple(parts))

    def _repeated(self) -> Tree:
        atom = self._atom()
        counts = self._counts()
        return atom if counts is None else Repeat(atom, *counts)

    def _counts(self) -> tuple[int, int | None] | None:
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        counts = simple.get(self._peek())
        if counts is not None:
            self._at += 1
        elif self._peek() == "{":
            counts = self._braces()
        if counts is not None:
            self._skip("?")  # lazy or not, the same strings match
        return counts

    def _counted(self) -> bool:
        self._at -= 1
        counts = self._braces()
        self._at += counts is None
        return counts is not None

    def _braces(self) -> tuple[int, int | None] | None:
        end = self._text.find("}", self._at)
        low, comma, high = self._text[self._at + 1 : max(end, 0)].partition(",")
        if not (low.isascii() and low.isdigit()) or (high and not (high.isascii() and high.isdigit())):
            return None  # a brace that counts nothing is an ordinary character
        if len(low) > 6 or len(high) > 6:
            raise Irregular("a repetition of more than 999999 times")
        self._at = end + 1
        least = int(low)
        most = int(high) if high else (None if comma else least)
        if most is not None and most < least:
            self._fail("a repetition whose bounds are out of order")
        return least, most

    def _atom(self) -> Tree:
        character = self._take()
        if character == "(":
            return self._group()
        if character in "^$":
            return Edge(start=character == "^")
        if character in "*+?" or (character == "{" and self._counted()):
            self._fail(f"nothing to repeat before {character}")
        return Character(self._characters(character))

    def _characters(self, character: str) -> Ranges:
        if character == ".":
            return characters.NOT_NEWLINE
        if character == "[":
            return self._bracketed()
        if character == "\\":
            return self._escape(inside=False)
        return characters.single(character)

    def _group(self) -> Tree:
        if self._skip("?"):
            if self._skip("<") and self._peek() not in ("=", "!"):
                self._until(">", "an unfinished group name")
            elif not self._skip(":"):
                raise Irregular("look-around or a flag, which is not decided here")
        tree = self._alternatives()
        if not self._skip(")"):
            self._fail("an unfinished group")
        return tree

    def _until(self, closing: str, what: str) -> str:
        end = self._text.find(closing, self._at)
        if end < 0:
            self._fail(what)
        found, self._at = self._text[self._at : end], end + 1
        return found

    def _bracketed(self) -> Ranges:
        negated = self._skip("^")
        parts: list[tuple[int, int]] = []
        while not self._skip("]"):
            low = self._member()
            if self._peek() == "-" and self._text[self._at + 1 : self._at + 2] not in ("]", ""):
                self._at += 1
                parts.extend(self._range(low, self._member()))
            else:
                parts.extend(low)
        ranges = characters.union(parts)
        return characters.complement(ranges) if negated else ranges

    def _range(self, low: Ranges, high: Ranges) -> list[tuple[int, int]]:
        if not (_is_single(low) and _is_single(high)):
            return [*low, *characters.single("-"), *high]
        if low[0][0] > high[0][0]:
            self._fail("a range whose ends are out of order")
        return [(low[0][0], high[0][0])]

    def _member(self) -> Ranges:
        character = self._take()
        return self._escape(inside=True) if character == "\\" else characters.single(character)

    def _escape(self, *, inside: bool) -> Ranges:
        character = self._take()
        if character in characters.ESCAPES:
            return characters.ESCAPES[character]
        if character in _CONTROLS:
            return characters.single(_CONTROLS[character])
        if character in "bB":
            if inside and character == "b":
                return characters.single("\b")
            raise Irregular("a word boundary, which is not decided here")
        if character in "xu":
            return characters.single(self._code_point(character))
        if character in "pP":
            return self._property(negated=character == "P")
        if character == "c":
            return characters.single(chr(ord(self._take()) % 32))
        if character.isdigit() or character == "k":
            raise Irregular("a back-reference, which no regular language has")
        return characters.single(character)

    def _code_point(self, kind: str) -> str:
        if kind == "u" and self._skip("{"):
            return self._character(self._until("}", "an unfinished escape"))
        digits = self._digits(2 if kind == "x" else 4)
        if re.fullmatch("[dD][89abAB]..", digits) and self._skip("\\u"):
            # A pair of surrogates is one character, written as JavaScript stores it.
            pair = bytes.fromhex(digits + self._digits(4))
            try:
                return pair.decode("utf-16-be")
            except UnicodeDecodeError:
                self._fail("half a surrogate pair")
        return self._character(digits)

    def _digits(self, width: int) -> str:
        digits = self._text[self._at : self._at + width]
        if not re.fullmatch(f"[0-9a-fA-F]{{{width}}}", digits):
            self._fail("an escape that is not a code point")
        self._at += width
        return digits

    def _character(self, digits: str) -> str:
        if not re.fullmatch("[0-9a-fA-F]{1,6}", digits) or int(digits, 16) > characters.LAST:
            self._fail("an escape that is not a code point")
        return chr(int(digits, 16))

    def _property(self, *, negated: bool) -> Ranges:
        if not self._skip("{"):
            self._fail("an unfinished \\p{…}")
        name = self._until("}", "an unfinished \\p{…}")
        ranges = characters.category(name)
        if ranges is None:
            raise Irregular(f"the Unicode property {name[:40]}, which is not decided here")
        return characters.complement(ranges) if negated else ranges


_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "0": "\0"}


def _is_single(ranges: Ranges) -> bool:
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]


def is_tame(text: str) -> bool:
    """Whether a backtracking engine is quick on any short string: a regular pattern in which nothing that
    is repeated can itself match in many ways, and few parts can share a string in many ways."""
    try:
        tree = _Parser(text).parse()
    except Irregular:
        return False
    return freedom(text) <= MOST_FREE and not any(
        isinstance(each, Repeat) and _runs_away(each) for each in _parts(tree)
    )


@lru_cache(maxsize=4096)
def freedom(text: str) -> int:
    """How many parts of a pattern are repeated more or less often: with each of them the work of a
    backtracking engine may grow by a factor of the string's length. Nothing is counted where it is not regular."""
    try:
        tree = _Parser(text).parse()
    except Irregular:
        return 0
    return sum(isinstance(each, Repeat) and each.most is None for each in _parts(tree))


def _runs_away(repeat: Repeat) -> bool:
    if repeat.most is not None and repeat.most <= 1:
        return False
    few = repeat.most is not None and repeat.most <= MOST_CHOICES
    inner = list(_parts(repeat.part))
    unsure = any(isinstance(part, Repeat) and part.least != part.most for part in inner)
    return unsure or (not few and any(isinstance(part, Either) for part in inner))


def _parts(tree: Tree) -> Iterator[Tree]:
    yield tree
    match tree:
        case Sequence(inner) | Either(inner):
            for part in inner:
                yield from _parts(part)
        case Repeat(part):
            yield from _parts(part)
