from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.compat.bump import Bump
from bot.errors import InputError
from bot.render.replay import agreement, figures, page, row, summary
from bot.report.model import Outcome, Report
from bot.report.replayed import Decided, Facts, Merged, Replayed
from bot.report.unjudged import unjudged
from bot.standard.problems import Severity
from bot.standard.versions import NamedVersion
from tests.render.reports import PULL_REQUEST, addition, problem, profile, question, removal, reported, saying
from tests.render.test_hostile import HOSTILE, Page

MERGED = Merged(12, "Require a web address", "c" * 40, "p" * 40, "h" * 40, "2024-03-01", "Jo")
BEFORE, RELEASE = NamedVersion("v1.0", (1, 0, 0), ""), NamedVersion("v1.1", (1, 1, 0), "")
RELEASED = replace(MERGED, before=BEFORE, release=RELEASE, changelog=("- Added a web address",))


def replayed(report: Report, merged: Merged = MERGED, labels: tuple[str, ...] = ()) -> Replayed:
    return Replayed(merged, replace(PULL_REQUEST, labels=labels), report)


BREAKING = reported(profile("core", "Core", addition("url")), profile("uk", "UK", removal("url"), addition("url")))


def words(html: str) -> str:
    """What a reader sees, without elements."""
    text = "".join(part.rpartition(">")[2] if ">" in part else part for part in html.split("<"))
    return " ".join(text.split())


def test_a_row_says_what_was_decided_and_what_would_have_been_said() -> None:
    seen = words(row(replayed(BREAKING, RELEASED, ("schema", "approved"))))
    said = [
        "2024-03-01 · #12 · merged by Jo Require a web address",
        "Released from v1.0 to v1.1: a minor step. a smaller step than it needed schema approved",
        "Changelog: - Added a web address",
        "This change would break data published under 1 of 2 profiles. It needs a major version.",
        "core: compatible uk: breaking",
        "The comment as it would have been posted:",
    ]
    places = [seen.index(each) for each in said]
    assert places == sorted(places)


def test_one_that_was_squashed_was_written_and_not_merged_by_its_author() -> None:
    assert "· by Jo" in words(row(replayed(BREAKING, replace(MERGED, head=MERGED.commit))))


@pytest.mark.parametrize(
    ("merged", "said"),
    [
        (MERGED, "In no tagged release."),
        (replace(MERGED, release=RELEASE), "First released as v1.1."),
        (replace(RELEASED, before=RELEASE), "Released from v1.1 to v1.1: no step."),
    ],
)  # fmt: skip
def test_what_was_decided_in_words(merged: Merged, said: str) -> None:
    assert said in words(row(replayed(BREAKING, merged)))


def test_what_the_files_say_is_said_to_be_there() -> None:
    report = replace(BREAKING, base=replace(BREAKING.base, version="1.0"), head=replace(BREAKING.head, version="2.0"))
    assert "In its files the version went from 1.0 to 2.0: a major step." in words(row(replayed(report)))


def test_one_that_could_not_be_judged_says_why() -> None:
    seen = words(row(replayed(unjudged("main", "topic", InputError("the tree cannot be read", "Fetch it.")))))
    assert "This change cannot be judged: the check could not begin. the tree cannot be read." in seen
    assert "It needs" not in seen


def test_where_nothing_would_have_been_said_it_says_so() -> None:
    seen = words(row(replayed(reported(profile("core", "Core")))))
    assert "No comment would have been posted." in seen
    assert "It needs no new version." in seen


def test_a_row_links_to_its_pull_request_and_nowhere_else() -> None:
    parser = Page()
    parser.feed(row(replayed(BREAKING)))
    assert parser.links == {PULL_REQUEST.url}
    bare = replace(replayed(BREAKING), pull_request=replace(PULL_REQUEST, url=""))
    parser = Page()
    parser.feed(row(bare))
    assert parser.links == set()


# The page and the summary.


def facts(outcome: Outcome, needed: Bump, step: Bump | None = None, number: int = 1) -> Facts:
    decided = None if step is None else Decided("1.0", "1.1", step, in_files=False)
    return Facts(number, f"Change {number}", f"2024-03-0{number}", outcome, needed, decided)


ALL = [
    facts(Outcome.BREAKING, Bump.MAJOR, Bump.MINOR, 4),
    facts(Outcome.COMPATIBLE, Bump.MINOR, Bump.MINOR, 3),
    facts(Outcome.UNKNOWN, Bump.MAJOR, None, 2),
    facts(Outcome.INVALID, Bump.NONE, Bump.PATCH, 1),
]


