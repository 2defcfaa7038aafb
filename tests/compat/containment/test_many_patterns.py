"""Terms in many languages: patterns of names that have nothing in common are as easy as names, however many."""

from __future__ import annotations

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.containment.positions import MOST_GROUPS, groups
from bot.compat.verdicts import Answer
from bot.standard.dialects import Draft
from bot.standard.values import JSON
from tests.worlds import compare

TEXTS = ("title", "description", "name", "rationale", "procedure", "criteria", "reason")
TAG = "((([A-Za-z]{2,3}(-([A-Za-z]{3}(-[A-Za-z]{3}){0,2}))?)|[A-Za-z]{4})(-([A-Za-z0-9]{5,8}))*(-(x(-[A-Za-z0-9]{1,8})+))?)"
"""A tag of a language, less or more: parts in it repeat what repeats."""


def described(*texts: str, **more: JSON) -> JSON:
    """An object whose texts may be given in other languages."""
    return {
        "type": "object",
        "properties": {**{text: {"type": "string"} for text in texts}, **more},
        "patternProperties": {f"^({text}_{TAG})$": {"type": ["string", "null"]} for text in texts},
    }


def test_patterns_that_no_string_matches_together_are_no_choice() -> None:
    patterns = frozenset(f"^{text}_" for text in TEXTS)
    assert groups(patterns) == tuple(frozenset({each}) for each in sorted(patterns))
    assert groups(frozenset({"^a", "b$"})) == (frozenset({"^a"}), frozenset({"b$"}), frozenset({"^a", "b$"}))


def test_too_many_choices_are_none() -> None:
    assert groups(frozenset(f"{letter}" for letter in "abcd")) is not None
    assert groups(frozenset(f"{letter}" for letter in "abcde")) is None
    assert groups(frozenset(f"^{letter * 2}$" for letter in "abcdefghijklmnopqrs")) is None
    assert MOST_GROUPS == 16


def test_what_is_not_decided_may_match_together() -> None:
    assert groups(frozenset({"^(?=a)", "^b"})) == (
        frozenset({"^(?=a)"}),
        frozenset({"^b"}),
        frozenset({"^(?=a)", "^b"}),
    )


@pytest.mark.parametrize(
    ("base", "head", "publishers", "consumers"),
    [
        (described(*TEXTS), described(*TEXTS, note={"type": "string"}), "compatible", "compatible"),
        (described(*TEXTS, note={"type": "string"}), described(*TEXTS), "breaking", "compatible"),
        (described(*TEXTS), described(*TEXTS[1:]), "breaking", "compatible"),
        (described(*TEXTS[1:]), described(*TEXTS), "compatible", "compatible"),
        (described(*TEXTS, n={"enum": [1]}), described(*TEXTS, n={"enum": [1, 2]}), "compatible", "breaking"),
    ],
)
def test_who_breaks_where_seven_texts_have_languages(
    base: JSON, head: JSON, publishers: str, consumers: str, confirmer: Confirmer
) -> None:
    verdicts = compare(base, head, confirmer, Draft.DRAFT4)
    assert (verdicts.publishers.answer.value, verdicts.consumers.answer.value) == (publishers, consumers)
    if verdicts.publishers.answer is Answer.BREAKING:
        assert verdicts.publishers.witness is not None
