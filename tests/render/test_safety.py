from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.safety import block, cell_code, code, html_code, one_line, plain, prose

NASTY = st.text(
    st.one_of(st.characters(), st.sampled_from(list("`|\\@#<>&[]()*_~:/.!\n\r\x1b\u202e\u2066\u200b\ufeff- 0123GHw")))
)


@given(NASTY)
def test_a_terminal_gets_no_control_characters(text: str) -> None:
    shown = plain(text)
    assert all(each == "\n" or each.isprintable() for each in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")


@given(NASTY)
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    kept = "".join(each for each in text if each.isprintable() and each.isascii())
    assert plain(kept) == kept


@given(NASTY)
def test_one_line_is_one_line(text: str) -> None:
    assert one_line(text).splitlines() in ([one_line(text)], [])


@given(NASTY)
def test_code_ends_where_it_should(text: str) -> None:
    """The fence is longer than any run of backticks inside, so nothing inside can close it."""
    shown = code(text)
    if not one_line(text):
        assert shown == ""
        return
    match = re.fullmatch(r"(`+)(.+?)\1", shown)
    assert match is not None
    assert all(len(run) < len(match[1]) for run in re.findall("`+", match[2]))


@given(NASTY)
def test_code_in_a_cell_has_no_open_bar(text: str) -> None:
    assert not re.search(r"(?<!\\)\|", cell_code(text))


@given(NASTY)
def test_a_block_ends_where_it_should(text: str) -> None:
    lines = block(text).split("\n")
    assert lines[0] == lines[-1]
    assert not any(line.lstrip().startswith(lines[0]) for line in lines[1:-1])


@given(NASTY)
def test_prose_mentions_nobody_and_formats_nothing(text: str) -> None:
    shown = prose(text)
    assert not re.search(r"@[A-Za-z0-9]|#\d|GH-\d|www\.", shown)
    assert not re.search(r"(?<!\\)(?:\\\\)*(?<!\\)[`*_\[\]|~<>&]", shown)
    assert "://" not in shown


@given(NASTY)
def test_code_in_html_holds_no_element(text: str) -> None:
    inside = html_code(text).removeprefix("<code>").removesuffix("</code>")
    assert not set(inside) & set("<>\"'")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, with 1.5 and a-b", "plain words, with 1.5 and a-b"),
        ("1. not a list", "1\u200d. not a list"),
        ("- not a list", "\\- not a list"),
        ("# not a heading", "\\# not a heading"),
        ("@team", "@\u200dteam"),
        ("fixes #12", "fixes #\u200d12"),
        ("https://evil.example", "https:\u200d//evil.example"),
        ("<b>", "\\<b\\>"),
        ("red\x1b[31m", "red\\\\u{001b}\\[31m"),
    ],
)
def test_prose(text: str, shown: str) -> None:
    assert prose(text) == shown
