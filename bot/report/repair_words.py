"""What a repair does, in words that follow "you can": without a full stop."""

from __future__ import annotations

import json

from bot.compat.changes import Change
from bot.compat.repair.ways import Way
from bot.standard.values import JSON

MOST = 60
"""Changes that are repaired: who breaks more did not mean to stay compatible."""
MOST_VALUES = 6
LONGEST = 60


def words(way: Way, change: Change, value: object = None) -> str:
    """What a way does to a change; `value` is what stands there then."""
    term = change.term or change.keyword
    match way:
        case Way.DEPRECATED:
            beside = f" beside {value['replaced_by']}" if isinstance(value, dict) and "replaced_by" in value else ""
            how = "marked as deprecated" if change.rule == "entity-removed" else "optional and marked as deprecated"
            return f"keep {term}{beside}, {how}, until the next major version"
        case Way.OPTIONAL:
            return f"leave {term} optional, and announce that it will be required"
        case Way.KEPT:
            return f"keep {_listed(change.base)} among the values of {term}, and announce the end"
        case Way.BOTH:
            return f"let {term} hold what it held beside what it is to hold"
        case Way.LEFT_OUT:
            return f"leave {_rule(change)} out for {term}, and recommend it in the description"
        case Way.WITHOUT:
            return f"leave {term} out until the next major version, and announce it"
        case Way.TERM:
            return f"leave {term} as it was, and announce what will change"
        case Way.RESTORED:
            return f"leave {_rule(change)} of {term} as it was, and announce what will change"


def profile_words(change: Change) -> str:
    """What it does that lines of a `profile.yml` are as they were."""
    if change.rule == "profile-removed":
        return f"keep the profile {change.base}, and announce the end"
    if not change.entity:
        return f"leave {change.steps[-1]} of list answers as it was until the next major version"
    if change.rule.endswith("-removed"):
        return f"keep {change.term} selected in the profile, and announce the end"
    return f"leave {change.term} out of the profile for now, and announce what will be required"


def _rule(change: Change) -> str:
    return change.keyword or change.rule.rpartition("-")[0].replace("-", " ")


def _listed(values: object) -> str:
    shown = [_value(each) for each in values] if isinstance(values, list) else []
    more = len(shown) - MOST_VALUES
    return ", ".join(shown[:MOST_VALUES]) + (f" and {more} more" if more > 0 else "")


def _value(value: JSON) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
