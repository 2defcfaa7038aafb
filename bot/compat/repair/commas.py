"""A file that a comma keeps from being JSON: the comma that is missing, or one too many."""

from __future__ import annotations

import json
from collections.abc import Callable

MOST_EDITS = 3
"""A text that needs more than these was not meant as it stands."""


def mended(text: str) -> str | None:
    """The text with commas put in or taken out so that it is JSON; None where that does not make it so."""
    for _ in range(MOST_EDITS):
        fault = _fault(text)
        if fault is None:
            return None
        changed = next(
            (each for way in _WAYS if (each := way(text, fault.pos)) is not None and _helps(each, fault)), None
        )
        if changed is None:
            return None
        if _fault(changed) is None:
            return changed
        text = changed
    return None


def _fault(text: str) -> json.JSONDecodeError | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as problem:
        return problem
    return None


def _helps(text: str, before: json.JSONDecodeError) -> bool:
    """Whether reading gets further now. A comma taken out moves all that follows it by one."""
    fault = _fault(text)
    return fault is None or fault.pos > before.pos


def _without_last(text: str, at: int) -> str | None:
    """Without the comma before a closing bracket, or before another comma."""
    for end in (at, at + 1):
        before = text[:end].rstrip()
        if before.endswith(",") and text[end:].lstrip()[:1] in ("}", "]", ","):
            return before[:-1] + text[len(before) :]
    return None


def _without_first(text: str, at: int) -> str | None:
    """Without a comma that nothing stands before."""
    before = text[:at].rstrip()
    return text[:at] + text[at + 1 :] if text[at : at + 1] == "," and before[-1:] in ("{", "[", ",") else None


def _with_one(text: str, at: int) -> str | None:
    """With a comma behind what was read last."""
    before = text[:at].rstrip()
    return f"{before},{text[len(before) :]}" if before and text[at:].strip() else None


_WAYS: tuple[Callable[[str, int], str | None], ...] = (_without_last, _without_first, _with_one)
