from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.standard.pointers import PointsNowhere, child, pointer, replaced, resolve, steps
from bot.standard.values import JSON
from tests.standard.test_merge_patch import VALUES

DOCUMENT = {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "m~n": 8, "k": {"0": "zero"}}


@given(st.lists(st.text()))
def test_text_and_steps_are_inverses(path: list[str]) -> None:
    assert list(steps(pointer(path))) == path


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", DOCUMENT),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("#/c%25d", 2),
        ("/m~0n", 8),
        ("/k/0", "zero"),
    ],
)
def test_resolves(text: str, value: object) -> None:
    assert resolve(DOCUMENT, steps(text)) == value


@pytest.mark.parametrize("text", ["/foo/2", "/foo/01", "/foo/-1", "/foo/-", "/foo/1e0", "/nope", "/foo/0/x", "/foo/٣"])
def test_what_is_not_there_is_named(text: str) -> None:
    with pytest.raises(PointsNowhere) as caught:
        resolve(DOCUMENT, steps(text))
    assert caught.value.pointer == text


def test_a_pointer_begins_with_a_slash() -> None:
    with pytest.raises(ValueError, match="begins with a slash"):
        steps("foo")


def places(value: JSON, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], JSON]]:
    yield path, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inside:
        yield from places(each, (*path, step))


@given(VALUES)
def test_every_place_of_a_document_is_found_by_its_pointer(document: JSON) -> None:
    for path, value in places(document):
        assert resolve(document, steps(pointer(path))) is value


def test_child_adds_steps() -> None:
    assert child("/a", "b/c", 0) == "/a/b~1c/0"


def test_a_part_is_replaced_and_the_rest_is_shared() -> None:
    document = {"a": [{"b": 1}, {"c": 2}], "d": {}}
    assert replaced(document, ("a", 0, "b"), 3) == {"a": [{"b": 3}, {"c": 2}], "d": {}}
    assert replaced(document, ("a", "1"), None) == {"a": [{"b": 1}, None], "d": {}}
    assert replaced(document, (), 4) == 4
    assert document == {"a": [{"b": 1}, {"c": 2}], "d": {}}
    assert replaced(document, ("a", 0), 1)["d"] is document["d"]
    for nowhere in (("x",), ("a", 2), ("a", 0, "b", "c")):
        with pytest.raises(PointsNowhere):
            replaced(document, nowhere, 0)
