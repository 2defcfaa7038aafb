from __future__ import annotations

import pytest
from rich.console import Console

from bot.community.checkup import Check, Diagnosis, Section, fine, left_open, wrong
from bot.render.checkup import conclusion, document, show, symbols_for, text

EVIL = "a\x1b[31m @team <img src=x> #12\n## Heading"
DIAGNOSIS = Diagnosis(
    (
        Section("GitHub", (fine("the token is valid"), wrong("the clock sleeps", "Wake it under Actions."))),
        Section("Forum", (left_open("not used"), left_open(EVIL, "Nothing to do."))),
    )
)

EXPECTED = """\
GitHub
  ✓ the token is valid
  ✗ the clock sleeps
      Wake it under Actions.

Forum
  – not used
  – a\\u{001b}[31m @team <img src=x> #12 ## Heading
      Nothing to do.

One thing is to be mended: the line with ✗ says how.
"""


def diagnosis(*checks: Check) -> Diagnosis:
    return Diagnosis((Section("GitHub", checks),))


def test_a_log_gets_a_line_a_thing_and_what_to_do_below() -> None:
    assert text(DIAGNOSIS) == EXPECTED


def test_a_terminal_gets_the_same_words() -> None:
    console = Console(width=100, color_system=None)
    with console.capture() as captured:
        show(DIAGNOSIS, console)
    words = captured.get().split()
    assert words == EXPECTED.split()


def test_long_sentences_hang_beside_their_symbol() -> None:
    console = Console(width=30, color_system=None)
    with console.capture() as captured:
        show(diagnosis(fine("one two three four five six seven eight nine ten")), console)
    lines = [line.rstrip() for line in captured.get().splitlines() if line.strip()]
    assert lines[1] == "  ✓ one two three four five"
    assert lines[2] == "    six seven eight nine ten"


@pytest.mark.parametrize(("encoding", "symbol"), [("utf-8", "✗"), ("UTF-16", "✗"), ("ascii", "!!"), ("latin-1", "!!")])
def test_symbols_are_those_that_can_be_shown(encoding: str, symbol: str) -> None:
    shown = text(diagnosis(wrong("a", "b"), fine("c"), left_open("d")), symbols_for(encoding))
    assert f"  {symbol} a\n" in shown
    assert f"the line with {symbol} says how" in shown
    shown.encode(encoding)


@pytest.mark.parametrize(
    ("checks", "sentence"),
    [
        ((), "All is well: nothing has to be done."),
        ((fine("a"), left_open("b")), "All is well: nothing has to be done."),
        ((wrong("a", "b"),), "One thing is to be mended: the line with ✗ says how."),
        ((wrong("a", "b"), wrong("c", "d")), "2 things are to be mended: the lines with ✗ say how."),
    ],
)
def test_all_of_it_in_one_sentence(checks: tuple[Check, ...], sentence: str) -> None:
    assert conclusion(diagnosis(*checks)) == sentence


def test_a_summary_formats_nothing_of_what_strangers_wrote() -> None:
    made = document(DIAGNOSIS)
    assert "- ✗ **the clock sleeps**\n  - Wake it under Actions.\n" in made
    assert "\n## Heading" not in made
    assert "<img" not in made.replace("\\<img", "")
    assert "@team" not in made
