"""Histories, threads and channels, in pages, within dates, as far as the plan shows them."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from bot.sandbox.world import World
from tests.sandbox.scenes import CHANNEL, Clock, slack

METADATA = {"event_type": "gov_post", "event_payload": {"key": "a/b"}}
A_DAY = 86_400


def shown(world: World, method: str = "conversations.history", **more: Any) -> list[str]:
    answer = slack(world, method, channel=CHANNEL, **more)
    assert answer["ok"], answer
    return [each["text"] for each in answer["messages"]]


def test_metadata_comes_where_it_is_asked_for(slack: WebClient) -> None:
    slack.chat_postMessage(channel=CHANNEL, text="Hello", metadata=METADATA)
    assert "metadata" not in slack.conversations_history(channel=CHANNEL)["messages"][0]
    asked = slack.conversations_history(channel=CHANNEL, include_all_metadata=True)["messages"][0]
    assert asked["metadata"] == METADATA


def test_a_forged_event_shows_who_wrote_it(offline: World) -> None:
    offline.slack.say(CHANNEL, "Forged", metadata=METADATA)
    message = slack(offline, "conversations.history", channel=CHANNEL, include_all_metadata=True)["messages"][0]
    assert (message["metadata"], message.get("bot_id"), message["user"]) == (METADATA, None, "U0PERSON")


def test_a_history_does_not_hold_replies_but_counts_them(offline: World) -> None:
    parent = offline.slack.say(CHANNEL, "Parent")
    for at in range(2):
        offline.slack.say(CHANNEL, f"Reply {at}", thread=parent)
    messages = slack(offline, "conversations.history", channel=CHANNEL)["messages"]
    assert [(each["text"], each["reply_count"], each["thread_ts"]) for each in messages] == [("Parent", 2, parent)]
    assert shown(offline, "conversations.replies", ts=parent) == ["Parent", "Reply 0", "Reply 1"]


def test_the_newest_come_first_in_a_history_and_last_in_a_thread(offline: World) -> None:
    for at in range(3):
        offline.slack.say(CHANNEL, f"{at}")
    assert shown(offline) == ["2", "1", "0"]


def test_histories_come_in_pages(world: World, slack: WebClient) -> None:
    for at in range(250):
        world.slack.say(CHANNEL, f"{at}")
    pages = [page["messages"] for page in slack.conversations_history(channel=CHANNEL, limit=100)]
    assert [len(page) for page in pages] == [100, 100, 50]
    assert [each["text"] for page in pages for each in page] == [f"{at}" for at in reversed(range(250))]
    assert slack.conversations_history(channel=CHANNEL)["has_more"]
    assert len(slack.conversations_history(channel=CHANNEL, limit=999)["messages"]) == 250


@pytest.mark.parametrize("cursor", ["x", "YXQ6eA==", "bmV4dDox"])
def test_a_cursor_of_ones_own_is_refused(offline: World, cursor: str) -> None:
    answer = slack(offline, "conversations.history", channel=CHANNEL, cursor=cursor)
    assert answer["error"] == "invalid_cursor"


def test_histories_can_be_cut_by_date(offline: World, clock: Clock) -> None:
    names = []
    for at in range(3):
        clock.advance(60)
        names.append(offline.slack.say(CHANNEL, f"{at}"))
    assert shown(offline, oldest=names[0], latest=names[2]) == ["1"]
    assert shown(offline, oldest=names[0], latest=names[2], inclusive=True) == ["2", "1", "0"]
    assert shown(offline, oldest=str(clock() - 30)) == ["2"]
    assert slack(offline, "conversations.history", channel=CHANNEL, oldest="monday")["error"] == "invalid_arguments"


def test_a_free_plan_hides_what_is_older_than_ninety_days(offline: World, clock: Clock) -> None:
    parent = offline.slack.say(CHANNEL, "Old")
    clock.advance(90 * A_DAY)
    assert shown(offline) == ["Old"]
    clock.advance(1)
    assert shown(offline) == []
    assert slack(offline, "conversations.replies", channel=CHANNEL, ts=parent)["error"] == "thread_not_found"
    offline.slack.workspace.settings.free_plan = False
    assert shown(offline) == ["Old"]
    assert [each.text for each in offline.slack.messages(CHANNEL)] == ["Old"], "hidden is not gone"


def test_a_sold_app_has_its_history_rationed(offline: World, clock: Clock) -> None:
    offline.slack.workspace.settings.distributed = True
    for at in range(20):
        offline.slack.say(CHANNEL, f"{at}")
    assert len(shown(offline, limit=100)) == 15
    assert slack(offline, "conversations.history", channel=CHANNEL)["error"] == "ratelimited"
    clock.advance(60)
    assert len(shown(offline)) == 15


def test_histories_are_for_members(offline: World) -> None:
    offline.slack.remove_member(CHANNEL, "U0BOT1")
    for method in ("conversations.history", "conversations.replies"):
        assert slack(offline, method, channel=CHANNEL, ts="1.0")["error"] == "not_in_channel"
    assert slack(offline, "conversations.info", channel=CHANNEL)["channel"]["is_member"] is False


def test_channels_are_listed_with_what_one_is_in_them(world: World, slack: WebClient) -> None:
    world.slack.add_channel("C0OLD", "old", archived=True)
    world.slack.add_channel("C0SECRET", "secret", private=True)
    world.slack.add_channel("C0OURS", "ours", ["U0BOT1"], private=True)
    listed = {each["id"]: each["is_member"] for each in slack.conversations_list()["channels"]}
    assert listed == {CHANNEL: True, "C0OLD": False}
    named = [each["name"] for each in slack.conversations_list(exclude_archived=True)["channels"]]
    assert named == ["standards"]
    private = [each["id"] for each in slack.conversations_list(types="private_channel")["channels"]]
    assert private == ["C0OURS"]
    pages = [page["channels"] for page in slack.conversations_list(limit=1)]
    assert [len(page) for page in pages] == [1, 1]
    assert slack.conversations_members(channel=CHANNEL)["members"] == ["U0BOT1"]


def test_a_thread_that_is_not_there(offline: World) -> None:
    assert slack(offline, "conversations.replies", channel=CHANNEL, ts="1.0")["error"] == "thread_not_found"
