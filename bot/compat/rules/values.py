"""What a value may be: its type, its format, a pattern, one fixed value, an encoding."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules import people
from bot.compat.rules.model import Hurt, Rule, Words, family


def rules() -> Iterator[Rule]:
    """The rules of single values."""
    yield from family("type", "type", *_TYPE)
    yield from family("format", "format", *_FORMAT)
    yield from family("pattern", "pattern", *_PATTERN)
    yield from family("const", "const", *_CONST)
    for name, keyword, what in _CONTENT:
        yield from family(name, keyword, *_content(what))


_TYPE = (
    Words(
        "A type is set",
        "Until now a value of any type was valid. Data that has a number where text is now asked for, or the other way "
        "round, would be refused.",
        people.PUBLISHERS,
        "List every type that is in use, such as text and number, and announce the one that will be left.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "The type is no longer set",
        "Published data stays valid. Tools may meet values of every type, even lists and objects.",
        people.TOOLS,
        "If one more type is needed, add it to the type rather than taking the type away.",
        Hurt.TOOLS,
    ),
    Words(
        "The type changes",
        "A type that is left out refuses data that was valid. A type that comes reaches tools that do not know it: "
        "those in languages with fixed types may stop.",
        people.EITHER,
        "Add a new term of the new type, mark the old one as deprecated, and remove it with the next major version.",
        Hurt.PUBLISHERS,
    ),
)
_FORMAT = (
    Words(
        "A format is set",
        "Until now any text was valid. Data that is written in another way, such as a web address without https://, "
        "would be refused.",
        people.PUBLISHERS,
        "Say in the description which format is meant, give an example of it, and set it with the next major version.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "The format is no longer set",
        "Published data stays valid. Tools that parse the value may meet text that they cannot parse.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    ),
    Words(
        "The format changes",
        "Text in the old format is seldom text in the new one, so that published data would be refused. A misspelt "
        "name of the same format that is put right is no such change.",
        people.EITHER,
        "Add a new term in the new format beside the old one, or allow both with `anyOf`.",
        Hurt.PUBLISHERS,
    ),
)
_PATTERN = (
    Words(
        "A pattern is set",
        "Until now any text was valid. Data that does not follow the pattern would be refused.",
        people.PUBLISHERS,
        "Try the pattern on published data first. Where some does not follow it, describe it and set it with the next "
        "major version.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "The pattern is no longer set",
        "Published data stays valid. Tools that take the text apart by the pattern may meet other text.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    ),
    Words(
        "The pattern changes",
        "Text that follows the old pattern may not follow the new one, and would be refused; text that only the new "
        "one allows reaches tools that do not expect it.",
        people.EITHER,
        "Write the pattern so that it allows all that it allowed before, and announce what will be left out.",
        Hurt.PUBLISHERS,
    ),
)
_CONST = (
    Words(
        "One value alone is allowed",
        "Data with any other value was valid, and would be refused.",
        people.PUBLISHERS,
        "Say in the description which value is meant, and allow no other with the next major version.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "Other values than one are allowed",
        "Published data stays valid. Tools that took the value for granted may meet others.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    ),
    Words(
        "The one value that is allowed changes",
        "All published data has the old value, and all of it would be refused.",
        people.PUBLISHERS,
        "Allow both values with `enum`, mark the old one as deprecated, and let it go with the next major version.",
        Hurt.PUBLISHERS,
    ),
)
_CONTENT = (
    ("content-encoding", "contentEncoding", "how the text is encoded"),
    ("content-media-type", "contentMediaType", "of which media type the text is"),
    ("content-schema", "contentSchema", "which schema the encoded text follows"),
)


def _content(what: str) -> tuple[Words, Words, Words]:
    why = "Validators do not look inside the text, so no data is refused. Tools that decode it go by what is said."
    return (
        Words(f"It is said {what}", why, people.NOBODY, people.SAY_WHY, Hurt.NOBODY),
        Words(f"It is no longer said {what}", why, people.NOBODY, people.SAY_WHY, Hurt.NOBODY),
        Words(f"It is said otherwise {what}", why, people.NOBODY, people.SAY_WHY, Hurt.NOBODY),
    )
