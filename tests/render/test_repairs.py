"""Edits that keep published data valid, as people are shown them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from bot.compat.changes import ABSENT
from bot.render.check_run import check_run
from bot.render.comment import comment
from bot.render.markdown import document
from bot.render.repairs import MOST_LINES, MOST_OF_A_FILE, diff, edit_address, offered
from bot.render.rows import rows
from bot.render.terminal import show
from bot.report.model import Repair, Report
from bot.report.repair_words import MOST
from bot.report.rewriting import rewritten, whole
from bot.report.subject import State
from bot.standard.problems import Severity
from tests.render.reports import OCCASION, PULL_REQUEST, problem, profile, removal, reported
from tests.render.test_hostile import Page

BEFORE = '{\n  "id": 1,\n  "url": 2\n}\n'
AFTER = '{\n  "id": 1,\n  "name": 3,\n  "url": 2\n}\n'
REPAIR = rewritten("keep service.name", "schema/service.json", "/name", 3, BEFORE, AFTER)
REPAIRED = reported(profile("core", "Core", replace(removal("name"), repair=REPAIR), removal("other")))
MINE = replace(PULL_REQUEST, head_repository="newcomer/specification", head_ref="fix/a #1")
HERE = replace(OCCASION, pull_request=MINE)
ADDRESS = "https://github.com/newcomer/specification/edit/fix/a%20%231/schema/service.json"


def test_a_repair_is_the_fewest_whole_lines() -> None:
    assert (REPAIR.start_line, REPAIR.end_line) == (2, 2)
    assert REPAIR.replaced == '  "id": 1,\n'
    assert REPAIR.replacement == '  "id": 1,\n  "name": 3,\n'
    back = rewritten("x", "f", "", ABSENT, AFTER, BEFORE)
    assert (back.start_line, back.end_line, back.replacement) == (3, 3, "")
    first = rewritten("x", "f", "", ABSENT, "b\n", "a\nb\n")
    assert (first.start_line, first.end_line, first.replacement) == (1, 1, "a\nb\n")


def test_the_comment_shows_the_edit_and_where_to_make_it() -> None:
    said = comment(REPAIRED, HERE)
    assert "<details><summary>1: an edit that keeps published data valid</summary>" in said
    assert 'In `schema/service.json:2`:\n\n```diff\n    "id": 1,\n+   "name": 3,\n```' in said
    assert f"[Edit the file]({ADDRESS})" in said
    assert "Edits that keep published data valid stand above, for change 1." in said
    assert "2: an edit" not in said


def test_the_report_as_a_document_shows_it_too() -> None:
    assert "1: an edit that keeps published data valid" in document(REPAIRED)
    assert "Edit the file" not in document(REPAIRED)


def test_changes_that_share_an_edit_share_its_place_and_each_says_what_it_does() -> None:
    both = [replace(removal(each), repair=replace(REPAIR, words=f"keep service.{each}")) for each in ("name", "url")]
    report = reported(profile("core", "Core", *both, replace(removal("email"), repair=other_place())))
    said = document(report)
    assert said.count("```diff") == 2
    shown = "1 and 2: an edit that keeps published data valid</summary>\n\nIn `schema/service.json:2`:\n\n"
    assert f"{shown}- 1: keep service.name\n- 2: keep service.url\n\n```diff" in said
    assert "<summary>3: an edit that keeps" in said
    assert "stand above, for changes 1 to 3." in comment(report, HERE)


def other_place() -> Repair:
    return replace(REPAIR, words="keep service.email", start_line=9, end_line=9)


def test_what_is_said_at_the_end_of_a_comment_is_not_said_with_the_edit_and_in_a_document_it_is() -> None:
    assert "Keep the terms, optional and marked as deprecated" in comment(REPAIRED, HERE)
    assert "keep service.name" not in comment(REPAIRED, HERE).lower()
    assert "Keep service.name, in `schema/service.json:2`." in document(REPAIRED)


@pytest.mark.parametrize(("several", "is_said"), [(MOST, False), (MOST + 1, True)])
def test_more_changes_than_are_looked_at(several: int, is_said: bool) -> None:
    repaired = [replace(removal(f"t{at}"), repair=REPAIR) for at in range(several - 1)]
    report = reported(profile("core", "Core", *repaired, removal("last")))
    said = f"edits were looked for only for the first {MOST}"
    assert (said in comment(report, HERE)) is is_said
    assert (said in document(report)) is is_said


def test_the_note_at_the_line_says_what_to_do_instead() -> None:
    notes = check_run(REPAIRED, HERE, advisory=True).annotations
    assert [note.message.splitlines()[1:] for note in notes] == [["Instead, you can keep service.name."], []]


def test_a_file_that_a_comma_mends() -> None:
    mended = rewritten("put the missing comma in", "schema/service.json", "", ABSENT, "[1\n2]", "[1,\n2]")
    finding = replace(problem(Severity.ERROR, "this is not JSON"), repair=mended)
    report = replace(reported(), findings=(finding,), unreadable=True)
    said = comment(report, HERE)
    assert "```diff\n- [1\n+ [1,\n```" in said
    assert "An edit that makes the file readable stands above." in said
    console = Console(width=120, file=StringIO())
    show(report, console)
    assert isinstance(console.file, StringIO)
    assert "You can put the missing comma in." in console.file.getvalue()
    assert [line.strip() for line in console.file.getvalue().splitlines() if "[1" in line] == ["- [1", "+ [1,"]


def test_without_a_repair_nothing_is_offered() -> None:
    report = reported(profile("core", "Core", removal("name")))
    assert offered(rows(report), report) == ""
    assert "an edit that" not in comment(report, HERE)


@pytest.mark.parametrize(
    ("request_", "file"),
    [
        (replace(MINE, state=State.MERGED), "schema/service.json"),
        (replace(MINE, head_repository=""), "schema/service.json"),
        (replace(MINE, head_ref=""), "schema/service.json"),
        (replace(MINE, url=""), "schema/service.json"),
        (MINE, "../secret"),
        (MINE, "acme/profile@v1:profile/service.json"),
    ],
)
def test_where_nothing_can_be_edited_there_is_no_link(request_: object, file: str) -> None:
    assert edit_address(REPAIRED, replace(REPAIR, file=file), request_) == ""  # type: ignore[arg-type]


def test_the_standard_may_lie_below_the_top() -> None:
    below: Report = replace(REPAIRED, head=replace(REPAIRED.head, directory="standards/"))
    assert edit_address(below, REPAIR, MINE).endswith("/standards/schema/service.json")


@pytest.mark.parametrize(("more", "lines"), [(0, MOST_LINES), (1, MOST_LINES + 1)])
def test_an_edit_of_many_lines_is_cut(more: int, lines: int) -> None:
    repair = rewritten("x", "f.json", "", {}, "", "line\n" * (MOST_LINES + more))
    assert len(diff(repair)) == lines
    assert (diff(repair)[-1] == "  … and 1 more lines") is bool(more)


def test_a_whole_file_is_cut_and_has_no_page_to_edit() -> None:
    given_back = whole("keep service", "schema/service.json", {}, "line\n" * (MOST_OF_A_FILE + 3))
    assert len(diff(given_back)) == MOST_OF_A_FILE + 1
    assert diff(given_back)[-1] == "  … and 3 more lines"
    report = reported(profile("core", "Core", replace(removal("name"), repair=given_back)))
    assert "Keep service. The file `schema/service.json` comes back:\n\n```diff" in document(report)
    assert "\n\nThe file `schema/service.json` comes back:\n\n```diff" in comment(report, HERE)
    assert edit_address(REPAIRED, given_back, MINE) == ""


@pytest.mark.parametrize(
    "text", ["```\n@team <img src=x> #1", "</details>", "`a` | [x](javascript:x)", "]\u202e\u0007"]
)
def test_whatever_strangers_write_it_stays_text(text: str) -> None:
    repair = rewritten(text, f"schema/{text}.json", "/x", text, f"{text}\n", f"{text}{text}\n")
    said = comment(reported(profile("core", "Core", replace(removal("name"), repair=repair))), HERE)
    parser = Page()
    from bot.render.page_markdown import rendered

    parser.feed(rendered(said))
    assert parser.open == []
    assert not {"img", "script"} & set(parser.elements)
    assert "\u202e" not in said


def test_of_a_file_on_one_line_the_parts_around_each_difference_are_shown() -> None:
    before = json.dumps({f"key {at}": at for at in range(100)})
    after = before.replace('"key 50": 50', '"key 50": 51').replace('"key 90": 90, ', "").replace("99}", "99, 1]")
    repair = rewritten("x", "f.json", "/key 50", 51, before, after)
    assert diff(repair) == [
        "  …",
        '  "key 49": 49,',
        '- "key 50": 50,',
        '+ "key 50": 51,',
        '  "key 51": 51,',
        "  …",
        '  "key 89": 89,',
        '- "key 90": 90,',
        '  "key 91": 91,',
        "  …",
        '  "key 98": 98,',
        '- "key 99": 99}',
        '+ "key 99": 99,',
        "+ 1]",
    ]


def test_of_a_long_text_on_one_line_what_stands_around_the_difference_is_shown() -> None:
    before = f'"{"x" * 400}a{"y" * 400}"'
    ours, theirs = diff(rewritten("x", "f.json", "", 1, before, before.replace("a", "b")))
    assert ours.startswith("- … xxx")
    assert theirs.endswith("yyy …")
    assert len(ours) < 100


def test_a_terminal_shows_an_edit_once_and_names_the_change_that_has_it() -> None:
    both = [replace(removal(each), repair=replace(REPAIR, words=f"keep service.{each}")) for each in ("name", "url")]
    console = Console(width=120, file=StringIO())
    show(reported(profile("core", "Core", *both)), console)
    assert isinstance(console.file, StringIO)
    said = console.file.getvalue()
    assert said.count('+   "name": 3,') == 1
    assert "Instead, you can keep service.name.\n   schema/service.json:2:" in re.sub(r" +\n", "\n", said)
    assert "Instead, you can keep service.url. The edit is that of change 1." in said


def test_an_edit_of_another_file_that_goes_with_it_is_shown_behind_it() -> None:
    listed = rewritten("say the same where it is listed", "schema/standard.yml", "", ABSENT, "- a\n", "- a\n- name\n")
    back = replace(whole("keep name", "schema/name.json", {}, "{}\n"), beside=(listed,))
    report = reported(profile("core", "Core", replace(removal("name"), repair=back)))
    for said in (comment(report, HERE), document(report)):
        assert said.count("an edit that keeps published data valid</summary>") == 1
        assert "```diff\n+ {}\n```\n\nAnd in `schema/standard.yml:1`:\n\n```diff\n  - a\n+ - name\n```" in said
    out = StringIO()
    show(report, Console(file=out, width=100))
    text = out.getvalue()
    assert text.index("schema/name.json:") < text.index("And in schema/standard.yml:1:") < text.index("+ - name")
