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
        (
            (LEEDS,),
            (
                "1,200 of 33,997 valid records would break, in the one feed looked at: Leeds (1,200); "
                "3 were not valid before the change."
            ),
        ),
        (
            (YORK, LEEDS, HULL),
            (
                "1,204 of 34,012 valid records would break, in 2 of 3 feeds looked at: Leeds (1,200) and York (4); "
                "3 were not valid before the change."
            ),
        ),
        (
            (HULL, SILENT),
            "None of 5 published records of 1 feed would break. Nothing could be read of 1 other feed.",
        ),
        ((SILENT,), "Nothing could be read of 1 feed."),
        (
            (replace(HULL, invalid=1, undecided=2, unrecognised=3),),
            (
                "0 of 2 valid records of 1 feed would break; 1 was not valid before the change; 2 could not be decided; "
                "3 could not be recognised."
            ),
        ),
        (
            (replace(HULL, invalid=3, undecided=2),),
            "No record of 1 feed could be tried: 3 were not valid before the change; 2 could not be decided.",
        ),
        ((replace(SILENT, unrecognised=4),), "No record of 1 feed could be recognised as one of this standard."),
        (
            (HULL, replace(SILENT, unrecognised=4)),
            (
                "None of 5 published records of 1 feed would break. "
                "No record of 1 other feed could be recognised as one of this standard."
            ),
        ),
        (
            (replace(HULL, truncated="records"),),
            "None of 5 published records of 1 feed would break. Only some records were looked at: the first 5 of Hull.",
        ),
        (
            (replace(HULL, truncated="time"), replace(SILENT, truncated="time")),
            (
                "None of 5 published records of 1 feed would break. "
                "Only some records were looked at: the first 5 of Hull, for want of time. "
                "There was no time for 1 other feed."
            ),
        ),
        ((replace(SILENT, missing="profile"),), "Bath is under the profile uk, which is not looked at here."),
        ((replace(SILENT, missing="fault"),), "Bath could not be tried: the bot failed on it."),
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
    feeds = (
        LEEDS,
        SILENT,
        replace(HULL, undecided=2, unrecognised=1, truncated="time"),
        replace(YORK, missing="fault"),
    )
    report = replace(REPORT, watched=feeds)
    assert from_json(as_json(report)).watched == feeds
    assert "watched" not in as_json(REPORT)
