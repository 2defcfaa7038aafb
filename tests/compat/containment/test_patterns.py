from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compat.containment.patterns import Irregular, Pattern, compiled, freedom, is_tame

ATOMS = st.sampled_from(["a", "b", "1", "[ab]", "[^a]", ".", "\\d", "\\w", "-", "\\.", "[a-c1]", "(?:)"])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})")
        | st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{0,}", "*?", "{0}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        )
        | inner.map(lambda part: f"(^{part}|{part}$)")
    ),
    max_leaves=6,
)
WORDS = st.text("ab1-. ", max_size=7)


def pattern(text: str) -> Pattern:
    found = compiled(text)
    assert isinstance(found, Pattern)
    return found


@given(PATTERNS, st.booleans(), st.booleans(), WORDS)
def test_matches_what_pythons_own_engine_matches(text: str, start: bool, end: bool, word: str) -> None:
    text = f"{'^' if start else ''}{text}{'$' if end else ''}"
    assert pattern(text).matches(word) == bool(re.search(text, word))


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("^\\x41\\u0042\\u{43}$", "ABC", "ABc"),
        ("^\\cA$", "\x01", "A"),
        ("^[\\b]$", "\b", "b"),
        ("^\\ud83d\\ude00$", "\U0001f600", "x"),
        ("^\\p{Lu}\\P{L}$", "Ä1", "ä1"),
        ("^\\p{General_Category=Nd}$", "7", "x"),
        ("^\\p{Letter}$", "x", "7"),
        ("^\\s\\S$", "\u2028x", "x\u2028"),
        ("^.$", "x", "\u2029"),
        ("^\\d$", "7", "٧"),
        ("^(?<name>a)$", "a", "b"),
        ("^a{$", "a{", "a"),
        ("^a{,2}$", "a{,2}", "aa"),
        ("^[a-]$", "-", "b"),
        ("^[\\w-]$", "-", "."),
        ("^\\/\\-$", "/-", "-/"),
        ("^]$", "]", "["),
        ("^[^]$", "x", ""),
        ("^\\0\\t\\n\\v\\f\\r$", "\0\t\n\v\f\r", "0"),
    ],
)
def test_the_syntax_of_ecmascript(text: str, yes: str, no: str) -> None:
    assert pattern(text).matches(yes)
    assert not pattern(text).matches(no)


@pytest.mark.parametrize(
    "text",
    [
        "(", ")", "[", "[a", "a**", "+", "a{2,1}", "a{1}{2}", "{1}", "[b-a]", "\\", "\\x4", "\\u12", "\\u{110000}", "\\u{", "\\p{", "\\pL",
        "(?<n", "(?=a)", "(?!a)", "(?<=a)", "(?i)a", "\\1", "\\k<n>", "\\b", "\\B", "\\p{Script=Greek}", "\\p{X}", "\\ud83d\\u0041",
        "a{1000000,}", "(" * 60 + ")" * 60, "a{5000}", "((a{99}){99}){99}",
    ],
)  # fmt: skip
def test_what_is_no_regular_pattern_has_a_reason(text: str) -> None:
    found = compiled(text)
    assert isinstance(found, Irregular)
    assert str(found)


def test_nothing_runs_away() -> None:
    began = time.monotonic()
    for text in ("^(a+)+$", "^(a|a)*$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"):
        assert not pattern(text).matches("a" * 20_000 + "!")
        assert not is_tame(text)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("text", ["^[a-z]+$", "^\\d{4}-\\d{2}$", "^(ab|cd){3}$", "^(a|b)?c*$", "^a+b+$", "[0-9]"])
def test_ordinary_patterns_are_tame(text: str) -> None:
    assert is_tame(text)


def test_a_pattern_whose_parts_share_a_string_in_many_ways_is_not_tame() -> None:
    assert is_tame("^\\s*\\w+\\s*=\\s*$")
    assert not is_tame("^.*.*.*.*.*=$")
    assert [freedom(text) for text in ("^a$", "^a*b+$", "^a{2,}$", "^(a", "a{1,3}")] == [0, 2, 1, 0, 0]
