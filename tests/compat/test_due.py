from __future__ import annotations

import pytest

from bot.compat.due import Now, is_due, is_earlier, is_known, is_to_come


@pytest.mark.parametrize(
    ("given", "version", "day", "due"),
    [
        ("4.0", "4.0.0", "", True),
        ("4", "4.0-dev", "", True),
        ("4.0", "v4.1.2", "", True),
        ("4.0", "3.9.9", "", False),
        ("10.0", "9.1.0", "", False),
        ("4.0", "", "2030-01-01", None),
        ("2027-01-31", "9.0", "2027-01-31", True),
        ("2027-01-31", "9.0", "2027-01-30", False),
        ("2027-01", "", "2027-01-01", True),
        ("2027", "9.0", "2026-12-31", False),
        ("2027-01-31", "9.0", "", None),
        ("next year", "9.0", "2030-01-01", None),
        ("", "9.0", "2030-01-01", None),
        ("4.0", "main", "", None),
    ],
)
def test_a_version_or_a_day_has_come_or_has_not_or_nobody_can_tell(
    given: str, version: str, day: str, due: bool | None
) -> None:
    now = Now(version, day)
    assert is_due(given, now) is (due is True)
    assert is_to_come(given, now) is (due is False)


@pytest.mark.parametrize("given", ["4", "4.0", "v4.0.1", "4.0-dev", "2027", "2027-01", " 2027-01-31 "])
def test_versions_and_days_are_known(given: str) -> None:
    assert is_known(given)


@pytest.mark.parametrize("given", ["", "soon", "4.x", "next major", "31/01/2027", "4.0.0.0", "9" * 40])
def test_other_words_are_not(given: str) -> None:
    assert not is_known(given)


@pytest.mark.parametrize(
    ("given", "other", "earlier"),
    [
        ("3.2", "4.0", True),
        ("9.0", "10.0", True),
        ("4.0", "4.0.0", False),
        ("2027-01", "2027-06-30", True),
        ("2027", "2027-06-30", False),
        ("2027-01-01", "4.0", False),
        ("4.0", "2027", False),
        ("soon", "4.0", False),
        ("", "4.0", False),
    ],
)
def test_one_comes_before_another_of_its_kind(given: str, other: str, earlier: bool) -> None:
    assert is_earlier(given, other) is earlier
