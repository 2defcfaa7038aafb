"""What concerns a standard or a profile as a whole: what they say of themselves, pages of the API, orders, notation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.compat.rules import people
from bot.compat.rules.model import ANY, Hurt, Rule, Words, family, single


def rules() -> Iterator[Rule]:
    """The rules of whole standards and profiles, and of keywords that nobody knows."""
    yield from family("profile", "", *_PROFILE)
    yield from family("page-part", "", *_PAGE)
    yield single("page-part-renamed", "", _RENAMED, "Its opposite is a renaming as well.")
    yield replace(single("metadata-changed", "", _METADATA, _ANY_WAY), keyword=ANY)
    yield replace(single("order-changed", "", _ORDER, _ANY_WAY), keyword=ANY)
    yield single("notation-changed", "", _NOTATION, _ANY_WAY)
    yield from (replace(rule, keyword=ANY) for rule in family("keyword", "", *_KEYWORD))


_ANY_WAY = "It stands for what comes, goes and changes alike."
_PROFILE = (
    Words(
        "A profile is added",
        "Nothing has been published under it yet, and what is published under the other profiles stays as it is.",
        people.NOBODY,
        "Say whose profile it is, and who looks after it.",
        Hurt.NOBODY,
    ),
    Words(
        "A profile is removed",
        "All data published under the profile was valid, and there is nothing any more by which it could be.",
        people.PUBLISHERS,
        "Announce the end of the profile, name the one to use in its place, and remove it with the next major version.",
        Hurt.PUBLISHERS,
    ),
)
_PAGE = (
    Words(
        "List answers of the API get one more part",
        "Answers without the part stay valid. Tools that do not know it can leave it out.",
        people.NOBODY,
        "Describe what the part holds.",
        Hurt.NOBODY,
    ),
    Words(
        "List answers of the API lose a part",
        "Every list answer of every service has the part, and tools go by it to turn pages.",
        "Publishers who run an API, and everybody whose tool reads it.",
        "Keep the part until the next major version of the API.",
        Hurt.PUBLISHERS,
    ),
)
_RENAMED = Words(
    "A part of the API's list answers gets another name",
    "Under the old name it is no longer known, and under the new one no service has it yet.",
    "Publishers who run an API, and everybody whose tool reads it.",
    "Give the part under both names until the next major version of the API.",
    Hurt.PUBLISHERS,
)
_METADATA = Words(
    "What the standard or a profile says of itself changes",
    "Titles, versions and addresses describe the standard. No document depends on them.",
    people.NOBODY,
    people.SAY_WHY,
    Hurt.NOBODY,
)
_ORDER = Words(
    "An order changes",
    "JSON has no order of terms, and lists of allowed values have none that matters. Forms for people and the columns "
    "of generated tables follow it.",
    people.NOBODY,
    people.SAY_WHY,
    Hurt.NOBODY,
)
_NOTATION = Words(
    "Something is written differently and says the same",
    "Spaces, escapes, or words that stand for what was there already: no value is another.",
    people.NOBODY,
    people.SAY_WHY,
    Hurt.NOBODY,
)
_KEYWORD_WHY = (
    "Either JSON Schema does not know the keyword, and then validators leave it alone and so does the bot, or it "
    "stands in a form that it cannot have. If a tool of yours goes by it, only you can say what follows."
)
_KEYWORD = (
    Words("A keyword without a rule of its own is added", _KEYWORD_WHY, people.NOBODY, people.SAY_WHY, Hurt.NOBODY),
    Words("A keyword without a rule of its own is gone", _KEYWORD_WHY, people.NOBODY, people.SAY_WHY, Hurt.NOBODY),
    Words("A keyword without a rule of its own changes", _KEYWORD_WHY, people.NOBODY, people.SAY_WHY, Hurt.NOBODY),
)
