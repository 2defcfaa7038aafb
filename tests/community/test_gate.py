from __future__ import annotations

import pytest

from bot.community.configuration import PATH, Check, Gate, configured
from bot.community.proposed import CHANGED, mends, proposed
from bot.standard.yaml_reading import read_yaml

REQUIRED = "check:\n  gate: required\n"


def check(text: str) -> Check:
    return configured(read_yaml(PATH, text.encode()))[0].check


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (f"{REQUIRED}  nmae: standards-bot\n", 3, 3),
        (f"{REQUIRED}quiet:\n  - {{from: 01-01 to: 02-02}}\n", 4, 20),
        ("check: {gate: Required}\n", 1, 9),
        ("check: {gaet: required}\n", 1, 9),
        ("chekc: {gate: required}\n", 1, 1),
        ("check: required\n", 1, 1),
        ("check: {gate: required, gate: advisory}\n", 1, 25),
        ("- check\n", 1, 1),
        ("gate: required\n", 1, 1),
    ],
)
def test_a_slip_of_the_pen_opens_no_gate(text: str, line: int, column: int) -> None:
    found = check(text)
    assert found.gate is Gate.REQUIRED
    assert found.doubt is not None
    assert (found.doubt.line, found.doubt.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "version: 1\n",
        "check: {}\n",
        "check: {gate: advisory, nmae: x}\n",
        "quiet: never\n",
        "check: {gate: advisory}\nchanels: []\n",
        REQUIRED,
        f"{REQUIRED}quiet: never\n",
    ],
)
def test_what_can_be_told_is_in_no_doubt(text: str) -> None:
    found = check(text)
    assert (found.doubt, found.gate is Gate.REQUIRED) == (None, "required" in text)


def test_a_required_check_keeps_the_name_that_merges_wait_for() -> None:
    found = check("check: {gate: requird, name: The standard, login: 'the-standard[bot]'}\n")
    assert (found.name, found.login) == ("The standard", "the-standard[bot]")
    assert check("check: {gate: requird, name: 5}\n").name == Check().name


# What a pull request would make of them.


def test_settings_that_a_pull_request_breaks_are_told_with_line_and_column() -> None:
    changed, wrong = proposed(b"version: 1\n", b"version: 1\nchanels: []\n")
    assert (changed.problem.rule, wrong.problem.line, wrong.problem.column, wrong.new) == (CHANGED, 2, 1, True)
    assert "Did you mean 'channels'?" in wrong.problem.hint


def test_what_was_wrong_before_is_nobodys_fault_now() -> None:
    found = proposed(b"chanels: []\n", b"\nchanels: []\nquiet: never\n")
    assert [each.new for each in found] == [True, False, True]


@pytest.mark.parametrize("text", [None, b"", b"chanels: []\n"])
def test_settings_that_stay_are_not_spoken_of(text: bytes | None) -> None:
    assert proposed(text, text) == []


def test_what_mends_the_settings_is_told_from_what_does_not() -> None:
    def mended(base: bytes, head: bytes | None) -> bool:
        return mends([each.problem for each in proposed(base, head)])

    assert mended(b"chekc: {}\n", b"check: {}\n")
    assert mended(b"chekc: {}\n", None)
    assert not mended(b"chekc: {}\n", b"chekc: {}\n")
    assert not mended(b"chekc: {}\n", b"chekc: {gate: required}\n")
