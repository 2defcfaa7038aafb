"""Conditions made of other schemas: all of, any of, one of, none of, if and then."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules import people
from bot.compat.rules.model import Hurt, Rule, Words, family


def rules() -> Iterator[Rule]:
    """The rules of conditions."""
    for name, keyword, what, demand in _DEMANDS:
        yield from family(name, keyword, _added(what, demand), _removed(what), _changed(what))
    yield from family("if", "if", *_IF)


_DEMANDS = (
    ("all-of", "allOf", "list of conditions that all have to hold", "meets all of them"),
    ("any-of", "anyOf", "list of conditions of which one has to hold", "meets one of them"),
    ("one-of", "oneOf", "list of conditions of which exactly one may hold", "meets exactly one of them"),
    ("not", "not", "condition that must not hold", "does not meet it"),
    ("then", "then", "condition for the case that another one holds", "meets it in that case"),
    ("else", "else", "condition for the case that another one does not hold", "meets it in that case"),
)


def _added(what: str, demand: str) -> Words:
    return Words(
        f"A {what} is set",
        f"Until now no such condition was asked for. Only data that {demand} would stay valid.",
        people.PUBLISHERS,
        "Make sure that the condition allows all that was allowed before, or ask for it with the next major version.",
        Hurt.PUBLISHERS,
    )


def _removed(what: str) -> Words:
    return Words(
        f"The {what} is gone",
        "Published data stays valid. Tools may meet data that the condition kept away. Terms that only the condition "
        "named have no place any more, and data that uses them does break.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    )


def _changed(what: str) -> Words:
    return Words(
        f"The {what} changes",
        "A condition that asks for more refuses data that was valid; one that asks for less lets data through that "
        "tools do not expect. Which of both it is, the example shows.",
        people.EITHER,
        "Keep what was allowed before as one of the cases, and announce what will be left out.",
        Hurt.PUBLISHERS,
    )


_IF = (
    Words(
        "It is said when a condition counts",
        "`if` has no effect alone: with it, `then` and `else` begin to count.",
        people.PUBLISHERS,
        "Make sure that what `then` and `else` ask for is what published data has.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "It is no longer said when a condition counts",
        "Without `if`, `then` and `else` have no effect. Published data stays valid, and tools may meet more.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    ),
    Words(
        "It changes when a condition counts",
        "More or other data falls under `then` or `else` than before, and may not be what they ask for.",
        people.EITHER,
        "Keep the case as it was, and add the new one beside it.",
        Hurt.PUBLISHERS,
    ),
)
