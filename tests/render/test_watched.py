from __future__ import annotations

from dataclasses import replace

import pytest

from bot.render.check_run import check_run
from bot.render.comment import comment
from bot.render.watched import watched
from bot.report.parsing import from_json
from bot.report.serialising import as_json
from bot.report.watched import Watched
from tests.render.reports import OCCASION, addition, profile, reported

REPORT = reported(profile("core", "Core", addition("b")))
LEEDS, YORK, HULL = (
    Watched("Leeds", "uk", 34_000, 1_200, 3),
    Watched("York", "uk", 10, 4, 0),
    Watched("Hull", "uk", 5, 0, 0),
)
SILENT = Watched("Bath", "uk", 0, 0, 0)


@pytest.mark.parametrize(
    ("feeds", "said"),
    [
        ((), ""),
        ((HULL,), "None of 5 published records of 1 feed would break."),
        ((LEEDS,), "1,200 of 34,000 published records would break, in the one feed looked at: Leeds (1,200)."),
        (
            (YORK, LEEDS, HULL),
            "1,204 of 34,015 published records would break, in 2 of 3 feeds looked at: Leeds (1,200) and York (4).",
        ),
        (
            (HULL, SILENT),
            "None of 5 published records of 1 feed would break. Nothing could be read of 1 other feed.",
        ),
        ((SILENT,), "Nothing could be read of 1 feed."),
    ],
)
def test_how_many_of_how_many(feeds: tuple[Watched, ...], said: str) -> None:
    assert watched(replace(REPORT, watched=feeds)) == said


def test_the_comment_and_the_check_say_it() -> None:
    report = replace(REPORT, watched=(YORK, HULL))
    line = "**Published data** 4 of 15 published records would break, in 1 of 2 feeds looked at: York (4)."
    assert line in comment(report, OCCASION)
    assert line in check_run(report, OCCASION, advisory=True).summary
    assert "**Published data**" not in comment(REPORT, OCCASION)


def test_the_name_of_a_feed_formats_nothing() -> None:
    report = replace(REPORT, watched=(replace(YORK, name="@team <img> [x](y) #1"),))
    said = comment(report, OCCASION)
    assert "@team" not in said
    assert "\\<img\\>" in said


def test_the_numbers_go_through_the_report() -> None:
    report = replace(REPORT, watched=(LEEDS, SILENT))
    assert from_json(as_json(report)).watched == (LEEDS, SILENT)
    assert "watched" not in as_json(REPORT)
