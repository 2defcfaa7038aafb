"""The traps of the three client libraries, as they were measured against other servers, happen here as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
from github import GithubException, RateLimitExceededException
from github.GithubRetry import GithubRetry
from github.Repository import Repository
from pydiscourse import DiscourseClient
from pydiscourse.exceptions import DiscourseError, DiscourseServerError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.sandbox.faults import Fault, Kind
from bot.sandbox.refusal import refusing
from bot.sandbox.world import SLACK_TOKEN, World
from tests.sandbox.conftest import github_client
from tests.sandbox.scenes import BODY, CHANNEL, STANDARDS, TITLE

Sleep = Callable[[float], None]


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that clients would have slept."""
    seconds: list[float] = []
    monkeypatch.setattr("pydiscourse.client.time.sleep", seconds.append)
    return seconds


# PyGithub.


@pytest.mark.parametrize("kind", [Kind.ERROR_502_AFTER, Kind.RESET_AFTER, Kind.HUNG_AFTER])
def test_pygithub_sends_a_post_twice_by_default(world: World, kind: Kind) -> None:
    number = world.github.open_pull_request()
    issue = github_client(world, retry=GithubRetry(total=3, backoff_factor=0), timeout=1).get_issue(number)
    world.faults.add(Fault(kind))
    issue.create_comment("Hello.")
    assert [each.body for each in world.github.comments(number)] == ["Hello.", "Hello."]


def test_pygithub_set_up_well_retries_what_changes_nothing_twice(world: World) -> None:
    retry = GithubRetry(
        total=3,
        backoff_factor=0,
        allowed_methods={"GET", "HEAD", "PUT", "PATCH", "DELETE"},
        status_forcelist=[403, 429, 500, 502, 503, 504],
    )
    number = world.github.open_pull_request()
    comment = world.github.comment(number, "One.", "github-actions[bot]")
    issue = github_client(world, retry=retry).get_issue(number)
    for kind in (Kind.ERROR_502, Kind.RESET_BEFORE):
        world.faults.add(Fault(kind))
        issue.get_comment(comment).edit(kind.value)
        assert world.github.comments(number)[0].body == kind.value
    for kind in (Kind.ERROR_502_AFTER, Kind.RESET_AFTER):
        world.faults.add(Fault(kind))
        with pytest.raises((GithubException, requests.ConnectionError)):
            issue.create_comment(kind.value)
    assert [each.body for each in world.github.comments(number)[1:]] == ["502 after", "reset after"]


