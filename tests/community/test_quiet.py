from __future__ import annotations

import pytest

from bot.community.quiet import MOST_DAYS, Quiet, days_back

YULE, AUGUST = Quiet("12-20", "01-03"), Quiet("08-01", "08-31")


@pytest.mark.parametrize(
    ("today", "back"),
    [
        ("06-15", 7),
        ("12-19", 7),
        ("12-26", 7 + 7),
        ("01-03", 15 + 7),
        ("01-04", 15 + 7),
        ("01-09", 15 + 7),
        ("01-10", 7),
        ("09-01", 31 + 7),
        ("03-01", 7),
    ],
)
def test_quiet_days_do_not_count(today: str, back: int) -> None:
    assert days_back((YULE, AUGUST), today, 7) == back


def test_a_project_that_is_always_quiet_is_looked_back_on_for_a_year() -> None:
    assert days_back((Quiet("01-01", "12-31"),), "06-15", 7) == MOST_DAYS
