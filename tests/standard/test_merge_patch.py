from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.standard.merge_patch import merge
from bot.standard.values import JSON

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=12,
)


# The cases of RFC 7386, appendix A.
@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_cases_of_the_standard(target: JSON, patch: JSON, result: JSON) -> None:
    assert merge(target, patch) == result


@given(VALUES, VALUES)
def test_twice_is_once(target: JSON, patch: JSON) -> None:
    once = merge(target, patch)
    assert merge(once, patch) == once


@given(st.dictionaries(st.text(max_size=2), VALUES))
def test_an_empty_patch_changes_nothing(target: JSON) -> None:
    assert merge(target, {}) == target


@given(VALUES, st.dictionaries(st.text(max_size=2), VALUES))
def test_null_removes_and_other_members_stay(target: JSON, patch: dict[str, JSON]) -> None:
    merged = merge(target, patch)
    before = target if isinstance(target, dict) else {}
    for name in {*before, *patch}:
        if name not in patch:
            assert merged[name] == before[name]
        elif patch[name] is None:
            assert name not in merged
        else:
            assert name in merged


@given(VALUES, VALUES)
def test_the_target_is_left_alone(target: JSON, patch: JSON) -> None:
    before = repr(target)
    merge(target, patch)
    assert repr(target) == before
