from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.fitting import ALWAYS, Part, Section, fit, fixed, size


def more(left: int, noun: str) -> str:
    return f"and {left} more {noun}"


TABLE = Section([Part("| 1 |", 1), Part("| 2 |", 3), Part("| 3 |", 5)], "row", "| # |\n| - |\n", "", "\n")
PROOFS = Section([Part("```\na\n```", 2), Part("```\nb\n```", 4)], "proof", "<details>\n\n", "\n\n</details>")
MESSAGE = [fixed("## Top"), TABLE, PROOFS, fixed("the end")]
WHOLE = (
    "## Top\n\n| # |\n| - |\n| 1 |\n| 2 |\n| 3 |\n\n<details>\n\n```\na\n```\n\n```\nb\n```\n\n</details>\n\nthe end"
)


@pytest.mark.parametrize("room", [0, 1, 1000])
def test_what_fits_is_whole(room: int) -> None:
    assert fit(MESSAGE, size(WHOLE) + room, more) == WHOLE


def test_one_byte_too_many_costs_the_least_serious_parts() -> None:
    table = Section([Part("| 1 |", 1), Part("x" * 300, 2), Part("y" * 300, 4)], "row", joint="\n")
    proofs = Section([Part("a" * 300, 3), Part("b" * 300, 5)], "proof")
    whole = size(fit([table, proofs, fixed("the end")], 10_000, more))
    cut = fit([table, proofs, fixed("the end")], whole - 1, more)
    assert cut == f"| 1 |\n{'x' * 300}\n{'y' * 300}\n\n{'a' * 300}\n\nand 1 more proof\n\nthe end"
    cut = fit([table, proofs, fixed("the end")], whole - 301, more)
    assert cut == f"| 1 |\n{'x' * 300}\n\nand 1 more row\n\n{'a' * 300}\n\nand 1 more proof\n\nthe end"


@pytest.mark.parametrize(("room", "shown"), [(-1, 1), (0, 2), (1, 2)])
def test_what_is_left_fits_to_the_byte(room: int, shown: int) -> None:
    section = Section([Part(letter * 50, 1) for letter in "abc"], "part")
    cut = f"{'a' * 50}\n\n{'b' * 50}\n\nand 1 more part"
    said = fit([section], size(cut) + room, more)
    assert said == (cut if shown == 2 else f"{'a' * 50}\n\nand 2 more part")


def test_what_does_not_fit_leaves_room_for_less_in_other_sections() -> None:
    proofs = Section([Part("a" * 300, 1)], "proof")
    assert fit([proofs, TABLE], 120, more) == "and 1 more proof\n\n| # |\n| - |\n| 1 |\n| 2 |\n| 3 |"


def test_what_always_stays_stays_even_where_there_is_no_room() -> None:
    assert fit(MESSAGE, 1, more) == "## Top\n\nand 3 more row\n\nand 2 more proof\n\nthe end"


def test_a_part_that_a_more_serious_one_shuts_out_does_not_come_back() -> None:
    section = Section([Part("x" * 500, 1), Part("y", 1)], "part")
    assert fit([section, fixed("end")], 100, more) == "and 2 more part\n\nend"


def test_ranks_that_fall_are_read_as_rising() -> None:
    section = Section([Part("a" * 40, 5), Part("b" * 40, 1)], "part")
    assert fit([section], 60, more) == f"{'a' * 40}\n\nand 1 more part"


def test_sections_without_parts_leave_no_trace() -> None:
    assert fit([fixed(""), Section([], "row", "| # |\n"), fixed("text")], 100, more) == "text"


def test_a_character_counts_as_its_bytes() -> None:
    assert size("a") == 1
    assert size("é🙂") == 6


PARTS = st.lists(st.builds(Part, st.text("abcé🙂", min_size=1, max_size=30), st.integers(ALWAYS + 1, 4)), max_size=6)


@given(
    st.lists(st.builds(Section, PARTS, st.just("part"), st.just("<"), st.just(">")), max_size=4), st.integers(0, 400)
)
def test_nothing_is_cut_in_two_and_nothing_is_too_long(sections: list[Section], limit: int) -> None:
    shown = fit(sections, limit, more)
    least = fit(sections, 0, more)
    assert size(shown) <= max(limit, size(least))
    whole = [part.text for section in sections for part in section.parts]
    said = [piece.strip("<>") for piece in shown.split("\n\n")]
    assert all(piece in whole or piece.startswith("and ") for piece in said if piece)
