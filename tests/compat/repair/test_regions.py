"""Edits of a text one after another, as edits of the lines it began with."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.compat.repair.regions import Region, after, alone, hunk, lines_of, whole

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n"]), max_size=8)


def regions(*texts: list[str]) -> list[Region]:
    found: list[Region] = []
    for maker, (ours, theirs) in enumerate(pairwise(texts)):
        found = after(found, ours, theirs, maker) if ours != theirs else found
    return found


@given(st.lists(LINES, min_size=2, max_size=6))
def test_the_regions_of_many_edits_make_the_last_text_of_the_first(texts: list[list[str]]) -> None:
    first, last = texts[0], texts[-1]
    made = [*first]
    for region in reversed(regions(*texts)):
        made[slice(*region.before)] = last[slice(*region.now)]
    assert made == last


@given(st.lists(LINES, min_size=2, max_size=6))
def test_no_two_regions_overlap_or_touch(texts: list[list[str]]) -> None:
    for one, other in pairwise(regions(*texts)):
        assert one.before[1] < other.before[0]
        assert one.now[1] < other.now[0]


@given(st.lists(LINES, min_size=2, max_size=6))
def test_every_edit_is_in_one_region(texts: list[list[str]]) -> None:
    made = [at for at, (ours, theirs) in enumerate(pairwise(texts)) if ours != theirs]
    assert sorted(str(maker) for region in regions(*texts) for maker in region.makers) == list(map(str, made))


def test_edits_far_apart_stay_two_and_edits_side_by_side_become_one() -> None:
    text = [f"{at}\n" for at in range(9)]
    apart = regions(text, ["x\n", *text[1:]], ["x\n", *text[1:8], "y\n"])
    assert [each.before for each in apart] == [(0, 1), (8, 9)]
    beside = regions(text, ["x\n", *text[1:]], ["x\n", "y\n", *text[2:]])
    assert beside == [Region((0, 2), (0, 2), (0, 1))]


def test_an_edit_above_moves_those_below_it() -> None:
    text = [f"{at}\n" for at in range(9)]
    below = [*text[:8], "y\n"]
    found = regions(text, below, ["0\n", "x\n", "x\n", *below[1:]])
    assert found == [Region((0, 1), (0, 3), (1,)), Region((8, 9), (10, 11), (0,))]
    now = ["0\n", "x\n", "x\n", *below[1:]]
    assert alone(found[0], text, now) == "".join(["0\n", "x\n", "x\n", *text[1:]])
    assert whole(found) == Region((0, 9), (0, 11), (1, 0))


def test_what_is_only_put_in_takes_the_line_before_it_along() -> None:
    assert hunk(["a\n", "c\n"], ["a\n", "b\n", "c\n"]) == (0, 1, 2)
    assert hunk(["c\n"], ["b\n", "c\n"]) == (0, 1, 2)
    assert hunk([], ["b\n"]) == (0, 0, 1)


def test_lines_end_where_git_ends_them() -> None:
    assert lines_of("a\u2028b\x0bc\r\nd") == ["a\u2028b\x0bc\r\n", "d"]
    assert lines_of("") == []
