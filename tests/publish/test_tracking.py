from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.publish.tracking import MOST_TOLD, Learned, Tracking, merged, read, written
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


def test_what_is_meant_is_remembered_from_when_it_first_was_until_its_id_is_known() -> None:
    tracking = Tracking().meaning(["s/report", "s/verdict-1"], 5).meaning(["s/report", "s/verdict-1"], 9)
    assert tracking.meant == {"s/report": 5, "s/verdict-1": 5}
    assert read(written(tracking)) == tracking
    # A first message may still be found to stand; a word on a verdict that has changed again is not coming any more.
    assert tracking.meaning(["s/verdict-2"], 9).meant == {"s/report": 5, "s/verdict-2": 9}
    known = tracking.knowing({"s/report": "1.0"})
    assert (known.meant, known.meaning(["s/report"], 9).meant) == ({"s/verdict-1": 5}, {})
    assert merged([Tracking(meant={"a": 7, "b": 1}), Tracking(ids={"b": "1"}, meant={"a": 3})]).meant == {"a": 3}


@pytest.mark.parametrize("meant", ['{"a": -1}', '{"a": 1.5}', '{"a": true}', '{"a b": 1}', f'{{"a": {10**20}}}', "[1]"])
def test_a_time_that_could_not_be_ours_is_none(meant: str) -> None:
    assert read(f'<!-- gov:state v1 {{"told": [], "meant": {meant}}} -->') == Tracking()


WHOLE = Tracking((B, C), 3, {"a": "1"}, {"x/rolling": 7}, frozenset("g"), frozenset("h"), {"o": "5"}, {"n": "6"}, 9)


def test_all_of_a_memory_is_written_and_read_again() -> None:
    assert read(written(WHOLE)) == WHOLE
    assert merged([WHOLE]) == WHOLE
    assert merged([Tracking((B,), began=4), WHOLE]) == replace(WHOLE, began=4)


@pytest.mark.parametrize(
    "more", ['"missed": {}', '"held": ["a b", 1]', '"over": ["a"]', '"notes": {"n": 1}', '"began": -1', '"began": "x"']
)
def test_what_could_not_be_ours_of_it_is_nothing(more: str) -> None:
    assert read(f'<!-- gov:state v1 {{"told": [], {more}}} -->') == Tracking()


def test_what_is_missed_or_held_is_so_until_it_stands() -> None:
    tracking = Tracking(ids={"a": "1"}).learning(Learned(missed=frozenset("a"), held=frozenset("b")))
    assert (tracking.missed, tracking.held, tracking.ids) == (frozenset("a"), frozenset("b"), {"a": "1"})
    tracking = tracking.learning(Learned({"a": "1", "b": "2"}))
    assert (tracking.missed, tracking.held, tracking.ids) == (frozenset(), frozenset(), {"a": "1", "b": "2"})


def test_what_came_after_one_that_is_over_or_in_the_place_of_one_that_is_lost_is_known_from_then_on() -> None:
    tracking = Tracking(ids={"a": "9", "b": "9"})
    tracking = tracking.learning(Learned({"a": "10", "b": "12"}, over={"a": "9"}, lost={"b": "9"}))
    assert (tracking.ids, tracking.over) == ({"a": "10", "b": "12"}, {"a": "9"})
    # Who knows less takes nothing back: of two, the older stays.
    assert tracking.learning(Learned({"a": "9", "b": "13"})).ids == {"a": "10", "b": "12"}
    assert tracking.learning(Learned(over={"a": "8"})).over == {"a": "9"}


def test_words_on_verdicts_that_have_changed_again_are_forgotten() -> None:
    tracking = Tracking((B, C), 3, {"s/verdict-3": "1", "s/verdict-4": "2", "s/decided": "3", "s/verdict-x": "4"})
    assert tracking.meaning([], 9).ids == {"s/verdict-4": "2", "s/decided": "3", "s/verdict-x": "4"}


def test_two_memories_are_one() -> None:
    one, other = Tracking((B, C), 0, {"a": "1"}), Tracking((B,), 0, {"a": "2", "b": "3"})
    assert merged([one, other]) == Tracking((B, C), 0, {"a": "1", "b": "3"})
    assert merged([other, one]).ids == {"a": "2", "b": "3"}
    assert merged([]) == Tracking()
    assert U not in merged([one]).told
