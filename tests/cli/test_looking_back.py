"""`replay` as people run it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.world import World
from tests.adapters.test_history import Writer
from tests.adapters.test_sources import git
from tests.render.test_hostile import Page
from tests.worlds import entity

Run = Callable[..., tuple[int, str, str]]
SETTINGS = ("GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL", "GITHUB_SERVER_URL", "GITHUB_EVENT_PATH")


@pytest.fixture
def writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Writer:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    writer = Writer(tmp_path / "standard")
    writer.commit("first", phone())
    writer.merge(7, "Widen", phone(extension={"example": "1"}))
    writer.commit("Narrow (#8)", phone(kind={"enum": ["voice"], "example": "voice"}, extension={"example": "1"}))
    writer.commit("Spoil (#9)", {"schema/phone.json": "{"})
    monkeypatch.chdir(writer.root)
    return writer


def phone(**more: object) -> dict[str, str]:
    kinds = {"number": {"example": "1"}, "kind": {"enum": ["voice", "fax"], "example": "voice"}}
    return {"schema/phone.json": json.dumps(entity("phone", {**kinds, **more}), indent=2)}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["standards-bot", *map(str, words)])
        status = cli.run()
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return ran


def test_a_page_is_written_and_a_summary_printed(writer: Writer, run: Run) -> None:
    status, out, err = run("replay")
    assert status == 0
    assert [line.split()[1:3] for line in out.splitlines()[:3]] == [
        ["#9", "not"],
        ["#8", "breaking"],
        ["#7", "compatible"],
    ]
    assert "Open replay.html in a browser." in err
    assert "Titles are those of git history" in err
    page = (writer.root / "replay.html").read_text(encoding="utf-8")
    places = [page.index(title) for title in ("Spoil", "Narrow", "Widen")]
    assert places == sorted(places)
    parser = Page()
    parser.feed(page)
    assert parser.open == []
    assert "script" not in parser.elements


def test_the_last_few_into_another_branch(writer: Writer, run: Run, tmp_path: Path) -> None:
    git(writer.root, "branch", "old", "HEAD~1")
    status, out, _ = run("replay", "--last", 1, "--branch", "old", "--output", tmp_path / "page.html")
    assert status == 0
    assert "#8" in out
    assert "#7" not in out
    assert "Narrow" in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("writer")
@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--last", 0), 2, "--last"),
        (("--branch", "nope"), 3, "no ref called 'nope'"),
        (("--output", "schema"), 3, "schema cannot be written"),
        (("--source", "nowhere"), 3, "nowhere is not a directory"),
        (("--patch", "uk=nowhere"), 2, "'nowhere' is not a directory"),
    ],
)  # fmt: skip
def test_wrong_input(run: Run, words: tuple[object, ...], status: int, said: str) -> None:
    ended, out, err = run("replay", *words)
    assert (ended, out) == (status, "")
    assert err.startswith("error: ")
    assert said in err


def test_a_shallow_clone_says_that_there_may_be_more(
    writer: Writer, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{writer.root}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    status, _, err = run("replay")
    assert status == 0
    assert "this clone is shallow" in err


def test_with_a_token_titles_and_labels_are_the_forges(
    writer: Writer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with World() as world:
        for name, value in world.environment().items():
            monkeypatch.setenv(name, value)
        for number in range(1, 8):
            world.github.open_pull_request(f"A better title {number}", labels=["agreed"])
        status, out, err = run("replay")
    assert status == 0
    assert "A better title 7" in out
    assert "Narrow" in out
    assert "Titles" not in err
    assert "agreed" in (writer.root / "replay.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("writer")
def test_a_token_that_is_refused_is_said_and_the_page_is_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with World() as world:
        for name, value in world.environment().items():
            monkeypatch.setenv(name, value)
        world.faults.add(Fault(Kind.UNAUTHORISED, times=9))
        status, out, err = run("replay")
        token = world.environment()["GITHUB_TOKEN"]
    assert status == 0
    assert "Widen" in out
    assert "Titles and labels are missing: " in err
    assert token not in err


# With the bot's settings.

SETTINGS_FILE = """
source: standard
patches: [{id: uk, path: profiles/uk, title: Open Referral UK}]
"""


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Writer:
    """A repository with the standard in a directory, and patches beside it."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    made = Writer(tmp_path / "configured")
    uk = {"properties": {"kind": {"enum": ["fax"], "example": "fax"}}}
    files = {"profiles/uk/phone.json": json.dumps(uk), ".github/bot.yml": SETTINGS_FILE}
    made.commit("first", {**files, **_below("standard", phone())})
    made.merge(7, "Narrow", _below("standard", phone(number={"example": "1", "maxLength": 3})))
    monkeypatch.chdir(made.root)
    return made


def _below(directory: str, files: dict[str, str]) -> dict[str, str]:
    return {f"{directory}/{path}": text for path, text in files.items()}


def test_the_bots_settings_say_where_the_standard_is_and_which_profiles_it_has(configured: Writer, run: Run) -> None:
    status, out, _ = run("replay")
    assert status == 0
    assert "#7" in out
    page = (configured.root / "replay.html").read_text(encoding="utf-8")
    assert "data published under Open Referral UK" in page


def test_a_directory_that_is_named_counts_for_more(configured: Writer, run: Run) -> None:
    status, out, _ = run("replay", "--source", "standard", "--patch", "own=profiles/uk")
    assert status == 0
    assert "#7" in out
    page = (configured.root / "replay.html").read_text(encoding="utf-8")
    assert "data published under own" in page


def test_what_is_wrong_with_the_settings_is_said(configured: Writer, run: Run) -> None:
    configured.commit("Spoil", {".github/bot.yml": "source: standard\nchanels: []\n"})
    status, _, err = run("replay")
    assert status == 0
    assert ".github/bot.yml:2" in err
