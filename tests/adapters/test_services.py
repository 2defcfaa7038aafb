"""Services by somebody else: what ours leave out or add must make no difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.adapters.discourse import Discourse
from bot.adapters.github import GitHub
from bot.adapters.services import DiscourseForum, GitHubForge, SlackChat
from bot.adapters.slack import Slack
from bot.commands.announcing.news import Announcement, Channels
from bot.commands.publish import PublishRequest, run
from bot.community import channels
from bot.community.channels import Channel
from bot.community.configuration import Configuration
from bot.report.model import Outcome
from bot.report.subject import State
from bot.sandbox.server import Server
from tests.adapters.outside import SECONDS
from tests.adapters.plain import Plain
from tests.scene import Time, report

CONFIGURATION = Configuration(
    channels=(Channel("forum", channels.Forum(5)), Channel("slack", channels.Slack("C0EVERYBODY")))
)


@pytest.fixture(params=["", "/api/v3"])
def services(request: pytest.FixtureRequest) -> Iterator[tuple[Plain, str]]:
    """The services, and their address; GitHub's may have a path."""
    plain = Plain(prefix=request.param)
    server = Server(plain.take, 0, SECONDS)
    server.start()
    yield plain, f"http://127.0.0.1:{server.port}"
    server.stop()


def publish(services: tuple[Plain, str], time: Time, outcome: Outcome = Outcome.BREAKING) -> Announcement:
    plain, url = services
    github = GitHub("token", f"{url}{plain.prefix}", "o/r", now=time.now)
    discourse = Discourse(url, "standards", "key", now=time.now)
    found = Channels(
        GitHubForge(github), DiscourseForum(discourse), SlackChat(Slack("token", f"{url}/api/", now=time.now), time.now)
    )
    said = report(outcome)
    said = replace(said, head=replace(said.head, commit=plain.head))
    try:
        return run(PublishRequest(said, 1), CONFIGURATION, found, time, "06-01")
    finally:
        github.close()
        discourse.close()


def test_one_message_stands_in_each_place_and_nothing_is_written_again(services: tuple[Plain, str]) -> None:
    plain, time = services[0], Time()
    for _ in range(3):
        done = publish(services, time)
        assert [each.error for each in done.told] == [None] * len(done.told)
        standing = len(plain.comments), len(plain.checks), len(plain.posts), len(plain.messages)
        assert standing == (1, 1, 1, 1)
    assert len(plain.writes) == 5
    assert time.waited == 0


def test_a_pull_request_is_what_can_be_told_of_it(services: tuple[Plain, str]) -> None:
    plain, url = services
    github = GitHub("token", f"{url}{plain.prefix}", "o/r", now=lambda: 7.0)
    found = github.pull_request(1)
    github.close()
    assert (found.state, found.fork, found.author, found.opened_at) == (State.OPEN, False, "ghost", 7.0)
    assert (found.title, found.labels, found.url) == ("", (), "https://github.com/o/r/pull/1")
