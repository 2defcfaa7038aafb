"""README.md and the other pages for people: what they name is there."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bot.adapters.files import read_directory
from bot.cli import app
from bot.compat.bump import Bump
from bot.compat.confirming import Confirmer
from bot.report.model import Outcome
from bot.standard.snapshot import belongs, on_the_way
from tests.conftest import Run
from tests.worlds import ROOT, checked

PAGES = ("README.md", "CONTRIBUTING.md", "schema/README.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLE = re.findall(r"(?m)^\| (`[^|]+`) \|", README)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [each for each in targets if not ((ROOT / page).parent / each).exists()] == []


def test_the_table_names_each_command_once() -> None:
    known = {each.name or getattr(each.callback, "__name__", "") for each in app.registered_commands if not each.hidden}
    named = [word for cell in TABLE for word in re.findall(r"`([a-z]+)", cell)]
    assert sorted(named) == sorted(known)


def test_the_term_that_schema_readme_shows_has_all_that_a_term_needs(confirmer: Confirmer) -> None:
    (shown,) = re.findall(r"(?s)```json\n(.*?)```", (ROOT / "schema/README.md").read_text(encoding="utf-8"))
    base: dict[str, Any] = dict(read_directory(ROOT, belongs, on_the_way).files)
    service = json.loads(base["schema/service.json"])
    service["properties"].update(json.loads(f"{{{shown}}}"))
    report = checked(confirmer, base, {**base, "schema/service.json": service})
    assert [each.problem.message for each in report.findings if not each.in_base] == []
    assert (report.outcome, report.bump) == (Outcome.COMPATIBLE, Bump.MINOR)


@pytest.mark.parametrize("command", re.findall(r"(?m)^\.venv/bin/(standards-bot \S+ ?[^#\n]*)", README))
def test_the_options_of_examples_are_there(run: Run, command: str) -> None:
    _, verb, *words = command.split()
    shown = run(verb, "--help").out
    assert [each for each in words if each.startswith("--") and each not in shown] == []


def test_options_named_beside_commands_are_theirs(run: Run) -> None:
    rows = re.findall(r"(?m)^\| `([a-z]+)[^|]*\|[^\n]*", README)
    assert "check" in rows
    for line in README.splitlines():
        if row := re.match(r"\| `([a-z]+)", line):
            shown = run(row[1], "--help").out
            assert [each for each in re.findall(r"--[a-z-]+", line) if each not in shown] == []


@pytest.mark.parametrize("row", re.findall(r"(?m)^\| `[a-z][^\n]*--format[^\n]*", README))
def test_formats_named_beside_commands_are_theirs(run: Run, row: str) -> None:
    named = re.findall(r"`(?:--format )?(text|json|markdown)`", row)
    for command in re.findall(r"`([a-z]+)", row.split("|")[1]):
        assert f"<{'|'.join(named)}>" in run(command, "--help").out


def test_it_begins_with_the_two_commands_and_stays_short() -> None:
    assert re.findall(r"(?m)^make (\w+)", README.split("##")[0]) == ["demo", "test"]
    assert len(README.splitlines()) <= 110
