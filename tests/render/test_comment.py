from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.render import comment as module
from bot.render.comment import HIDDEN, LIMIT, MOST_OPEN, comment, flip
from bot.render.fitting import size
from bot.report.model import Outcome, Report
from bot.report.subject import State
from bot.standard.problems import Severity
from tests.render.reports import (
    OCCASION,
    UK,
    addition,
    ended,
    long,
    problem,
    profile,
    question,
    removal,
    reported,
    rewording,
)
from tests.render.seen import markdown

BREAKS = reported(
    profile("core", "Core", addition("b"), rewording("c")),
    profile("uk", "Open Referral UK", removal("a"), addition("b")),
    findings=(
        problem(Severity.ERROR, "the error is here"),
        problem(Severity.WARNING, "the warning is here"),
        problem(Severity.NOTICE, "the notice is here"),
        problem(Severity.ERROR, "it was there", in_base=True),
    ),
)


def test_the_parts_stand_in_the_order_of_reading() -> None:
    said = comment(BREAKS, OCCASION)
    parts = [
        "## This change would break data published under 1 of 2 profiles",
        "**Who is affected** Publishers of Open Referral UK.",
        "**Version needed** A new major version for Open Referral UK",
        "| # | Change | `core` | `uk` |",
        "| 1 | `service.a` removed | not in profile | **breaks publishers** |",
        "| 2 | `service.b` added | compatible | compatible |",
        "<details><summary>1: an example that breaks (<code>uk</code>)</summary>",
        "in `schema/service.json:3 /properties/a` (used in 4 places).",
        '"a": "x"  // this version has no such term',
        "**Problems in the files**",
        "the error is here. Mend it.",
        "<summary>1 warning and 1 note about the files</summary>",
        "1 problem in the files was there before and does not count here.",
        "<summary>1 change of wording without effect on documents and tools</summary>",
        "**What you can do** Keep `service.a`, optional and marked as deprecated",
        "**Discuss** [in the forum](https://forum.example.org/t/standard/312) (no GitHub account needed)",
        "<details><summary>How to read this</summary>",
        "- **breaks publishers**: data that is valid now would be refused",
        (
            "<sub>Compared `1a2b3c4` with `main@5d6e7f8` · "
            "[full report](https://github.com/openreferral/specification/actions/runs/7)</sub>"
        ),
    ]
    places = [said.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert "it was there" not in said


def test_what_is_not_there_is_not_said() -> None:
    said = comment(reported(profile("core", "Core", addition("a"))), replace(OCCASION, report_url="", discuss_url=""))
    for absent in ("What you can do", "Discuss", "Problems", "example", "full report", "wording", "Clock", "/bot"):
        assert absent not in said


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            reported(profile("core", "Core", *map(rewording, "abc"))),
            "Wording only: no document and no tool is affected.",
        ),
        (reported(profile("core", "Core")), "Nothing has changed in the sources of the standard."),
    ],
)
def test_what_affects_nobody_is_one_line(report: Report, said: str) -> None:
    assert (
        comment(report, replace(OCCASION, report_url="")) == f"{said} <sub>Compared `1a2b3c4` with `main@5d6e7f8`</sub>"
    )


def test_what_affects_nobody_and_has_errors_says_so() -> None:
    said = comment(replace(reported(profile("core", "Core", rewording("a"))), findings=BREAKS.findings), OCCASION)
    assert said.startswith("Wording only: no document and no tool is affected. 1 error in the files has to be mended. ")
    assert "the error is here" in said


def test_what_is_not_decided_is_said_with_place_and_reason() -> None:
    said = comment(reported(profile("core", "Core", *map(addition, "abcdefgh"), question("q"))), OCCASION)
    assert said.startswith("## The bot could not decide 1 of 9 changes; a person has to look\n")
    assert (
        "**A person has to look**\n\n"
        "- 1: `pattern` of `service.q` changes from `^a$` to `^b$`, in `schema/service.json:7 /properties/q/pattern` "
        "(`core`). Not decided because of `pattern`: it has look-around."
    ) in said
    assert "**What you can do** Ask somebody who knows the structure to look at change 1." in said


def test_what_cannot_be_read_is_said_with_place_and_remedy() -> None:
    broken = reported(
        profile("core", "Core", removal("a")),
        findings=(problem(Severity.ERROR, "this is not JSON"),),
        unreadable=True,
    )
    said = comment(broken, OCCASION)
    assert said.startswith(
        "## This change cannot be judged: what it changes cannot be read\n\n**Problems in the files**"
    )
    assert "- error: `schema/service.json:4 /properties`: this is not JSON. Mend it." in said
    for absent in ("Who is affected", "| # |", "an example", "How to read this"):
        assert absent not in said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (
            State.MERGED,
            "*This pull request was merged. What it means stays here for the record.*\n\n## This change breaks",
        ),
        (
            State.CLOSED,
            "*This pull request was closed without being merged. What it would have meant stays here.*\n\n## ",
        ),
        (State.OPEN, "## "),
    ],
)
def test_the_first_line_says_how_it_ended(state: State, said: str) -> None:
    assert comment(BREAKS, ended(state)).startswith(said)


