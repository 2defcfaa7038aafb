from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.safety import (
    block,
    cell_code,
    chat,
    code,
    escape_workflow_command,
    forum_prose,
    html_code,
    link,
    name,
    one_line,
    plain,
    prose,
    shortened,
)
from tests.render.seen import PARSER

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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("evil.com", "evil.\u200dcom"),
        ("version 1.5 of a.b", "version 1.\u200d5 of a.\u200db"),
        ("the end.", "the end."),
        ("#welcome", "\\#\u200dwelcome"),
        ("@here", "@\u200dhere"),
        ("[poll]", "\\[poll\\]"),
        (":tada:", ":\u200dtada:"),
    ],
)
def test_prose_in_forums(text: str, shown: str) -> None:
    assert forum_prose(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("*bold* _so_ ~no~ `code`", "∗bold∗ ＿so＿ ∼no∼ ˋcodeˋ"),
        (":tada: 12:30", ":\u200dtada: 12:\u200d30"),
        ("https://evil.com", "https:\u200d//evil.\u200dcom"),
        ("@jo #general", "@\u200djo #\u200dgeneral"),
        ("plain: words, here. And there", "plain: words, here. And there"),
    ],
)
def test_words_in_chats(text: str, shown: str) -> None:
    assert chat(text) == shown


@given(NASTY, st.integers(1, 40))
def test_names_are_on_one_line_and_not_endless(text: str, longest: int) -> None:
    shown = name(text, longest)
    assert len(shown) <= longest
    assert shown.isprintable()
    if len(one_line(text)) <= longest and len(text) <= longest * 8:
        assert shown == one_line(text)


@pytest.mark.parametrize(("length", "cut"), [(9, False), (10, False), (11, True)])
def test_what_is_shortened_says_so(length: int, *, cut: bool) -> None:
    shown = shortened("x" * length, 10)
    assert len(shown) == min(length, 10)
    assert shown.endswith("…") == cut


def test_a_name_with_much_space_in_it_is_not_taken_for_whole() -> None:
    assert name("a" + " " * 5000 + "b", 10) == "a…"


@pytest.mark.parametrize(
    "text", ["a|b", "\\|", "\\\\|", "`|`", "||", "a\\|b`", "<b>|", "&#124;|", "*|*", "@x|#1|www.a.b"]
)
def test_a_bar_in_a_cell_is_a_bar_and_no_more(text: str) -> None:
    rows = PARSER.parse(f"| a |\n| --- |\n| {cell_code(text)} |\n")
    [_, cell] = [token for token in rows if token.type == "inline"]
    parts = cell.children or []
    assert [parts[0].content, parts[-1].content] == ["<code>", "</code>"]
    assert "".join(part.content for part in parts[1:-1]) == text
    assert {part.type for part in parts[1:-1]} <= {"text", "text_special"}


@pytest.mark.parametrize("text", ["```", "```\n# shout\n```", "````\n~~~\n", "    ```\n<b>", "`````x"])
def test_a_block_is_one_block(text: str) -> None:
    [fence] = PARSER.parse(block(text, "json"))
    assert (fence.type, fence.info, fence.content) == ("fence", "json", f"{text}\n")


def test_links_are_of_our_words_and_lead_to_the_web() -> None:
    assert link("words", "https://a.example/x") == "[words](https://a.example/x)"
    assert link("words", "https://a.example/x) [y](z") == "[words](https://a.example/x%29%20%5By%5D%28z)"
    assert link("words", "javascript:alert(1)") == "words"


# Logs of Actions.

COMMANDS = st.text(st.sampled_from(list("%:#[]\r\n\x1b ,=ea\u2028")), max_size=30)


def taken_for_commands(log: str) -> list[str]:
    """Lines in which a runner finds a command: in the newer form at the beginning, in the older one anywhere."""
    lines = re.split("\r\n|\r|\n", log)
    return [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


@given(COMMANDS)
def test_a_log_line_holds_no_command(text: str) -> None:
    shown = escape_workflow_command(text)
    assert taken_for_commands(shown) == []
    assert taken_for_commands(f"::warning::{shown}") == [f"::warning::{shown}"]
    assert shown.isprintable()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("50 % of it: fine", "50 %25 of it: fine"),
        ("%0A", "%250A"),
        ("a\r\nb", "a%0D%0Ab"),
        ("::error::x", ":%3Aerror:%3Ax"),
        ("##[error]x", "##%5Berror]x"),
        ("\x1b[31mred", "\\u{001b}[31mred"),
    ],
)
def test_escaping_for_a_log(text: str, shown: str) -> None:
    assert escape_workflow_command(text) == shown


UNSEEN = "\u034f\u115f\u1160\u3164\uffa0\u2800\u180b\u180f\u17b4\u17b5\ufe00\ufe0f\U000e0100\U000e01ef\u00ad\u061c\u2061\U000e0041"


@pytest.mark.parametrize("character", UNSEEN)
def test_what_nobody_sees_is_written_out(character: str) -> None:
    assert plain(f"a{character}b") == f"a\\u{{{ord(character):04x}}}b"


def test_marks_upon_marks_are_written_out_and_those_of_scripts_are_not() -> None:
    marks = "\u0300\u0316\u0301\u0317"
    assert plain(f"a{marks}") == f"a{marks}"
    assert plain(f"a{marks}\u0302\u0303b\u0300") == f"a{marks}\\u{{0302}}\\u{{0303}}b\u0300"
    for written in ("Việt Nam", "किताब", "שָׁלוֹם", "Ångström"):
        assert plain(written) == written


def test_a_symbol_may_be_drawn_in_colours() -> None:
    assert plain("We \u2764\ufe0f data") == "We \u2764\ufe0f data"
    assert "fe0f" in plain("We \u2764\ufe0f\ufe0f data")
