from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.report.serialising import as_json
from tests.conftest import Run
from tests.scene import report
from tests.worlds import entity

SCHEMA = '{"type": "object"}'


@pytest.mark.parametrize("again", ["report.json", "./report.json", "linked.json"])
def test_a_preview_is_not_written_over_its_report(run: Run, tmp_path: Path, again: str) -> None:
    made = tmp_path / "report.json"
    made.write_text(json.dumps(as_json(report())))
    (tmp_path / "linked.json").symlink_to(made)
    before = made.read_bytes()
    ran = run("preview", "--report", made, "--output", f"{tmp_path}/{again}")
    assert (ran.status, made.read_bytes()) == (2, before)
    assert "would be written over. Name another --output." in ran.err
    assert run("preview", "--report", made, "--output", tmp_path / "page.html").status == 0
    # A page that is there already is made anew.
    assert run("preview", "--report", made, "--output", tmp_path / "page.html").status == 0


def test_what_is_compared_is_not_written_over(run: Run, tmp_path: Path) -> None:
    base, head, batch = (tmp_path / name for name in ("base.json", "head.json", "batch.jsonl"))
    for each in (base, head):
        each.write_text(SCHEMA)
    batch.write_text(json.dumps({"id": "1", "base": {}, "head": {}}) + "\n")
    for words in (
        (base, head, "--output", head),
        (base, head, "--output", base),
        ("--batch", batch, "--output", batch),
    ):
        assert run("compare", *words).status == 2
    assert (base.read_text(), head.read_text()) == (SCHEMA, SCHEMA)
    assert '"id"' in batch.read_text()


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    """A base and a head of the same standard, and a directory of patches in head."""
    for side in ("base", "head"):
        (tmp_path / side / "schema").mkdir(parents=True)
        (tmp_path / side / "schema" / "phone.json").write_text(json.dumps(entity("phone", {})))
    (tmp_path / "head" / "profile").mkdir()
    (tmp_path / "head" / "profile" / "phone.json").write_text("{}")
    (tmp_path / "linked.json").symlink_to(tmp_path / "head" / "schema" / "phone.json")
    return tmp_path / "base", tmp_path / "head"


@pytest.mark.parametrize(
    "output",
    [
        "head/schema/phone.json",
        "head/schema/../schema/phone.json",
        "head/schema/new.json",
        "head/datapackage.json",
        "base/schema/phone.json",
        "head/profile/phone.json",
        "linked.json",
    ],
)
def test_no_report_takes_the_place_of_what_is_judged(run: Run, sides: tuple[Path, Path], output: str) -> None:
    base, head = sides
    place = base.parent / output
    before = place.read_bytes() if place.exists() else None
    words = ("check", "--base", base, "--head", head, "--patch", f"own={head / 'profile'}", "--format", "json")
    ran = run(*words, "--output", place)
    assert (ran.status, ran.out) == (2, "")
    assert "a file of the standard in" in ran.err
    assert (place.read_bytes() if place.exists() else None) == before
    for beside in ("report.json", "head/report.json", "head/schema/report.md"):
        assert run(*words, "--output", base.parent / beside).status == 0
        assert run(*words, "--output", base.parent / beside).status == 0


def test_a_report_of_what_cannot_be_judged_does_not_either(run: Run, sides: tuple[Path, Path]) -> None:
    head = sides[1]
    before = (head / "schema" / "phone.json").read_bytes()
    ran = run("check", "--source", head, "--base", "nowhere", "--output", head / "schema" / "phone.json")
    assert (ran.status, (head / "schema" / "phone.json").read_bytes()) == (2, before)


def test_what_an_impact_is_told_of_is_not_written_over(run: Run, sides: tuple[Path, Path]) -> None:
    base, head = sides
    feed = base.parent / "feed.json"
    feed.write_text("{}")
    for output in (feed, head / "schema" / "phone.json", base / "datapackage.json"):
        ran = run("impact", "--base", base, "--head", head, "--data", feed, "--output", output)
        assert (ran.status, feed.read_text()) == (2, "{}")
        assert "Name another --output." in ran.err