def test_many_profiles_are_a_list_by_verdict() -> None:
    profiles = [profile(f"p{at}", f"P{at}", removal("a") if at < 3 else addition("b")) for at in range(10)]
    said = comment(reported(*profiles), OCCASION)
    assert "| # |" not in said
    assert "1. `service.a` removed\n   - **breaks publishers**: `p0`, `p1`, `p2`\n   - not in profile: `p3`, " in said


def test_many_changes_are_folded_after_the_first() -> None:
    said = comment(long(MOST_OPEN + 3), OCCASION)
    shown, _, rest = said.partition("<details><summary>3 more changes</summary>")
    assert f"| {MOST_OPEN} | " in shown
    assert f"| {MOST_OPEN + 1} | " in rest.partition("</details>")[0]
    assert "more change" not in comment(long(MOST_OPEN), OCCASION)


def test_readers_of_one_country_hear_of_theirs_first() -> None:
    said = comment(BREAKS, UK)
    assert said.startswith("## United Kingdom (Open Referral UK): this change would break published data.")
    assert "| # | Change | `core` | `uk` |" in said


def test_without_commits_what_was_compared_is_named() -> None:
    report = replace(BREAKS, head=replace(BREAKS.head, commit="", label="my branch"))
    zeros = replace(OCCASION, pull_request=replace(OCCASION.pull_request, head_sha="0" * 40))
    assert "Compared `my branch` with `main@5d6e7f8`" in comment(report, zeros)
    assert "Compared `1a2b3c4` with `main@5d6e7f8`" in comment(report, OCCASION)


def test_a_flip_is_short() -> None:
    assert flip(Outcome.COMPATIBLE, BREAKS, OCCASION) == (
        "This change now breaks data published under Open Referral UK. The bot's first comment here says what it means."
    )


# How much there is room for.


def test_a_long_report_is_cut_by_what_matters() -> None:
    said = comment(long(300), OCCASION)
    assert size(said) <= LIMIT - HIDDEN
    assert size(said) > LIMIT - HIDDEN - 1000
    assert all(f"| {number} | " in said for number in range(1, 301))
    assert "examples: see [the full report](https://github.com/openreferral/specification/actions/runs/7).\n" in said
    assert said.endswith("</sub>")
    shown = said.count(": an example that breaks")
    assert f"… and {300 - shown} more examples" in said


def test_what_is_cut_is_cut_whole() -> None:
    """Every element that opens also closes; every row has all its cells."""
    seen = markdown(comment(long(900), OCCASION))
    assert seen.foreign == []
    for element in ("details", "summary", "sub", "code"):
        assert seen.shape.count(f"<{element}>") == seen.shape.count(f"</{element}>")
    kinds = [each.split()[0] for each in seen.shape]
    assert kinds.count("td_open") == 3 * (kinds.count("tr_open") - kinds.count("thead_open"))
    assert kinds.count("fence") == kinds.count("fence jsonc") + sum(
        each.startswith("fence jsonc") for each in seen.shape
    )


@pytest.mark.parametrize("room", [-1, 0, 1])
def test_the_limit_to_the_byte(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    report = long(60)
    whole = comment(report, OCCASION)
    assert "more example" not in whole
    limit = size(whole) + room
    monkeypatch.setattr(module, "LIMIT", limit + HIDDEN)
    said = comment(report, OCCASION)
    assert size(said) <= limit
    assert ("… and 1 more example: see [the full report]" in said) == (room < 0)
    assert (said == whole) == (room >= 0)


HUGE: list[Callable[[str], Report]] = [
    lambda text: reported(profile(text, text, removal(text))),
    lambda text: reported(*(profile(f"{text}{at}", text, removal(text), question(text, text)) for at in range(20))),
    lambda text: reported(profile("core", "Core", removal("a", witness={text: [text] * 20}))),
    lambda text: reported(profile("core", "Core"), findings=tuple(problem(Severity.ERROR, text) for _ in range(50))),
    lambda text: reported(profile("core", "Core"), unselected=(removal(text),) * 300),
]


@pytest.mark.parametrize("make", HUGE)
@pytest.mark.parametrize("text", ["x" * 70_000, "🙂" * 70_000, "`" * 70_000, "\u202e" * 70_000, "|@" * 35_000])
def test_endless_words_leave_room_for_the_verdict(make: Callable[[str], Report], text: str) -> None:
    request = replace(OCCASION.pull_request, title=text, base_ref=text)
    said = comment(make(text), replace(OCCASION, pull_request=request))
    assert size(said) <= LIMIT - HIDDEN
    assert "<sub>Compared `1a2b3c4` with " in said
    assert said.encode().decode() == said
