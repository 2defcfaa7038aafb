"""All rules, each once, and the way from an id to its rule."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from bot.compat.changes import ANNOTATIONS
from bot.compat.judging import JudgedChange
from bot.compat.rules import (
    bounds,
    combining,
    declared,
    deprecations,
    descriptions,
    enum_values,
    lists,
    objects,
    packages,
    reading,
    references,
    required,
    schemas,
    settings,
    tables,
    terms,
    values,
    whole,
)
from bot.compat.rules.model import Rule
from bot.standard.keywords import DEFINITIONS, IDENTIFIERS, JUDGED
from bot.standard.problems import UNREAD

_ROOMS = (
    terms,
    required,
    values,
    enum_values,
    bounds,
    lists,
    objects,
    combining,
    references,
    tables,
    descriptions,
    whole,
    reading,
    declared,
    deprecations,
    schemas,
    packages,
    settings,
)
_KEYWORDS = (
    JUDGED
    | DEFINITIONS
    | IDENTIFIERS
    | ANNOTATIONS
    | {"constraints", "foreignKeys", "foreign_key", "primaryKey", "tabular_required", "unique"}
)
UNKNOWN_KEYWORD = "keyword"
CLOSE = 0.8
"""How alike two ids have to be for one to be meant by the other."""


@cache
def catalogue() -> Mapping[str, Rule]:
    """The rules by id, in the order in which they are shown."""
    return {rule.id: rule for room in _ROOMS for rule in room.rules()}


def rule_of(id_: str) -> Rule | None:
    """The rule that people mean by an id; None where they may mean another one. Keywords that nobody knows share
    rules, and so do those that stand in a form that nobody knows."""
    known = catalogue().get(id_)
    if known is not None:
        return known
    subject = id_.rpartition("-")[0]
    return generic(id_) if _is_keyword(subject) or not close(id_) else None


def rule_for(judged: JudgedChange) -> Rule | None:
    """The rule that a judged change is an instance of."""
    known = catalogue().get(judged.change.rule)
    if known is None:
        return generic(judged.change.rule)
    return known if known.judges(judged) else None


def generic(id_: str) -> Rule | None:
    """The rule for an id that has none of its own, by the way it goes."""
    subject, _, verb = id_.rpartition("-")
    return catalogue().get(f"{UNKNOWN_KEYWORD}-{verb}") if subject else None


def is_fixed(rule: Rule) -> bool:
    """Whether no setting can make a rule more or less serious: why nothing can be judged, and what is wrong with the
    settings themselves."""
    return rule.id in UNREAD or rule.id in {each.id for each in settings.rules()}


def close(id_: str) -> list[str]:
    """The ids that may have been meant, the likeliest first."""
    return get_close_matches(id_, catalogue(), n=2, cutoff=CLOSE)


def _is_keyword(subject: str) -> bool:
    """Whether an id can only speak of a keyword: one of JSON Schema's, or one that says it is nobody's."""
    known = {each.replace("$", "").replace("_", "").lower() for each in _KEYWORDS}
    return subject.startswith("x-") or subject.replace("-", "") in known
