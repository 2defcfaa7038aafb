"""Block Kit as Slack shows it, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

from bot.render.contents import Blocks
from bot.standard.values import JSON

_MRKDWN = re.compile(r"<(?P<url>https?://[^|>]+)\|(?P<words>[^>]*)>")


def rendered(blocks: Blocks) -> str:
    """The HTML of a message."""
    return "\n".join(_block(block) for block in blocks.blocks)


def _block(block: Mapping[str, JSON]) -> str:
    match block["type"]:
        case "rich_text":
            sections = (f"<p>{''.join(map(_element, each['elements']))}</p>" for each in block["elements"])
            return "".join(sections)
        case "context":
            return f'<p class="context">{" ".join(_mrkdwn(each["text"]) for each in block["elements"])}</p>'
        case other:
            return f'<p class="context">{escape(f"({other})")}</p>'


def _element(element: Mapping[str, JSON]) -> str:
    text = escape(element["text"]).replace("\n", "<br>")
    if element["type"] == "link":
        return _link(element["url"], text)
    for style, tag in (("code", "code"), ("bold", "b")):
        if element.get("style", {}).get(style):
            text = f"<{tag}>{text}</{tag}>"
    return text


def _mrkdwn(text: str) -> str:
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    end = 0
    for found in _MRKDWN.finditer(text):
        yield escape(unescape(text[end : found.start()]))
        yield _link(unescape(found["url"]), escape(unescape(found["words"])))
        end = found.end()
    yield escape(unescape(text[end:]))


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}" rel="nofollow noopener noreferrer">{words}</a>'
