"""`compare` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.standard.values import JSON
from tests.conftest import Run


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    wide, narrow = tmp_path / "wide.json", tmp_path / "narrow.json"
    wide.write_text('{"type": ["string", "null"]}')
    narrow.write_text('{"type": "string"}')
    return wide, narrow


def test_compare_says_it_in_words(run: Run, pair: tuple[Path, Path]) -> None:
    ran = run("compare", *pair)
    assert ran.status == 1
    assert ran.out.splitlines()[:4] == [
        "Do documents published under base stay valid under head?",
        "  (Publishers use the terms that base defines; a term that head no longer defines is lost to them.)",
        "  No. An example that breaks:",
        "    null  <- must be of type string",
    ]
    assert ran.out.count("  (") == 4
    assert run("compare", *reversed(pair)).status == 0


def test_compare_as_json(run: Run, pair: tuple[Path, Path]) -> None:
    answer = json.loads(run("compare", *pair, "--format", "json").out)
    breaks, fine = {"verdict": "breaking", "witness": None}, {"verdict": "compatible"}
    assert answer["strict"] == {"backward": breaks, "forward": fine}
    assert answer["terms"] == {"publishers": breaks, "consumers": fine}
    assert list(answer) == ["id", "strict", "terms"]


def test_compare_in_a_draft(run: Run, tmp_path: Path) -> None:
    for name, schema in (("a", {"minimum": 1}), ("b", {"minimum": 1, "exclusiveMinimum": True})):
        (tmp_path / name).write_text(json.dumps(schema))
    ran = run("compare", tmp_path / "a", tmp_path / "b", "--draft", "draft4", "--format", "json")
    assert json.loads(ran.out)["strict"]["backward"] == {"verdict": "breaking", "witness": 1}
    ran = run("compare", tmp_path / "a", tmp_path / "b", "--draft", "draft6")
    assert (ran.status, ran.out) == (3, "")
    assert f"{tmp_path / 'b'}: this is not a schema of draft6" in ran.err


def test_compare_names_the_file_that_cannot_be_read(run: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    ran = run("compare", pair[0], tmp_path / "bad.json")
    assert ran.status == 3
    assert ran.err.startswith(f"error: {tmp_path / 'bad.json'}:1: this is not JSON")


def test_a_batch_of_which_no_line_could_be_judged_is_no_batch(run: Run, tmp_path: Path) -> None:
    (tmp_path / "no-batch").write_text("id,base,head\n1,2,3\n")
    ran = run("compare", "--batch", tmp_path / "no-batch")
    assert ran.status == 3
    assert len(ran.out.splitlines()) == 2
    assert "not one line of" in ran.err
    (tmp_path / "empty").write_text("")
    assert run("compare", "--batch", tmp_path / "empty").status == 0


def test_compare_does_not_decide_everything(run: Run, tmp_path: Path) -> None:
    for name, pattern in (("a", r"^(a|b)\1$"), ("b", r"^(b|a)\1$")):
        (tmp_path / name).write_text(json.dumps({"type": "string", "pattern": pattern}))
    ran = run("compare", tmp_path / "a", tmp_path / "b")
    assert ran.status == 1
    assert "Not decided; a person has to look:" in ran.out


def test_a_batch_to_standard_output(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text('{"id": 1, "base": true, "head": true}\n')
    ran = run("compare", "--batch", tmp_path / "cases.jsonl")
    assert json.loads(ran.out)["terms"]["publishers"] == {"verdict": "compatible"}


def test_a_batch_answers_every_line(run: Run, tmp_path: Path) -> None:
    lines: list[dict[str, JSON]] = [
        {"id": "one", "draft": "draft7", "base": True, "head": {"type": "string"}},
        {"id": "two", "base": {"enum": ["a", "b"]}, "head": {"enum": ["a"]}},
        {"id": "three", "base": {"type": "strin"}, "head": True},
        {"id": "four", "base": True},
        {"id": "five", "draft": "draft5", "base": True, "head": True},
        {"id": "six", "draft": ["draft7"], "base": True, "head": True},
        {"id": "seven", "draft": None, "base": True, "head": {"$ref": "#/nowhere"}},
        {"id": "eight", "base": True, "head": {"$schema": "http://json-schema.org/draft-03/schema#"}},
        {"id": "nine", "draft": "draft7", "base": True, "head": {"$schema": "https://example.org/own"}},
    ]
    (tmp_path / "cases.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    ran = run("compare", "--batch", tmp_path / "cases.jsonl", "--output", tmp_path / "answers.jsonl")
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    answers = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text().splitlines()]
    assert [answer["id"] for answer in answers] == [line["id"] for line in lines]
    assert answers[0]["strict"]["backward"]["verdict"] == "breaking"
    assert answers[1]["terms"] == {
        "publishers": {"verdict": "breaking", "witness": "b"},
        "consumers": {"verdict": "compatible"},
    }
    failed = [index for index, answer in enumerate(answers) if "error" in answer]
    assert failed == [2, 3, 4, 5, 7]
    assert all(set(answers[index]) == {"id", "error"} for index in failed)
    assert answers[6]["strict"]["backward"]["verdict"] == "unknown"
    assert "draft4, draft6, draft7, 2019-09, 2020-12" in answers[7]["error"]
    assert answers[8]["terms"]["publishers"] == {"verdict": "compatible"}


DEEP = b"[" * 5000 + b"]" * 5000


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b'{"id": "nan", "base": {"const": NaN}, "head": true}', "nan"),
        (b'{"base": {"const": NaN}, "head": true, "id": "last"}', "last"),
        (b'{"id": "twice", "base": true, "base": false, "head": true}', "twice"),
        (b'{"id": "deep", "base": ' + DEEP + b', "head": true}', "deep"),
        (b'{"id": "cut", "base": {"type": "str', "cut"),
        (b'{"id": "a\\"b\\u00e9", "base": {,}', 'a"b\u00e9'),
        (b'{"id": 12, "base": {,}', 12),
        (b'\xef\xbb\xbf{"id": "marked", "base": NaN}', "marked"),
        (b'{"id": "huge", "base": {"const": ' + b"9" * 500 + b'}, "head": true}', "huge"),
    ],
)
def test_a_line_that_is_refused_keeps_its_id(run: Run, tmp_path: Path, line: bytes, name: str | int) -> None:
    (tmp_path / "cases.jsonl").write_bytes(line + b"\n")
    answer = json.loads(run("compare", "--batch", tmp_path / "cases.jsonl").out)
    assert set(answer) == {"id", "error"}
    assert answer["id"] == name


@pytest.mark.parametrize(
    "line", [b"{", b"\xff", b'["seven"]', b"7", b'{"id": "ends', DEEP, b'{"base": NaN}', b'{"id": [NaN]}']
)
def test_a_line_without_an_id_is_called_by_its_number(run: Run, tmp_path: Path, line: bytes) -> None:
    (tmp_path / "cases.jsonl").write_bytes(b"\n" + line + b"\n")
    answer = json.loads(run("compare", "--batch", tmp_path / "cases.jsonl").out)
    assert (answer["id"], answer["line"]) == (None, 2)
    assert answer["error"]


def test_an_answer_without_an_id_is_called_by_its_number_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text('{"id": null, "base": true, "head": true}\n{"base": true, "head": true}\n')
    answers = [json.loads(line) for line in run("compare", "--batch", tmp_path / "cases.jsonl").out.splitlines()]
    assert [(each["id"], each["line"], each["terms"]["publishers"]) for each in answers] == [
        (None, 1, {"verdict": "compatible"}),
        (None, 2, {"verdict": "compatible"}),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "this is not JSON"),
        ('{"$schema": "http://json-schema.org/draft-03/schema#"}', "The drafts are: draft4"),
        ('{"$schema": 3}', "this is not a schema of 2020-12"),
        ('{"type": "strin"}', "this is not a schema of 2020-12"),
        (None, "cannot be read"),
    ],
)
def test_bad_input_is_an_error_in_json_too(
    run: Run, pair: tuple[Path, Path], tmp_path: Path, text: str | None, said: str
) -> None:
    if text is not None:
        (tmp_path / "bad.json").write_text(text)
    ran = run("compare", pair[0], tmp_path / "bad.json", "--format", "json")
    assert ran.status == 3
    answer = json.loads(ran.out)
    assert list(answer) == ["id", "error"]
    assert said in answer["error"]
    assert said in ran.err
    assert run("compare", pair[0], tmp_path / "bad.json").out == ""


def test_a_draft_that_is_named_counts_more_than_a_schema_that_names_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text('{"$schema": "https://example.org/own", "type": "string"}')
    assert run("compare", tmp_path / "own.json", tmp_path / "own.json").status == 3
    assert run("compare", tmp_path / "own.json", tmp_path / "own.json", "--draft", "draft7").status == 0
