"""README.md and the other pages for people: what they name is there."""

from __future__ import annotations

import re

import pytest

from bot.cli import app
from tests.conftest import Run
from tests.worlds import ROOT

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


def test_it_begins_with_the_two_commands_and_stays_short() -> None:
    assert re.findall(r"(?m)^make (\w+)", README.split("##")[0]) == ["demo", "test"]
    assert len(README.splitlines()) <= 110
