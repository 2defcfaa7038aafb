from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.test_cli import base

__all__ = ["base"]


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("check", "--profile", "core", "--profile", "uk"), "--profile"),
        (("check", "--base", "main", "--head", "topic", "--base=other"), "--base"),
        (("build", "--output", "x", "--ref", "1.0", "--ref", "2.0"), "--ref"),
        (("compare", "--draft", "draft4", "a", "b", "--draft", "draft7"), "--draft"),
    ],
)
def test_an_option_that_counts_once_is_refused_twice(run: Run, words: tuple[str, ...], option: str) -> None:
    ran = run(*words)
    assert ran.status == 2
    assert f"{option} is given 2 times, and counts once" in ran.err


def test_a_list_and_a_switch_may_be_given_twice(run: Run, base: Path, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    patches = ("--patch", f"one={tmp_path / 'one'}", "--patch", f"two={tmp_path / 'two'}")
    assert run("check", "--base", base, "--head", base, *patches, "--brief", "--brief").status == 0
    wrong = run("check", "--no-such", "--profile", "a", "--profile", "b")
    assert (wrong.status, "No such option" in wrong.err) == (2, True)
