from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.compat.verdicts import breaking
from bot.render.contents import Blocks
from bot.render.slack import LONGEST_SAYING, decided, flip, parent
from bot.render.verdict import headline
from bot.report.model import Outcome
from bot.report.subject import State
from tests.render.reports import (
    OCCASION,
    UK,
    addition,
    ended,
    judged,
    profile,
    question,
    removal,
    reported,
    rewording,
    saying,
)
from tests.render.seen import mrkdwn, rich_text

BREAKS = reported(
    profile("core", "Core", addition("b"), rewording("w")),
    profile("uk", "Open Referral UK", removal("a"), question("q")),
)


def read(message: Blocks) -> list[str]:
    """A block a text, bold and code as people would type them."""
    shown = []
    for block in message.blocks:
        if block["type"] == "context":
            shown.append(block["elements"][0]["text"])
        else:
            shown.append("".join(map(_typed, rich_text([block]))))
    return shown


def _typed(element: Any) -> str:
    style = element.get("style", {})
    mark = "*" if style.get("bold") else "`" if style.get("code") else ""
    return f"[{element['text']}]({element['url']})" if element["type"] == "link" else f"{mark}{element['text']}{mark}"


def test_the_parent_says_the_verdict_who_is_affected_and_the_most_serious_changes() -> None:
    message = parent(BREAKS, OCCASION)
    assert message.text == (
        "Pull request 12 of openreferral/specification: This change would break data published under 1 of 2 profiles."
    )
    assert read(message) == [
        (
            "*This change would break data published under 1 of 2 profiles.*\n"
            "[Pull request 12 of openreferral/specification](https://github.com/openreferral/specification/pull/12): "
            "Require a web address"
        ),
        (
            "*Who is affected *Publishers of Open Referral UK. Perhaps tools that read Open Referral UK. "
            "Publishers of Core are not."
            "*\nVersion needed *A new major version for Open Referral UK, a new minor version for Core"
        ),
        (
            "1. `service.a` removed: breaks publishers of Open Referral UK\n"
            "2. `pattern` of `service.q` changes from `^a$` to `^b$`: a person has to look (Open Referral UK)\n"
            "3. `service.b` added: published data stays valid"
        ),
        "Open · <https://forum.example.org/t/standard/312|Discuss here> · Replies in Slack are not counted",
    ]


def test_three_changes_are_told_and_the_others_counted() -> None:
    report = reported(profile("core", "Core", *map(removal, "abcde"), *map(rewording, "vw")))
    changes = read(parent(report, OCCASION))[2]
    assert changes.count("\n") == 3
    assert changes.endswith("… and 2 more in the pull request")


def test_what_breaks_only_together_is_not_called_valid() -> None:
    report = reported(profile("core", "Core", addition("a"), combined={"service": judged(breaking({}))}))
    assert (
        "1. `service.a` added: breaks published data together with other changes" in read(parent(report, OCCASION))[2]
    )


def test_readers_of_one_country_hear_of_their_changes() -> None:
    report = reported(profile("core", "Core", *map(removal, "abcd")), profile("uk", "Open Referral UK", addition("z")))
    told = read(parent(report, UK))
    assert told[0].startswith("*United Kingdom (Open Referral UK): published data stays valid. Elsewhere it would")
    assert "5. `service.z` added: published data stays valid" in told[2]


@pytest.mark.parametrize(
    ("occasion", "state"),
    [
        (OCCASION, "Open"),
        (replace(OCCASION, pull_request=replace(OCCASION.pull_request, draft=True)), "Draft"),
        (ended(State.MERGED), "Merged"),
        (ended(State.CLOSED), "Closed without being merged"),
    ],
)
def test_the_context_says_how_things_stand(occasion: Any, state: str) -> None:
    assert read(parent(BREAKS, occasion))[-1].startswith(f"{state} · <https://forum.example.org/")


def test_without_a_forum_the_pull_request_is_where_to_discuss() -> None:
    [context] = mrkdwn(parent(BREAKS, replace(OCCASION, discuss_url="")).blocks)
    assert "<https://github.com/openreferral/specification/pull/12|Discuss here>" in context["text"]
    nowhere = replace(OCCASION, discuss_url="", pull_request=replace(OCCASION.pull_request, url="javascript:alert(1)"))
    [context] = mrkdwn(parent(BREAKS, nowhere).blocks)
    assert context["text"] == "Open · Replies in Slack are not counted"


def test_an_address_cannot_end_its_link() -> None:
    odd = replace(OCCASION, discuss_url="https://forum.example/t?a=1&b=<2>|x y")
    [context] = mrkdwn(parent(BREAKS, odd).blocks)
    assert "<https://forum.example/t?a=1&amp;b=%3C2%3E%7Cx%20y|Discuss here>" in context["text"]


def test_replies_say_what_people_wait_for() -> None:
    assert read(flip(Outcome.COMPATIBLE, BREAKS, OCCASION))[0] == (
        "This change now breaks data published under Open Referral UK."
    )
    assert read(decided(BREAKS, ended(State.MERGED)))[0] == (
        "*Pull request 12 was merged.* This change breaks data published under 1 of 2 profiles. "
        "Version needed: a new major version for Open Referral UK, a new minor version for Core."
    )
    assert read(decided(BREAKS, ended(State.CLOSED)))[0] == "*Pull request 12 was closed without being merged.*"


def test_what_cannot_be_judged_names_no_changes() -> None:
    told = read(parent(replace(BREAKS, unreadable=True), OCCASION))
    assert len(told) == 2
    assert told[0].startswith("*This change cannot be judged: what it changes cannot be read.*")


# How much there is room for.


@pytest.mark.parametrize(
    "text", ["x" * 9000, "&" * 9000, "<@U1>" * 2000, "\u202e" * 9000, "🙂" * 9000, "a.b:c/" * 2000]
)
def test_the_limits_hold_whatever_is_said(text: str) -> None:
    made = saying(text)
    many = reported(*(profile(f"{text}{at}", text, removal(text), question(text)) for at in range(12)))
    for message in (parent(*made), flip(Outcome.COMPATIBLE, *made), decided(*made), parent(many, made[1])):
        assert len(message.text) <= 4_000
        assert len(message.blocks) <= 50
        for block in message.blocks:
            written = rich_text([block]) if block["type"] == "rich_text" else mrkdwn([block])
            assert sum(len(each["text"]) for each in written) <= 3_000
        assert len(json.dumps(message.blocks, ensure_ascii=False)) <= 13_200


def test_the_limit_of_a_saying_to_the_character() -> None:
    """Cut before it is escaped: an ampersand more never leaves half an entity."""
    title = "&" * 99
    report = reported(*(profile(f"p{at}", title, removal("a") if at else addition("a")) for at in range(5)))
    seen = set()
    for length in range(1, 100):
        occasion = replace(OCCASION, profiles=("p0",), place="p" * length)
        whole = f"Pull request 12 of openreferral/specification: {headline(report, occasion)}"
        seen.add(len(whole) - LONGEST_SAYING)
        shown = whole if len(whole) <= LONGEST_SAYING else f"{whole[: LONGEST_SAYING - 1].rstrip()}…"
        assert parent(report, occasion).text == shown.replace("&", "&amp;")
    assert {-1, 0, 1} <= seen
