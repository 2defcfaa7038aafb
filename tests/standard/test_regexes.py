from __future__ import annotations

import pytest

from bot.standard.regexes import wrong_with


@pytest.mark.parametrize("pattern", ["", "^[a-z]+$", r"\p{L}{2,3}", "a{1,999}", r"(?<!x)\d"])
def test_what_validators_take_is_in_order(pattern: str) -> None:
    assert wrong_with(pattern) == ""


@pytest.mark.parametrize("pattern", ["(", "[a-", "a{2,1}", "a{90000,80000}", "(a{1,1000}){1,1000}("])
def test_what_is_no_regular_expression_is_called_so(pattern: str) -> None:
    assert wrong_with(pattern) == "is no regular expression"


@pytest.mark.parametrize("pattern", ["(a{1,1000}){1,1000}", "(a{1000}){1000}", "((a{1,500}){500,}){500}"])
def test_a_repetition_without_measure_is_called_so(pattern: str) -> None:
    assert wrong_with(pattern) == "repeats more than can be tried"
