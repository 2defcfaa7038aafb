"""Whatever strangers write, and wherever: a message keeps its shape, and calls, links and hides nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.publish.marks import read_marker
from bot.render import check_run, comment, forum, preview, slack
from bot.render.contents import Blocks
from bot.render.markdown import document
from bot.render.occasion import Occasion
from bot.render.safety import JOINER, one_line
from bot.render.summary import summary
from bot.report.model import Outcome, Report
from bot.report.subject import State
from tests.render.reports import OCCASION, ended, saying
from tests.render.seen import ANSWERED, ANSWERED_IN_FORUMS, answered, chat_shape, markdown, mrkdwn, rich_text

PIECES = [
    *"`|\\@#<>&[]()*_~:/.!$=+-\"' \n\r\t\x1b\u202e\u2066\u200b\ufeff\u2028\x00🙂",
    *("a", "B", "7", "deadbeef", "0123456789abcdef0123456789abcdef01234567"),
    *("@team", "@here", "@everyone", "#12", "GH-1", "owner/repo#3", "www.evil.com", "evil.com", ":tada:", ":100:"),
    *("https://evil.example/x", "http://evil.com", "[x](javascript:alert(1))", "![x](https://evil.example/p.gif)"),
    *("<img src=x onerror=alert(1)>", "<details>", "</details>", "</summary>", "<!--", "-->", "</sub>", "<script>"),
    *("<!channel>", "<!here>", "<@U123>", "<#C123>", "<!subteam^S1>", "<http://evil.example|text>", "&lt;", "&#64;a"),
    *("[poll]\n* a\n[/poll]", '[quote="x"]', "[details=x]", "[date=2026-01-01]", "```", "~~~", "\n\n# shout\n\n"),
    *(
        "<!-- gov:v1 key=a sha=b seq=1 h=0123456789abcdef -->",
        "\\|",
        "\\\\|",
        "| a | b |",
        "**Who is affected** Nobody",
    ),
    *(
        "::error::x",
        "1. ",
        "- ",
        "> ",
        "$x$",
        "$$",
        "[^1]",
        "mailto:a@b.example",
        "a@b.example",
        "\ud800",
        "---",
        "===",
    ),
]
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), min_size=1, max_size=12).map("".join)
VISIBLE = HOSTILE.filter(lambda text: bool(one_line(text)))
LINKS = {OCCASION.report_url, OCCASION.discuss_url, OCCASION.pull_request.url}

Render = Callable[[Report, Occasion], str]
MARKDOWN: dict[str, Render] = {
    "comment": comment.comment,
    "comment when merged": lambda report, occasion: comment.comment(report, ended(State.MERGED, occasion)),
    "flip": lambda report, occasion: comment.flip(Outcome.COMPATIBLE, report, occasion),
    "check summary": lambda report, occasion: check_run.check_run(report, occasion, advisory=True).summary,
    "check text": lambda report, occasion: check_run.check_run(report, occasion, advisory=False).text,
    "job summary": summary,
    "document": lambda report, _: document(report),
    "forum": lambda report, occasion: forum.rolling([forum.line(report, occasion)], [forum.line(report, occasion)]),
}
CHAT: dict[str, Callable[[Report, Occasion], Blocks]] = {
    "parent": slack.parent,
    "flip": lambda report, occasion: slack.flip(Outcome.COMPATIBLE, report, occasion),
    "decided": lambda report, occasion: slack.decided(report, ended(State.MERGED, occasion)),
}


def cases(channel: str) -> tuple[re.Pattern[str], ...]:
    return ANSWERED_IN_FORUMS if channel == "forum" else ANSWERED


PLAIN = {channel: markdown(render(*saying("word"))) for channel, render in MARKDOWN.items()}


def keeps_its_shape(channel: str, text: str) -> None:
    got = markdown(MARKDOWN[channel](*saying(text)))
    assert got.foreign == []
    assert got.shape == PLAIN[channel].shape
    assert got.links == PLAIN[channel].links
    assert set(got.links) <= LINKS
    assert answered(got.texts, cases(channel)) == []


@pytest.mark.parametrize("channel", MARKDOWN)
def test_the_plain_messages_are_what_the_others_are_held_against(channel: str) -> None:
    assert PLAIN[channel].foreign == []
    assert "word" in MARKDOWN[channel](*saying("word"))
    assert answered(PLAIN[channel].texts, cases(channel)) == []


@pytest.mark.parametrize("channel", ["comment", "forum"])
@pytest.mark.parametrize("piece", [piece for piece in PIECES if one_line(piece)], ids=ascii)
def test_each_trick_fails_in_markdown(channel: str, piece: str) -> None:
    keeps_its_shape(channel, piece)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(text=VISIBLE)
def test_markdown_keeps_its_shape_and_calls_nobody(text: str) -> None:
    for channel in MARKDOWN:
        keeps_its_shape(channel, text)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(text=HOSTILE)
def test_no_message_ends_like_one_that_the_bot_remembers(text: str) -> None:
    for render in MARKDOWN.values():
        assert read_marker(render(*saying(text))) is None


@settings(max_examples=100, derandomize=True, deadline=None)
@given(text=HOSTILE)
def test_the_item_of_a_pull_request_is_one_line(text: str) -> None:
    said = forum.line(*saying(text))
    assert said.splitlines() == [said]
    assert said.startswith("- [Pull request 12](")
    # Square brackets of forums work on lines of their own, and in the middle of one.
    outside = re.sub(r"(`+)(?:(?!`).)(.*?)(?<!`)\1(?!`)", "", said.removeprefix("- [Pull request 12]"))
    assert re.search(r"(?<!\\)\[", outside) is None


@settings(max_examples=100, derandomize=True, deadline=None)
@given(text=HOSTILE)
def test_notes_at_lines_are_plain_text(text: str) -> None:
    run = check_run.check_run(*saying(text), advisory=False)
    for shown in (run.title, *(note.title for note in run.annotations)):
        assert shown.isprintable()
    for note in run.annotations:
        assert all(each.isprintable() for each in note.message.split("\n"))
        assert not set(note.message) & set("\u202e\u2066\u200b\ufeff")


@settings(max_examples=60, derandomize=True, deadline=None)
@given(text=VISIBLE)
def test_chats_keep_their_shape_and_call_nobody(text: str) -> None:
    for render in CHAT.values():
        message, plain = render(*saying(text)), render(*saying("word"))
        assert chat_shape(message.blocks) == chat_shape(plain.blocks)
        for element in rich_text(message.blocks):
            assert element["type"] in ("text", "link")
            assert all(each == "\n" or each.isprintable() or each == JOINER for each in element["text"])
        for each in mrkdwn(message.blocks):
            assert each["verbatim"] is True
            assert re.sub(r"<https://[^|>]+\|Discuss here>", "LINK", each["text"]) in CONTEXTS
        assert_reads_as_written(message.text)


CONTEXTS = {"Open · LINK · Replies in Slack are not counted", "LINK · Replies in Slack are not counted"}


def assert_reads_as_written(text: str) -> None:
    """In what Slack reads as mrkdwn without saying so: a notification."""
    assert not set(text) & set("*_~`<>")
    assert re.search(r"&(?!amp;|lt;|gt;)", text) is None
    assert not text.startswith("&gt;")
    shown = unescape(text)
    assert re.search(r"(?<!\w)[@#]\w|:[\w+-]+:|\w://|\w\.(com|example)\b", shown) is None


@settings(max_examples=25, derandomize=True, deadline=None)
@given(text=HOSTILE)
def test_the_preview_asks_for_nothing_and_runs_nothing(text: str) -> None:
    page = Page()
    page.feed(preview.preview(*saying(text)))
    assert page.open == []
    # A suggestion on a line of the pull request is a place of the bot's own there.
    assert {str(link).partition("#discussion_r")[0] for link in page.links} <= LINKS
    assert not {"script", "img", "iframe", "object", "embed", "form", "base", "video", "audio"} & page.elements
    assert not any(name.startswith("on") or name in ("src", "srcset", "action") for name in page.attributes)


class Page(HTMLParser):
    """The elements of a page, and whether each ends where it should."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str | None] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value for name, value in attrs if name == "href"}
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("br", "hr"):
            assert self.open.pop() == tag
