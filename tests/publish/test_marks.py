from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.publish.marks import Mark, digest, key, marker, read_marker, without_marker

MARK = Mark("github/o/r/pr-1/report", "a1b2", 12, digest("x"))


@given(st.from_regex("[A-Za-z0-9._:/-]+", fullmatch=True), st.integers(0, 10**14), st.text())
def test_a_mark_is_read_as_it_was_written(name: str, seq: int, body: str) -> None:
    mark = Mark(name, "a1", seq, digest(body))
    assert read_marker(f"{body}\n{marker(mark)}") == mark
    assert read_marker(f"{body}\n{marker(mark)}\n  \n") == mark


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nothing",
        f"{marker(MARK)}\nand more",
        f"> {marker(MARK)}",
        f"{marker(MARK)} {marker(MARK)}",
        marker(MARK).replace("gov:v1", "gov:v2"),
        marker(MARK).replace("pr-1", "pr 1"),
        marker(MARK).upper(),
    ],
)
def test_only_the_last_line_is_a_mark_and_only_exactly(body: str) -> None:
    assert read_marker(body) is None


def test_a_body_is_had_without_its_mark() -> None:
    assert without_marker(f"text\n\n{marker(MARK)}\n") == "text"
    assert without_marker("text\n") == "text\n"


def test_keys_are_of_safe_characters() -> None:
    assert key("slack-uk", "o/r", "pr-1", "a b-->") == "slack-uk/o/r/pr-1/a-b---"
    assert read_marker(marker(Mark(key("ü -->\n"), "a", 1, digest("")))) is not None


def test_a_digest_is_of_the_content_even_of_what_cannot_be_encoded() -> None:
    assert digest("a") != digest("b")
    assert len(digest("\ud800")) == 16
