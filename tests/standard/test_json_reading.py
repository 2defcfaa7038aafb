from __future__ import annotations

import json
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.standard.json_reading import MOST_DIGITS, read_json
from bot.standard.problems import Severity
from bot.standard.reading import MOST_BYTES, MOST_DEPTH
from bot.standard.unseen import is_unseen
from bot.standard.values import JSON, same

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
# Characters that show nothing are found, and told of.
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cf")).filter(lambda each: not is_unseen(each)))
SCALARS = st.none() | st.booleans() | st.integers(-(10**50), 10**50) | FLOATS | TEXTS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=20)


@given(VALUES, st.sampled_from([None, 0, 2]))
def test_what_is_json_is_read_as_it_is(value: JSON, indent: int | None) -> None:
    reading = read_json("file.json", json.dumps(value, indent=indent).encode())
    assert reading.readable
    assert reading.problems == ()
    assert same(reading.value, value)


@given(st.binary())
@example(b"\xed\xa0\x80")
@example(b"[" * 5000)
@example(b'{"a":' * 5000)
@example(b'"\\ud800"')
@example(b"1e400")
@example(b"-")
def test_whatever_the_bytes_it_answers(data: bytes) -> None:
    reading = read_json("file.json", data)
    assert reading.readable or reading.problems
    for problem in reading.problems:
        assert problem.message
        assert problem.hint
        assert problem.file == "file.json"


@given(VALUES, st.integers(0, 200), st.sampled_from(list(',{}[]":x')))
def test_a_character_more_never_passes_in_silence(value: JSON, at: int, character: str) -> None:
    text = json.dumps(value)
    text = text[: at % (len(text) + 1)] + character + text[at % (len(text) + 1) :]
    reading = read_json("file.json", text.encode())
    if reading.readable and not reading.problems:
        assert same(reading.value, json.loads(text))


def test_where_a_comma_is_missing_is_said_once_and_in_words() -> None:
    (found,) = read_json("file.json", b'{\n  "a": 1\n  "b": 2\n}').problems
    assert found.line == 3
    said = "this is not JSON from column 3 on", "A comma is missing before this place."
    assert (found.message, found.hint) == said
    (found,) = read_json("file.json", b'{"a" 1}').problems
    assert found.message == "this is not JSON from column 6 on: Expecting ':' delimiter"


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b"", "json-invalid", 1),
        (b'{\n"a": 1,\n}', "json-invalid", 3),
        (b'{\n"a": 1\n"b": 2}', "json-invalid", 3),
        (b'{"a": NaN}', "number-not-exchangeable", 1),
        (b"[1,\n-Infinity]", "number-not-exchangeable", 2),
        (b"[1,\n1e999]", "number-not-exchangeable", 2),
        (b"[1,\n-1.0E-400]", "number-not-exchangeable", 2),
        (b"[" + b"9" * (MOST_DIGITS + 1) + b"]", "number-not-exchangeable", 1),
        (b"\xff{}", "encoding-invalid", 1),
        (b'{\n"a": "\xe4"}', "encoding-invalid", 2),
        (b'{"a": 1,\n "a": 2}', "key-contradicted", 2),
        (b'["\\ud83d"]', "surrogate-lone", 0),
        (b'{"\\udc00": 1}', "surrogate-lone", 0),
        (b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1), "nesting-too-deep", 1),
        (b" " * (MOST_BYTES + 1), "file-too-large", 0),
        (b"[" + b"0," * 400_001 + b"0]", "file-too-large", 0),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "file-elsewhere", 0),
    ],
)
def test_refuses_with_a_reason(data: bytes, rule: str, line: int) -> None:
    reading = read_json("file.json", data)
    assert not reading.readable
    assert reading.value is None
    problem = reading.problems[-1]
    assert (problem.rule, problem.severity, problem.line) == (rule, Severity.ERROR, line)
    assert problem.hint


def test_the_comma_before_a_bracket_is_named() -> None:
    assert "comma before the closing bracket" in read_json("f", b'{"a": 1,}').problems[0].hint
    assert "comma is missing" in read_json("f", b"[1 2]").problems[0].hint
    assert "empty" in read_json("f", b" \n").problems[0].hint


