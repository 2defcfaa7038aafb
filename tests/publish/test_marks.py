from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.signing import signed
from bot.publish.marks import OPENING, Mark, believed, digest, key, marker, read_marker, without_marker

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


NOW = 1_000.0
SHARED = Mark("github/o/r/pr-1/report", "a1b2", 1_000_000, digest("What it means"))
OWN = f"{OPENING}\nWhat it means\n\n{marker(SHARED)}"


def test_a_mark_among_what_others_write_under_the_same_name_is_believed_of_a_whole_body_alone() -> None:
    assert believed(OWN, NOW) == SHARED
    assert believed(OWN.replace("\n", "\r\n") + "\r\n\r\n", NOW) == SHARED
    assert without_marker(OWN) == "What it means"


@pytest.mark.parametrize(
    "body",
    [
        OWN.removeprefix(f"{OPENING}\n"),
        f"Coverage:\n\n{OWN}",
        f"{OWN}\n\nSigned: the coverage job",
        OWN.replace(OPENING, f"{OPENING} Coverage:"),
        f"{OPENING}\nWhat it means\n\n{marker(replace(SHARED, seq=173_800_001))}",
    ],
)
def test_what_a_stranger_can_have_repeated_under_the_bots_name_is_not_believed(body: str) -> None:
    assert believed(body, NOW) is None


def test_what_somebody_edited_is_still_the_bots_and_says_something_else() -> None:
    edited = OWN.replace("What it means", "What I think it means")
    assert believed(edited, NOW) == replace(SHARED, digest=digest("What I think it means"))
    assert believed(OWN.replace(f"h={SHARED.digest}", "h=0123456789abcdef"), NOW) == SHARED


def test_a_clock_may_be_a_little_ahead_of_ours() -> None:
    ahead = replace(SHARED, seq=1_600_000)
    assert believed(f"{OPENING}\nWhat it means\n\n{marker(ahead)}", NOW) == ahead


@pytest.mark.parametrize(("at", "seq"), [(0.0, 0), (900.0, 900_000), (NOW + 1e6, 1_000_000)])
def test_a_number_of_a_clock_hours_ahead_counts_as_of_when_it_was_written(at: float, seq: int) -> None:
    body = f"{OPENING}\nWhat it means\n\n{marker(replace(SHARED, seq=100_000_000))}"
    assert believed(body, NOW, at) == replace(SHARED, seq=seq)


@given(st.text().filter(lambda text: not text.startswith("\n")), st.integers(0, 10**6))
def test_whatever_the_bot_says_is_believed(said: str, seq: int) -> None:
    mark = Mark("k", "a1", seq, digest(said))
    body = signed(said, mark, 65_536, "the comment", shared=True)
    assert believed(body, NOW) == mark
    assert digest(without_marker(body)) == mark.digest


def test_the_page_of_the_run_that_says_it_is_no_part_of_what_is_said() -> None:
    said = "Merge it · [full report](https://github.com/o/r/actions/runs/{})"
    assert digest(said.format(100)) == digest(said.format(20_000_000_001))
    assert digest(said.format(100)) != digest(said.format(100).replace("o/r", "o/s"))
