"""Markdown as a forge or a forum shows it, as HTML that asks for nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ALLOWED = frozenset({"details", "summary", "sub", "code"})
"""Elements that our messages are made of; of the others, a forge would show some, and none is ours."""
_TAG = re.compile(r"<!--.*?-->|</?(?P<name>[a-z]+)>|[^<]+|<", re.DOTALL)


def rendered(text: str) -> str:
    """The HTML of a message."""
    made = _parser().render(text)
    assert isinstance(made, str)  # noqa: S101 - the library says Any
    return made


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"]).disable("image")
    for rule in (_html_block, _html_inline, _fence, _link_open):
        parser.add_render_rule(rule.__name__.removeprefix("_"), rule)
    return parser


def _html_block(_: object, tokens: Sequence[Token], at: int, *__: Any) -> str:
    return "".join(map(_harmless, _TAG.finditer(tokens[at].content)))


def _html_inline(_: object, tokens: Sequence[Token], at: int, *__: Any) -> str:
    return "".join(map(_harmless, _TAG.finditer(tokens[at].content)))


def _harmless(match: re.Match[str]) -> str:
    found = match[0]
    if found.startswith("<!--"):
        return ""
    # Text between elements has its entities already.
    return found if match["name"] in _ALLOWED or not found.startswith("<") else escape(found)


def _fence(_: object, tokens: Sequence[Token], at: int, *__: Any) -> str:
    """A block of code, its comments set off as a forge does it."""
    lines = tokens[at].content.rstrip("\n").split("\n")
    shown = "\n".join(map(_with_comment, lines))
    return f"<pre><code>{shown}</code></pre>\n"


def _with_comment(line: str) -> str:
    code, mark, comment = line.partition("  // ")
    return escape(code) + (f'<span class="fault">{escape(mark + comment)}</span>' if mark else "")


def _link_open(_: object, tokens: Sequence[Token], at: int, *__: Any) -> str:
    return f'<a href="{escape(str(tokens[at].attrs.get("href", "")))}" rel="nofollow noopener noreferrer">'
