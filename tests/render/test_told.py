"""What each place is told of real changes, as people read it. `pytest --accept` writes the goldens anew."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.files import read_directory
from bot.compat.confirming import Confirmer
from bot.render import check_run, comment, forum, slack
from bot.render.fitting import size
from bot.render.occasion import Occasion
from bot.report.model import Outcome, Report
from bot.report.subject import State
from bot.standard.snapshot import belongs, on_the_way
from tests.render.reports import OCCASION, UK, ended, long, sample_change
from tests.render.seen import markdown
from tests.render.test_goldens import (
    edited,
    hostile,
    many_alike,
    many_profiles,
    nothing,
    standard,
    together,
    uk_requires_url,
    undecided,
    unreadable,
    words_alone,
)
from tests.render.test_slack import read
from tests.worlds import checked

Golden = Callable[[str, str], None]
Sides = Callable[[], tuple[dict[str, Any], dict[str, Any]]]


def ten_profiles() -> tuple[dict[str, Any], dict[str, Any]]:
    """One keeps what the others lose."""
    names = ("core", "classic", "uk", "au", "nz", "ie", "us", "ca", "de", "fr")
    base = standard(names, nz={"properties": {"status": None}})
    return base, edited(base, "schema/service.json", status={"enum": ["active"]}, name={"description": "Its name."})


CASES: dict[str, tuple[Sides, Occasion]] = {
    "sample-change": (sample_change, OCCASION),
    "sample-change-for-uk": (sample_change, UK),
    "sample-change-merged": (sample_change, ended(State.MERGED)),
    "uk-requires-url": (uk_requires_url, OCCASION),
    "many-profiles": (many_profiles, OCCASION),
    "ten-profiles": (ten_profiles, OCCASION),
    "undecided": (undecided, OCCASION),
    "unreadable": (unreadable, OCCASION),
    "hostile": (hostile, OCCASION),
    "words-alone": (words_alone, OCCASION),
    "nothing": (nothing, ended(State.CLOSED)),
    "together": (together, OCCASION),
    "many-alike": (many_alike, OCCASION),
}


@pytest.fixture(scope="module")
def judged(confirmer: Confirmer) -> Callable[[Sides], Report]:
    """The report on a change, judged once for all occasions."""
    return cache(lambda sides: checked(confirmer, *sides()))


@pytest.mark.parametrize("case", CASES)
def test_what_each_place_is_told(case: str, judged: Callable[[Sides], Report], golden: Golden) -> None:
    sides, occasion = CASES[case]
    report = judged(sides)
    golden(f"{case}.comment.md", comment.comment(report, occasion) + "\n")
    golden(f"{case}.elsewhere.txt", "\n".join(elsewhere(report, occasion)) + "\n")


def elsewhere(report: Report, occasion: Occasion) -> Iterator[str]:
    """The other places, as plain text."""
    yield f"FLIP      {comment.flip(Outcome.COMPATIBLE, report, occasion)}"
    run = check_run.check_run(report, occasion, advisory=True)
    yield f"\nCHECK     {run.conclusion.value}: {run.title}\n\n{run.summary}\n\n{run.text}".rstrip()
    yield from (
        f"\nNOTE      {note.level.value} {note.path}:{note.line}\n{note.title}\n{note.message}"
        for note in run.annotations
    )
    yield f"\nFORUM     {forum.line(report, occasion)}"
    told = {
        "PARENT": slack.parent(report, occasion),
        "FLIP": slack.flip(Outcome.COMPATIBLE, report, occasion),
        "DECIDED": slack.decided(report, ended(State.MERGED, occasion)),
    }
    for kind, message in told.items():
        yield "\n".join([f"\nSLACK     {kind}: {message.text}", *read(message)])


def test_the_blocks_of_a_message(judged: Callable[[Sides], Report], golden: Golden) -> None:
    message = slack.parent(judged(sample_change), OCCASION)
    golden("sample-change.slack.json", json.dumps(message.blocks, indent=1, ensure_ascii=False) + "\n")


def test_three_hundred_changes(golden: Golden) -> None:
    golden("three-hundred.comment.md", comment.comment(long(300), OCCASION) + "\n")


# Histories of the standards themselves; they are at hand only where the published data is.


@pytest.fixture(scope="module")
def uk_history(data: Path, confirmer: Confirmer) -> Report:
    """What the UK took from HSDS 3.0."""
    base, head = (dict(read_directory(data / each, belongs, on_the_way).files) for each in ("hsds-3.0", "oruk-3.0"))
    return checked(confirmer, base, head)


def test_what_the_uk_took_from_hsds(uk_history: Report) -> None:
    said = comment.comment(uk_history, OCCASION)
    assert said.startswith("## This change would break data published under HSDS\n")
    assert size(said) <= comment.LIMIT - comment.HIDDEN
    assert (
        "| 20 | `language.attributes` removed | **breaks publishers** |\n\n<details><summary>78 more changes<" in said
    )
    assert "marked as deprecated, until the next major version (changes 1 to 34, 37 to 56 and 59 to 93)" in said
    # What matters fills the comment; words alone are left out first, and counted.
    assert "… and 5 more changes: see [the full report]" in said
    assert markdown(said).foreign == []
    told = read(slack.parent(uk_history, OCCASION))
    assert told[2].splitlines()[-1] == "… and 95 more in the pull request"


@pytest.mark.parametrize("case", ["150", "151", "156"])
def test_what_happened_to_open_referral_uk(data: Path, confirmer: Confirmer, case: str) -> None:
    tree = data / "schema-history" / case
    base, head = (dict(read_directory(tree / side, belongs, on_the_way).files) for side in ("base", "head"))
    said = comment.comment(checked(confirmer, base, head), OCCASION)
    assert said.startswith("## This change would break data published under ")
    assert "| 1 | `" in said
    # Objects are not for reading, but for taking over.
    assert '{"name"' not in re.sub(r"```diff\n.*?```", "", said, flags=re.DOTALL)