def test_the_figures_count_verdicts_that_came_up() -> None:
    assert [(each.number, each.text) for each in figures(ALL)] == [
        (1, "keeps published data valid"),
        (1, "breaks published data"),
        (1, "needs a person to look"),
        (1, "could not be judged"),
    ]
    assert [(each.number, each.text) for each in figures(ALL[:1] * 3)] == [(3, "break published data")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ALL, "1 of 2 pull requests whose version is known went into a smaller step than it needed."),
        (ALL[:1] * 2, "2 of 2 pull requests whose version is known went into a smaller step than they needed."),
        (ALL[1:2], "None of 1 pull request whose version is known went into a smaller step than it needed."),
        (ALL[2:], "Which version each went into is not known: no tag and no file says so."),
    ],
)  # fmt: skip
def test_how_often_too_small_a_step_was_taken(rows: list[Facts], said: str) -> None:
    assert agreement(rows) == said


def test_the_page_is_whole_and_holds_the_rows_in_their_order() -> None:
    parser = Page()
    made = "".join(page(ALL, [row(replayed(BREAKING)), "<p>second</p>"], "https://github.example/acme/standard"))
    parser.feed(made)
    assert parser.open == []
    seen = words(made.partition("</head>")[2])
    assert (
        "The last 4 merged pull requests that touched the standard in https://github.example/acme/standard, from 2024-03-01 to 2024-03-04"
        in seen
    )
    assert seen.index("Require a web address") < seen.index("second")


def test_rows_are_read_one_by_one() -> None:
    read: list[int] = []

    def fragments() -> object:
        for number in range(3):
            read.append(number)
            yield f"<p>{number}</p>"

    pieces = page(ALL, fragments(), "here")  # type: ignore[arg-type]
    while "<p>0</p>" not in next(pieces):
        assert len(read) <= 1
    assert len(read) <= 2


def test_the_summary_is_a_line_each(golden: Callable[[str, str], None]) -> None:
    golden("replay.txt", summary(ALL))


@settings(max_examples=25, derandomize=True, deadline=None)
@given(text=HOSTILE)
def test_whatever_strangers_write_the_page_asks_for_nothing_and_runs_nothing(text: str) -> None:
    report, occasion = saying(text)
    merged = replace(RELEASED, title=text, by=text, changelog=(text,), before=replace(BEFORE, name=text))
    request = replace(occasion.pull_request, labels=(text, text))
    made = Replayed(merged, request, report)
    parser = Page()
    parser.feed("".join(page([made.facts], [row(made)], text)))
    assert parser.open == []
    assert parser.links <= {PULL_REQUEST.url}
    assert (
        not {"script", "img", "iframe", "object", "embed", "form", "base", "video", "audio", "input"} & parser.elements
    )
    assert not any(name.startswith("on") or name in ("src", "srcset", "action") for name in parser.attributes)
    assert all(each == "\n" or each.isprintable() for each in summary([made.facts]))


def test_a_question_is_a_question() -> None:
    seen = words(row(replayed(reported(profile("core", "Core", question("url"))))))
    assert "a person has to look" in seen


def test_of_what_is_not_decided_no_step_is_said_to_be_needed() -> None:
    asked = reported(profile("core", "Core", question("a")))
    assert "needs a major version" not in words(row(replayed(asked)))
    assert "needs" not in summary([facts(Outcome.UNKNOWN, Bump.MAJOR, Bump.MINOR)]).splitlines()[0]
    assert agreement([facts(Outcome.UNKNOWN, Bump.MAJOR, Bump.MINOR)]).startswith("Which version each went into is not")


def test_a_release_that_makes_up_for_it_is_said_to() -> None:
    made_up_for = replace(facts(Outcome.BREAKING, Bump.MAJOR, Bump.MINOR), released=Bump.MINOR)
    assert "<- enough for its whole release" in summary([made_up_for])
    assert agreement([made_up_for]).startswith("None of 1 pull request")


def test_one_that_cannot_be_read_names_the_cause_and_not_what_comes_of_it() -> None:
    patched = problem(Severity.ERROR, "required names 'id', which is no property")
    patched = replace(patched, problem=replace(patched.problem, file="profile/service.json"))
    unread = problem(Severity.ERROR, "this is not JSON")
    unread = replace(unread, problem=replace(unread.problem, rule="json-invalid"))
    seen = words(row(replayed(reported(findings=(patched, unread), unreadable=True))))
    assert "schema/service.json: this is not JSON." in seen
    assert "which is no property." not in seen.partition("The comment")[0]