def test_marks_of_an_unfinished_merge_are_named() -> None:
    text = b'{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> topic\n}'
    assert "A merge is not finished" in read_json("f", text).problems[0].hint
    assert "A merge is not finished" not in read_json("f", b'{"a": "<<<<<<< HEAD"').problems[0].hint


def test_as_deep_as_allowed_is_read() -> None:
    assert read_json("f", b"[" * MOST_DEPTH + b"]" * MOST_DEPTH).readable
    assert read_json("f", json.dumps("[" * 500).encode()).readable


def test_a_byte_order_mark_is_reported_and_passed_over() -> None:
    reading = read_json("f", b"\xef\xbb\xbf{}")
    assert (reading.value, [problem.rule for problem in reading.problems]) == ({}, ["byte-order-mark-found"])


def test_a_key_twice_with_one_value_is_a_warning() -> None:
    reading = read_json("f", b'{"a": {"b": 1,\n"b": 1.0}}')
    assert reading.value == {"a": {"b": 1.0}}
    [problem] = reading.problems
    assert (problem.rule, problem.severity, problem.pointer, problem.line) == (
        "key-repeated",
        Severity.WARNING,
        "/a/b",
        2,
    )


def test_a_key_twice_is_told_from_the_same_key_elsewhere() -> None:
    reading = read_json("f", b'{"x": {"b": 1}, "a": {"b": 2, "b": 2}, "y": {"b": 3}}')
    assert reading.readable
    assert [problem.pointer for problem in reading.problems] == ["/a/b"]


@pytest.mark.parametrize(
    ("text", "severity", "pointer"),
    [
        ('{"a\u202eb": 1}', Severity.ERROR, "/a\u202eb"),
        ('{"a\u200bb": 1}', Severity.ERROR, "/a\u200bb"),
        ('{"a\u3164b": 1}', Severity.ERROR, "/a\u3164b"),
        ('{"a\\u034fb": 1}', Severity.ERROR, "/a\u034fb"),
        ('{"a": "x\ufe00y"}', Severity.WARNING, "/a"),
        ('{"a": "x\u2066y"}', Severity.ERROR, "/a"),
        ('{"a": ["x\u200dy"]}', Severity.WARNING, "/a/0"),
        ('{"a": "x\\u202ey"}', Severity.ERROR, "/a"),
    ],
)
def test_characters_that_hide_are_reported(text: str, severity: Severity, pointer: str) -> None:
    reading = read_json("f", text.encode())
    assert reading.readable
    assert [(problem.rule, problem.severity, problem.pointer) for problem in reading.problems] == [
        ("character-hidden", severity, pointer)
    ]
    assert "\\u{" in reading.problems[0].message


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert read_json("f", b'"\\ud83d\\ude00"').value == "\U0001f600"


@pytest.mark.parametrize("text", [b"0.0", b"-0e5", b"0E-999", b"1e-300", b"0.000"])
def test_what_is_nothing_or_nearly_is_a_number(text: bytes) -> None:
    assert read_json("f", text).value == float(text)


def test_floats_keep_their_value() -> None:
    assert read_json("f", b"0.1").value == 0.1
    assert math.isclose(read_json("f", b"1e308").value, 1e308)


def test_lines_of_values() -> None:
    reading = read_json("f", b'{\n "a": {\n  "b": [\n   1,\n   {"c": 2}\n  ]\n }\n}')
    lines = {(): 1, ("a",): 2, ("a", "b"): 3, ("a", "b", "0"): 4, ("a", "b", "1", "c"): 5, ("a", "nope"): 2, ("x",): 1}
    assert {steps: reading.line(steps) for steps in lines} == lines


@given(VALUES)
def test_every_key_is_found_on_its_line(value: JSON) -> None:
    text = json.dumps(value, indent=1)
    reading = read_json("f", text.encode())
    rows = text.split("\n")

    def walk(part: JSON, steps: tuple[str, ...]) -> None:
        if isinstance(part, dict):
            for name, each in part.items():
                assert rows[reading.line((*steps, name)) - 1].lstrip().startswith(json.dumps(name))
                walk(each, (*steps, name))
        elif isinstance(part, list):
            for at, each in enumerate(part):
                walk(each, (*steps, str(at)))

    walk(value, ())
