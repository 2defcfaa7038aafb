from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.report import line_hunks
from bot.report.line_hunks import Hunk, hunks

LINES = st.lists(st.sampled_from("abcdefgh"), max_size=14)


@given(LINES, LINES, st.sampled_from([0, 4]))
def test_between_the_hunks_of_long_texts_nothing_differs(base: list[str], head: list[str], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_hunks, "LONG", 0)
        patch.setattr(line_hunks, "MOST_PAIRS", most)
        found = hunks(base, head)
    made = list(base)
    for each in reversed(found):
        made[slice(*each.base)] = head[slice(*each.head)]
    assert made == head


def test_each_of_many_lines_that_are_gone_from_a_long_text_is_a_hunk_of_its_own() -> None:
    base = [text for at in range(3000) for text in (f"term_{at}", "string", "}")]
    gone = range(0, 3000, 7)
    head = [each for at in range(3000) if at not in gone for each in base[3 * at : 3 * at + 3]]
    found = hunks(base, head)
    # What is the same at the end counts as the end first.
    assert found[:-1] == [
        Hunk((3 * at, 3 * at + 3), (3 * (at - one), 3 * (at - one))) for one, at in enumerate(gone[:-1])
    ]
    assert found[-1].base[1] - found[-1].base[0] == 3
