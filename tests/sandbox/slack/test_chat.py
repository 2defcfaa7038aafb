"""Messages: posted, changed, deleted, linked to, and when Slack says no."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.world import World
from tests.sandbox.scenes import CHANNEL, Clock, slack

METADATA = {"event_type": "gov_post", "event_payload": {"key": "a/b"}}
BLOCKS = [{"type": "divider"}]


def post(world: World, text: str = "Hello", **more: Any) -> str:
    answer = slack(world, "chat.postMessage", channel=CHANNEL, text=text, **more)
    assert answer["ok"], answer
    return str(answer["ts"])


def error(world: World, method: str, **given: Any) -> str:
    answer = slack(world, method, **{"channel": CHANNEL, **given})
    assert answer["ok"] is False
    return str(answer["error"])


def test_slack_says_no_with_status_200(world: World, slack: WebClient) -> None:
    world.slack.remove_member(CHANNEL, "U0BOT1")
    with pytest.raises(SlackApiError) as refused:
        slack.chat_postMessage(channel=CHANNEL, text="Hello")
    assert (refused.value.response.status_code, refused.value.response["error"]) == (200, "not_in_channel")
    world.slack.invite(CHANNEL, "U0BOT1")
    slack.chat_postMessage(channel=CHANNEL, text="Hello")


def test_channels_are_known_by_id_and_may_be_closed(offline: World) -> None:
    offline.slack.add_channel("C0RESTRICTED", members=["U0BOT1"], restricted=True)
    offline.slack.add_channel("C0PRIVATE", private=True)
    assert error(offline, "chat.postMessage", channel="standards", text="x") == "channel_not_found"
    assert error(offline, "chat.postMessage", channel="C0PRIVATE", text="x") == "channel_not_found"
    assert error(offline, "chat.postMessage", channel="C0RESTRICTED", text="x") == "restricted_action"
    ts = post(offline)
    offline.slack.archive(CHANNEL)
    assert error(offline, "chat.postMessage", text="x") == "is_archived"
    assert error(offline, "chat.update", ts=ts, text="x") == "is_archived"


def test_a_message_says_something(offline: World) -> None:
    assert error(offline, "chat.postMessage") == "no_text"
    assert error(offline, "chat.postMessage", text="", blocks=[]) == "no_text"
    assert post(offline, "", blocks=BLOCKS)


@pytest.mark.parametrize("length", [40_000, 40_001])
def test_a_long_text_is_cut_in_silence(offline: World, length: int) -> None:
    post(offline, "x" * length)
    assert len(offline.slack.messages(CHANNEL)[0].text) == 40_000


@pytest.mark.parametrize(("length", "found"), [(4_000, None), (4_001, "msg_too_long")])
def test_a_text_put_in_its_place_has_another_limit(offline: World, length: int, found: str | None) -> None:
    ts = post(offline)
    assert slack(offline, "chat.update", channel=CHANNEL, ts=ts, text="x" * length).get("error") == found


def test_an_update_keeps_blocks_and_metadata_that_it_does_not_name(offline: World) -> None:
    ts = post(offline, blocks=BLOCKS, metadata=METADATA)
    slack(offline, "chat.update", channel=CHANNEL, ts=ts, text="Two")
    message = offline.slack.messages(CHANNEL)[0]
    assert (message.text, message.blocks, message.metadata) == ("Two", BLOCKS, METADATA)
    other = {**METADATA, "event_payload": {"key": "c"}}
    slack(offline, "chat.update", channel=CHANNEL, ts=ts, text="Three", blocks=[], metadata=other)
    assert (message.blocks, message.metadata) == ([], other)
    slack(offline, "chat.update", channel=CHANNEL, ts=ts, text="Four", metadata={})
    assert message.metadata is None


def test_only_ones_own_messages_can_be_changed(offline: World) -> None:
    theirs = offline.slack.say(CHANNEL, "Hello", metadata=METADATA)
    assert error(offline, "chat.update", ts=theirs, text="x") == "cant_update_message"
    assert error(offline, "chat.delete", ts=theirs) == "cant_delete_message"
    assert error(offline, "chat.update", ts="1.000001", text="x") == "message_not_found"
    assert error(offline, "chat.delete", ts="1.000001") == "message_not_found"


def test_the_window_for_edits_may_be_closed(offline: World, clock: Clock) -> None:
    offline.slack.workspace.settings.edit_window_minutes = 5
    ts = post(offline)
    clock.advance(300)
    assert slack(offline, "chat.update", channel=CHANNEL, ts=ts, text="Two")["ok"]
    clock.advance(1)
    assert error(offline, "chat.update", ts=ts, text="Three") == "edit_window_closed"
    assert offline.slack.messages(CHANNEL)[0].text == "Two"


def test_a_deleted_message_leaves_nothing_or_an_empty_place(offline: World) -> None:
    alone, parent = post(offline), post(offline, "Parent")
    reply = post(offline, "Reply", thread_ts=parent)
    for ts in (alone, parent):
        assert slack(offline, "chat.delete", channel=CHANNEL, ts=ts)["ok"]
    shown = slack(offline, "conversations.history", channel=CHANNEL)["messages"]
    assert [(each["ts"], each["subtype"], each["user"]) for each in shown] == [(parent, "tombstone", "USLACKBOT")]
    assert error(offline, "chat.update", ts=parent, text="x") == "message_not_found"
    assert [each.ts for each in offline.slack.messages(CHANNEL)] == [reply]


def test_a_reply_to_what_is_not_there_hangs_in_the_air(offline: World) -> None:
    parent = post(offline)
    offline.slack.delete_message(CHANNEL, parent)
    ts = post(offline, "Reply", thread_ts=parent)
    assert slack(offline, "conversations.history", channel=CHANNEL)["messages"] == []
    shown = slack(offline, "conversations.replies", channel=CHANNEL, ts=parent)["messages"]
    assert [each["ts"] for each in shown] == [ts]


def test_a_reply_to_a_reply_belongs_to_its_thread(offline: World) -> None:
    parent = post(offline, "Parent")
    reply = post(offline, "Reply", thread_ts=parent)
    second = post(offline, "Again", thread_ts=reply)
    assert [each.ts for each in offline.slack.messages(CHANNEL, parent)] == [reply, second]
    assert [each.ts for each in offline.slack.messages(CHANNEL, "")] == [parent]


def test_a_broadcast_reply_shows_in_the_channel(offline: World) -> None:
    parent = post(offline, "Parent")
    ts = post(offline, "Reply", thread_ts=parent, reply_broadcast=True)
    shown = slack(offline, "conversations.history", channel=CHANNEL)["messages"]
    assert [each["ts"] for each in shown] == [ts, parent]
    assert shown[0]["subtype"] == "thread_broadcast"


def test_links_lead_to_messages_and_into_threads(offline: World) -> None:
    parent = post(offline, "Parent")
    reply = post(offline, "Reply", thread_ts=parent)
    links = [slack(offline, "chat.getPermalink", channel=CHANNEL, message_ts=ts)["permalink"] for ts in (parent, reply)]
    assert links[0] == f"https://sandbox.slack.com/archives/{CHANNEL}/p{parent.replace('.', '')}"
    assert links[1].endswith(f"?thread_ts={parent}&cid={CHANNEL}")
    assert error(offline, "chat.getPermalink", message_ts="1.0") == "message_not_found"


def test_no_two_messages_have_the_same_name(offline: World) -> None:
    names = [post(offline) for _ in range(5)]
    assert names == sorted(set(names))
