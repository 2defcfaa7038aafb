from __future__ import annotations

import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from bot.compat.confirming import Confirmer
from tests.bench.answering import TOOLS, answered
from tests.bench.containment import Answered, asked, row, score

INTEGER, NUMBER = {"type": "integer"}, {"type": "number"}
NARROWED = {
    "draft": "2020-12",
    "base": NUMBER,
    "head": INTEGER,
    "expected_backward": False,
    "trust_backward": "witness-verified",
    "expected_forward": True,
    "trust_forward": "constructed-unfalsified",
}
WIDENED = {**NARROWED, "base": INTEGER, "head": NUMBER, "expected_backward": True, "expected_forward": False}


def said(backward: str, forward: str, **more: Any) -> dict[str, Any]:
    return {"backward": {"said": backward, **more}, "forward": {"said": forward}}


def test_what_is_wrong_is_counted_by_what_was_said(confirmer: Confirmer) -> None:
    found = score([NARROWED, WIDENED], [said("compatible", "breaking"), said("unknown", "failed")], confirmer)
    assert (found["asked"], found["decided"]) == (4, 2)
    assert (found["false compatible"], found["false breaking"]) == (1, 1)


def test_a_claim_that_nobody_verified_is_not_asked(confirmer: Confirmer) -> None:
    claimed = {**NARROWED, "trust_backward": "claimed-unfalsified", "expected_forward": None}
    assert score([claimed], [said("compatible", "breaking")], confirmer)["asked"] == 0


@pytest.mark.parametrize(("example", "shown"), [(0.5, 1), (5, 0), ("x", 0), (None, 0)])
def test_an_example_counts_where_it_is_one(confirmer: Confirmer, example: object, shown: int) -> None:
    found = score([NARROWED], [said("breaking", "compatible", example=example)], confirmer)
    assert (found["refuted"], found["shown"]) == (1, shown)


def test_breaking_without_an_example_is_counted_so(confirmer: Confirmer) -> None:
    found = score([NARROWED], [said("breaking", "compatible")], confirmer)
    assert "0 of 1" in row("one", found, Answered([], 1, 2))


PEER = """
import json, os, sys
print("a peer that talks")
print(json.dumps({"ready": 1}), flush=True)
for line in sys.stdin:
    if json.loads(line) == "fall": os.abort()
    print(json.dumps({"is": json.loads(line)}), flush=True)
"""


def test_what_a_tool_falls_over_costs_that_question_alone() -> None:
    took = asked([sys.executable, "-c", PEER], ['"one"', '"fall"', '"two"', '"fall"'])
    assert isinstance(took, Answered)
    failed = {"backward": {"said": "failed"}, "forward": {"said": "failed"}}
    assert took.answers == [{"is": "one"}, failed, {"is": "two"}, failed]
    assert took.processor > 0


def test_why_a_tool_cannot_be_asked_is_said() -> None:
    assert asked([sys.executable, "-c", "import nothing_of_that_name"], ["1"]) == (
        "ModuleNotFoundError: No module named 'nothing_of_that_name'"
    )


@pytest.mark.parametrize("tool", ["ours", "jsonschema-rs"])
def test_tools_are_asked_whether_the_one_holds_the_other(tool: str) -> None:
    fewer = {**NARROWED, "base": {"enum": ["a", "b"]}, "head": {"enum": ["a"]}}
    answers = answered(fewer, TOOLS[tool](), 5)
    assert [each["said"] for each in answers.values()] == ["breaking", "compatible"]
    assert answers["backward"].get("example") == ("b" if tool == "ours" else None)


def test_jsoncompat_is_asked_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def analyze(base: str, head: str, role: str, *, options: dict[str, bool]) -> dict[str, object]:
        """As the real one: of texts, and who reads by head reads all that base has."""
        assert (role, options) == ("deserializer", {"assert_formats": False})
        if json.loads(base) == NUMBER and json.loads(head) == INTEGER:
            return {"status": "incompatible", "counterexample_json": "0.5"}
        return {"status": "compatible"}

    monkeypatch.setitem(sys.modules, "jsoncompat", SimpleNamespace(analyze_compat=analyze))
    assert answered(NARROWED, TOOLS["jsoncompat"](), 5) == said("breaking", "compatible", example=0.5)
