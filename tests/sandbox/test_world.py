"""The three services through the clients that the bot uses."""

from __future__ import annotations

import json
import socket

import pytest
import requests
from github.Repository import Repository
from pydiscourse import DiscourseClient
from slack_sdk import WebClient

from bot.sandbox.world import GITHUB_TOKEN, REPOSITORY, SLACK_TOKEN, World
from tests.sandbox.contract import Description
from tests.sandbox.scenes import BODY, CHANNEL, STANDARDS, TITLE, Clock


def test_a_pull_request_is_read_and_commented_by_pygithub(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request("Add a field", author="newcomer", fork=True, draft=True, labels=["minor"])
    pull = repository.get_pull(number)
    assert (pull.title, pull.user.login, pull.head.repo.full_name) == (
        "Add a field",
        "newcomer",
        "newcomer/specification",
    )
    assert pull.draft
    assert [label.name for label in pull.labels] == ["minor"]
    comment = pull.create_issue_comment("One.")
    comment.edit("Two.")
    assert [each.body for each in pull.get_issue_comments()] == ["Two."]
    assert [each.body for each in world.github.comments(number)] == ["Two."]
    comment.delete()
    assert world.github.comments(number) == ()


def test_a_topic_is_opened_answered_and_edited_by_pydiscourse(
    world: World, forum: DiscourseClient, clock: Clock
) -> None:
    opened = forum.create_post(BODY, category_id=STANDARDS, title=TITLE, external_id="gov-1", tags=["uk"])
    clock.advance(10)
    forum.create_post("Another text that is long enough.", topic_id=opened["topic_id"])
    forum.update_post(opened["id"], "The text as it is now, long enough.", **{"post[original_text]": BODY})
    shown = forum.topic_posts(opened["topic_id"], include_raw="true")["post_stream"]["posts"]
    assert [post["raw"] for post in shown] == [
        "The text as it is now, long enough.",
        "Another text that is long enough.",
    ]
    topic = world.discourse.topic("GOV-1")
    assert topic is not None
    assert (topic.title, topic.tags, topic.category_id) == (TITLE, ("uk",), STANDARDS)


def test_a_message_and_its_thread_are_written_by_slack_sdk(world: World, slack: WebClient) -> None:
    metadata = {"event_type": "gov_post", "event_payload": {"key": "a/b"}}
    parent = slack.chat_postMessage(channel=CHANNEL, text="One", metadata=metadata)
    slack.chat_postMessage(channel=CHANNEL, text="Reply", thread_ts=parent["ts"])
    slack.chat_update(channel=CHANNEL, ts=parent["ts"], text="Two")
    history = slack.conversations_history(channel=CHANNEL, include_all_metadata=True)["messages"]
    assert [(each["text"], each["metadata"]) for each in history] == [("Two", metadata)]
    replies = slack.conversations_replies(channel=CHANNEL, ts=parent["ts"])["messages"]
    assert [each["text"] for each in replies] == ["Two", "Reply"]
    assert [each.text for each in world.slack.messages(CHANNEL)] == ["Two", "Reply"]


def test_the_log_tells_each_request_and_no_secret(world: World, repository: Repository, slack: WebClient) -> None:
    number = world.github.open_pull_request()
    repository.get_issue(number).create_comment("Hello.")
    slack.auth_test()
    lines = [(each.service, each.method, each.status, each.writes) for each in world.log]
    assert lines == [("github", "POST", 201, True), ("slack", "POST", 200, False)]
    text = json.dumps(world.as_json()) + repr(world.log) + repr(world.github.hub) + repr(world.slack.workspace)
    assert not {secret for secret in (GITHUB_TOKEN, SLACK_TOKEN) if secret in text}


def test_the_state_can_be_written_to_a_file(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request("Add a field")
    repository.get_issue(number).create_comment("Hello.")
    world.discourse.add_topic(TITLE, BODY)
    world.slack.say(CHANNEL, "Hello")
    shown = json.loads(json.dumps(world.as_json()))
    assert [each["body"] for each in shown["github"][REPOSITORY]["comments"]] == ["Hello."]
    assert [each["title"] for each in shown["github"][REPOSITORY]["issues"]] == ["Add a field"]
    assert shown["discourse"]["topics"][0]["post_stream"]["posts"][0]["raw"] == BODY
    assert shown["slack"][CHANNEL]["messages"][0]["text"] == "Hello"
    assert [line["path"] for line in shown["log"]] == [f"/repos/{REPOSITORY}/issues/1/comments"]


def test_two_worlds_with_the_same_history_are_the_same() -> None:
    def lived() -> object:
        world = World(Clock())
        number = world.github.open_pull_request()
        world.github.comment(number, "Hello.")
        world.discourse.add_topic(TITLE, BODY)
        world.slack.add_channel(CHANNEL)
        world.slack.say(CHANNEL, "Hello")
        return world.as_json()

    assert lived() == lived()


def test_a_stopped_service_refuses_connections_and_comes_back_with_its_state(
    world: World, repository: Repository
) -> None:
    number = world.github.open_pull_request()
    pull = repository.get_pull(number)
    pull.create_issue_comment("Before.")
    world.stop("github")
    with pytest.raises(OSError, match="refused"):
        pull.create_issue_comment("Meanwhile.")
    world.start("github")
    pull.create_issue_comment("After.")
    assert [each.body for each in pull.get_issue_comments()] == ["Before.", "After."]


def test_nothing_listens_after_the_end(clock: Clock) -> None:
    with World(clock) as world:
        port = int(world.github_url.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_what_the_descriptions_refuse_is_found(
    world: World, repository: Repository, described: dict[str, Description]
) -> None:
    """The check of the exchanges is itself able to fail."""
    if "github" not in described:
        pytest.skip("the published descriptions are not here (STANDARDS_DATA)")
    number = world.github.open_pull_request()
    pull = repository.get_pull(number)
    pull.create_issue_comment("Hello.")
    entry = world.log[-1]
    assert not list(described["github"].problems(entry))
    assert entry.response is not None
    from dataclasses import replace

    from bot.sandbox.exchange import json_answer

    broken = json_answer({**entry.response.json(), "id": "7"}, 201)
    assert any(
        "is not of type 'integer'" in each for each in described["github"].problems(replace(entry, response=broken))
    )
    lost = {name: value for name, value in entry.response.json().items() if name != "user"}
    assert any(
        "'user'" in each for each in described["github"].problems(replace(entry, response=json_answer(lost, 201)))
    )
    teapot = replace(entry, response=json_answer({}, 418))
    assert any("418" in each for each in described["github"].problems(teapot))


def test_a_renamed_repository_swallows_a_comment_of_pygithub(world: World, repository: Repository) -> None:
    """The trap of 307: the client takes the redirection for a comment."""
    number = world.github.open_pull_request()
    world.github.rename("standard")
    comment = repository.get_issue(number).create_comment("Hello.")
    assert comment.raw_data.get("id") is None
    assert [each.status for each in world.log] == [307]
    assert world.github.comments(number) == ()


@pytest.mark.parametrize("told", [True, False])
def test_answers_tell_the_time_of_the_world_or_none(told: bool) -> None:
    with World(lambda: 1_790_000_000.0) as world:
        world.date = world.date if told else None
        answer = requests.get(f"{world.discourse_url}/site.json", timeout=5)
        assert answer.headers.get("Date") == ("Mon, 21 Sep 2026 14:13:20 GMT" if told else None)
