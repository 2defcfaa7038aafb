from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.standard.values import JSON
from bot.standard.yaml_reading import MOST_BYTES, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("a: 1", {"a": 1}),
        ("a: on\nb: yes\nc: No", {"a": "on", "b": "yes", "c": "No"}),
        ("a: 2026-01-01", {"a": "2026-01-01"}),
        ("a: ~\nb: null\nc:", {"a": None, "b": None, "c": None}),
        ("a: true\nb: False", {"a": True, "b": "False"}),
        ("a: 1.5\nb: '1.5'\nc: 1e3\nd: 010", {"a": 1.5, "b": "1.5", "c": "1e3", "d": 10}),
        ("- x\n- [1, {y: 2}]", ["x", [1, {"y": 2}]]),
        ("a: |\n  two\n  lines\n", {"a": "two\nlines\n"}),
    ],
)
def test_plain_values(text: str, value: JSON) -> None:
    reading = read_yaml("f.yml", text.encode())
    assert reading.readable
    assert reading.value == value


BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (BOMB, "yaml-alias-used"),
        ("a: &x 1", "yaml-alias-used"),
        ("a: !!python/object/apply:os.system [id]", "yaml-tag-used"),
        ("a: !custom 1", "yaml-tag-used"),
        ("a: 1\na: 1", "key-contradicted"),
        ("a: [", "yaml-invalid"),
        ("a: 1\n---\nb: 2", "yaml-invalid"),
        ("? [a]\n: b", "yaml-invalid"),
        ("\ta: 1", "yaml-invalid"),
        ("[" * 101 + "]" * 101, "nesting-too-deep"),
        ("a: b\x07", "yaml-invalid"),
        ("#" * (MOST_BYTES + 1), "file-too-large"),
    ],
)
def test_refuses_with_a_reason(text: str, rule: str) -> None:
    reading = read_yaml("f.yml", text.encode())
    assert not reading.readable
    assert reading.problems[-1].rule == rule
    assert reading.problems[-1].hint


@given(st.binary())
def test_whatever_the_bytes_it_answers(data: bytes) -> None:
    reading = read_yaml("f.yml", data)
    assert reading.readable or reading.problems


def test_lines_of_values() -> None:
    reading = read_yaml("f.yml", b"a:\n  b: 1\n  c:\n    - x\n    - y\n")
    lines = {("a",): 1, ("a", "b"): 2, ("a", "c"): 3, ("a", "c", "1"): 5, ("a", "zz"): 1, ("q",): 1}
    assert {steps: reading.line(steps) for steps in lines} == lines


def test_columns_of_values() -> None:
    reading = read_yaml("f.yml", b"a:\n  b: 1\n  c:\n    - x\n    - {y: 2}\n")
    columns = {("a",): 1, ("a", "b"): 3, ("a", "c", "0"): 7, ("a", "c", "1", "y"): 8, ("a", "zz"): 1, ("q",): 1}
    assert {steps: reading.column(steps) for steps in columns} == columns


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: 1\nb:\n  c: &x 1", (3, 6)), ("a: 1\n  a: 1", (2, 4)), ("a: 1\n b: [", (2, 3)), ("a: {b: 1, b: 2}", (1, 11))],
)
def test_a_refusal_says_line_and_column(text: str, place: tuple[int, int]) -> None:
    problem = read_yaml("f.yml", text.encode()).problems[-1]
    assert (problem.line, problem.column) == place


def test_marks_of_an_unfinished_merge_are_named() -> None:
    text = b"a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> topic\n"
    assert "A merge is not finished" in read_yaml("f", text).problems[0].hint


def test_hidden_characters_are_reported() -> None:
    assert [problem.rule for problem in read_yaml("f.yml", "a: x\u202ey".encode()).problems] == ["character-hidden"]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("a: 1\nb: {c: 'x\u202ey'}\n".encode(), (2, 5)),
        ("a: 1\n  \nb\u200b: 1\n".encode(), (3, 1)),
        (b"a: 1\nb: 2\0\n", (2, 5)),
        (b"a: x\x07\n", (1, 5)),
        ("\ufeffa: 1\n".encode(), (1, 1)),
        (b"a: 1\nb: \xff\n", (2, 4)),
        (b"#" * (MOST_BYTES + 1), (1, 1)),
        (b"- 'a'\n- \"\\ud800\"\n", (2, 6)),
    ],
)
def test_every_problem_says_line_and_column(data: bytes, place: tuple[int, int]) -> None:
    (problem,) = read_yaml("f.yml", data).problems
    assert (problem.line, problem.column) == place
