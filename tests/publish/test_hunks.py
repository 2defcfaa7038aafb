"""Which lines of head a diff shows: those alone can be written at."""

from __future__ import annotations

import pytest

from bot.publish.hunks import Hunk, hunks

PATCH = """@@ -1,3 +1,4 @@
 {
-  "a": 1,
+  "a": 2,
+  "b": 3,
   "c": 4
@@ -20,2 +21,2 @@ "properties"
   "x": 1,
-  "y": 2
+  "y": 3
\\ No newline at end of file"""


def test_each_hunk_has_the_lines_that_head_has() -> None:
    assert list(hunks(PATCH)) == [
        Hunk(1, ("{", '  "a": 2,', '  "b": 3,', '  "c": 4')),
        Hunk(21, ('  "x": 1,', '  "y": 3')),
    ]


@pytest.mark.parametrize(
    ("start", "lines", "shown"),
    [
        (2, ['  "a": 2,'], True),
        (2, ['  "a": 2,', '  "b": 3,', '  "c": 4'], True),
        (4, ['  "c": 4', ""], False),
        (3, ['  "a": 2,'], False),
        (2, ['  "a": 1,'], False),
        (0, ["{"], False),
        (2, [], False),
        (9, ["x"], False),
    ],
)
def test_lines_are_shown_where_all_of_them_stand_in_one_hunk_word_for_word(
    start: int, lines: list[str], shown: bool
) -> None:
    assert any(hunk.shows(start, lines) for hunk in hunks(PATCH)) is shown


def test_a_new_file_is_shown_whole_and_a_deleted_one_not_at_all() -> None:
    assert list(hunks("@@ -0,0 +1,2 @@\n+{\n+}")) == [Hunk(1, ("{", "}"))]
    assert list(hunks("@@ -1,2 +0,0 @@\n-{\n-}")) == []


@pytest.mark.parametrize("patch", ["", "Binary files differ", "@@ nonsense @@\n+x", " x\n+y"])
def test_what_is_no_diff_shows_nothing(patch: str) -> None:
    assert list(hunks(patch)) == []


def test_a_line_that_looks_like_the_head_of_a_hunk_is_a_line_like_another() -> None:
    assert list(hunks("@@ -1 +1,2 @@\n x\n+@@ -7 +7 @@")) == [Hunk(1, ("x", "@@ -7 +7 @@"))]


def test_a_carriage_return_and_other_ends_of_lines_are_a_part_of_the_line() -> None:
    assert list(hunks("@@ -1 +1 @@\n+a\r\n+b\u2028c")) == [Hunk(1, ("a\r", "b\u2028c"))]
