from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.standard.spans import line_at, spans
from bot.standard.values import JSON

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


def _all(value: JSON, steps: tuple[str, ...] = ()) -> dict[tuple[str, ...], JSON]:
    found = {steps: value}
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inner:
        found |= _all(each, (*steps, str(step)))
    return found


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_each_value_is_where_its_span_says(value: JSON, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    found = {steps: json.loads(text[span.start : span.end]) for steps, span in spans(text).items()}
    assert found == _all(value)


def test_a_member_begins_at_its_key_and_an_item_at_itself() -> None:
    text = '{"a": [1,\n 22]}'
    found = spans(text)
    assert text[found["a",].key :].startswith('"a"')
    assert found["a", "1"].key == found["a", "1"].start == text.index("22")
    assert line_at(text, found["a", "1"].start) == 2


def test_of_a_key_given_twice_the_last_counts() -> None:
    text = '{"a": 1, "a": 22}'
    assert text[slice(spans(text)["a",].start, spans(text)["a",].end)] == "22"
