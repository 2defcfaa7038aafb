"""Patterns that Python does not read are judged in its words; all others as they are."""

from __future__ import annotations

import re

import pytest

from bot.adapters.python_patterns import in_python, readable
from bot.compat.confirming import Confirmer, Judged
from bot.compat.containment.patterns import Pattern, compiled
from bot.compat.verdicts import Answer
from bot.standard.dialects import Draft
from bot.standard.values import JSON
from tests.worlds import compare

READ = {
    r"^\cC$": ("\x03", "C"),
    r"^\u{1F600}+$": ("\U0001f600", "u"),
    r"^(?<year>[0-9]{4})$": ("2024", "24"),
    r"^[\cA-\cC(?<a]$": ("\x02", "P"),
    r"^\\cC\cD$": ("\\cC\x04", "\x03\x04"),
}
"""By a pattern: what it matches, and what it does not."""
LEFT = [r"^[a-z]+$", r"^\p{L}+$", "(", r"a\/b", r"^(?=x)x$", r"\u{110000}\cA", "^[^#]*#?$"]


@pytest.mark.parametrize("pattern", READ)
def test_python_reads_it_as_the_automaton_does(pattern: str) -> None:
    with pytest.raises(re.error):
        re.compile(pattern)
    inside, outside = READ[pattern]
    automaton = compiled(pattern)
    assert isinstance(automaton, Pattern)
    for text in (inside, outside):
        assert bool(re.search(in_python(pattern), text)) is automaton.matches(text) is (text == inside)


@pytest.mark.parametrize("pattern", LEFT)
def test_what_python_reads_or_has_no_words_for_stays(pattern: str) -> None:
    assert in_python(pattern) == pattern


def test_documents_without_such_a_pattern_are_not_touched() -> None:
    documents: dict[str, JSON] = {"s": {"pattern": "^a"}}
    assert readable(documents) is documents


def test_what_only_looks_like_a_pattern_stays() -> None:
    schema: JSON = {"properties": {"pattern": {"pattern": r"\cA"}}, "const": {"pattern": r"\cA"}}
    assert readable({"s": schema})["s"] == {
        "properties": {"pattern": {"pattern": r"\x01"}},
        "const": {"pattern": r"\cA"},
    }


def test_an_example_is_confirmed(confirmer: Confirmer) -> None:
    base: JSON = {"type": "object", "patternProperties": {r"^\cC$": {"type": "integer"}}}
    head: JSON = {"type": "object", "enum": [{"\x03": "no integer"}]}
    verdicts = compare(base, head, confirmer)
    every = (verdicts.strict_backward, verdicts.strict_forward, verdicts.publishers, verdicts.consumers)
    assert {each.answer for each in every} == {Answer.BREAKING}
    assert verdicts.strict_forward.witness == {"\x03": "no integer"}
    judged = Judged({"s": base}, "s", Draft.DRAFT2020, formats=False)
    assert confirmer.accepts(judged, {"\x03": 1}) is True
    assert confirmer.accepts(judged, {"\x03": "a"}) is False
