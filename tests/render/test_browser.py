"""The pages as a browser has them: what strangers wrote runs nothing there, and everything is to be seen."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from bot.render.preview import preview
from bot.render.replay import page, row
from bot.report.replayed import Merged, Replayed
from bot.report.subject import PullRequest
from tests.render.reports import PULL_REQUEST, profile, removal, reported, saying
from tests.render.test_hostile import Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ALONE = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
)
HOSTILE = (
    "</q></title><script>document.title='ran'; document.body.dataset.ran='1'</script>"
    "<img src=x onerror=\"document.body.dataset.ran='1'\"><svg onload=\"document.body.dataset.ran='1'\">"
    "[x](javascript:document.body.dataset.ran='1') `</code>` \u202e &lt;script&gt;"
)
SECONDS = 120


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium is installed here")
    return found


def run(browser: str, directory: Path, html: str, *wish: str) -> bytes:
    """What the browser makes of a page once its scripts would have run."""
    file = directory / "page.html"
    file.write_text(html, encoding="utf-8")
    flags = (
        *ALONE,
        f"--user-data-dir={directory / 'browser'}",
        "--window-size=1280,1600",
        "--virtual-time-budget=2000",
    )
    command = [browser, *flags, *wish, file.as_uri()]
    return subprocess.run(command, capture_output=True, check=True, timeout=SECONDS).stdout


def holds(browser: str, directory: Path, html: str) -> str:
    """The page as it stands in the browser: nothing of it ran, and it is not blank."""
    dumped = run(browser, directory, html, "--dump-dom").decode()
    assert 'data-ran="' not in dumped
    assert "<title>ran" not in dumped
    parser = Page()
    parser.feed(dumped)
    assert not {"script", "img", "iframe", "link"} & set(parser.elements)
    picture = directory / "page.png"
    run(browser, directory, html, f"--screenshot={picture}")
    assert picture.read_bytes().startswith(b"\x89PNG")
    # A blank page of that size is smaller by far.
    assert picture.stat().st_size > 40_000
    return dumped


def test_the_preview_in_a_browser(browser: str, tmp_path: Path) -> None:
    report, occasion = saying(HOSTILE)
    titled = replace(occasion, pull_request=replace(occasion.pull_request, title=HOSTILE))
    dumped = holds(browser, tmp_path, preview(report, titled))
    for section in ("comment", "check", "forum", "slack"):
        assert f'<section id="{section}">' in dumped
    assert "document.title=" in dumped  # as text


def test_the_browser_would_have_run_what_is_not_escaped(browser: str, tmp_path: Path) -> None:
    made = f"<!DOCTYPE html><html><body>{HOSTILE}</body></html>"
    assert b'data-ran="1"' in run(browser, tmp_path, made, "--dump-dom")


def test_the_replay_in_a_browser(browser: str, tmp_path: Path) -> None:
    merged = Merged(7, HOSTILE, "c" * 40, "b" * 40, "a" * 40, "2024-03-01", HOSTILE, changelog=(HOSTILE,))
    request: PullRequest = replace(PULL_REQUEST, title=HOSTILE, labels=(HOSTILE,))
    rows = [Replayed(merged, request, reported(profile("core", HOSTILE, removal("name")))) for _ in range(3)]
    made = "".join(page([each.facts for each in rows], map(row, rows), HOSTILE))
    dumped = holds(browser, tmp_path, made)
    assert dumped.count('<details class="row bad">') == 3
