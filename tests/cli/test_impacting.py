from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import cli
from tests.conformance.worlds import ENTITIES, edited, phone, service
from tests.worlds import checkout


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """`impact` on one feed, from base to head."""
    for name, entities in (("base", ENTITIES), ("head", edited("service", "required", to=["id", "name", "url"]))):
        assert checkout(entities).entities
        (tmp_path / name / "schema").mkdir(parents=True)
        for entity, schema in entities.items():
            (tmp_path / name / "schema" / f"{entity}.json").write_text(json.dumps(schema))
    (tmp_path / "feeds" / "leeds").mkdir(parents=True)
    page = {"total_items": 2, "contents": [service(), service(2, url="http://x.org")]}
    (tmp_path / "feeds" / "leeds" / "services.json").write_text(json.dumps(page))
    (tmp_path / "feeds" / "york.jsonl").write_text(f"{json.dumps(phone())}\noops\n{json.dumps({'colour': 'red'})}\n")
    monkeypatch.chdir(tmp_path)

    def ran(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["standards-bot", "impact", *map(str, words)])
        status = cli.run()
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return ran


SIDES = ("--base", "base", "--head", "head")


def test_a_person_is_told_what_breaks_on_what_and_what_could_not_be_read(run: Run) -> None:
    ran = run("--data", "feeds", *SIDES)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("This change would break 1 of 3 records, in 1 of 2 feeds.\n")
    assert "service.url becomes required" in ran.out
    assert "a line is not JSON: york.jsonl, line 2. Not read: the line." in ran.out
    assert "1 record: of no entity by the name of the file or by keys" in ran.out
    assert "\x1b" not in ran.out


def test_a_program_gets_every_number_and_nothing_of_a_record(run: Run) -> None:
    ran = run("--data", "feeds", *SIDES, "--format", "json")
    found = json.loads(ran.out)
    profile = found["profiles"]["hsds"]
    assert profile["records"] == {"kept": 2, "broken": 1, "invalid": 0, "mended": 0, "undecided": 0, "unrecognised": 1}
    assert profile["feeds_broken"] == 1
    (change,) = profile["changes"]
    assert (change["term"], change["records"], change["feeds"]) == ("service.url", 1, 1)
    assert profile["terms"]["service.url"] == {"records": 1, "feeds": 1}
    assert profile["terms"]["place.city"] == {"records": 0, "feeds": 0}
    assert found["feeds"][1]["problems"] == [
        {"what": "a line is not JSON", "count": 1, "places": ["york.jsonl, line 2"], "not_read": ["the line"]}
    ]
    assert "Advice" not in ran.out


def test_markdown_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    ran = run("--data", "feeds", *SIDES, "--format", "markdown", "--output", tmp_path / "impact.md")
    assert (ran.status, ran.out) == (0, "")
    written = (tmp_path / "impact.md").read_text()
    assert "| `service.url` becomes required | 1 | 1 of 2 |" in written
    assert "<details><summary>Terms that no feed fills</summary>" in written


def test_the_same_on_both_sides_tells_how_terms_are_used(run: Run) -> None:
    ran = run("--data", "feeds", "--base", "base", "--head", "base")
    assert ran.out.startswith("Nothing that the data depends on has changed (3 records of 2 feeds).")
    assert "Terms that no feed fills" in ran.out


def test_a_profile_that_patches_make_is_judged(run: Run, tmp_path: Path) -> None:
    (tmp_path / "uk" / "profile").mkdir(parents=True)
    patch = {"properties": {"status": None}, "required": ["id", "name", "url"]}
    (tmp_path / "uk" / "profile" / "service.json").write_text(json.dumps(patch))
    found = json.loads(run("--data", "feeds", *SIDES, "--patch", "uk/profile", "--format", "json").out)
    assert found["profiles"]["uk"]["records"]["broken"] == 0
    assert found["profiles"]["uk"]["records"]["invalid"] == 1


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--data", "gone"), 3, "gone is not there"),
        (("--data", "feeds", "--profile", "uk"), 2, "base has no profile 'uk'"),
        (("--data", "feeds", "--entity", "cat"), 2, "there is no entity 'cat'. The entities are: "),
        (("--data", "feeds", "--base", "feeds"), 2, "--base is given 2 times, and counts once"),
        ((), 2, "--data"),
    ],
)
def test_wrong_input(run: Run, words: tuple[str, ...], status: int, said: str) -> None:
    ran = run(*SIDES, *words)
    assert ran.status == status
    assert said in ran.err


def test_a_base_that_is_none_is_said(run: Run) -> None:
    ran = run("--data", "feeds", "--base", "feeds", "--head", "head")
    assert ran.status == 3
    assert "there is no standard in feeds" in ran.err


def test_a_standard_that_cannot_be_read_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "head" / "schema" / "phone.json").write_text("{")
    ran = run("--data", "feeds", *SIDES)
    assert ran.status == 3
    assert "schema/phone.json:1: this is not JSON" in ran.err


def test_what_a_feed_is_called_neither_formats_nor_runs(run: Run, tmp_path: Path) -> None:
    (tmp_path / "feeds" / "a`b|c\x1b[31m<img>.jsonl").write_text("oops\n")
    for form in ("text", "markdown"):
        out = run("--data", "feeds", *SIDES, "--format", form).out
        assert "\x1b" not in out
    assert "| `a`b|c" not in out
