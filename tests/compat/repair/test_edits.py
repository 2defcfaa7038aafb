"""Edits of values, and the same edits of their texts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compat.changes import ABSENT, Absent
from bot.compat.repair.edits import Edit, at, behind, edited, index_of, narrowest
from bot.compat.repair.texts import edited_text
from bot.standard.pointers import PointsNowhere
from bot.standard.spans import spans
from bot.standard.values import JSON

TEXT = """\
{
    "name": "phone",
    "properties": {
        "id": {"type": "string"},
        "kind": {
            "enum": ["voice", "fax"]
        }
    },
    "required": [
        "id",
        "kind"
    ],
    "more": {},
    "none": []
}
"""


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (Edit(("required", "0"), ABSENT), '        "id",\n        "kind"\n', '        "kind"\n'),
        (Edit(("required", "1"), ABSENT), '"id",\n        "kind"\n', '"id"\n'),
        (Edit(("required", "1"), "n", new=True), '"id",\n', '"id",\n        "n",\n'),
        (Edit(("required", "0"), "n", new=True), '        "id",\n', '        "n",\n        "id",\n'),
        (Edit(("required", "1"), "n"), '        "kind"\n    ]', '        "n"\n    ]'),
        (Edit(("required",), ABSENT), '    "required": [\n        "id",\n        "kind"\n    ],\n', ""),
        (Edit(("properties", "kind", "enum"), ["a", "b"]), '["voice", "fax"]', '["a", "b"]'),
        (
            Edit(("properties", "url"), {"type": "string", "deprecated": True}, "id"),
            '"string"},\n',
            '"string"},\n        "url": {\n            "type": "string",\n            "deprecated": true\n        },\n',
        ),
        (Edit(("more", "a"), 1), '"more": {}', '"more": {\n        "a": 1\n    }'),
        (Edit(("none", "0"), 1, new=True), '"none": []', '"none": [\n        1\n    ]'),
        (Edit(("none",), ABSENT), ',\n    "none": []', ""),
    ],
)
def test_nothing_but_what_is_edited_changes(edit: Edit, before: str, after: str) -> None:
    assert TEXT.count(before) == 1
    made = edited_text(TEXT, [edit])
    assert made == TEXT.replace(before, after)
    assert json.loads(made) == edited(json.loads(TEXT), [edit])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)
CONTAINERS = st.dictionaries(st.text(max_size=3), VALUES, max_size=4) | st.lists(VALUES, max_size=4)


def test_a_text_without_a_space_gets_none() -> None:
    text = '{"a":{"b":1},"c":[1]}'
    assert edited_text(text, [Edit(("a", "d"), {"e": [1, 2]}, "b")]) == '{"a":{"b":1,"d":{"e":[1,2]}},"c":[1]}'
    assert edited_text(text, [Edit(("c", "1"), 2, new=True)]) == '{"a":{"b":1},"c":[1,2]}'


@given(CONTAINERS, VALUES | st.just(ABSENT), st.sampled_from([None, 2, "\t"]), st.data())
def test_a_text_is_edited_as_its_value_is(
    value: JSON, put: JSON | Absent, indent: int | str | None, data: st.DataObject
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    places = [steps for steps in spans(text) if steps]
    edits = [Edit(steps, put) for steps in places]
    if put is not ABSENT:
        edits += [Edit(steps, put, new=True) for steps in places if _is_item(value, steps)]
        edits += [Edit((*steps, "a new name"), put) for steps in spans(text) if isinstance(at(value, steps), dict)]
    if edits:
        edit = data.draw(st.sampled_from(edits))
        made = edited_text(text, [edit])
        wanted = edited(value, [edit])
        assert json.dumps(json.loads(made)) == json.dumps(wanted)  # the order as well


def _is_item(value: JSON, steps: tuple[str, ...]) -> bool:
    return isinstance(at(value, steps[:-1]), list)


def test_edits_that_lead_nowhere_are_refused() -> None:
    with pytest.raises(PointsNowhere):
        edited({"a": 1}, [Edit(("b", "c"), 1)])
    with pytest.raises(KeyError):
        edited_text('{"a": 1}', [Edit(("b", "c"), 1)])


def test_neighbours_and_places() -> None:
    assert behind("c", ["a", "d"], ["a", "b", "c", "d"]) == "a"
    assert behind("a", ["b"], ["a", "b"]) == ""
    assert index_of([1, True, "x"], True) == "1"
    assert index_of("x", "x") is None
    assert at({"a": [1]}, ("a", "0")) == 1
    assert at({"a": [1]}, ("a", "1")) is ABSENT


@pytest.mark.parametrize(
    ("before", "now", "place", "value"),
    [
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, ("a", "c"), 3),
        ({"a": {"b": 1}}, {"a": {"b": 1, "c": None}}, ("a", "c"), None),
        ({"a": {"b": 1, "c": None}}, {"a": {"b": 1}}, ("a", "c"), ABSENT),
        ({"a": 1, "b": 1}, {"a": 2, "b": 2}, (), {"a": 2, "b": 2}),
        ({"a": ["x", "y", "z"]}, {"a": ["x", "z"]}, ("a", "1"), ABSENT),
        ({"a": ["x", "y"]}, {"a": ["x"]}, ("a", "1"), ABSENT),
        ({"a": ["x", "z"]}, {"a": ["x", "y", "z"]}, ("a",), ["x", "y", "z"]),
        ({"a": [{"b": 1}, 2]}, {"a": [{"b": True}, 2]}, ("a", "0", "b"), True),
        ([1, 2, 3], [4, 2, 5], (), [4, 2, 5]),
        ([1, 2, 3], [2, 1], (), [2, 1]),
    ],
)
def test_the_smallest_place_at_which_two_values_differ(
    before: JSON, now: JSON, place: tuple[str, ...], value: object
) -> None:
    steps, found = narrowest(before, now)
    assert (steps, found) == (place, value)
    assert isinstance(found, bool) == isinstance(value, bool)
