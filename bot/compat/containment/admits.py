"""Is a value in the set of a node? Evaluated directly, with a third answer where that cannot be told."""

from __future__ import annotations

from collections.abc import Iterable

from bot.compat.containment.formats import ANY, FORMATS
from bot.compat.containment.listed_formats import surely
from bot.compat.containment.nodes import (
    AllOf,
    AnyOf,
    Arena,
    Atom,
    Kinds,
    Listed,
    Node,
    OneOf,
    Opaque,
    Ref,
    type_about,
)
from bot.compat.containment.patterns import Irregular, compiled
from bot.compat.containment.predicates import (
    Bound,
    Count,
    Distinct,
    EveryItem,
    EveryKey,
    HasFormat,
    Indexed,
    ItemCount,
    KeyCount,
    Keyed,
    Length,
    Matches,
    Multiple,
    Name,
    NameLike,
    Numeric,
    Predicate,
    Rest,
    Selector,
    SomeItem,
    SomeKey,
    Textual,
    Whole,
)
from bot.standard.values import JSON, exact, freeze, type_of


def every(answers: Iterable[bool | None]) -> bool | None:
    """Three-valued "and"."""
    unsure = False
    for answer in answers:
        if answer is False:
            return False
        unsure = unsure or answer is None
    return None if unsure else True


def some(answers: Iterable[bool | None]) -> bool | None:
    """Three-valued "or"."""
    return opposite(every(opposite(answer) for answer in answers))


def opposite(answer: bool | None) -> bool | None:
    """Three-valued "not"."""
    return None if answer is None else not answer


def matches(pattern: str, text: str) -> bool | None:
    """Whether a pattern matches; None where the pattern is not a regular one."""
    found = compiled(pattern)
    return None if isinstance(found, Irregular) else found.matches(text)


def has_format(name: str, text: str) -> bool | None:
    """Whether a string surely has, or surely has not, a format."""
    known = FORMATS.get(name, ANY)
    if text in known.outside or matches(known.within, text) is False:
        return False
    return True if text in known.samples or matches(known.inside, text) else surely(name, text)


class Admission:
    """Evaluates the nodes of one arena on values."""

    def __init__(self, arena: Arena) -> None:
        """`arena` unfolds references."""
        self._arena = arena
        self._known: dict[tuple[Node, int], bool | None] | None = None

    def surely(self, nodes: Iterable[Node], value: JSON) -> bool:
        """Whether every node admits a value. No node is asked twice of one part of the value."""
        self._known = {}
        try:
            return all(self.admits(node, value) is True for node in nodes)
        finally:
            self._known = None

    def admits(self, node: Node, value: JSON) -> bool | None:
        """True, False, or None where an obstacle leaves it open."""
        if self._known is None or isinstance(node, (Kinds, Listed)):
            return self._admits(node, value)
        key = (node, id(value))
        if key not in self._known:
            self._known[key] = self._admits(node, value)
        return self._known[key]

    def _admits(self, node: Node, value: JSON) -> bool | None:
        match node:
            case Kinds(_, types):
                return type_of(value) in types
            case Listed(_, keys, holds):
                return (freeze(value) in keys) == holds
            case Atom(_, predicate, strong):
                return self.holds(predicate, value) if type_about(node) == type_of(value) else not strong
            case AllOf(_, parts):
                return every(self.admits(part, value) for part in parts)
            case AnyOf(_, parts):
                return some(self.admits(part, value) for part in parts)
            case OneOf(_, parts, holds):
                return _exactly_one([self.admits(part, value) for part in parts], holds=holds)
            case Ref():
                return self.admits(self._arena.body(node), value)
            case Opaque():
                return None

    def holds(self, predicate: Predicate, value: JSON) -> bool | None:
        """Whether a predicate holds for a value of its type."""
        match predicate:
            case Bound() | Multiple() | Whole():
                return number_holds(predicate, value)
            case Length() | Matches() | HasFormat():
                return text_holds(predicate, value)
            case EveryKey() | SomeKey() | KeyCount():
                return self._object_holds(predicate, value)
            case _:
                return self._array_holds(predicate, value)

    def selects(self, selector: Selector, name: str) -> bool | None:
        """Whether a selector takes in a key."""
        match selector:
            case Name(wanted):
                return name == wanted
            case Rest(matching, names, without):
                if name in names:
                    return False
                inside = every(matches(pattern, name) for pattern in matching)
                return every([inside, opposite(some(matches(pattern, name) for pattern in without))])
            case NameLike(node):
                return self.admits(node, name)

    def _object_holds(self, predicate: Keyed, value: dict[str, JSON]) -> bool | None:
        match predicate:
            case KeyCount(limit, upper):
                return len(value) <= limit if upper else len(value) >= limit
            case EveryKey(selector, node):
                return every(self._if(self.selects(selector, key), node, item) for key, item in value.items())
            case SomeKey(selector, node):
                return some(
                    every([self.selects(selector, key), self.admits(node, item)]) for key, item in value.items()
                )

    def _if(self, selected: bool | None, node: Node, item: JSON) -> bool | None:
        return True if selected is False else some([opposite(selected), self.admits(node, item)])

    def _array_holds(self, predicate: Indexed, value: list[JSON]) -> bool | None:
        match predicate:
            case ItemCount(limit, upper):
                return len(value) <= limit if upper else len(value) >= limit
            case Distinct(holds):
                return (len({freeze(item) for item in value}) == len(value)) == holds
            case EveryItem(index, onward, node):
                return every(self.admits(node, item) for item in _slice(value, index, onward=onward))
            case SomeItem(index, onward, node):
                return some(self.admits(node, item) for item in _slice(value, index, onward=onward))
            case Count(node, limit, upper):
                answers = [self.admits(node, item) for item in value]
                sure, possible = answers.count(True), len(answers) - answers.count(False)
                least, most = (possible <= limit, sure <= limit) if upper else (sure >= limit, possible >= limit)
                return True if least else None if most else False


def _slice(value: list[JSON], index: int, *, onward: bool) -> list[JSON]:
    return value[index:] if onward else value[index : index + 1]


def _exactly_one(answers: list[bool | None], *, holds: bool) -> bool | None:
    sure, unsure = answers.count(True), answers.count(None)
    if sure > 1:
        return not holds
    if unsure:
        return None
    return (sure == 1) == holds


def number_holds(predicate: Numeric, value: float) -> bool:
    """Whether a predicate on numbers holds; exact arithmetic on the number as it is written."""
    match predicate:
        case Bound(limit, upper, exclusive):
            number = exact(value)
            return (number < limit if upper else number > limit) or (number == limit and not exclusive)
        case Multiple(of, holds):
            return ((exact(value) / of).denominator == 1) == holds
        case Whole(holds):
            return isinstance(value, int) == holds


def text_holds(predicate: Textual, value: str) -> bool | None:
    """Whether a predicate on strings holds."""
    match predicate:
        case Length(limit, upper):
            return len(value) <= limit if upper else len(value) >= limit
        case Matches(pattern, holds):
            answer = matches(pattern, value)
        case HasFormat(name, holds):
            answer = has_format(name, value)
    return answer if holds else opposite(answer)
