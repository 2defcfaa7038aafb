"""`run` with feeds that are watched: as they lie in the cache, without asking anybody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.adapters.canaries import CanaryCache, Refreshed
from bot.community.canaries import Canary
from tests.adapters.test_sources import commit, git
from tests.commands.test_run import Project, project
from tests.conftest import Run

__all__ = ["project"]

LEEDS = Canary("Leeds", "https://leeds.example.org/phones.jsonl")
RECORDS = [
    {"id": f"70000000-0000-4000-8000-00000000000{number}", "number": "0800", "kind": kind}
    for number, kind in enumerate(["voice", "fax", "fax"])
]


@pytest.fixture
def cache(project: Project, tmp_path: Path) -> Path:
    """A cache with one feed in it that the default branch names."""
    text = f"canaries:\n  - {{name: {LEEDS.name}, url: '{LEEDS.url}'}}\n"
    (project.clone / ".github").mkdir(exist_ok=True)
    (project.clone / ".github" / "bot.yml").write_text(text)
    commit(project.clone)
    git(project.clone, "update-ref", "refs/remotes/origin/main", "HEAD")
    place = CanaryCache(tmp_path / "cache").place(LEEDS)
    place.mkdir(parents=True)
    (place / "feed.jsonl").write_text("".join(json.dumps(each) + "\n" for each in RECORDS))
    return tmp_path / "cache"


def test_the_comment_says_what_the_change_does_to_them(
    run: Run, project: Project, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    ran = run("run", "--cache", cache)
    assert (ran.status, ran.err) == (0, "")
    (comment,) = project.comments()
    assert "2 of 3 published records would break, in the one feed looked at: Leeds (2)." in comment
    assert RECORDS[0]["id"] not in comment
    assert run("run", "--cache", cache).status == 0
    assert project.comments() == [comment]


def test_without_a_cache_they_are_left_out_with_a_word(
    run: Run, project: Project, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cache.is_dir()
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    ran = run("run")
    assert ran.status == 0
    assert "no published feed is looked at" in ran.err
    assert "**Published data**" not in project.comments()[0]


def test_they_are_asked_for_at_night_and_only_then(
    run: Run, project: Project, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Canary, ...]] = []

    def refresh(_: CanaryCache, canaries: tuple[Canary, ...]) -> list[Refreshed]:
        asked.append(canaries)
        return [Refreshed("Leeds", "kept", "it answered 503")]

    monkeypatch.setattr(CanaryCache, "refresh", refresh)
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    run("run", "--cache", cache)
    assert asked == []
    project.event("schedule", monkeypatch)
    monkeypatch.setenv("GITHUB_OUTPUT", str(cache.parent / "outputs"))
    ran = run("run", "--cache", cache)
    assert asked == [(LEEDS,)]
    assert "feed Leeds: not fetched, kept as it was: it answered 503" in ran.err
    assert "Leeds (2)" in project.comments()[0]
    assert "feeds=fetched\n" in (cache.parent / "outputs").read_text()
