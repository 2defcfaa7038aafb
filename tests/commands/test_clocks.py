"""Runs whose clocks are hours off, this way or that: one message in each place, and what it says is the newest by the forge's clock."""

from __future__ import annotations

from itertools import permutations

import pytest

from bot.report.model import Outcome
from bot.sandbox.github.premises import sha_of
from tests.faulty import doubles, wrong
from tests.scene import Scene, report, scene

HOUR = 3600.0
BREAKING, COMPATIBLE = Outcome.BREAKING, Outcome.COMPATIBLE


def by_a_clock(here: Scene, ahead: float, outcome: Outcome) -> None:
    here.ahead = ahead
    here.time.sleep(5)
    assert not here.publish(report(outcome)).failed


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("clocks", list(permutations([0.0, HOUR, -3 * HOUR])))
def test_there_is_one_message_whatever_the_clocks_are(clocks: tuple[float, ...], dated: bool) -> None:
    with scene() as here:
        if not dated:
            here.world.date = None
        for at, ahead in enumerate((*clocks, *clocks)):
            here.world.github.push(here.number, sha_of(str(at)))
            by_a_clock(here, ahead, BREAKING if at % 2 else COMPATIBLE)
            by_a_clock(here, ahead, BREAKING if at % 2 else COMPATIBLE)
            # A service that does not tell the time leaves the run with the latest clock the last word for a while.
            assert doubles(here) == []
            assert not dated or wrong(here, BREAKING if at % 2 else COMPATIBLE) == []


@pytest.mark.parametrize("clocks", list(permutations([0.0, 20 * HOUR, -20 * HOUR])))
def test_by_the_clock_of_the_forge_the_later_run_is_the_newer_one(clocks: tuple[float, ...]) -> None:
    """On one commit the number of the run alone tells which one is newer."""
    with scene() as here:
        for at, ahead in enumerate(clocks):
            by_a_clock(here, ahead, BREAKING if at % 2 else COMPATIBLE)
            assert wrong(here, BREAKING if at % 2 else COMPATIBLE) == []


def test_a_run_of_an_unchanged_report_writes_nothing_whatever_its_clock_is() -> None:
    with scene() as here:
        here.publish()
        before = len(here.world.log)
        for ahead in (HOUR, -HOUR, 5 * HOUR, 0.0):
            by_a_clock(here, ahead, BREAKING)
        assert here.writes(before) == []


def test_a_clock_that_nobody_could_mean_is_told_by_no_date() -> None:
    """An answer out of a store may be of last year."""
    with scene() as here:
        here.world.date = lambda: 1_700_000_000.0
        here.publish()
        by_a_clock(here, 0.0, COMPATIBLE)
        assert wrong(here, COMPATIBLE) == []
