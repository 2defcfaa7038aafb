"""Objects: terms that are not described, and how terms may be called."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules import people
from bot.compat.rules.model import Hurt, Rule, Words, family


def rules() -> Iterator[Rule]:
    """The rules of objects."""
    for name, keyword, what in _OTHERS:
        yield from family(name, keyword, _added(what), _removed(what), _changed(what))
    yield from family("property-names", "propertyNames", *_NAMES)


_OTHERS = (
    ("additional-properties", "additionalProperties", "terms that are not listed"),
    ("unevaluated-properties", "unevaluatedProperties", "terms that nothing describes"),
)


def _added(what: str) -> Words:
    return Words(
        f"It is said what {what} may be",
        f"Where names were free, as in a map, values of {what} were too, and may be refused now. Where only the terms "
        "of the standard are used, nothing changes for publishers.",
        people.PUBLISHERS,
        "Describe the values that are in use, all of them.",
        Hurt.PUBLISHERS,
    )


def _removed(what: str) -> Words:
    return Words(
        f"It is no longer said what {what} may be",
        f"Published data stays valid where the names are free. Tools may meet any value in {what}. Where other terms "
        "are described beside them, names of one's own are not known any more, and data that uses them does break.",
        people.TOOLS,
        "Keep it: where it was a map, its values are what the standard knows of it.",
        Hurt.TOOLS,
    )


def _changed(what: str) -> Words:
    return Words(
        f"It is said otherwise what {what} may be",
        "Values of a map with names of its own may not be what is asked for now.",
        people.EITHER,
        "Allow what was allowed before beside what is new, with `anyOf`.",
        Hurt.PUBLISHERS,
    )


_NAMES = (
    Words(
        "It is said how terms may be called",
        "Names that were free until now may not be allowed, and data with them would be refused.",
        people.PUBLISHERS,
        "Try it on the names of published data first.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "Terms may be called as one likes",
        "Published data stays valid. Tools may meet names that they did not expect.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    ),
    Words(
        "It is said otherwise how terms may be called",
        "Names that were allowed may not be so any more, and names that come are new to tools.",
        people.EITHER,
        "Allow the names that were allowed before.",
        Hurt.PUBLISHERS,
    ),
)
