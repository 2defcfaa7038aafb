from __future__ import annotations

from dataclasses import replace

import pytest

from bot.compat.changes import ABSENT, Change
from bot.render.check_run import check_run
from bot.render.comment import comment
from bot.render.contents import Conclusion, Level
from bot.render.promise import promise
from tests.render.reports import OCCASION, addition, profile, reported, rewording

PROMISED = replace(OCCASION, pull_request=replace(OCCASION.pull_request, wording_only=True))
WORDS = reported(profile("core", "Core", rewording("a")))
MORE = reported(profile("core", "Core", rewording("a"), addition("b")))


def test_nothing_is_said_of_a_promise_that_nobody_made() -> None:
    for report in (WORDS, MORE):
        assert promise(report, OCCASION) == ""
        assert "**Promise**" not in comment(report, OCCASION)
        assert check_run(report, OCCASION, advisory=False).conclusion is Conclusion.SUCCESS


def test_a_promise_that_is_kept_is_said_to_be() -> None:
    assert "**Promise** Kept: this pull request says that it changes wording only, and so it does." in comment(
        WORDS, PROMISED
    )
    assert check_run(WORDS, PROMISED, advisory=False).conclusion is Conclusion.SUCCESS


@pytest.mark.parametrize("advisory", [True, False])
def test_a_promise_that_is_not_kept_fails_the_check_at_its_line(advisory: bool) -> None:
    run = check_run(MORE, PROMISED, advisory=advisory)
    assert run.conclusion is Conclusion.FAILURE
    assert run.title.startswith("Not wording only, as was promised.")
    assert "**Promise** Not kept" in run.summary
    (note,) = run.annotations
    assert (note.path, note.line, note.level) == (
        "schema/service.json",
        MORE.profiles[0].changes[1].line,
        Level.FAILURE,
    )
    assert note.title == "More than wording: service.b added"


def test_the_comment_names_what_is_more_than_words() -> None:
    said = comment(MORE, PROMISED)
    assert "and 1 change is more than words: `service.b` added. Take them out" in said
    many = reported(profile("core", "Core", *(addition(name) for name in "abcde")))
    assert "5 changes are more than words: `service.a` added; `service.b` added; `service.c` added; and 2 more." in (
        promise(many, PROMISED)
    )


def test_what_cannot_be_judged_neither_keeps_nor_breaks_it() -> None:
    broken = replace(MORE, unreadable=True)
    assert "cannot be said yet" in comment(broken, PROMISED)
    assert check_run(broken, PROMISED, advisory=True).conclusion is Conclusion.NEUTRAL


def test_names_from_a_pull_request_neither_format_nor_call_anybody() -> None:
    change = Change("term-added", "service", ("properties", "`@team` <img>"), "", ABSENT, {"type": "string"})
    made = replace(addition("x"), change=change)
    said = promise(reported(profile("core", "Core", made)), PROMISED)
    assert "``service.`@team` <img>`` added" in said
