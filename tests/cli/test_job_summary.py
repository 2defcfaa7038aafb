from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.job_summary import NO_MORE, JobSummary, failures, undelivered
from bot.commands.announcing.news import Announcement, Told
from bot.commands.run import Handled
from bot.publish.places import Refused
from bot.render import summary as module
from tests.render.reports import long

REFUSED = Refused("Slack said not_in_channel", "Invite the bot.")
FAILED = Announcement([Told("github", "k", "create", "1"), Told("slack", "k", error=REFUSED)])


def test_one_limit_holds_for_all_pull_requests_of_a_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "summary.md"
    monkeypatch.setattr(module, "LIMIT", 8_000)
    monkeypatch.setattr(module, "LEAST", 1_000)
    summary, report = JobSummary(str(path)), long(12)
    for number in range(1, 60):
        summary.add(number, "A change", report, ())
    said = path.read_bytes()
    assert 7_500 < len(said) <= 8_000
    assert said.count(NO_MORE.encode()) == 1
    assert said.endswith(NO_MORE.encode())
    assert b"# Pull request 9: `A change`\n" in said


def test_what_stands_in_the_summary_already_counts(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("x" * module.LIMIT)
    JobSummary(str(path)).add(1, "A change", long(1), ())
    assert path.read_text() == "x" * module.LIMIT + NO_MORE


def test_what_was_not_delivered_is_said_though_nothing_was_judged(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    summary = JobSummary(str(path))
    summary.add(3, "", None, undelivered(Handled(3, None, Announcement(), REFUSED)))
    summary.add(4, "", None, failures(FAILED))
    summary.add(5, "", None, failures(Announcement()))
    assert path.read_text() == (
        "# Pull request 3\n\n**Not delivered**\n\n- Slack said not\\_in\\_channel. Invite the bot.\n\n"
        "# Pull request 4\n\n**Not delivered**\n\n- slack: Slack said not\\_in\\_channel. Invite the bot.\n\n"
    )


def test_where_there_is_no_summary_nothing_is_written(tmp_path: Path) -> None:
    JobSummary("").add(1, "A change", long(1), ())
    assert list(tmp_path.iterdir()) == []
