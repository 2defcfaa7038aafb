from __future__ import annotations

from dataclasses import replace

import pytest

from bot.compat.bump import Bump
from bot.report.model import Outcome, Report, Side
from bot.report.replayed import Decided, Facts, Merged, Replayed, decided, step
from bot.report.subject import PullRequest
from bot.standard.versions import NamedVersion, Number

MERGED = Merged(7, "Add it", "c" * 40, "p" * 40, "h" * 40, "2024-03-01", "Jo")


def version(name: str, *number: int) -> NamedVersion:
    major, minor, patch = number
    return NamedVersion(name, (major, minor, patch), "")


def report(before: str = "", after: str = "") -> Report:
    return Report(Side("main", "tabular", version=before), Side("topic", "tabular", version=after))


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ((1, 2, 3), (2, 0, 0), Bump.MAJOR),
        ((1, 2, 3), (1, 3, 0), Bump.MINOR),
        ((1, 2, 3), (1, 2, 4), Bump.PATCH),
        ((1, 2, 3), (1, 2, 3), Bump.NONE),
        ((3, 0, 0), (2, 0, 1), Bump.MAJOR),
    ],
)  # fmt: skip
def test_the_first_number_that_differs_is_the_step(before: Number, after: Number, made: Bump) -> None:
    assert step(before, after) is made


def test_what_the_files_say_was_decided_there() -> None:
    released = replace(MERGED, before=version("v1.0", 1, 0, 0), release=version("v2.0", 2, 0, 0))
    assert decided(released, report("1.0", "1.1.1")) == Decided("1.0", "1.1.1", Bump.MINOR, in_files=True)


@pytest.mark.parametrize("sides", [("", ""), ("1.0", "1.0"), ("1.0", "1.0.0"), ("", "1.0"), ("one", "two")])
def test_where_the_files_say_nothing_the_release_does(sides: tuple[str, str]) -> None:
    released = replace(MERGED, before=version("v1.0", 1, 0, 0), release=version("v1.1", 1, 1, 0))
    assert decided(released, report(*sides)) == Decided("v1.0", "v1.1", Bump.MINOR, in_files=False)


def test_without_a_release_or_one_before_it_nothing_is_known() -> None:
    assert decided(replace(MERGED, release=version("v1.0", 1, 0, 0)), report()) is None
    assert decided(replace(MERGED, before=version("v1.0", 1, 0, 0)), report()) is None


@pytest.mark.parametrize(
    ("outcome", "needed", "given", "short"),
    [
        (Outcome.BREAKING, Bump.MAJOR, Bump.MINOR, True),
        (Outcome.BREAKING, Bump.MAJOR, Bump.MAJOR, False),
        (Outcome.COMPATIBLE, Bump.PATCH, Bump.MAJOR, False),
        (Outcome.COMPATIBLE, Bump.MINOR, None, False),
        (Outcome.INVALID, Bump.MAJOR, Bump.PATCH, False),
        (Outcome.UNKNOWN, Bump.MAJOR, Bump.MINOR, False),
    ],
)  # fmt: skip
def test_a_step_falls_short_where_a_larger_one_was_needed(
    outcome: Outcome, needed: Bump, given: Bump | None, *, short: bool
) -> None:
    said = None if given is None else Decided("1.0", "2.0", given, in_files=False)
    assert Facts(7, "Add it", "2024-03-01", outcome, needed, said).falls_short is short


@pytest.mark.parametrize(
    ("released", "short", "made_up_for"),
    [(None, True, False), (Bump.MINOR, False, True), (Bump.MAJOR, True, False)],
)
def test_a_release_may_make_up_for_what_one_of_its_parts_needed(
    released: Bump | None, *, short: bool, made_up_for: bool
) -> None:
    given = Decided("1.0", "1.1", Bump.MINOR, in_files=False)
    facts = Facts(7, "Add it", "2024-03-01", Outcome.BREAKING, Bump.MAJOR, given, released)
    assert (facts.falls_short, facts.is_made_up_for) == (short, made_up_for)


def test_what_the_files_of_a_pull_request_say_no_release_makes_up_for() -> None:
    request = PullRequest("", 7, "Add it", "Jo", "", "h" * 40, "p" * 40, "main")
    in_files = Replayed(MERGED, request, report("1.0", "1.1"), released=Bump.NONE)
    assert in_files.facts.released is None
