from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.publish.marks import read_marker
from bot.render.contents import IssueText
from bot.render.elsewhere import LIMIT, LONGEST_TITLE, Coming, fine_print, issue
from bot.render.fitting import size
from bot.render.safety import one_line
from bot.report.model import ProfileReport, Report
from bot.standard.problems import Severity
from tests.render.reports import addition, problem, profile, question, removal, reported, rewording, saying
from tests.render.seen import answered, markdown
from tests.render.test_hostile import VISIBLE

ABOUT = Coming(
    core="openreferral/specification",
    core_url="https://github.com/openreferral/specification",
    coming="3.1-dev",
    live="3.0",
    profile="Open Referral UK",
    label="uk/profile@v1:profile",
    path="profile",
    discuss_url="https://forum.example.org/t/189",
)


def told(*profiles: ProfileReport, **more: object) -> IssueText:
    return issue(reported(*profiles, **more), ABOUT)


def uk(*changes: object) -> ProfileReport:
    return profile("uk", "Open Referral UK", *changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "title", "settled"),
    [
        ((), "The coming version of the standard (3.1-dev) changes nothing for Open Referral UK", True),
        ((rewording("url"),), "changes nothing but words for Open Referral UK", True),
        ((addition("url"),), "Data published under Open Referral UK stays valid with the coming", False),
        ((question("url"),), "A person has to look at what the coming", False),
        ((removal("url"), addition("name")), "would break data published under Open Referral UK", False),
    ],
)  # fmt: skip
def test_the_title_is_the_verdict(changes: tuple[object, ...], title: str, *, settled: bool) -> None:
    said = told(uk(*changes))
    assert title in said.title
    assert said.settled is settled
    assert said.body.startswith("**")


def test_the_standard_is_called_by_its_name() -> None:
    report = reported(uk(addition("url")))
    named = replace(report, head=replace(report.head, title="Human Services Data Specification"))
    assert "the coming Human Services Data Specification (3.1-dev)" in issue(named, ABOUT).title
    assert "the coming version of the standard (3.1-dev)" in issue(report, ABOUT).title


def test_each_case_says_what_to_do() -> None:
    breaking, gaining = told(uk(removal("url"))).body, told(uk(addition("url"))).body
    assert "[in the forum](https://forum.example.org/t/189)" in breaking
    assert "new major version" in breaking
    assert "gains" not in breaking
    assert "- `service.url`" in gaining
    assert "Plan a new minor version" in gaining
    assert "forum" not in gaining


def test_problems_of_the_profiles_files_alone_are_told() -> None:
    own = problem(Severity.WARNING, "it aims at nothing")
    own = replace(own, problem=replace(own.problem, file="uk/profile@v1:profile/phone.json"))
    like = replace(own, problem=replace(own.problem, file="uk/profile@v1:profile2/phone.json", message="a neighbour"))
    core = problem(Severity.ERROR, "the core's own trouble")
    said = told(uk(), findings=(own, like, core))
    assert not said.settled
    assert "`profile/phone.json:4 /properties`: it aims at nothing" in said.body
    assert "neighbour" not in said.body
    assert "own trouble" not in said.body


def test_old_problems_are_nobodys_news() -> None:
    old = problem(Severity.WARNING, "it aims at nothing", in_base=True)
    old = replace(old, problem=replace(old.problem, file="uk/profile@v1:profile/phone.json"))
    assert told(uk(), findings=(old,)).settled


def test_a_profile_that_cannot_be_judged_says_where() -> None:
    own = problem(Severity.WARNING, "the profile cannot be judged: this is not JSON")
    own = replace(own, problem=replace(own.problem, file="uk/profile@v1:profile/phone.json"))
    said = told(findings=(own,))
    assert said.title.startswith("Open Referral UK cannot be judged beside the coming")
    assert not said.settled
    assert "Mend the files" in said.body


def test_a_long_issue_is_cut_at_whole_parts() -> None:
    said = told(uk(*(removal(f"term_{at:04}") for at in range(900))))
    assert LIMIT - 3_000 < size(said.body) <= LIMIT
    assert markdown(said.body).foreign == []
    assert "more example" in said.body
    assert "**What you can do**" in said.body


def test_a_long_title_is_cut() -> None:
    assert len(issue(reported(uk(addition("url"))), replace(ABOUT, coming="x" * 300)).title) <= LONGEST_TITLE


def test_the_fine_print_names_what_was_compared() -> None:
    said = fine_print(reported(uk()), ABOUT)
    assert said.startswith("<sub>Compared `3.1-dev@1a2b3c4` with `3.0@5d6e7f8` of [")
    assert "`uk/profile@v1:profile`" in said


def hostile(text: str) -> list[tuple[Report, Coming]]:
    """Issues in which strangers have the word wherever they can."""
    report, _ = saying(text)
    about = Coming("a/b", ABOUT.core_url, text, text, text, f"{text}.json", text, ABOUT.discuss_url)
    return [(replace(report, profiles=profiles), about) for profiles in [*((each,) for each in report.profiles), ()]]


PLAIN = [markdown(f"{issue(*each).body}\n\n{fine_print(*each)}") for each in hostile("word")]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(text=VISIBLE)
def test_whatever_strangers_write_calls_nobody_and_keeps_the_shape(text: str) -> None:
    for given_, plain in zip(hostile(text), PLAIN, strict=True):
        made = issue(*given_)
        got = markdown(f"{made.body}\n\n{fine_print(*given_)}")
        assert got.foreign == []
        assert got.shape == plain.shape
        assert set(got.links) <= {ABOUT.core_url, ABOUT.discuss_url}
        assert answered(got.texts) == []
        assert made.title == one_line(made.title)
        assert read_marker(made.body) is None
