from __future__ import annotations

import io

import pytest
from rich.console import Console

from bot.render.extent import Extent
from bot.render.terminal import MOST_WORDING, show
from tests.render.reports import addition, profile, reported, rewording


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
