from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compat.repair.commas import mended


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1 "b": 2}', '{"a": 1, "b": 2}'),
        ('{"a": 1\n "b": 2}', '{"a": 1,\n "b": 2}'),
        ('{"a": 1,}', '{"a": 1}'),
        ('{"a": 1,\n}\n', '{"a": 1\n}\n'),
        ("[1, 2,]", "[1, 2]"),
        ("[1,, 2]", "[1, 2]"),
        ("[, 1]", "[ 1]"),
        ('{"a": [1 2], "b": 3,}', '{"a": [1, 2], "b": 3}'),
    ],
)
def test_a_comma_is_put_in_or_taken_out(text: str, said: str) -> None:
    assert mended(text) == said


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"a" 1}', "[1, 2", '{"a": "x\n"b": 1}', "[1 2 3 4 5 6]", "nonsense", '{"a": 1}}', '{"a": 1}', "[,"],
)
def test_what_no_comma_mends_is_left_alone(text: str) -> None:
    assert mended(text) is None


VALUES = st.recursive(
    st.integers() | st.sampled_from(["a,b", "]", '"', ""]),
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.sampled_from("abc,"), inner, min_size=1),
    max_leaves=8,
)


@given(VALUES, st.data())
def test_a_comma_that_was_lost_is_found_again(value: object, data: st.DataObject) -> None:
    text = json.dumps(value, indent=1)
    ends = [at for at in range(len(text)) if text[at : at + 2] == ",\n"]
    if ends:
        at = data.draw(st.sampled_from(ends))
        assert json.loads(mended(text[:at] + text[at + 1 :]) or "null") == value
