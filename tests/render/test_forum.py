from __future__ import annotations

from dataclasses import replace

import pytest

from bot.publish.rolling import Line, lines
from bot.render import forum as module
from bot.render.fitting import size
from bot.render.forum import LIMIT, line, rolling
from bot.report.model import Report
from bot.report.subject import State
from tests.render.reports import OCCASION, UK, addition, ended, profile, removal, reported
from tests.render.seen import markdown

STAYS = reported(profile("core", "Core", removal("a")), profile("uk", "Open Referral UK", addition("b")))
ADDRESS = "https://github.com/openreferral/specification/pull/12"


@pytest.mark.parametrize(
    ("report", "state", "said"),
    [
        (
            STAYS,
            State.OPEN,
            (
                f"- [Pull request 12]({ADDRESS}), `Require a web address`: United Kingdom (Open Referral UK): "
                "published data stays valid. Elsewhere it would break data published under Core. "
                "Version needed: a new minor version; elsewhere a new major version."
            ),
        ),
        (
            STAYS,
            State.MERGED,
            (
                f"- [Pull request 12]({ADDRESS}) (merged), `Require a web address`: United Kingdom (Open Referral UK): "
                "published data stays valid. Elsewhere it breaks data published under Core. "
                "Version needed: a new minor version; elsewhere a new major version."
            ),
        ),
        (
            reported(unreadable=True),
            State.CLOSED,
            (
                f"- [Pull request 12]({ADDRESS}) (closed without being merged), `Require a web address`: "
                "This change cannot be judged: what it changes cannot be read."
            ),
        ),
    ],
)
def test_a_pull_request_is_one_line(report: Report, state: State, said: str) -> None:
    assert line(report, ended(state, UK)) == said


def test_a_title_that_says_nothing_is_called_so() -> None:
    request = replace(OCCASION.pull_request, title=" \n ")
    assert ", without a title: " in line(STAYS, replace(OCCASION, pull_request=request))


def test_what_is_endless_is_cut() -> None:
    long = "x" * 70_000
    report = reported(*(profile(f"p{at}", long, removal("a")) for at in range(9)))
    said = line(
        report, replace(UK, place=long, profiles=("p1",), pull_request=replace(OCCASION.pull_request, title=long))
    )
    assert size(said) < 2_000


def test_the_post_says_how_to_take_part_and_what_is_open() -> None:
    post = rolling(["- one", "- two"], ["- three"])
    assert "You need no GitHub account" in post
    assert post.index("**Open**\n\n- one\n- two") < post.index("**Lately merged or closed**\n\n- three")
    assert "None at the moment." in rolling([], [])
    assert "Lately" not in rolling(["- one"], [])


def test_lines_are_found_again_in_the_post() -> None:
    """Each carries what the bot remembers of it; a post made of those of the last one is the same."""
    text = line(STAYS, OCCASION)
    open_, over = Line(12, text, over=False, seq=3), Line(11, text, over=True, seq=2)
    post = rolling([str(open_)], [str(over)])
    assert lines(post) == {12: open_, 11: over}
    assert rolling([str(lines(post)[12])], [str(lines(post)[11])]) == post


def test_a_post_is_a_list_whatever_it_says() -> None:
    seen = markdown(rolling([line(STAYS, OCCASION)] * 3, [line(STAYS, OCCASION)] * 2))
    assert sum(each.startswith("list_item_open") for each in seen.shape) == 5


@pytest.mark.parametrize("room", [-1, 0, 1])
def test_the_limit_to_the_byte(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    open_, over = [f"- open {at}" for at in range(9)], [f"- over {at} {'x' * 100}" for at in range(9)]
    whole = rolling(open_, over)
    monkeypatch.setattr(module, "LIMIT", size(whole) + room)
    said = rolling(open_, over)
    assert size(said) <= size(whole) + room
    assert ("- over 8 " not in said) == (room < 0)
    assert ("… and at least 1 before these." in said) == (room < 0)
    assert "- over 7 " in said


def test_the_oldest_closed_go_first_and_then_the_oldest_open() -> None:
    open_, over = [f"- open {at} {'x' * 300}" for at in range(150)], [f"- over {at} {'x' * 300}" for at in range(50)]
    post = rolling(open_, over)
    assert size(post) <= LIMIT
    assert "- over" not in post
    assert "… and at least 50 before these." in post
    shown = post.count("- open")
    assert "- open 0 " in post
    assert f"- open {shown - 1} " in post
    assert f"… and at least {150 - shown} more." in post
