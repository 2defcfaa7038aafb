"""Whether a pattern is a regular expression at all, and whether it is one that can be tried."""

from __future__ import annotations

import re
from functools import lru_cache

_REPEATED = re.compile(r"\{([0-9]{1,9})(?:(,)([0-9]{0,9}))?\}")
HINT = "Patterns are those of JavaScript (ECMA-262)."


def wrong_with(pattern: str) -> str:
    """What is wrong with a pattern, to be said after its text; empty where nothing is."""
    if _is_compiled(pattern):
        return ""
    # A repetition without measure fills the memory of whoever tries it; with less of it the pattern would be fine.
    shorter = _REPEATED.sub(_once, pattern)
    return "repeats more than can be tried" if _is_compiled(shorter) else "is no regular expression"


def _once(found: re.Match[str]) -> str:
    least, comma, most = found.groups()
    in_order = not most or int(least) <= int(most)
    return f"{{1{comma or ''}{'1' if most else ''}}}" if in_order else found.group()


@lru_cache(maxsize=1024)
def _is_compiled(pattern: str) -> bool:
    import jsonschema_rs

    try:
        jsonschema_rs.validator_for({"pattern": pattern})
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True
