from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.report.serialising import as_json
from tests.conftest import Run
from tests.scene import report

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
