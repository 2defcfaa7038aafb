"""The limits of Block Kit and of message metadata, each with the pointer to what breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.sandbox.exchange import Json
from bot.sandbox.slack.answers import failure

MOST_BLOCKS = 50
MOST_OF_ALL = 13_200
MOST_MARKDOWN = 12_000
_KINDS = {"plain_text", "mrkdwn"}
_KNOWN = {
    *("section", "header", "context", "divider", "actions", "image", "rich_text", "markdown", "input", "file", "video"),
    *("table", "context_actions"),
}
_EVENT = re.compile(r"[A-Za-z0-9_]{1,255}")


def check(blocks: Json) -> None:
    """Raise the error that Slack answers for blocks that break a limit."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise failure("invalid_blocks_format")
    problems = list(_problems(blocks))
    if problems:
        raise failure("invalid_blocks", [f"[ERROR] {what} [json-pointer:{where}]" for where, what in problems])
    if sum(map(characters, blocks)) > MOST_OF_ALL:
        raise failure("msg_blocks_too_long")


def characters(value: Json) -> int:
    """The characters that people see of blocks or parts of them."""
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(characters(each) for name, each in value.items() if name != "text" or not own)
    return sum(characters(each) for each in value) if isinstance(value, list) else 0


def check_metadata(metadata: Json) -> None:
    """Raise the error that Slack answers for metadata that is no event with flat values."""
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise failure("invalid_metadata_format")
    kind = metadata.get("event_type")
    if not isinstance(kind, str) or not _EVENT.fullmatch(kind):
        raise failure("invalid_metadata_format")
    if not all(_flat(value, nested=False) for value in metadata["event_payload"].values()):
        raise failure("invalid_metadata_schema")


def _flat(value: Json, *, nested: bool) -> bool:
    if isinstance(value, dict):
        return not nested and all(_flat(each, nested=True) for each in value.values())
    if isinstance(value, list):
        return not nested and all(
            isinstance(each, dict) and all(_flat(inner, nested=True) for inner in each.values()) for each in value
        )
    return isinstance(value, str | int | float | bool)


def _problems(blocks: list[Json]) -> Iterator[tuple[str, str]]:
    if len(blocks) > MOST_BLOCKS:
        yield "/blocks", f"no more than {MOST_BLOCKS} items allowed"
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(ids) != len(set(ids)):
        yield "/blocks", "block_id must be unique"
    if sum(len(block.get("text") or "") for block in blocks if block.get("type") == "markdown") > MOST_MARKDOWN:
        yield "/blocks", f"markdown blocks hold no more than {MOST_MARKDOWN} characters together"
    for at, block in enumerate(blocks):
        place, kind = f"/blocks/{at}", block.get("type")
        if kind not in _KNOWN:
            yield f"{place}/type", f"unsupported type: {kind}"
            continue
        if len(block.get("block_id") or "") > 255:
            yield f"{place}/block_id", "must be less than 256 characters"
        yield from _of_block(place, kind, block)


def _of_block(place: str, kind: str, block: Json) -> Iterator[tuple[str, str]]:
    match kind:
        case "section":
            yield from _of_section(place, block)
        case "header":
            yield from _of_text(f"{place}/text", block.get("text"), 150, {"plain_text"})
        case "context":
            yield from _of_context(place, block)
        case "actions":
            yield from _of_elements(place, block, 25)
        case "rich_text":
            yield from _of_elements(place, block, None)
        case "image":
            yield from _of_image(place, block)
        case "markdown" if not block.get("text"):
            yield f"{place}/text", "must be more than 0 characters"


def _of_context(place: str, block: Json) -> Iterator[tuple[str, str]]:
    yield from _of_elements(place, block, 10)
    for at, element in enumerate(block.get("elements") or []):
        if element.get("type") in _KINDS:
            yield from _of_text(f"{place}/elements/{at}", element, 3000, _KINDS)


def _of_section(place: str, block: Json) -> Iterator[tuple[str, str]]:
    fields = block.get("fields")
    if block.get("text") is None and not fields:
        yield place, "missing required field: text or fields"
    if block.get("text") is not None:
        yield from _of_text(f"{place}/text", block["text"], 3000, _KINDS)
    if fields is not None and not 1 <= len(fields) <= 10:
        yield f"{place}/fields", "no more than 10 items allowed"
    for at, each in enumerate(fields or []):
        yield from _of_text(f"{place}/fields/{at}", each, 2000, _KINDS)


def _of_elements(place: str, block: Json, most: int | None) -> Iterator[tuple[str, str]]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not elements:
        yield f"{place}/elements", "must have at least 1 item"
    elif most is not None and len(elements) > most:
        yield f"{place}/elements", f"no more than {most} items allowed"


def _of_image(place: str, block: Json) -> Iterator[tuple[str, str]]:
    for name, most in (("image_url", 3000), ("alt_text", 2000)):
        if not block.get(name):
            yield f"{place}/{name}", "missing required field"
        elif len(block[name]) > most:
            yield f"{place}/{name}", f"must be less than {most + 1} characters"


def _of_text(place: str, text: Json, most: int, kinds: set[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield place, f"must be an object of type {' or '.join(sorted(kinds))}"
    elif not isinstance(text.get("text"), str) or not text["text"]:
        yield f"{place}/text", "must be more than 0 characters"
    elif len(text["text"]) > most:
        yield f"{place}/text", f"must be less than {most + 1} characters"
