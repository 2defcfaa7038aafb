from __future__ import annotations

from dataclasses import replace

import pytest

from bot.render import check_run as module
from bot.render.check_run import LIMIT, LONGEST_MESSAGE, LONGEST_TITLE, MARKER, check_run
from bot.render.contents import Conclusion, Level
from bot.render.fitting import size
from bot.render.place import repository_path
from bot.report.model import Finding, Report
from bot.standard.problems import Severity, error
from tests.render.reports import (
    OCCASION,
    addition,
    long,
    problem,
    profile,
    question,
    removal,
    reported,
    rewording,
)

STAYS = reported(profile("core", "Core", addition("a"), rewording("b")))
BREAKS = reported(profile("core", "Core", removal("a"), question("b")))
UNDECIDED = reported(profile("core", "Core", question("b")))
INVALID = replace(BREAKS, unreadable=True, findings=(problem(Severity.ERROR, "this is not JSON"),))
WITH_ERROR = replace(STAYS, findings=(problem(Severity.ERROR, "x"),))
WITH_WARNING = replace(STAYS, findings=(problem(Severity.WARNING, "x"),))
WITH_OLD_ERROR = replace(STAYS, findings=(problem(Severity.ERROR, "x", in_base=True),))


@pytest.mark.parametrize(
    ("report", "advising", "gating"),
    [
        (STAYS, Conclusion.SUCCESS, Conclusion.SUCCESS),
        (WITH_WARNING, Conclusion.SUCCESS, Conclusion.SUCCESS),
        (WITH_OLD_ERROR, Conclusion.SUCCESS, Conclusion.SUCCESS),
        (WITH_ERROR, Conclusion.NEUTRAL, Conclusion.FAILURE),
        (BREAKS, Conclusion.NEUTRAL, Conclusion.FAILURE),
        (UNDECIDED, Conclusion.NEUTRAL, Conclusion.FAILURE),
        (INVALID, Conclusion.NEUTRAL, Conclusion.FAILURE),
    ],
)
def test_how_the_check_ends(report: Report, advising: Conclusion, gating: Conclusion) -> None:
    assert check_run(report, OCCASION, advisory=True).conclusion is advising
    assert check_run(report, OCCASION, advisory=False).conclusion is gating


def test_what_the_check_says() -> None:
    run = check_run(BREAKS, OCCASION, advisory=False)
    assert run.title == "This change would break data published under Core"
    assert "| 1 | `service.a` removed | **breaks publishers** |" in run.summary
    assert "**What you can do** Keep `service.a`" in run.summary
    assert "in [the full report](https://github.com/openreferral/specification/actions/runs/7)." in run.summary
    assert "advises" not in run.summary
    assert "<details><summary>1: an example that breaks (<code>core</code>)</summary>" in run.text
    assert "**A person has to look**" in run.text
    assert "advises" in check_run(BREAKS, OCCASION, advisory=True).summary


def test_words_alone_are_folded_behind_the_rest() -> None:
    run = check_run(STAYS, OCCASION, advisory=False)
    assert "service.b" not in run.summary
    assert "1 change of wording without effect" in run.text


def test_what_cannot_be_judged_says_where_to_begin() -> None:
    assert (
        check_run(INVALID, OCCASION, advisory=True).title
        == "This change cannot be judged: what it changes cannot be read"
    )
    run = check_run(INVALID, OCCASION, advisory=False)
    assert "What has to be mended, and where, stands below." in run.summary
    assert run.text == (
        "**Problems in the files**\n\n- error: `schema/service.json:4 /properties`: this is not JSON. Mend it."
    )


# Notes at lines.


def test_changes_and_new_problems_are_noted_at_their_lines_the_most_serious_first() -> None:
    findings = (problem(Severity.ERROR, "no such type", 9), problem(Severity.WARNING, "no description", 2))
    run = check_run(replace(BREAKS, findings=findings), OCCASION, advisory=False)
    assert [(note.path, note.line, note.level, note.title) for note in run.annotations] == [
        ("schema/service.json", 3, Level.FAILURE, "Change 1: service.a removed"),
        ("schema/service.json", 9, Level.FAILURE, "no such type"),
        ("schema/service.json", 2, Level.WARNING, "no description"),
        ("schema/service.json", 7, Level.WARNING, "Change 2: pattern of service.b changes from ^a$ to ^b$"),
    ]
    assert [note.message for note in run.annotations] == [
        "Breaks data published under Core. A publisher would see: /a: this version has no such term.",
        "Mend it.",
        "Mend it.",
        "What it means under Core is not decided; a person has to look. pattern at /properties/b: it has look-around",
    ]


@pytest.mark.parametrize(
    "finding",
    [
        problem(Severity.NOTICE, "worth knowing"),
        problem(Severity.ERROR, "it was there", in_base=True),
        problem(Severity.ERROR, "on a line that the change did not write", on_change=False),
        problem(Severity.ERROR, "nobody knows where", line=0),
    ],
)
def test_what_is_not_noted_at_a_line(finding: Finding) -> None:
    run = check_run(replace(STAYS, findings=(finding,)), OCCASION, advisory=False)
    assert run.annotations == ()


