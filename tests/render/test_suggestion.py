"""Suggestions: what is committed with a click is the repaired file, to the byte, or there is no suggestion."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.compat.changes import ABSENT
from bot.render.comment import comment
from bot.render.page_markdown import rendered
from bot.render.suggestion import MOST_BYTES, block, standing, suggestions
from bot.report.model import Report
from bot.report.rewriting import rewritten, whole
from bot.standard.problems import Severity
from tests.render.reports import OCCASION, problem, profile, removal, reported

BEFORE = '{\n  "id": 1,\n  "url": 2\n}\n'


def repaired(before: str, after: str, words: str = "keep service.name", file: str = "schema/service.json") -> Report:
    edit = rewritten(words, file, "/name", 3, before, after)
    return reported(profile("core", "Core", replace(removal("name"), repair=edit)))


def committed(before: str, start: int, end: int, body: str) -> str:
    """The file once the suggestion is committed: its lines take the place of those that it stands at."""
    found = re.search(r"^(?P<fence>`{3,})suggestion\n(?P<text>.*?)^(?P=fence)$", body, re.DOTALL | re.MULTILINE)
    assert found is not None
    lines, more = before.split("\n"), found["text"].removesuffix("\n").split("\n") if found["text"] else []
    return "\n".join([*lines[: start - 1], *more, *lines[end:]])


FILES = {
    "a line that is put in": (BEFORE, '{\n  "id": 1,\n  "name": 3,\n  "url": 2\n}\n'),
    "a line that is put in at the top": ("b\nc\n", "a\nb\nc\n"),
    "a line that goes": (BEFORE, '{\n  "url": 2\n}\n'),
    "lines that go": ("a\nb\nc\nd\n", "a\nd\n"),
    "lines that change": ("a\nb\nc\nd\n", "a\nB\nC\nd\n"),
    "fewer lines for more": ("a\nb\nc\nd\n", "a\nX\nd\n"),
    "more lines for fewer": ("a\nb\nd\n", "a\nX\nY\nZ\nd\n"),
    "tabs": ('{\n\t\t"a": 1\n}\n', '{\n\t\t"a":\t2\n}\n'),
    "backticks": ("a\n```\nb\n", "a\n````suggestion\n```\nb\n"),
    "an empty line": ("a\nb\nc\n", "a\n\nc\n"),
    "empty lines": ("a\nb\nc\n", "a\n\n\nc\n"),
    "an empty line that goes": ("a\n\nc\n", "a\nc\n"),
    "spaces at the end": ("a\nb\n", "a\nb  \n"),
    "no line feed at the end": ('{\n"a": 1}', '{\n"a": 2}'),
    "one line": ("[1 2]", "[1, 2]"),
    "letters beyond ASCII": ("a\n\N{LATIN SMALL LETTER U WITH DIAERESIS}\n", "a\n\N{GRINNING FACE}\n"),
}


@pytest.mark.parametrize(("before", "after"), FILES.values(), ids=FILES)
def test_what_is_committed_is_the_repaired_file(before: str, after: str) -> None:
    (one,) = suggestions(repaired(before, after))
    assert before.split("\n")[one.start - 1 : one.end] == list(one.replaced)
    assert committed(before, one.start, one.end, one.body) == after


INEXACT = {
    "carriage returns": ("a\r\nb\r\n", "a\r\nB\r\n"),
    "a line feed less at the end": ("a\nb\n", "a\nb"),
    "a line feed more at the end": ("a\nb", "a\nb\n"),
    "the last line that goes, without a line feed": ("a\nb", "a\n"),
    "letters that turn around": ("a\nb\n", "a\n\u202eb\n"),
    "letters that are not seen": ("a\nb\u200b\n", "a\nb\n"),
    "what ends a line for some": ("a\u2028b\nc\n", "a\u2028b\nd\n"),
    "a control character": ("a\nb\n", "a\n\x1b[31mb\n"),
    "too much": ("a\nb\n", f"a\n{'x' * MOST_BYTES}\n"),
}


@pytest.mark.parametrize(("before", "after"), INEXACT.values(), ids=INEXACT)
def test_what_would_not_be_the_same_or_not_be_seen_is_not_suggested(before: str, after: str) -> None:
    made = suggestions(repaired(before, after))
    # Where the letter is on another line than the edit, nothing of it is committed.
    assert all(committed(before, each.start, each.end, each.body) == after for each in made)
    assert not made or "\u2028" in before


def test_a_file_that_is_not_there_or_in_another_repository_has_no_lines_to_suggest_at() -> None:
    given_back = whole("keep service", "schema/service.json", {}, "{}\n")
    assert suggestions(reported(profile("core", "Core", replace(removal("name"), repair=given_back)))) == ()
    assert suggestions(repaired("a\n", "b\n", file="acme/profile@v1:profile/service.json")) == ()
    assert suggestions(repaired("a\n", "b\n", file="../secret")) == ()


def test_files_are_called_from_the_top_of_the_repository() -> None:
    report = repaired("a\n", "b\n")
    below = replace(report, head=replace(report.head, directory="standards/"))
    assert [each.path for each in suggestions(below)] == ["standards/schema/service.json"]


def test_a_suggestion_says_why_and_what_it_does() -> None:
    (one,) = suggestions(repaired("a\n", "b\n"))
    assert one.body == (
        "`service.name` removed: this breaks published data. To keep it valid, keep service.name:\n\n"
        "```suggestion\nb\n```"
    )


def test_an_edit_for_several_changes_says_of_each_what_it_does() -> None:
    edit = rewritten("", "f.json", "", 1, "a\nb\nc\n", "a\nx\nc\n")
    changes = [replace(removal(f"t{at}"), repair=replace(edit, words=f"keep t{at}")) for at in range(2)]
    (one,) = suggestions(reported(profile("core", "Core", *changes)))
    assert one.body == (
        "These changes break published data, and with these lines it stays valid:\n\n"
        "- `service.t0` removed: keep t0\n- `service.t1` removed: keep t1\n\n```suggestion\nx\n```"
    )


def test_it_is_known_again_whatever_its_lines_are() -> None:
    names = {suggestions(repaired(f"{above}a\n", f"{above}b\n"))[0].name for above in ("", "x\n", "x\ny\n")}
    assert len(names) == 1
    assert names == standing(repaired("a\n", "b\n"))


def test_of_two_edits_of_the_same_lines_one_is_suggested() -> None:
    edits = [rewritten("x", "f.json", "", 1, "a\nb\nc\n", after) for after in ("a\nB\nc\n", "a\nC\nc\n", "a\nb\nD\n")]
    changes = [replace(removal(f"term{at}"), repair=edit) for at, edit in enumerate(edits)]
    made = suggestions(reported(profile("core", "Core", *changes)))
    assert [(each.start, each.repair.replacement) for each in made] == [(2, "B\n"), (3, "D\n")]


def test_a_comma_is_suggested_too() -> None:
    mended = rewritten("put the missing comma in", "schema/service.json", "", ABSENT, "[1\n2]", "[1,\n2]")
    finding = replace(problem(Severity.ERROR, "this is not JSON"), repair=mended, fingerprint="0123456789ab")
    (one,) = suggestions(replace(reported(), findings=(finding,), unreadable=True))
    assert (one.name, one.start, one.end) == ("suggestion-file-0123456789ab", 1, 1)
    assert one.body == "To make the file readable, put the missing comma in:\n\n```suggestion\n[1,\n```"


@pytest.mark.parametrize("text", ["```", "`````", "~~~", "</details>", "@team #1", "<!-- gov:v1 -->"])
def test_nothing_in_the_text_ends_the_block_that_it_stands_in(text: str) -> None:
    made = block(f"a\n{text}\nb\n")
    parsed = rendered(f"{made}\n\nbehind")
    assert parsed.count("<pre>") == 1
    assert parsed.rstrip().endswith("<p>behind</p>")


@pytest.mark.parametrize(
    "text", ["@team", "<img src=x>", "[x](javascript:x)", "`@team`", "a\n```suggestion\nevil\n```"]
)
def test_words_of_strangers_stay_words(text: str) -> None:
    (one,) = suggestions(repaired("a\n", "b\n", words=text))
    assert one.body.count("suggestion\n") == 1
    shown = rendered(one.body)
    assert "<img" not in shown
    assert "href" not in shown
    assert "@team" not in shown


# In the comment.


def test_the_comment_leads_to_the_suggestion_instead_of_a_page_to_edit() -> None:
    report = repaired(BEFORE, '{\n  "url": 2\n}\n')
    (one,) = suggestions(report)
    said = comment(report, replace(OCCASION, suggested=((one.repair, "https://github.com/o/r/pull/12#discussion_r7"),)))
    assert "[Commit the suggestion below](https://github.com/o/r/pull/12#discussion_r7), for change 1." in said
    assert said.count("#discussion_r7") == 2
    assert "Edit the file" not in said
    assert "stand above" not in said


def test_the_comment_says_which_are_suggested_and_which_are_not() -> None:
    edits = [rewritten("x", "f.json", "", 1, f"{at}\n", f"{at}!\n") for at in range(3)]
    edits = [replace(edit, start_line=at + 1, end_line=at + 1) for at, edit in enumerate(edits)]
    changes = [replace(removal(f"term{at}"), repair=edit) for at, edit in enumerate(edits)]
    known = tuple((edit, f"https://github.com/x#discussion_r{at}") for at, edit in enumerate(edits[:2]))
    said = comment(reported(profile("core", "Core", *changes)), replace(OCCASION, suggested=known))
    assert (
        "Commit the suggestions below, for changes [1](https://github.com/x#discussion_r0) and "
        "[2](https://github.com/x#discussion_r1). Edits that keep published data valid too stand above, for change 3."
    ) in said


def test_a_comma_that_is_suggested_is_told_of_as_such() -> None:
    mended = rewritten("put the missing comma in", "schema/service.json", "", ABSENT, "[1\n2]", "[1,\n2]")
    finding = replace(problem(Severity.ERROR, "this is not JSON"), repair=mended, fingerprint="0123456789ab")
    report = replace(reported(), findings=(finding,), unreadable=True)
    said = comment(report, replace(OCCASION, suggested=((mended, "https://github.com/x#discussion_r0"),)))
    assert "[Commit the suggestion below](https://github.com/x#discussion_r0): it makes the file readable." in said


@pytest.mark.parametrize("text", ["@team", "<img src=x>", "[x](javascript:x)", "`@team`", "a`b``c", "</code>"])
def test_names_of_strangers_stay_names(text: str) -> None:
    edit = rewritten("keep it", "f.json", "", 1, "a\n", "b\n")
    (one,) = suggestions(reported(profile("core", "Core", replace(removal(text), repair=edit))))
    shown = rendered(one.body)
    assert shown.count("<code>") == 2
    assert "<img" not in shown
    assert "href" not in shown
