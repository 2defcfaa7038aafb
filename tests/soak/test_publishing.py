"""All faults, and long random schedules of them. As many as SOAK says; figures are printed with -rP."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faulty import SERVICES, Point, held, killed, overlapping, points, several, sharing, single, skewed

pytestmark = pytest.mark.skipif("SOAK" not in os.environ, reason="long: run it by make soak")
PAIRS = min(int(os.environ.get("SOAK", "0")), 2_000)
SCHEDULES = min(int(os.environ.get("SOAK", "0")), 500)
REQUESTS = 27
"""Of a first publish to all three."""
REQUESTS_OF_A_FLIP = 35
"""Of one that tells that the verdict has changed."""


@pytest.mark.parametrize("point", points() if "SOAK" in os.environ else [], ids=str)
def test_every_single_fault_at_every_request(point: Point) -> None:
    assert single(point) == []


@pytest.mark.parametrize("seed", range(PAIRS))
def test_pairs_of_faults(seed: int) -> None:
    assert several(seed) == []


@pytest.mark.parametrize("seed", range(SCHEDULES))
def test_two_to_four_runs_at_once(seed: int) -> None:
    assert overlapping(seed) == []


@pytest.mark.parametrize("seed", range(SCHEDULES))
def test_runs_whose_clocks_are_hours_off(seed: int) -> None:
    assert skewed(seed) == []


@pytest.mark.parametrize("seed", range(SCHEDULES))
def test_two_pull_requests_at_once_share_one_post(seed: int) -> None:
    assert sharing(seed) == []


@pytest.mark.parametrize("reads", [1, 2, 3])
@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("at", range(1, REQUESTS_OF_A_FLIP + 1))
def test_a_run_held_at_any_request_while_another_runs(at: int, service: str, reads: int) -> None:
    assert held(at, service, reads) == []


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("at", range(1, REQUESTS))
def test_killed_between_any_two_requests(at: int, applied: bool, tmp_path: Path) -> None:
    assert killed(at, tmp_path, applied=applied) == []
