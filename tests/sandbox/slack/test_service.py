"""Tokens, scopes and limits of Slack."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.exchange import Request
from bot.sandbox.world import World
from tests.sandbox.scenes import CHANNEL, Clock, slack


def test_an_app_is_told_who_it_is_and_what_it_may(world: World, slack: WebClient) -> None:
    answer = slack.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["url"]) == ("U0BOT1", "B0BOT1", "https://sandbox.slack.com/")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert headers["x-oauth-scopes"] == "channels:history,channels:read,chat:write"
    assert world.log[0].status == 200


@pytest.mark.parametrize(("by", "error"), [("", "not_authed"), ("wrong", "invalid_auth")])
def test_a_token_is_needed(offline: World, by: str, error: str) -> None:
    assert slack(offline, "auth.test", by=by)["error"] == error


@pytest.mark.parametrize(
    ("method", "needed"),
    [
        ("chat.postMessage", "chat:write"),
        ("conversations.history", "channels:history"),
        ("conversations.info", "channels:read"),
    ],
)
def test_a_scope_that_is_missing_is_named(offline: World, method: str, needed: str) -> None:
    offline.slack.add_app("narrow", scopes=["users:read"])
    answer = slack(offline, method, by="narrow", channel=CHANNEL, text="x")
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", needed, "users:read")


def test_two_apps_do_not_touch_each_others_messages(offline: World) -> None:
    other = offline.slack.add_app("other")
    offline.slack.invite(CHANNEL, other.user_id)
    ts = slack(offline, "chat.postMessage", channel=CHANNEL, text="Mine")["ts"]
    answer = slack(offline, "chat.update", by="other", channel=CHANNEL, ts=ts, text="Theirs")
    assert answer["error"] == "cant_update_message"


def test_a_method_that_is_not_there(offline: World) -> None:
    assert slack(offline, "chat.shout")["error"] == "unknown_method"


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
def test_what_is_no_json_object_is_refused(offline: World, body: bytes, error: str) -> None:
    request = Request("POST", "/api/auth.test", headers={"content-type": "application/json"}, body=body)
    assert offline.slack.handle(request).json()["error"] == error


def test_a_channel_takes_bursts_and_then_one_a_second(world: World, slack: WebClient, clock: Clock) -> None:
    world.slack.add_channel("C0OTHER", members=["U0BOT1"])
    for at in range(10):
        slack.chat_postMessage(channel=CHANNEL, text=f"{at}")
    with pytest.raises(SlackApiError) as refused:
        slack.chat_postMessage(channel=CHANNEL, text="Too fast")
    assert (refused.value.response.status_code, refused.value.response["error"]) == (429, "ratelimited")
    assert refused.value.response.headers["Retry-After"] == "1"
    slack.chat_postMessage(channel="C0OTHER", text="Elsewhere")
    clock.advance(1)
    slack.chat_postMessage(channel=CHANNEL, text="In time")


@pytest.mark.parametrize(
    ("method", "most", "given"),
    [
        ("chat.update", 50, {"text": "x"}),
        ("conversations.history", 50, {}),
        ("conversations.list", 20, {}),
        ("auth.test", None, {}),
    ],
)
def test_methods_have_a_tier(
    offline: World, clock: Clock, method: str, most: int | None, given: dict[str, Any]
) -> None:
    ts = slack(offline, "chat.postMessage", channel=CHANNEL, text="Hello")["ts"]
    answers = [slack(offline, method, channel=CHANNEL, ts=ts, **given)["ok"] for _ in range(60)]
    assert sum(answers) == (most or 60)
    clock.advance(60)
    assert slack(offline, method, channel=CHANNEL, ts=ts, **given)["ok"]


def test_arguments_may_come_as_a_form_with_json_in_it(world: World, slack: WebClient) -> None:
    slack.api_call("chat.postMessage", params={"channel": CHANNEL, "text": "Hello", "blocks": '[{"type": "divider"}]'})
    assert world.slack.messages(CHANNEL)[0].blocks == [{"type": "divider"}]
