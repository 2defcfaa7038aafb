from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from shutil import copytree

import pytest

from bot.sandbox.world import REPOSITORY
from tests.conftest import Run
from tests.test_cli import write
from tests.worlds import ROOT, entity


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The bundled standard as it was when the test began: somebody may be editing it."""
    copytree(ROOT / "schema", tmp_path / "standard" / "schema")
    return tmp_path / "standard"


def test_the_demonstration_shows_each_kind_of_verdict(run: Run, source: Path, tmp_path: Path) -> None:
    ran = run("demo", "--source", source, "--output", tmp_path / "demo")
    assert (ran.status, ran.err) == (0, "")
    report = json.loads((tmp_path / "demo" / "report.json").read_text())
    verdicts = {name: profile["verdict"] for name, profile in report["profiles"].items()}
    assert verdicts == {"classic": "breaking", "core": "compatible", "uk": "breaking"}
    assert [finding for finding in report["findings"] if not finding["in_base"]] == []
    places = [line.split()[-1] for line in ran.out.split("Where to look")[1].splitlines() if line.startswith("   ")]
    assert len(places) == 7
    assert all(Path(place.partition("{")[0]).exists() for place in places)


def test_the_page_of_the_demonstration_shows_what_stands_in_its_world(run: Run, source: Path, tmp_path: Path) -> None:
    out = run("demo", "--source", source, "--output", tmp_path / "demo").out
    page = unescape((tmp_path / "demo" / "preview.html").read_text())
    world = json.loads((tmp_path / "demo" / "world.json").read_text())
    repository = world["github"][REPOSITORY]
    assert f"<q>{repository['issues'][0]['title']}</q>" in page
    [address] = re.findall(r"/t/\d+", repository["comments"][0]["body"])
    assert f'{address}" rel' in page
    notes = repository["review_comments"]
    assert [each["path"] for each in notes] == ["schema/phone.json", "schema/profiles/uk/service.json"]
    assert all(each["path"] in page for each in notes)
    assert all(f"#discussion_r{each['id']})" in repository["comments"][0]["body"] for each in notes)
    assert "Slack, the channel “slack-uk”" in page
    assert "United Kingdom (Core and Open Referral UK): this change would break published data" in page
    assert "Pull request 1, slack-uk: the message was written\n" in out


def test_the_sample_change_is_shown_without_noise(run: Run, source: Path, tmp_path: Path) -> None:
    out = run("demo", "--source", source, "--output", tmp_path / "demo").out
    [command] = [line.split(maxsplit=3)[3] for line in out.splitlines() if "the sample change" in line]
    shown = subprocess.run(command, shell=True, capture_output=True, text=True, check=False).stdout  # noqa: S602
    changed = [line for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert '-        "pager",' in changed
    assert len(changed) < 40


def test_the_demonstration_may_be_repeated(run: Run, source: Path, tmp_path: Path) -> None:
    words = ("demo", "--source", source, "--output", tmp_path / "demo")
    assert run(*words).out == run(*words).out


@pytest.mark.parametrize("what", ["nothing", "another standard"])
def test_the_demonstration_needs_the_bundled_standard(run: Run, tmp_path: Path, what: str) -> None:
    source = tmp_path / "source"
    source.mkdir()
    if what == "another standard":
        write(source, phone=entity("phone", {}))
    ran = run("demo", "--source", source, "--output", tmp_path / "demo")
    assert ran.status == 3
    assert "run it in the project's own directory" in ran.err
    assert not (tmp_path / "demo").exists()
