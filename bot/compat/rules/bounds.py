"""Bounds: the smallest and largest number, length and count."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules import people
from bot.compat.rules.model import Hurt, Rule, Words, family

_BOUNDS = (
    ("minimum", "minimum", "smallest number", "smaller numbers"),
    ("maximum", "maximum", "largest number", "larger numbers"),
    ("exclusive-minimum", "exclusiveMinimum", "number that all others have to be above", "that number or smaller ones"),
    ("exclusive-maximum", "exclusiveMaximum", "number that all others have to be below", "that number or larger ones"),
    ("multiple-of", "multipleOf", "step that numbers keep to", "numbers between the steps"),
    ("min-length", "minLength", "shortest length of a text", "shorter texts"),
    ("max-length", "maxLength", "longest length of a text", "longer texts"),
    ("min-items", "minItems", "smallest number of items", "shorter lists"),
    ("max-items", "maxItems", "largest number of items", "longer lists"),
    ("min-properties", "minProperties", "smallest number of terms in an object", "objects with fewer terms"),
    ("max-properties", "maxProperties", "largest number of terms in an object", "objects with more terms"),
    ("min-contains", "minContains", "smallest number of items of the kind asked for", "lists with fewer of them"),
    ("max-contains", "maxContains", "largest number of items of the kind asked for", "lists with more of them"),
)


def rules() -> Iterator[Rule]:
    """The rules of all bounds."""
    for name, keyword, bound, beyond in _BOUNDS:
        yield from family(name, keyword, _added(bound, beyond), _removed(bound, beyond), _changed(bound, beyond))


def _added(bound: str, beyond: str) -> Words:
    return Words(
        f"A {bound} is set",
        f"Until now there was no such bound. Data that holds {beyond} was valid, and would be refused.",
        people.PUBLISHERS,
        "Set the bound where all published data lies within it. Else say in the description now what is meant, and "
        "set the bound with the next major version.",
        Hurt.PUBLISHERS,
    )


def _removed(bound: str, beyond: str) -> Words:
    return Words(
        f"The {bound} is no longer set",
        f"Published data stays valid. Tools that counted on the bound may meet {beyond}.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    )


def _changed(bound: str, beyond: str) -> Words:
    return Words(
        f"The {bound} changes",
        f"A tighter bound refuses data that was valid. With a looser one, tools may meet {beyond}.",
        people.EITHER,
        "Where it became tighter, keep the bound and say in the description what is meant, or wait for the next major "
        "version. Where it became looser, say it in the changelog.",
        Hurt.PUBLISHERS,
    )
