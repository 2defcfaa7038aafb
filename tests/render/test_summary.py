from __future__ import annotations

from dataclasses import replace

import pytest

from bot.render import summary as module
from bot.render.fitting import size
from bot.render.markdown import document
from bot.render.summary import LIMIT, summary
from tests.render.reports import OCCASION, UK, addition, long, profile, reported


def test_the_summary_is_the_whole_report() -> None:
    report = long(40)
    assert summary(report) == document(report)
    assert summary(report).count("an example that breaks") == 40


def test_the_summary_speaks_to_its_readers() -> None:
    report = reported(profile("core", "Core", addition("a")), profile("uk", "Open Referral UK"))
    assert summary(report, UK).startswith("## United Kingdom (Open Referral UK): nothing changes.")


@pytest.mark.parametrize("room", [-1, 0, 1])
def test_the_limit_to_the_byte(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    report = long(20)
    whole = summary(report)
    monkeypatch.setattr(module, "LIMIT", size(whole) + room)
    said = summary(report)
    assert size(said) <= size(whole) + room
    assert ("… and 1 more example: there is no room for them here." in said) == (room < 0)
    assert (said == whole) == (room >= 0)


def test_a_summary_is_never_refused_for_its_size() -> None:
    report = long(4000)
    assert LIMIT - 5000 < size(summary(report, OCCASION)) <= LIMIT
    assert "see [the full report](" in summary(report, OCCASION)
    assert "see [" not in summary(report, replace(OCCASION, report_url="file:///x"))
