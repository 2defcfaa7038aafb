"""Makes text from outside harmless for the place where it is shown."""

from __future__ import annotations

import re
from html import escape

_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(text: str) -> str:
    r"""Text for a terminal: control characters and those that hide or turn around are written out as \u{…};
    line breaks stay."""
    return "".join(
        each if each == "\n" or (each.isprintable() and not _HIDDEN.match(each)) else _written(each) for each in text
    )


def one_line(text: str) -> str:
    """Text for a terminal, on one line."""
    return plain(" ".join(text.split()))


def _written(character: str) -> str:
    return f"\\u{{{ord(character):04x}}}"


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
    """Text as code in a cell of a Markdown table, where a bar would end the cell even in code."""
    return code(text).replace("|", "\\|")


def block(text: str, language: str = "") -> str:
    """Text as a Markdown code block: fenced by more backticks than it holds in a row."""
    shown = plain(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def html(text: str) -> str:
    """Text from outside inside an HTML element of a Markdown document."""
    return escape(one_line(text)).replace("@", "@\u200d")


def prose(text: str) -> str:
    """Text from outside inside a Markdown sentence: nothing in it formats, mentions or links."""
    escaped = re.sub(r"([\\`*_\[\]|~<>&]|:(?=/)|^[#+-]|^\d+(?=[.)]))", _escaped, one_line(text))
    # What no backslash disarms: mentions, references to issues, bare addresses.
    return re.sub(r"(@|#(?=\d)|GH-(?=\d)|www(?=\.))", "\\1\u200d", escaped)


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    return f"{found}\u200d" if found.isdigit() else f"\\{found}"
