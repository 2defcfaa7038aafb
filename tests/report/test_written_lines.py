from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.compat.confirming import Confirmer
from bot.report.written_lines import written
from tests.report.test_report import phone
from tests.worlds import checked


def test_only_lines_that_are_new_were_written() -> None:
    assert written(list("abc"), list("abxc")) == {3}
    assert written(list("abc"), list("abc")) == frozenset()
    assert written([], list("ab")) == {1, 2}
    assert written(list("ab"), list("abcd")) == {3, 4}
    assert written(list("abcd"), list("ad")) == frozenset()
    assert written(list("aba"), list("abcba")) <= {2, 3, 4}


LINES = st.lists(st.sampled_from("abc"), max_size=12)


@given(LINES, LINES)
def test_what_was_not_written_stands_in_base_in_the_same_order(base: list[str], head: list[str]) -> None:
    new = written(base, head)
    kept = [line for number, line in enumerate(head, start=1) if number not in new]
    rest = iter(base)
    assert all(line in rest for line in kept)


def test_a_finding_says_whether_it_is_at_a_line_of_the_change(confirmer: Confirmer) -> None:
    base, head = (
        {
            "schema/phone.json": json.dumps(
                {**phone(kind={"example": example}), "required": ["id", "gone"]}, indent=1
            ).encode()
        }
        for example in ("fax", "pager")
    )
    found = {each.problem.message: each.on_change for each in checked(confirmer, base, head).findings}
    assert len(found) == 2
    assert {on_change for message, on_change in found.items() if "pager" in message} == {True}
    assert {on_change for message, on_change in found.items() if "gone" in message} == {False}
