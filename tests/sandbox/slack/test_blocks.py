"""Block Kit's limits, each at its edge, and the pointers that Slack answers."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.models.blocks import ContextBlock, DividerBlock, HeaderBlock, PlainTextObject, SectionBlock

from bot.sandbox.slack.blocks import MOST_OF_ALL, characters
from bot.sandbox.world import World
from tests.sandbox.scenes import CHANNEL, slack

DIVIDER = {"type": "divider"}


def text(length: int, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": kind, "text": "x" * length}


def section(length: int) -> dict[str, Any]:
    return {"type": "section", "text": text(length)}


def context(many: int) -> dict[str, Any]:
    return {"type": "context", "elements": [text(1)] * many}


def fields(many: int, length: int = 1) -> dict[str, Any]:
    return {"type": "section", "fields": [text(length)] * many}


def image(address: int = 20, words: int = 5) -> dict[str, Any]:
    return {"type": "image", "image_url": "x" * address, "alt_text": "x" * words}


@pytest.mark.parametrize(
    "blocks",
    [
        [DIVIDER] * 50,
        [section(3000)],
        [{"type": "header", "text": text(150, "plain_text")}],
        [context(10)],
        [fields(10)],
        [fields(1, 2000)],
        [{"type": "actions", "elements": [{"type": "button"}] * 25}],
        [image(3000)],
        [image(20, 2000)],
        [{"type": "markdown", "text": "x" * 12_000}],
        [{**DIVIDER, "block_id": "x" * 255}],
        [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}],
        [section(3000)] * 4 + [section(1200)],
    ],
)
def test_blocks_at_the_edge_are_taken(offline: World, blocks: list[Any]) -> None:
    assert slack(offline, "chat.postMessage", channel=CHANNEL, text="x", blocks=blocks)["ok"]


@pytest.mark.parametrize(
    ("blocks", "pointer"),
    [
        ([DIVIDER] * 51, "/blocks"),
        ([section(3001)], "/blocks/0/text/text"),
        ([section(0)], "/blocks/0/text/text"),
        ([DIVIDER, {"type": "section"}], "/blocks/1"),
        ([{"type": "section", "text": "words"}], "/blocks/0/text"),
        ([{"type": "header", "text": text(151, "plain_text")}], "/blocks/0/text/text"),
        ([{"type": "header", "text": text(5)}], "/blocks/0/text"),
        ([context(11)], "/blocks/0/elements"),
        ([context(0)], "/blocks/0/elements"),
        ([fields(11)], "/blocks/0/fields"),
        ([fields(2, 2001)], "/blocks/0/fields/1/text"),
        ([{"type": "actions", "elements": [{"type": "button"}] * 26}], "/blocks/0/elements"),
        ([image(3001)], "/blocks/0/image_url"),
        ([image(20, 2001)], "/blocks/0/alt_text"),
        ([image(20, 0)], "/blocks/0/alt_text"),
        ([{"type": "markdown", "text": "x" * 6_001}] * 2, "/blocks"),
        ([{"type": "markdown", "text": ""}], "/blocks/0/text"),
        ([{**DIVIDER, "block_id": "x" * 256}], "/blocks/0/block_id"),
        ([{**DIVIDER, "block_id": "same"}] * 2, "/blocks"),
        ([{"type": "poem"}], "/blocks/0/type"),
        ([{"type": "rich_text"}], "/blocks/0/elements"),
    ],
)
def test_blocks_beyond_the_edge_are_pointed_at(offline: World, blocks: list[Any], pointer: str) -> None:
    answer = slack(offline, "chat.postMessage", channel=CHANNEL, text="x", blocks=blocks)
    assert (answer["ok"], answer["error"]) == (False, "invalid_blocks")
    assert any(each.endswith(f"[json-pointer:{pointer}]") for each in answer["response_metadata"]["messages"])
    assert offline.slack.messages(CHANNEL) == ()


@pytest.mark.parametrize(("more", "taken"), [(MOST_OF_ALL - 12_000, True), (MOST_OF_ALL - 11_999, False)])
def test_all_blocks_together_have_a_limit(offline: World, more: int, taken: bool) -> None:
    blocks = [section(3000)] * 4 + [section(more)]
    assert sum(map(characters, blocks)) == MOST_OF_ALL + (not taken)
    answer = slack(offline, "chat.postMessage", channel=CHANNEL, text="x", blocks=blocks)
    assert answer.get("error") == (None if taken else "msg_blocks_too_long")


@pytest.mark.parametrize("blocks", [{}, "[", ["x"], "{}", 7])
def test_what_is_no_list_of_blocks_is_refused(offline: World, blocks: Any) -> None:
    answer = slack(offline, "chat.postMessage", channel=CHANNEL, text="x", blocks=blocks)
    assert answer["error"] == "invalid_blocks_format"


def test_blocks_built_with_the_models_of_slack_sdk_are_taken(offline: World) -> None:
    built = [
        HeaderBlock(text=PlainTextObject(text="UK publishers")),
        SectionBlock(text="*3.0.0* is needed", fields=["one", "two"]),
        DividerBlock(),
        ContextBlock(elements=[PlainTextObject(text="12 days left")]),
    ]
    blocks = [each.to_dict() for each in built]
    assert slack(offline, "chat.postMessage", channel=CHANNEL, text="x", blocks=blocks)["message"]["blocks"] == blocks


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"event_type": "gov_post", "event_payload": {"key": "a", "n": 1, "b": True}}, None),
        ({"event_type": "gov_post", "event_payload": {"flat": {"a": "b"}, "list": [{"a": 1}]}}, None),
        ({"event_type": "gov_post", "event_payload": {}}, None),
        ({"event_type": "gov-post", "event_payload": {}}, "invalid_metadata_format"),
        ({"event_type": "gov_post"}, "invalid_metadata_format"),
        ("{", "invalid_metadata_format"),
        ({"event_type": "gov_post", "event_payload": {"deep": {"a": {"b": "c"}}}}, "invalid_metadata_schema"),
        ({"event_type": "gov_post", "event_payload": {"list": ["a"]}}, "invalid_metadata_schema"),
        ({"event_type": "gov_post", "event_payload": {"none": None}}, "invalid_metadata_schema"),
    ],
)
def test_metadata_is_an_event_with_flat_values(offline: World, metadata: Any, error: str | None) -> None:
    assert slack(offline, "chat.postMessage", channel=CHANNEL, text="x", metadata=metadata).get("error") == error
