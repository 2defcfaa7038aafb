"""Lists: what their items are, and whether they may repeat."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules import people
from bot.compat.rules.model import Hurt, Rule, Words, family


def rules() -> Iterator[Rule]:
    """The rules of lists."""
    for name, keyword, what in _ITEMS:
        yield from family(name, keyword, _added(what), _removed(what), _changed(what))
    yield from family("additional-items", "additionalItems", *_ADDITIONAL)
    yield from family("unique-items", "uniqueItems", *_UNIQUE)


_ITEMS = (
    ("items", "items", "the items of a list"),
    ("prefix-items", "prefixItems", "the first items of a list"),
    ("unevaluated-items", "unevaluatedItems", "the items that nothing else describes"),
    ("contains", "contains", "one item at least"),
)


def _added(what: str) -> Words:
    return Words(
        f"It is said what {what} must be",
        f"Until now nothing was said of {what}. Lists that hold something else would be refused.",
        people.PUBLISHERS,
        "Describe what published lists hold, all of it, and leave out the rest with the next major version.",
        Hurt.PUBLISHERS,
    )


def _removed(what: str) -> Words:
    return Words(
        f"It is no longer said what {what} must be",
        f"Published lists stay valid. Tools may meet something else as {what}.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    )


def _changed(what: str) -> Words:
    return Words(
        f"It is said otherwise what {what} must be",
        f"What was right for {what} may not be so any more, and what comes is new to tools.",
        people.EITHER,
        "Allow what was allowed before beside what is new, with `anyOf`.",
        Hurt.PUBLISHERS,
    )


_ADDITIONAL_WHY = (
    "The keyword belongs to earlier versions of JSON Schema. In 2020-12, in which schemas of a standard are written, "
    "it does nothing."
)
_ADDITIONAL_WHAT = "Write `prefixItems` for the first items, and `items` for those after them."
_ADDITIONAL = (
    Words("A word on further items is added", _ADDITIONAL_WHY, people.NOBODY, _ADDITIONAL_WHAT, Hurt.NOBODY),
    Words("A word on further items is gone", _ADDITIONAL_WHY, people.NOBODY, people.SAY_WHY, Hurt.NOBODY),
    Words("A word on further items changes", _ADDITIONAL_WHY, people.NOBODY, _ADDITIONAL_WHAT, Hurt.NOBODY),
)
_UNIQUE = (
    Words(
        "The items of a list must differ",
        "Lists that hold an item twice were valid, and would be refused.",
        people.PUBLISHERS,
        "Say in the description that repeating means nothing, and forbid it with the next major version.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "The items of a list may repeat",
        "Published lists stay valid. Tools may meet an item twice.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    ),
    Words(
        "Whether the items of a list must differ changes",
        "Where repeating was allowed and is not any more, lists that hold an item twice would be refused.",
        people.EITHER,
        "Leave it as it was, and say in the description what is meant.",
        Hurt.PUBLISHERS,
    ),
)
