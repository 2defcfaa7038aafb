"""Terms that have to be there, in documents and in tables."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules import people
from bot.compat.rules.model import Hurt, Rule, Words, family


def rules() -> Iterator[Rule]:
    """The rules of what is required."""
    yield from family("required", "required", _ADDED, _REMOVED)
    yield from family("tabular-required", "", _TABULAR_ADDED, _TABULAR_REMOVED)
    yield from family("dependent-required", "dependentRequired", *_DEPENDENT)


_ADDED = Words(
    "A term becomes required",
    "Data that leaves the term out was valid, and would be refused, however small the publisher and however old the "
    "record.",
    people.PUBLISHERS,
    "Keep the term optional, say in the description that it is going to be required and from which version on, and "
    "require it then.",
    Hurt.PUBLISHERS,
)
_REMOVED = Words(
    "A term is no longer required",
    "Published data stays valid. Tools that take the term for granted may meet records without it.",
    people.TOOLS,
    "Say in the description what it means if the term is left out.",
    Hurt.TOOLS,
)
_TABULAR_ADDED = Words(
    "A term becomes required in tables",
    "Tables that leave cells of the column empty, or leave the column out, were valid and would be refused.",
    "Publishers of tables (CSV). Those who publish JSON alone are not affected.",
    "Keep the column optional, announce that it is going to be required, and require it with the next major version.",
    Hurt.PUBLISHERS,
)
_TABULAR_REMOVED = Words(
    "A term is no longer required in tables",
    "Published tables stay valid. Tools that read tables may meet empty cells where there were none.",
    people.TOOLS,
    people.TELL_TOOLS,
    Hurt.TOOLS,
)
_DEPENDENT = (
    Words(
        "A term becomes required where another one is given",
        "Data that gives the one and leaves the other out was valid, and would be refused.",
        people.PUBLISHERS,
        "Say in the description that the two belong together, and demand it with the next major version.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "A term is no longer required where another one is given",
        "Published data stays valid. Tools may meet the one term without the other.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    ),
    Words(
        "Which terms require which changes",
        "Data that gives some terms together was valid, and may lack one that is now asked for.",
        people.EITHER,
        "Keep what was asked for, and say in the description what should be given as well.",
        Hurt.PUBLISHERS,
    ),
)
