"""A world for the adapters to speak to, through the real client libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from bot.adapters.discourse import Discourse
from bot.adapters.github import GitHub
from bot.adapters.slack import Slack
from bot.sandbox.server import Server
from bot.sandbox.world import DISCOURSE_KEY, DISCOURSE_USER, GITHUB_TOKEN, REPOSITORY, SLACK_TOKEN, World
from tests.adapters.outside import CHANNEL, SECONDS, Clock, Script

Open = Callable[..., GitHub]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> Iterator[World]:
    with World(clock, hang_seconds=0.1) as world:
        world.slack.add_channel(CHANNEL, "standards", ["U0BOT1"])
        yield world


@pytest.fixture
def open_github(world: World, clock: Clock) -> Iterator[Open]:
    """Opens a repository, with whatever token."""
    with ExitStack() as stack:

        def opened(token: str = GITHUB_TOKEN, repository: str = REPOSITORY, **more: str) -> GitHub:
            github = GitHub(token, world.github_url, repository, now=clock, **more)  # type: ignore[arg-type]
            stack.callback(github.close)
            return github

        yield opened


@pytest.fixture
def github(open_github: Open) -> GitHub:
    return open_github()


@pytest.fixture
def discourse(world: World, clock: Clock) -> Iterator[Discourse]:
    discourse = Discourse(world.discourse_url, DISCOURSE_USER, DISCOURSE_KEY, timeout=SECONDS, now=clock)
    yield discourse
    discourse.close()


@pytest.fixture
def slack(world: World, clock: Clock) -> Slack:
    return Slack(SLACK_TOKEN, world.slack_url, timeout=SECONDS, now=clock)


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def served(script: Script) -> Iterator[str]:
    """Where the script answers."""
    server = Server(script.take, 0, SECONDS)
    server.start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()
