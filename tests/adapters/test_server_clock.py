from __future__ import annotations

from email.utils import formatdate

import pytest

from bot.adapters.github import GitHub
from bot.adapters.server_clock import MOST, SMALL, ServerClock
from bot.sandbox.world import GITHUB_TOKEN, REPOSITORY, World

NOW = 1_790_000_000.0


def date(ahead: float) -> str:
    return formatdate(NOW + ahead, usegmt=True)


@pytest.mark.parametrize("ahead", [3600.0, -3600.0, SMALL + 1, MOST - 1, 1 - MOST])
def test_a_clock_that_is_far_off_goes_by_the_services(ahead: float) -> None:
    clock = ServerClock(lambda: NOW)
    clock.hear(date(ahead))
    assert clock() == NOW + ahead
    clock.hear("")
    assert clock() == NOW + ahead
    clock.hear(date(0))
    assert clock() == NOW


@pytest.mark.parametrize(
    "said", ["", "soon", date(SMALL), date(-SMALL), date(MOST), date(-MOST), "Mon, 99 Sep 2026 99:99:99 GMT", "1e999"]
)
def test_what_is_no_date_or_near_or_beyond_all_clocks_changes_nothing(said: str) -> None:
    clock = ServerClock(lambda: NOW)
    clock.hear(said)
    assert clock() == NOW


def test_github_says_the_time_with_each_answer() -> None:
    with World(lambda: NOW) as world:
        number = world.github.open_pull_request("A title")
        github = GitHub(GITHUB_TOKEN, world.github_url, REPOSITORY, now=lambda: NOW - 7200)
        assert github.now() == NOW - 7200
        github.pull_request(number)
        assert github.now() == NOW
        github.close()
