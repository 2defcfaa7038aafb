"""Characters that take no room or show nothing, by which two names look alike."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category, name

MOST_MARKS = 4
"""Marks on one letter: no script that people write has more."""

# Python knows no property for what is ignored by default. Controls of form (Cf) all are; names tell of the others.
_NAMES = re.compile("VARIATION SELECTOR|FILLER$|GRAPHEME JOINER$|VOWEL INHERENT|PATTERN BLANK$")
_EMOJI = frozenset("\ufe0e\ufe0f")
"""Choose how a symbol before them is drawn."""


@cache
def is_unseen(character: str) -> bool:
    """Whether a character by itself shows nothing; white space is known to be there by the room it takes."""
    return not character.isascii() and (category(character) == "Cf" or bool(_NAMES.search(name(character, ""))))


def is_mark(character: str) -> bool:
    """Whether a character is drawn on the one before it."""
    return not character.isascii() and category(character) in ("Mn", "Me")


def draws(character: str, before: str) -> bool:
    """Whether a character that is unseen only says how the symbol before it is drawn, as in many an emoji."""
    return character in _EMOJI and before != "" and category(before) == "So"