def test_pygithub_takes_an_empty_answer_for_a_comment(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request()
    world.faults.add(Fault(Kind.EMPTY_AFTER))
    assert repository.get_issue(number).create_comment("Hello.").raw_data == {}
    assert len(world.github.comments(number)) == 1


def test_pygithub_raises_what_is_no_github_exception(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request()
    issue = repository.get_issue(number)
    world.faults.add(Fault(Kind.TRUNCATED_AFTER))
    with pytest.raises(ValueError, match="line 1"):
        issue.create_comment("Hello.")
    world.faults.add(Fault(Kind.RESET_BEFORE))
    with pytest.raises(requests.ConnectionError):
        issue.create_comment("Hello.")


def test_pygithub_tells_limits_apart(world: World, repository: Repository) -> None:
    issue = repository.get_issue(world.github.open_pull_request())
    world.faults.add(Fault(Kind.SECONDARY))
    with pytest.raises(RateLimitExceededException):
        issue.create_comment("Hello.")
    world.faults.add(Fault(Kind.LIMITED_SILENT))
    with pytest.raises(GithubException) as limited:
        issue.create_comment("Hello.")
    assert (limited.value.status, type(limited.value)) == (429, GithubException)


def test_pygithub_reads_all_pages_although_one_fails_once(world: World) -> None:
    number = world.github.open_pull_request()
    for at in range(130):
        world.github.comment(number, f"{at}")
    issue = github_client(world, retry=GithubRetry(total=3, backoff_factor=0)).get_issue(number)
    world.faults.add(Fault(Kind.PAGE_FAILED))
    assert len(list(issue.get_comments())) == 130
    assert [entry.status for entry in world.log] == [200, 500, 200]


def test_a_refused_connection_reaches_pygithub_as_one(world: World, repository: Repository) -> None:
    issue = repository.get_issue(world.github.open_pull_request())
    world.faults.add(Fault(Kind.REFUSED))
    with refusing(world), pytest.raises(requests.ConnectionError, match="refused"):
        issue.create_comment("Hello.")


# pydiscourse.


def opened(forum: DiscourseClient, **more: Any) -> Any:
    return forum.create_post(BODY, category_id=STANDARDS, title=TITLE, **more)


def test_pydiscourse_sleeps_as_long_as_it_is_told(world: World, forum: DiscourseClient, slept: list[float]) -> None:
    world.faults.add(Fault(Kind.LIMITED_LONG))
    assert opened(forum)["id"]
    assert slept == [3601]


def test_pydiscourse_does_not_read_the_header_of_a_plain_429(
    world: World, forum: DiscourseClient, slept: list[float]
) -> None:
    world.faults.add(Fault(Kind.LIMITED_PLAIN, seconds=3))
    assert opened(forum)["id"]
    assert slept == [11]


def test_pydiscourse_stumbles_over_a_limit_that_tells_no_time(world: World, forum: DiscourseClient) -> None:
    world.faults.add(Fault(Kind.LIMITED_SILENT))
    with pytest.raises(KeyError, match="extras"):
        opened(forum)


def test_pydiscourse_does_not_follow_to_the_topic_of_an_external_id(world: World, forum: DiscourseClient) -> None:
    topic = world.discourse.add_topic(TITLE, BODY, external_id="gov-1")
    with pytest.raises(DiscourseError):
        forum._get("/t/external_id/gov-1.json")  # noqa: SLF001 - it has no other way to that address
    shown = forum._get("/t/external_id/gov-1.json", override_request_kwargs={"allow_redirects": True})  # noqa: SLF001
    assert shown["id"] == topic.id


def test_pydiscourse_takes_a_queued_post_for_a_success(world: World, forum: DiscourseClient) -> None:
    category = world.discourse.add_category("Quiet", require_topic_approval=True)
    answer = forum.create_post(BODY, category_id=category, title=TITLE)
    assert (answer["action"], "id" in answer, world.discourse.topics()) == ("enqueued", False, ())


def test_pydiscourse_refuses_a_content_type_written_otherwise(world: World, forum: DiscourseClient) -> None:
    world.faults.add(Fault(Kind.ODD_TYPE_AFTER))
    with pytest.raises(DiscourseError, match="Invalid Response"):
        opened(forum)
    assert len(world.discourse.topics()) == 1


def test_pydiscourse_does_not_retry_what_a_proxy_lost_and_the_forum_remembers(
    world: World, forum: DiscourseClient
) -> None:
    world.faults.add(Fault(Kind.ERROR_504_AFTER))
    with pytest.raises(DiscourseServerError):
        opened(forum, external_id="gov-1")
    again = opened(forum, external_id="gov-1")
    assert [topic.id for topic in world.discourse.topics()] == [again["topic_id"]]


# slack_sdk.


def test_slack_sdk_sends_a_message_twice_by_default(world: World) -> None:
    client = WebClient(SLACK_TOKEN, base_url=world.slack_url, timeout=5)
    world.faults.add(Fault(Kind.RESET_AFTER))
    client.chat_postMessage(channel=CHANNEL, text="Hello")
    assert [each.text for each in world.slack.messages(CHANNEL)] == ["Hello", "Hello"]


def test_slack_sdk_does_not_resend_after_a_time_out(world: World) -> None:
    client = WebClient(SLACK_TOKEN, base_url=world.slack_url, timeout=0.2)  # type: ignore[arg-type]
    world.faults.add(Fault(Kind.HUNG_AFTER))
    with pytest.raises(TimeoutError):
        client.chat_postMessage(channel=CHANNEL, text="Hello")
    assert len(world.slack.messages(CHANNEL)) == 1


def test_slack_sdk_stumbles_over_a_date_as_retry_after(world: World) -> None:
    handlers = [RateLimitErrorRetryHandler(max_retry_count=3)]
    client = WebClient(SLACK_TOKEN, base_url=world.slack_url, timeout=5, retry_handlers=handlers)  # type: ignore[arg-type]
    world.faults.add(Fault(Kind.LIMITED_UNTIL))
    with pytest.raises(ValueError, match="invalid literal"):
        client.chat_postMessage(channel=CHANNEL, text="Hello")


@pytest.mark.parametrize("kind", [Kind.ERROR_502, Kind.TRUNCATED_AFTER, Kind.EMPTY_AFTER])
def test_slack_sdk_speaks_of_what_is_no_json(world: World, slack: WebClient, kind: Kind) -> None:
    world.faults.add(Fault(kind))
    with pytest.raises(SlackApiError):
        slack.chat_postMessage(channel=CHANNEL, text="Hello")
    assert len(world.slack.messages(CHANNEL)) == kind.applied


def test_slack_sdk_sends_too_many_blocks_unchecked_and_slack_points_at_them(world: World, slack: WebClient) -> None:
    blocks = [{"type": "divider"}] * 51
    with pytest.raises(SlackApiError) as refused:
        slack.chat_postMessage(channel=CHANNEL, text="Hello", blocks=blocks)
    assert refused.value.response["error"] == "invalid_blocks"
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]
    assert world.slack.messages(CHANNEL) == ()