@pytest.mark.parametrize("file", ["", "/etc/passwd", "../secret.json", "schema/../../x.json", "C:\\x.json"])
def test_notes_stand_in_files_of_the_repository_alone(file: str) -> None:
    finding = problem(Severity.ERROR, "x")
    elsewhere = replace(finding, problem=replace(finding.problem, file=file))
    change = replace(removal("a"), file=file)
    report = reported(profile("core", "Core", change), findings=(elsewhere,))
    assert check_run(report, OCCASION, advisory=False).annotations == ()


def test_what_has_left_no_line_is_not_noted_there_and_the_summary_says_so() -> None:
    run = check_run(reported(profile("core", "Core", replace(removal("a"), line=0))), OCCASION, advisory=False)
    assert run.annotations == ()
    assert "In the files there is no note on change 1: no line is left there to put one at." in run.summary
    both = reported(profile("core", "Core", replace(removal("a"), line=0), replace(removal("b"), line=0)))
    assert "no note on changes 1 and 2: " in check_run(both, OCCASION, advisory=False).summary
    assert "no note" not in check_run(STAYS, OCCASION, advisory=False).summary


def test_notes_stand_at_paths_from_the_top_of_the_repository() -> None:
    findings = (problem(Severity.ERROR, "x"),)
    report = reported(profile("core", "Core", removal("a")), findings=findings)
    below = replace(report, head=replace(report.head, directory="standards/core/"))
    paths = {note.path for note in check_run(below, OCCASION, advisory=False).annotations}
    assert paths == {"standards/core/schema/service.json"}


def test_files_of_patches_keep_the_name_they_were_given() -> None:
    below = replace(STAYS, head=replace(STAYS.head, directory="standards/"))
    assert repository_path(below, "profiles/uk/service.json") == "profiles/uk/service.json"
    assert repository_path(below, "datapackage.json") == "standards/datapackage.json"


@pytest.mark.parametrize("file", ["openreferral/uk@1a2b3c4:profile/service.json", "a/b@v1/service.json"])
def test_files_of_other_repositories_take_no_notes(file: str) -> None:
    finding = problem(Severity.ERROR, "x")
    there = replace(finding, problem=replace(finding.problem, file=file))
    report = reported(profile("core", "Core", replace(removal("a"), file=file)), findings=(there,))
    assert check_run(report, OCCASION, advisory=False).annotations == ()


def test_every_note_is_there_however_many() -> None:
    assert len(check_run(long(300), OCCASION, advisory=False).annotations) == 300


# How much there is room for.


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_the_limit_of_titles(extra: int) -> None:
    message = "m" * (LONGEST_TITLE + extra)
    [note] = check_run(
        replace(STAYS, findings=(problem(Severity.ERROR, message),)), OCCASION, advisory=True
    ).annotations
    assert len(note.title) == min(len(message), LONGEST_TITLE)
    assert note.title.endswith("…") == (extra > 0)


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_the_limit_of_notes(extra: int) -> None:
    message = "🙂" * (LONGEST_MESSAGE - len(".\nMend it.") + extra)
    [note] = check_run(
        replace(STAYS, findings=(problem(Severity.ERROR, message),)), OCCASION, advisory=True
    ).annotations
    assert len(note.message) == min(LONGEST_MESSAGE, LONGEST_MESSAGE + extra)
    assert note.message.endswith("…") == (extra > 0)
    assert size(note.message) <= 64 * 1024


def test_a_headline_that_is_too_long_is_cut() -> None:
    report = reported(*(profile(f"p{at}", "🙂" * 5000, removal("a")) for at in range(2)))
    focused = replace(OCCASION, profiles=("p0",), place="y" * 5000)
    assert len(check_run(report, focused, advisory=True).title) == LONGEST_TITLE


@pytest.mark.parametrize("room", [-1, 0, 1])
@pytest.mark.parametrize("part", ["summary", "text"])
def test_the_limit_to_the_byte(monkeypatch: pytest.MonkeyPatch, part: str, room: int) -> None:
    report = long(60)
    whole = getattr(check_run(report, OCCASION, advisory=True), part)
    limit = size(whole) + room
    monkeypatch.setattr(module, "LIMIT", limit + MARKER)
    said = getattr(check_run(report, OCCASION, advisory=True), part)
    assert size(said) <= limit
    assert ("more " in said.replace("more change (", "")) == (room < 0)
    assert (said == whole) == (room >= 0)


def test_a_long_report_fits_and_leaves_room_for_the_marker() -> None:
    run = check_run(long(3000), OCCASION, advisory=True)
    for part in (run.summary, run.text):
        assert LIMIT - MARKER - 1000 < size(part) <= LIMIT - MARKER
        assert "see [the full report](" in part


@pytest.mark.parametrize("report", [BREAKS, STAYS, INVALID])
def test_settings_that_cannot_be_read_stop_everybody_and_say_where(report: Report) -> None:
    doubt = error("setting-unknown", ".github/bot.yml", "/check/nmae", '"nmae" is no setting', "Meant: name.", 4, 3)
    run = check_run(report, OCCASION, advisory=False, doubt=doubt)
    assert run.conclusion is Conclusion.FAILURE
    assert run.title.startswith("The settings cannot be read (.github/bot.yml:4:3). ")
    assert "line 4, column 3" in run.summary
