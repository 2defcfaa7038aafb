from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from bot.render.extent import Extent
from bot.render.terminal import MOST_WORDING, show
from bot.report.model import Repair
from bot.standard.problems import Severity
from tests.render.reports import addition, problem, profile, removal, reported, rewording


@pytest.mark.parametrize(
    ("about_words", "more"),
    [
        (MOST_WORDING - 1, ""),
        (MOST_WORDING, ""),
        (MOST_WORDING + 1, "and 1 more"),
        (1_500 + MOST_WORDING, "and 1,500 more"),
    ],
)
def test_of_changes_of_wording_a_few_are_listed(about_words: int, more: str) -> None:
    console = Console(file=io.StringIO(), width=100)
    changes = [rewording(f"words_{at}") for at in range(about_words)]
    show(reported(profile("core", "Core", *changes, addition("new"))), console, Extent(brief=True))
    said = console.file.getvalue()  # type: ignore[attr-defined]
    assert said.count("wording only") == min(about_words, MOST_WORDING)
    assert "service.new" in said
    assert (f"{more} changes of wording (all are in --format json)" in said) == bool(more)
    assert ("more changes of wording" in said) == bool(more)


def test_where_an_edit_is_made_stands_on_a_line_of_its_own() -> None:
    console = Console(file=io.StringIO(), width=400)
    edit = Repair("keep it", "schema/service.json", "/properties/url", "b", 3, 3, "a\n", "b\n")
    broken = replace(removal("url"), repair=edit)
    unread = replace(problem(Severity.ERROR, "this is not JSON"), repair=replace(edit, words="put the comma in"))
    show(reported(profile("core", "Core", broken), findings=(unread,)), console)
    lines = [line.strip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]
    for words in ("Instead, you can keep it.", "You can put the comma in."):
        assert lines[lines.index(words) + 1] == "schema/service.json:3:"


def test_the_rules_of_what_stands_in_the_way_are_named_so_that_they_can_be_explained() -> None:
    console = Console(file=io.StringIO(), width=400)
    unread = problem(Severity.ERROR, "this is not JSON")
    unread = replace(unread, problem=replace(unread.problem, rule="json-invalid"))
    changes = removal("url"), removal("name"), addition("new"), rewording("id")
    show(reported(profile("core", "Core", *changes), findings=(unread,)), console)
    said = console.file.getvalue()  # type: ignore[attr-defined]
    assert "Why, and what to do: standards-bot explain term-removed; likewise json-invalid" in said
    show(reported(profile("core", "Core", addition("new"))), Console(file=(fine := io.StringIO()), width=400))
    assert "standards-bot explain" not in fine.getvalue()
