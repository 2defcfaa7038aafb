from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.publish.tracking import MOST_TOLD, Tracking, merged, read, written
from bot.report.model import Outcome

B, C, U = Outcome.BREAKING, Outcome.COMPATIBLE, Outcome.UNKNOWN


@given(
    st.lists(st.sampled_from(Outcome), max_size=80),
    st.dictionaries(*[st.from_regex("[A-Za-z0-9._:/-]{1,40}", fullmatch=True)] * 2),
)
def test_what_was_written_is_read_again(outcomes: list[Outcome], ids: dict[str, str]) -> None:
    tracking = Tracking().knowing(ids)
    for outcome in outcomes:
        tracking = tracking.now(outcome)
    assert read(f"body\n\n{written(tracking)}\n") == tracking
    assert len(tracking.told) <= MOST_TOLD
    changes = sum(one is not other for one, other in itertools.pairwise(outcomes))
    assert tracking.flips == changes


def test_a_verdict_told_twice_is_told_once_and_a_draft_changes_its_mind_quietly() -> None:
    tracking = Tracking().now(B).now(B)
    assert (tracking.told, tracking.flips) == ((B,), 0)
    assert tracking.now(C).flips == 1
    quiet = tracking.now(C, quietly=True)
    assert (quiet.told, quiet.flips) == ((C,), 0)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "<!-- gov:state v1 {} -->",
        "<!-- gov:state v1 {] -->",
        '<!-- gov:state v1 {"told": 3, "first": "x", "ids": []} -->',
        '<!-- gov:state v1 {"told": ["maybe"], "first": -1, "ids": {"a": "b c", "d": 1}} -->',
        f"{written(Tracking((B,)))}\nmore",
        f"> {written(Tracking((B,)))}",
    ],
)
def test_what_could_not_be_ours_says_nothing(line: str) -> None:
    assert read(line) == Tracking()


def test_two_memories_are_one() -> None:
    one, other = Tracking((B, C), 0, {"a": "1"}), Tracking((B,), 0, {"a": "2", "b": "3"})
    assert merged([one, other]) == Tracking((B, C), 0, {"a": "1", "b": "3"})
    assert merged([other, one]).ids == {"a": "2", "b": "3"}
    assert merged([]) == Tracking()
    assert U not in merged([one]).told
