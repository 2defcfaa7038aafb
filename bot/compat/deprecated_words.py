"""Whether the words of a description give a term up, and the reason they name: not every standard has the keyword."""

from __future__ import annotations

import re

LONGEST_READ = 1_000
LONGEST_REASON = re.compile(
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
    return next((found for each in _SAID if (found := each.search(text))), None)
