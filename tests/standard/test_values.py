from __future__ import annotations

import pytest

from bot.standard.values import JSON, exact, freeze, is_number, lacking, number_value, same, type_of


@pytest.mark.parametrize(
    ("value", "kind"),
    [(None, "null"), (True, "boolean"), (0, "number"), (1.5, "number"), ("", "string"), ([], "array"), ({}, "object")],
)
def test_types(value: JSON, kind: str) -> None:
    assert type_of(value) == kind


@pytest.mark.parametrize(
    ("left", "right"), [(1, 1.0), ([1], [1.0]), ({"a": 1, "b": 2}, {"b": 2.0, "a": 1}), (0, -0.0), (10**20, 1e20)]
)
def test_equal_in_json(left: JSON, right: JSON) -> None:
    assert same(left, right)
    assert freeze(left) == freeze(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, True),
        (0, False),
        ("1", 1),
        ([1, 2], [2, 1]),
        ([], {}),
        (None, False),
        ({"a": 1}, {"a": 1, "b": 1}),
        ([1], [1, 1]),
    ],
)
def test_different_in_json(left: JSON, right: JSON) -> None:
    assert not same(left, right)
    assert freeze(left) != freeze(right)


def test_numbers_are_exact_as_written() -> None:
    assert exact(0.1) * 10 == 1
    assert number_value(exact(0.1)) == 0.1
    assert number_value(exact(2.0)) == 2
    assert is_number(1)
    assert not is_number(True)


def test_what_others_lack_is_told_by_equality_of_json() -> None:
    values = [1, True, "a", [1], {"b": [1.0]}, None, 0.1]
    assert lacking(values, [1.0, [True], {"b": [1]}, "b", 0]) == [True, "a", [1], None, 0.1]
    assert lacking(values, values) == []


def test_lists_of_many_thousands_are_held_against_each_other_at_once() -> None:
    many = [f"value-{at}" for at in range(100_000)]
    assert lacking(many, many[:-1]) == ["value-99999"]
