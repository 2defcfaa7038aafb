"""Lists of allowed values."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules import people
from bot.compat.rules.model import Hurt, Rule, Words, family


def rules() -> Iterator[Rule]:
    """The rules of `enum`."""
    yield from family("enum-value", "enum", _VALUE_ADDED, _VALUE_REMOVED)
    yield from family("enum", "enum", _ADDED, _REMOVED)


_VALUE_ADDED = Words(
    "A value is added to those that are allowed",
    "Published data stays valid. Tools that know the old values alone may meet the new one and not know what it means.",
    people.TOOLS,
    "Say in the description what the new value means, and what a tool that does not know it may do.",
    Hurt.TOOLS,
)
_VALUE_REMOVED = Words(
    "A value is no longer allowed",
    "Data that uses the value was valid, and would be refused. Nobody can tell from here how many use it.",
    people.PUBLISHERS,
    "Keep the value in the list, say in the description that it is deprecated and which one to use in its place, and "
    "take it out with the next major version.",
    Hurt.PUBLISHERS,
)
_ADDED = Words(
    "Only listed values are allowed",
    "Until now any value was valid. Data that uses a value that is not listed would be refused.",
    people.PUBLISHERS,
    "List the values in the description as those that are recommended, and allow no others with the next major "
    "version.",
    Hurt.PUBLISHERS,
)
_REMOVED = Words(
    "Any value is allowed, not only listed ones",
    "Published data stays valid. Tools that know the listed values may meet any other.",
    people.TOOLS,
    "If a value is missing, add it to the list. If the list cannot be complete, say so in the description.",
    Hurt.TOOLS,
)
