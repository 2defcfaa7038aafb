from __future__ import annotations

from dataclasses import replace

import pytest

from bot.render import summary as module
from bot.render.fitting import size
from bot.render.markdown import document
from bot.render.summary import LIMIT, entry, summary
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


def test_each_pull_request_is_told_apart_by_number_and_title() -> None:
    said = entry(12, "Add `x` <!-- @everyone", long(2), (), LIMIT)
    assert said.startswith("# Pull request 12: ``Add `x` <!-- @everyone``\n\n## ")
    assert said.endswith("\n")
    assert entry(12, "", long(2), (), LIMIT).startswith("# Pull request 12\n")


def test_what_was_not_delivered_comes_first_and_formats_nothing() -> None:
    said = entry(12, "x", long(2), ["slack: it says <b>no</b>. Ask @admin."], LIMIT)
    assert said.index("**Not delivered**") < said.index("## ")
    assert "<b>" not in said
    assert "@admin" not in said
    assert entry(0, "profiles elsewhere", None, ["a"], LIMIT) == "# profiles elsewhere\n\n**Not delivered**\n\n- a\n\n"


def test_the_first_leave_room_for_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEAST", 1_000)
    room, said, report = 10_000, list[str](), long(30)
    for number in range(1, 12):
        said.append(entry(number, "x", report, (), room))
        room -= size(said[-1])
    assert all(said)
    assert room >= 0
    assert "more example" in said[0]
    assert (said[-1].count("\n## "), size(said[-1]) < 400) == (1, True)


def test_where_there_is_no_room_nothing_is_cut_in_two() -> None:
    assert entry(1, "x", long(2), (), 20) == ""
