"""A sample of the faults that `make soak` goes through in full: it is drawn anew from the same seed each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faulty import Point, held, killed, overlapping, points, sampled, several, sharing, single, skewed

SINGLE, PAIRS, OVERLAPPING, KILLED, HELD = 60, 15, 10, (3, 9, 14), (1, 12, 20, 28, 33, 34, 35)
SKEWED, SHARING = 10, 6


@pytest.mark.parametrize("point", sampled(points(), SINGLE), ids=str)
def test_one_fault_leaves_one_message_with_the_newest_content(point: Point) -> None:
    assert single(point) == []


@pytest.mark.parametrize("seed", range(PAIRS))
def test_faults_in_pairs(seed: int) -> None:
    assert several(seed) == []


@pytest.mark.parametrize("seed", range(OVERLAPPING))
def test_runs_that_overlap_while_the_pull_request_moves_on(seed: int) -> None:
    assert overlapping(seed) == []


@pytest.mark.parametrize("seed", range(SKEWED))
def test_runs_whose_clocks_are_hours_off_leave_one_message_with_the_newest_content(seed: int) -> None:
    assert skewed(seed) == []


@pytest.mark.parametrize("seed", range(SHARING))
def test_two_pull_requests_told_of_at_once_share_one_post(seed: int) -> None:
    assert sharing(seed) == []


@pytest.mark.parametrize("at", HELD)
def test_a_run_held_while_another_runs_and_a_chat_lags(at: int) -> None:
    assert held(at, "slack", 3) == []


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("at", KILLED)
def test_a_run_that_is_killed_is_made_good_by_the_next(at: int, applied: bool, tmp_path: Path) -> None:
    assert killed(at, tmp_path, applied=applied) == []
