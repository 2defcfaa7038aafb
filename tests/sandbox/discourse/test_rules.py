"""How titles are tidied; the other rules are tried where posts are made."""

from __future__ import annotations

import pytest

from bot.sandbox.discourse.rules import prettified


@pytest.mark.parametrize(
    ("title", "tidied"),
    [
        ("about  it", "About it"),
        ("ALL IN CAPITALS", "All in capitals"),
        ("really??!!", "Really?!"),
        ("The end...", "The end"),
        ("überall", "überall"),
    ],
)
def test_titles_are_tidied(title: str, tidied: str) -> None:
    assert prettified(title) == tidied
