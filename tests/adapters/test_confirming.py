from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bot.adapters.jsonschema_library import JsonSchemaConfirmer, all_tame, ask, validator
from bot.adapters.worker import Worker, serve
from bot.compat.confirming import Confirmer, Fault, Judged
from bot.standard.dialects import Draft
from bot.standard.values import JSON


def judged(schema: JSON, draft: Draft = Draft.DRAFT2020, *, formats: bool = True, **others: JSON) -> Judged:
    return Judged(
        {"schema": schema, **{f"{name}.json": each for name, each in others.items()}}, "schema", draft, formats
    )


@pytest.fixture
def confirmer() -> Iterator[JsonSchemaConfirmer]:
    worker = Worker(seconds=2)
    yield JsonSchemaConfirmer(worker)
    worker.close()


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "string"}, "x", 1),
        ({"$ref": "other.json"}, 1, "x"),
        ({"$ref": "./other.json"}, 1, "x"),
        ({"$ref": "other.json#/$defs/big"}, 9, 1),
        ({"format": "date"}, "2026-01-31", "2026-02-30"),
        ({"format": "uri"}, "https://example.org", "no uri"),
        ({"format": "date-time"}, "2026-01-31T10:00:00Z", "2026-01-31"),
        ({"format": "time"}, "10:00:00Z", "10 o'clock"),
        ({"format": "duration"}, "P1D", "a day"),
        ({"format": "iri"}, "https://exämple.org", "no iri"),
        ({"pattern": "^(a+)+$"}, "aaa", "b"),
    ],
)
def test_accepts_and_rejects(confirmer: JsonSchemaConfirmer, schema: JSON, good: JSON, bad: JSON) -> None:
    other = {"type": "integer", "$defs": {"big": {"minimum": 5}}}
    assert confirmer.accepts(judged(schema, other=other), good) is True
    assert confirmer.accepts(judged(schema, other=other), bad) is False


def test_formats_are_annotations_unless_asked_for(confirmer: JsonSchemaConfirmer) -> None:
    assert confirmer.accepts(judged({"format": "date"}, formats=False), "x") is True


def test_only_the_formats_of_the_draft_are_asserted(confirmer: JsonSchemaConfirmer) -> None:
    assert confirmer.accepts(judged({"format": "date"}, Draft.DRAFT6), "x") is True
    assert confirmer.accepts(judged({"format": "date"}, Draft.DRAFT7), "x") is False
    assert confirmer.accepts(judged({"format": "color"}), "x") is True


@pytest.mark.parametrize("schema", [{"$ref": "#/nope"}, {"$ref": "#"}, {"pattern": "\\p{L}"}, {"type": "date"}])
def test_a_schema_that_makes_the_library_fail_has_no_answer(confirmer: JsonSchemaConfirmer, schema: JSON) -> None:
    assert confirmer.accepts(judged(schema), "x") is None


def test_a_pattern_that_runs_away_is_stopped(confirmer: JsonSchemaConfirmer) -> None:
    began = time.monotonic()
    assert confirmer.accepts(judged({"pattern": "^(a+)+$"}), "a" * 60 + "!") is None
    assert time.monotonic() - began < 10
    # And the next question is answered by a new worker.
    assert confirmer.accepts(judged({"pattern": "^(a+)+$"}), "aaa") is True


def test_only_tame_patterns_run_here() -> None:
    assert all_tame({"properties": {"a": {"pattern": "^a+$"}}})
    assert not all_tame({"properties": {"a": {"items": {"pattern": "(a|b)*"}}}})
    assert not all_tame({"patternProperties": {"(a+)+": {}}})
    assert not all_tame({"$ref": "#/odd/0", "odd": [{"pattern": "(a+)+"}]})


def test_judges_are_remembered_and_forgotten(confirmer: JsonSchemaConfirmer) -> None:
    for number in range(300):
        assert confirmer.accepts(judged({"const": number}), number) is True


def test_a_worker_that_cannot_start_gives_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    worker = Worker()
    assert worker.accepts(judged({"pattern": "(a+)+"}), "x") is None
    worker.close()


def test_a_worker_answers_line_by_line() -> None:
    about = {"documents": {"s": {"type": "string"}}, "root": "s", "draft": "2020-12", "formats": False}
    questions = [{"what": what, **about, "instance": value} for what in ("accepts", "faults") for value in ("x", 1)]
    answers = io.StringIO()
    serve(io.StringIO("".join(json.dumps(each) + "\n" for each in questions)), answers)
    fault = ["", "type", "string", "1 is not of type 'string'"]
    assert [json.loads(line) for line in answers.getvalue().splitlines()] == [True, False, [], [fault]]


def test_faults_are_told_the_same_in_both_places(confirmer: Confirmer) -> None:
    tame, wild = judged({"items": {"pattern": "^[ab]+$"}}), judged({"items": {"pattern": "^(a+|b)+$"}})
    assert confirmer.faults(tame, ["a", "c"]) == (Fault("/1", "pattern", "^[ab]+$", "'c' does not match '^[ab]+$'"),)
    [fault] = confirmer.faults(wild, ["a", "c"])
    assert (fault.pointer, fault.keyword, fault.wanted) == ("/1", "pattern", "^(a+|b)+$")
    assert confirmer.faults(tame, ["a"]) == ()


def test_of_alternatives_nobody_says_which_was_meant(confirmer: Confirmer) -> None:
    [fault] = confirmer.faults(
        judged({"properties": {"a": {"anyOf": [{"type": "null"}, {"minLength": 3}]}}}), {"a": "x"}
    )
    assert (fault.pointer, fault.keyword) == ("/a", "anyOf")
    [fault] = confirmer.faults(judged({"properties": {"a": {"anyOf": [{"minLength": 3}]}}}), {"a": "x"})
    assert (fault.pointer, fault.keyword, fault.wanted) == ("/a", "minLength", 3)


def test_what_cannot_be_validated_has_no_faults(confirmer: Confirmer) -> None:
    assert confirmer.faults(judged({"$ref": "#/nowhere"}), "x") == ()


def test_faults_are_no_longer_than_people_read(confirmer: Confirmer) -> None:
    faults = confirmer.faults(judged({"items": {"type": "string"}}), [[0] * 1000] * 100)
    assert len(faults) == 3
    assert max(len(fault.message) for fault in faults) == 300


def test_loading_the_library_does_not_wait_for_its_slowest_part() -> None:
    script = "import sys; from bot.adapters.jsonschema_library import load; load(); print('rfc3987_syntax' in sys.modules, 'lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_library_is_asked_as_it_is() -> None:
    assert ask(validator(judged(True)), object()) is True
