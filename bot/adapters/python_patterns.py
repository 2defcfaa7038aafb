"""Patterns of ECMA-262 in the words of Python, where Python does not know theirs and has others that say the same."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.standard.documents import traits
from bot.standard.values import JSON

_ESCAPE = re.compile(r"\\(?:c([A-Za-z])|u\{([0-9A-Fa-f]{1,6})\}|.)", re.DOTALL)
_PART = re.compile(r"\\(?:u\{[^}]*\}|c?.)|\[(?:\\.|[^\\\]])*\]|\(\?<(?=[A-Za-z_])", re.DOTALL)
"""An escape, a set of characters or the beginning of a named group: each means something else inside the others."""
_VALUES = ("const", "enum", "default", "example", "examples")
LAST = 0x10FFFF


def readable(documents: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """The documents, with each pattern that Python cannot read in words that it can, if there are any."""
    words = {path: _words(traits(document).patterns) for path, document in documents.items()}
    if not any(words.values()):
        return documents
    return {path: _in_words(document, words[path]) for path, document in documents.items()}


def _words(patterns: Iterable[str]) -> dict[str, str]:
    found = {pattern: in_python(pattern) for pattern in patterns}
    return {pattern: other for pattern, other in found.items() if other != pattern}


def _in_words(value: JSON, words: Mapping[str, str]) -> JSON:
    if isinstance(value, list):
        return [_in_words(each, words) for each in value]
    if not isinstance(value, dict):
        return value
    made = {key: each if key in _VALUES else _in_words(each, words) for key, each in value.items()}
    if isinstance(made.get("pattern"), str):
        made["pattern"] = words.get(made["pattern"], made["pattern"])
    if isinstance(made.get("patternProperties"), dict):
        made["patternProperties"] = {words.get(key, key): each for key, each in made["patternProperties"].items()}
    return made


@lru_cache(maxsize=4096)
def in_python(pattern: str) -> str:
    """The pattern for Python: as it is where Python reads it, or where it has no other words for it either."""
    if not _PART.search(pattern) or _reads(pattern):
        return pattern
    other = _PART.sub(_part, pattern)
    return other if _reads(other) else pattern


def _part(found: re.Match[str]) -> str:
    return "(?P<" if found[0] == "(?<" else _ESCAPE.sub(_escape, found[0])


def _escape(found: re.Match[str]) -> str:
    letter, digits = found.groups()
    if letter:
        return f"\\x{ord(letter) % 32:02x}"
    if digits and int(digits, 16) <= LAST:
        return f"\\U{int(digits, 16):08x}"
    return found[0]


def _reads(pattern: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True
