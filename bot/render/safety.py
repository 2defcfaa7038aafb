"""Makes text from outside harmless for the place where it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from bot.standard.unseen import MOST_MARKS, draws, is_mark, is_unseen

JOINER = "\u200d"
"""Takes no room, and keeps what stands on both sides of it from being read as one word."""
LONGEST_NAME = 100
LONGEST_PROSE = 600


def plain(text: str) -> str:
    r"""Text for a terminal: control characters, those that nobody sees, those that turn around, and marks upon marks
    upon marks are written out as \u{…}; line breaks stay."""
    if text.isascii():
        return "".join(each if each == "\n" or each.isprintable() else _written(each) for each in text)
    return "".join(_shown(text))


def _shown(text: str) -> Iterator[str]:
    before, marks = "", 0
    for each in text:
        marks = marks + 1 if is_mark(each) else 0
        shown = each.isprintable() and marks <= MOST_MARKS and (not is_unseen(each) or draws(each, before))
        yield each if shown or each == "\n" else _written(each)
        before = each


def one_line(text: str) -> str:
    """Text for a terminal, on one line."""
    return plain(" ".join(text.split()))


def _written(character: str) -> str:
    return f"\\u{{{ord(character):04x}}}"


def shortened(text: str, longest: int) -> str:
    """Text of at most so many characters. What is cut is cut before anything is escaped: no half entity."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def name(text: str, longest: int = LONGEST_NAME) -> str:
    """A name as people are shown it: on one line and not endless, but not yet harmless."""
    # What is far beyond the end need not be looked at.
    start = text[: longest * 8]
    return shortened(one_line(start) + ("…" if len(text) > len(start) else ""), longest)


# Markdown.


def code(text: str) -> str:
    """Text as Markdown code inside a line: it can neither format, mention, link nor end the code."""
    shown = one_line(text)
    if not shown:
        return ""
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def cell_code(text: str) -> str:
    """Text as code in a cell of a Markdown table. A bar would end the cell even in code, and not all agree on
    which backslashes spare it: such text is written in HTML, where the bar has a name."""
    if "|" not in text:
        return code(text)
    spelt = "".join(f"&#{ord(each)};" if each in _ACTIVE else each for each in one_line(text))
    return f"<code>{spelt}</code>"


_ACTIVE = frozenset("\\`*_~[](){}<>|&!#@:/$.\"'")
"""What may mean something in Markdown or HTML."""


def block(text: str, language: str = "") -> str:
    """Text as a Markdown code block: fenced by more backticks than it holds in a row."""
    shown = plain(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def html_code(text: str) -> str:
    """Text as code inside an HTML element of a Markdown document: nothing is looked for in code."""
    return f"<code>{escape(one_line(text))}</code>"


_ANSWERED = re.compile(
    r"(?P<mention>@)|(?P<issue>#(?=\d)|GH-(?=\d))|(?P<host>www(?=\.)|:(?=/))|(?P<emoji>:(?=[\w+-]+:))"
    r"|(?P<commit>[0-9a-f]{6}(?=[0-9a-f]))",
    re.IGNORECASE,
)
"""What a forge answers with a link, a notification or a picture, and no backslash disarms."""
_FORMATS = re.compile(r"[\\`*_\[\]|~<>&$]|^[#+=-]|^\d+(?=[.)])")


def prose(text: str) -> str:
    """Text from outside inside a Markdown sentence: nothing in it formats, mentions or links."""
    unheard = _ANSWERED.sub(lambda match: match[0] + JOINER, one_line(text))
    return _FORMATS.sub(_escaped, unheard)


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    return f"{found}{JOINER}" if found.isdigit() else f"\\{found}"


_HEARD_IN_FORUMS = re.compile(r"#(?=\w)|(?<=\w)\.(?=\w)")


def forum_prose(text: str) -> str:
    """Like `prose`, for a forum, which also links bare domains and tags."""
    return _HEARD_IN_FORUMS.sub(lambda match: match[0] + JOINER, prose(text))


def link(words: str, url: str) -> str:
    """A Markdown link of harmless words; the words alone where the address is none of the web."""
    address = web_address(url)
    return f"[{words}]({address})" if address else words


def web_address(url: str) -> str:
    """An address with nothing in it that could end a link; "" where it is none of the web."""
    if not re.match(r"https?://[^/\s]", url):
        return ""
    return quote(url, safe="%/:?#=&+,;@~.-_", errors="replace")


# Slack and logs.

_LOOK_ALIKES = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"})  # noqa: RUF001 - that is the point
_HEARD_IN_CHATS = re.compile(r"[@#](?=\w)|:(?=[\w+/-])|(?<=\w)\.(?=\w)")


def chat(text: str) -> str:
    """Text from outside in a Slack text that is read as mrkdwn. Letters that format cannot be escaped there:
    look-alikes stand in for them."""
    unheard = _HEARD_IN_CHATS.sub(lambda match: match[0] + JOINER, one_line(text).translate(_LOOK_ALIKES))
    return unheard.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_workflow_command(text: str) -> str:
    """Text on one line of an Actions log: no part of it is taken for a command, and no control character runs."""
    # The percent sign first: the others bring new ones.
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace("##[", "##%5B")
    return plain(escaped.replace("::", ":%3A"))
