from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.test_cli import write
from tests.worlds import ROOT, entity


def test_the_demonstration_shows_each_kind_of_verdict(run: Run, tmp_path: Path) -> None:
    ran = run("demo", "--source", ROOT, "--output", tmp_path / "demo")
    assert (ran.status, ran.err) == (0, "")
    report = json.loads((tmp_path / "demo" / "report.json").read_text())
    verdicts = {name: profile["verdict"] for name, profile in report["profiles"].items()}
    assert verdicts == {"classic": "breaking", "core": "compatible", "uk": "breaking"}
    assert [finding for finding in report["findings"] if not finding["in_base"]] == []
    assert "Where to look" in ran.out
    for line in ran.out.split("Where to look")[1].splitlines():
        place = line.split()[-1] if line else str(tmp_path)
        assert Path(place.partition("{")[0]).exists()


def test_the_demonstration_may_be_repeated(run: Run, tmp_path: Path) -> None:
    words = ("demo", "--source", ROOT, "--output", tmp_path / "demo")
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
