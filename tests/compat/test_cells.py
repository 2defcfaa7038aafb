from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from bot.compat.beyond import beyond_judging
from bot.compat.cells import bound_pattern
from bot.compat.verdicts import Answer

DAYS = [(date(1987, 1, 1) + timedelta(days=each)).isoformat() for each in range(0, 20_000, 97)]
HOURS = [f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}" for at in range(0, 86_400, 977)]
YEARS = [f"{at:04}" for at in range(0, 10_000, 93)]


@pytest.mark.parametrize("keyword", ["minimum", "maximum"])
@pytest.mark.parametrize(("kind", "texts"), [("date", DAYS), ("time", HOURS), ("year", YEARS)])
def test_a_bound_of_texts_is_kept_to_by_those_before_or_after_it(keyword: str, kind: str, texts: list[str]) -> None:
    for bound in texts[::5]:
        pattern = bound_pattern(kind, "default", keyword, bound)
        assert pattern is not None
        kept = [text for text in texts if re.search(pattern, text)]
        assert kept == [text for text in texts if (text >= bound if keyword == "minimum" else text <= bound)]


def test_years_before_the_first_are_before_every_bound() -> None:
    patterns = [str(bound_pattern("year", "", keyword, 2000)) for keyword in ("minimum", "maximum")]
    assert [bool(re.search(each, "-0044")) for each in patterns] == [False, True]


@pytest.mark.parametrize(
    ("kind", "form", "bound"),
    [
        ("date", "%d/%m/%Y", "01/02/2020"),
        ("date", "", "2020"),
        ("date", "", 2020),
        ("datetime", "", "2020-01-01T00:00:00Z"),
        ("year", "", "-0044"),
        ("string", "", "a"),
    ],
)
def test_other_bounds_are_not_known(kind: str, form: str, bound: object) -> None:
    assert bound_pattern(kind, form, "minimum", bound) is None


def test_bounds_of_numbers_that_are_compared_as_texts_are_not_judged() -> None:
    def table(least: int, *missing: str) -> dict[str, object]:
        column = {"type": "number", "constraints": {"minimum": least}}
        return {"missingValues": [*missing], "properties": {"a": column}}

    assert beyond_judging("t", table(0, ""), table(5, "", "NA")).answer is Answer.UNKNOWN
    assert beyond_judging("t", table(0, ""), table(0, "", "NA")).answer is Answer.COMPATIBLE
    assert beyond_judging("t", table(0, ""), table(5, "")).answer is Answer.COMPATIBLE  # the rows are
