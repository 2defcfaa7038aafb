"""What a reader's place makes of a message: its structure and the text in it, found by rendering it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

TAG = re.compile(r"</?[a-z]+>")
OURS = frozenset({"details", "summary", "sub", "code"})
PARSER = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])


@dataclass
class Seen:
    """`shape`: the elements in their order, without what they say; `texts`: what is said outside code."""

    shape: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    in_code: bool = False

    def say(self, text: str) -> None:
        if not self.in_code:
            self.texts.append(text)


def markdown(text: str) -> Seen:
    """A message as a forge or a forum reads it."""
    seen = Seen()
    for token in PARSER.parse(text):
        _block(token, seen)
    seen.texts = ["".join(run) for run in _runs(seen)]
    return seen


def _runs(seen: Seen) -> Iterator[list[str]]:
    run: list[str] = []
    for text in [*seen.texts, "\n"]:
        if text == "\n":
            yield run
            run = []
        else:
            run.append(text)


def _block(token: Token, seen: Seen) -> None:
    if token.type == "inline":
        _inline(token.children or [], seen)
        seen.texts.append("\n")
    elif token.type == "html_block":
        _html(token.content, seen)
        seen.texts.append("\n")
    else:
        # Of a list, how its items are numbered; of a fence, in which language.
        seen.shape.append(f"{token.type} {token.info} {token.tag}")


def _inline(tokens: Sequence[Token], seen: Seen) -> None:
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                seen.say(token.content)
            case "html_inline":
                _html(token.content, seen)
            case "code_inline":
                seen.shape += ["<code>", "</code>"]
                seen.say("\0")
            case "link_open":
                seen.links.append(str(token.attrs["href"]))
                seen.shape.append(token.type)
            case _:
                seen.shape.append(token.type)
                seen.say(" ")


def _html(text: str, seen: Seen) -> None:
    for part in re.split(r"(<[^>]*>?)", text):
        if not part.startswith("<"):
            seen.say(unescape(part))
            continue
        if TAG.fullmatch(part) is None or part.strip("</>") not in OURS:
            seen.foreign.append(part)
        if part in ("<code>", "</code>"):
            seen.say("\0")
            seen.in_code = part == "<code>"
        seen.shape.append(part)


ANSWERED = (
    re.compile(r"(?<![A-Za-z0-9`])@[A-Za-z0-9]"),
    re.compile(r"#\d|(?i:\bgh-\d)"),
    re.compile(r"(?<![0-9a-zA-Z])[0-9a-f]{7,40}(?![0-9a-zA-Z])"),
    re.compile(r"[A-Za-z]://|(?i:\bwww\.)"),
    re.compile(r":[a-zA-Z0-9_+-]+:"),
)
"""What a forge answers in text outside code, whatever its Markdown says."""
ANSWERED_IN_FORUMS = (
    re.compile(r"(?<!\w)@\w"),
    re.compile(r"#\w"),
    re.compile(r"[A-Za-z]://|(?i:\bwww\.)"),
    re.compile(r"\w\.(com|net|org|io|uk|us|de|fr|gov)\b"),
    re.compile(r":[a-zA-Z0-9_+-]+:"),
)


def answered(texts: Sequence[str], patterns: Sequence[re.Pattern[str]] = ANSWERED) -> list[str]:
    """Texts that would notify, refer or link."""
    return [text for text in texts if any(pattern.search(text) for pattern in patterns)]


def rich_text(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The elements of the rich text of a Slack message."""
    for block in blocks:
        if block["type"] == "rich_text":
            for section in block["elements"]:
                assert section["type"] == "rich_text_section"
                yield from section["elements"]


def mrkdwn(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The text objects of a Slack message that Slack reads as mrkdwn."""
    for block in blocks:
        if block["type"] == "context":
            yield from block["elements"]


def chat_shape(blocks: Sequence[Mapping[str, Any]]) -> list[object]:
    """The elements of a Slack message, without what they say."""
    rich = [(each["type"], sorted(each.get("style", {})), each.get("url")) for each in rich_text(blocks)]
    return [[block["type"] for block in blocks], rich, [each["text"] for each in mrkdwn(blocks)]]
