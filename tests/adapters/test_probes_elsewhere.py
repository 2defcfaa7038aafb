from __future__ import annotations

import pytest

from bot.adapters.probes_elsewhere import ElsewhereProbe
from bot.community.checkup import Check, State
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.world import GITHUB_TOKEN, PERSONAL_TOKEN, World
from bot.settings import Secret
from tests.adapters.probed import altered, found, hint, refused

PROFILE = "uk/profile"


def probe(world: World, token: str | None = PERSONAL_TOKEN) -> list[Check]:
    secret = Secret(token) if token else None
    return list(ElsewhereProbe(world.github_url, secret, "GITHUB_ELSEWHERE_TOKEN is not set", (PROFILE,)).checks())


@pytest.fixture
def profile(world: World) -> World:
    world.github.add_repository(PROFILE)
    return world


def test_a_token_that_may_write_there_is_fine_and_nothing_is_written(profile: World) -> None:
    assert found(probe(profile)) == {
        "an issue can be opened in uk/profile, as far as can be told without one": State.FINE
    }
    assert profile.github.repository(PROFILE).issues == {}


def test_without_a_token_it_says_which_and_where_it_goes(profile: World) -> None:
    checks = probe(profile, None)
    assert found(checks) == {
        "GITHUB_ELSEWHERE_TOKEN is not set, so nobody there hears what is coming: uk/profile": State.WRONG
    }
    assert "STANDARDS_BOT_ELSEWHERE_TOKEN" in hint(checks, "is not set")
    assert profile.log == ()


def test_the_token_of_a_job_writes_nowhere_else(profile: World) -> None:
    checks = probe(profile, GITHUB_TOKEN)
    assert found(checks) == {"no issue can be opened in uk/profile: the token may not": State.WRONG}


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "the token for profiles elsewhere is not valid, or not any more"),
        (404, "the token for profiles elsewhere does not see uk/profile"),
        (301, "uk/profile has another name now"),
        (500, "uk/profile cannot be read: GitHub answers 500"),
    ],
)
def test_a_repository_that_is_not_seen(profile: World, monkeypatch: pytest.MonkeyPatch, status: int, said: str) -> None:
    refused(monkeypatch, profile.github, "GET", f"/repos/{PROFILE}", status)
    assert found(probe(profile)) == {said: State.WRONG}


def test_a_repository_that_takes_no_issues(profile: World, monkeypatch: pytest.MonkeyPatch) -> None:
    profile.github.repository(PROFILE).has_issues = False
    assert found(probe(profile)) == {"uk/profile has no issues": State.WRONG}
    altered(monkeypatch, profile.github, "GET", f"/repos/{PROFILE}", lambda answer: {**answer, "archived": True})
    assert found(probe(profile)) == {"uk/profile is archived: no issue can be opened there": State.WRONG}


def test_what_nobody_can_tell_is_said_so(profile: World) -> None:
    profile.faults.add(Fault(Kind.ERROR_502, at=2))
    assert found(probe(profile)) == {
        "whether an issue can be opened in uk/profile could not be told: GitHub answers 502": State.WRONG
    }
    profile.stop()
    assert found(probe(profile)) == {"uk/profile cannot be read: no answer came": State.WRONG}
