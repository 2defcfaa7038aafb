from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compat.containment.languages import Language, TooLarge
from bot.compat.containment.patterns import Pattern, compiled

SAMPLES = ("^a", "a$", "^a*$", "^(ab)+$", "b", "^[ab]{2}$", "^.$", "^$", "a.b", "^b+a?$", "(^a|b$)")
WORDS = ["".join(letters) for length in range(5) for letters in product("abc", repeat=length)]


def patterns(*texts: str) -> tuple[Pattern, ...]:
    found = tuple(compiled(text) for text in texts)
    assert all(isinstance(each, Pattern) for each in found)
    return tuple(each for each in found if isinstance(each, Pattern))


@given(
    st.lists(st.sampled_from(SAMPLES), max_size=2),
    st.lists(st.sampled_from(SAMPLES), max_size=2),
    st.integers(0, 3),
    st.none() | st.integers(0, 4),
    st.frozensets(st.sampled_from(WORDS), max_size=3),
)
def test_the_example_is_a_word_and_no_shorter_one_is(
    matching: list[str], barred: list[str], shortest: int, longest: int | None, excluded: frozenset[str]
) -> None:
    language = Language(patterns(*matching), patterns(*barred), shortest, longest, excluded)

    def belongs(word: str) -> bool:
        fits = shortest <= len(word) and (longest is None or len(word) <= longest) and word not in excluded
        return (
            fits
            and all(p.matches(word) for p in language.matching)
            and not any(p.matches(word) for p in language.barred)
        )

    found = language.example()
    words = [word for word in WORDS if belongs(word)]
    if found is None:
        assert not words
    else:
        assert belongs(found)
        assert not any(len(word) < len(found) for word in words)


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        ("^a{1,3}$", "^a{1,5}$"),
        ("^a+$", "^a*$"),
        ("^x-", "^x"),
        ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "^[0-9]"),
        ("^(ab)*$", "^(a|b)*$"),
    ],
)
def test_inclusions_are_proved_and_their_converses_refuted(smaller: str, larger: str) -> None:
    assert Language(patterns(smaller), patterns(larger)).example() is None
    assert Language(patterns(larger), patterns(smaller)).example() is not None


def test_what_grows_too_large_is_given_up() -> None:
    with pytest.raises(TooLarge):
        Language(patterns("^(.*a.{9}b.*|.*c.{9}d.*)$"), patterns("^.*$")).example()
    with pytest.raises(TooLarge):
        Language(shortest=10**6).example()


def test_bounds_that_cross_leave_nothing() -> None:
    assert Language(shortest=2, longest=1).example() is None
