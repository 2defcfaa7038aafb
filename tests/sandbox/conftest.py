"""A world with a clock of its own, and the real clients that speak to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from github import Auth, Github
from github.Repository import Repository
from pydiscourse import DiscourseClient
from slack_sdk import WebClient

from bot.sandbox.world import (
    DISCOURSE_KEY,
    DISCOURSE_USER,
    GITHUB_TOKEN,
    REPOSITORY,
    SLACK_TOKEN,
    World,
)
from tests.conftest import DATA
from tests.sandbox.contract import Description, descriptions
from tests.sandbox.scenes import CHANNEL, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def described() -> dict[str, Description]:
    """The published descriptions; none where the data is not at hand."""
    return descriptions(DATA / "platform")


@pytest.fixture
def world(clock: Clock, described: dict[str, Description]) -> Iterator[World]:
    """A world; in the end each exchange is held against the descriptions."""
    with World(clock, hang_seconds=2) as world:
        world.slack.add_channel(CHANNEL, "standards", ["U0BOT1"])
        yield world
    as_described(world, described)


@pytest.fixture
def offline(clock: Clock, described: dict[str, Description]) -> Iterator[World]:
    """The same without HTTP, for requests made by hand."""
    world = World(clock)
    world.slack.add_channel(CHANNEL, "standards", ["U0BOT1"])
    yield world
    as_described(world, described)


def as_described(world: World, described: dict[str, Description]) -> None:
    problems = {
        problem
        for entry in world.log
        if entry.service in described
        for problem in described[entry.service].problems(entry)
    }
    assert not problems, "\n".join(sorted(problems))


def github_client(world: World, token: str = GITHUB_TOKEN, **more: object) -> Repository:
    """PyGithub without its own retries, unless a test asks for them."""
    settings = {"timeout": 5, "retry": None, **more}
    return Github(
        auth=Auth.Token(token),
        base_url=world.github_url,
        lazy=True,
        per_page=100,
        seconds_between_requests=0,
        seconds_between_writes=0,
        **settings,  # type: ignore[arg-type]
    ).get_repo(REPOSITORY)


@pytest.fixture
def repository(world: World) -> Repository:
    return github_client(world)


@pytest.fixture
def forum(world: World) -> DiscourseClient:
    return DiscourseClient(world.discourse_url, DISCOURSE_USER, DISCOURSE_KEY, timeout=5)


@pytest.fixture
def slack(world: World) -> WebClient:
    return WebClient(SLACK_TOKEN, base_url=world.slack_url, timeout=5, retry_handlers=[])
