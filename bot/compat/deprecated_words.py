"""Whether the words of a description give a term up, and the reason they name: not every standard has the keyword."""

from __future__ import annotations

import re

LONGEST_READ = 1_000
LONGEST_REASON = 200

_WORD = "(?:DEPRECATED|[Dd]eprecated)"
# What stands behind the word where a term is given up; other words behind it speak of what is called deprecated
# ("Deprecated names are still read", "Deprecated in spirit").
_GIVES_UP = (
    r"(?:[:.;!]|\s+[-\u2013\u2014]\s|[ \t]*\Z|[ \t]*\n|\s+(?:since|as of|from|by)\s"
    r"|\s+in\s+(?:favou?r\b|v?[0-9]|version\b)"
    r"|,?\s+(?:please\b|use\b|see\b|replaced\b|superseded\b|because\b|will be\b))"
)
_BEGINS = r"(?:\A\s{0,9}|[.!?]\s{1,9}|\n\s{0,9})"
_SAID = (
    # HSDS 3 begins descriptions with the word in capitals, whatever comes behind it.
    re.compile(r"\A\s*DEPRECATED\b"),
    re.compile(rf"{_BEGINS}{_WORD}(?={_GIVES_UP})"),
    re.compile(rf"{_BEGINS}(?P<bold>[*_]{{1,3}}){_WORD}[:.]?(?P=bold)(?=\s*[A-Z`\"(]|{_GIVES_UP})"),
    # In brackets, before what is said of the term or behind all of it.
    re.compile(rf"\A\s*[*_]{{0,3}}[\[(]{_WORD}(?=\s*[\])]|{_GIVES_UP})"),
    re.compile(
        rf"\A(?!.*\b(?:or|and|not)(?: \S+)? [\[(])[^:`]*\s[\[(]{_WORD}(?=(?:{_GIVES_UP}[^\])]*)?[\])][.\s]*\Z)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_BEGINS}This \w+ (?:is|has been) (?:now )?{_WORD}(?=[.,;:!]|\s*\Z|\s+(?:since|as of|and|in favou?r)\b)"
    ),
)
_REASON = re.compile(
    r"(?:please |to be )?(?:use|see|since|as of|because|in favou?r of|replaced|superseded|merged|moved|renamed|obsolete"
    r"|unused|no longer|not used|nobody|will be)\b|.*\b(?:instead|replaced by|superseded by)\b",
    re.IGNORECASE | re.DOTALL,
)
_END = re.compile(r"[.!?](?=\s|\Z)|[\])](?=[.\s]*\Z|\s+[A-Z])|\n\s*\n")


def gives_up(description: str) -> bool:
    """Whether a description says that what it describes is deprecated."""
    return _said(description) is not None


def reason_in(description: str) -> str:
    """Why, or what to use instead, as the sentence says it; "" where it only describes the term, as in HSDS 3."""
    found = _said(description)
    if found is None:
        return ""
    rest = description[found.end() : LONGEST_READ].lstrip(" \t\r\n:.,;!*_[]()-\u2013\u2014")
    end = _END.search(rest)
    sentence = " ".join(rest[: end.start() if end else len(rest)].split())
    return sentence if _REASON.match(sentence) and len(sentence) <= LONGEST_REASON else ""


def _said(description: str) -> re.Match[str] | None:
    text = description[:LONGEST_READ]
    if "deprecated" not in text.lower():
        return None  # as in nearly all descriptions, of which a standard has thousands
    return next((found for each in _SAID if (found := each.search(text))), None)
