from __future__ import annotations

from dataclasses import replace

import pytest
from rich.console import Console

from bot.compat.bump import Bump
from bot.compat.interop import Shift
from bot.compat.verdicts import Answer
from bot.render.between import between
from bot.render.markdown import document
from bot.render.terminal import show
from bot.report.model import Outcome, ProfileReport, Report, Side

YES, NO, OPEN = Answer.COMPATIBLE, Answer.BREAKING, Answer.UNKNOWN
PROFILES = tuple(
    ProfileReport(id_, title, Outcome.COMPATIBLE, Bump.MINOR)
    for id_, title in (("core", "Core"), ("uk", "Open Referral UK"), ("classic", ""))
)
EMPTY = Report(Side("main", "extended structure"), Side("topic", "extended structure"), PROFILES)

CASES: dict[str, tuple[list[Shift], str]] = {
    "nothing": ([], ""),
    "lost": (
        [Shift("core", "uk", YES, NO)],
        "With this change tools for Open Referral UK can no longer read all Core data.",
    ),
    "lost twice, a profile without a title": (
        [Shift("core", "uk", YES, NO), Shift("uk", "classic", OPEN, NO)],
        (
            "With this change tools for Open Referral UK can no longer read all Core data, and tools for classic can no "
            "longer read all Open Referral UK data."
        ),
    ),
    "gained": (
        [Shift("core", "uk", NO, YES)],
        "With this change tools for Open Referral UK can now read all Core data.",
    ),
    "both": (
        [Shift("core", "uk", YES, NO), Shift("uk", "core", NO, YES)],
        (
            "With this change tools for Open Referral UK can no longer read all Core data. It also means that tools for "
            "Core can now read all Open Referral UK data."
        ),
    ),
    "not decided": (
        [Shift("core", "uk", YES, OPEN)],
        "Whether tools for Open Referral UK can read all Core data is not decided; a person has to look.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_sentence(case: str) -> None:
    shifts, said = CASES[case]
    assert between(replace(EMPTY, interop=tuple(shifts))) == said


def test_it_stands_in_the_document_and_on_the_terminal_only_where_something_shifted() -> None:
    console = Console(width=400, color_system=None)
    for shifts, stands in (((), False), ((Shift("core", "uk", YES, NO),), True)):
        report = replace(EMPTY, interop=shifts)
        with console.capture() as shown:
            show(report, console)
        assert ("Between profiles" in document(report)) is stands
        assert ("can no longer read all Core data" in shown.get()) is stands


def test_a_title_from_a_stranger_is_harmless() -> None:
    hostile = replace(PROFILES[0], title="<img src=x> @everyone\n# big")
    report = replace(EMPTY, profiles=(hostile, *PROFILES[1:]), interop=(Shift("core", "uk", YES, NO),))
    told = document(report)
    assert r"\<img src=x\>" in told
    assert "@everyone" not in told
    assert "\n# big" not in told
