"""What a public suite claims and what is not so: each with a value that one schema admits and the other does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.jsonschema_library import ask, validator
from bot.compat.confirming import Judged
from bot.standard.dialects import named

PROOFS = {
    # Each pair is said to be equivalent: a text with at least so many characters is one in which so many dots
    # match. But a dot matches no line break (ECMA-262, section 22.2.2.7), so a line break is a character too many.
    "jsonsubschema/test_more.TestPaperExamples.test_equiv_multiple_case#2": ("base", "head", "\n"),
    "jsonsubschema/test_more.TestPaperExamples.test_equiv_multiple_case#5": ("head", "base", "\n"),
    "jsonsubschema/test_string.TestNotStringSubtype.test_equiv_multiple_case#5": ("base", "head", "\n"),
    "jsonsubschema/test_string.TestNotStringSubtype.test_equiv_multiple_case#9": ("head", "base", "\n"),
    # Two characters, but no two dots in a row match them.
    "jsonsubschema/test_string.TestNotStringSubtype.test_equiv_multiple_case#11": ("head", "base", "a\n"),
}
"""By the id in the corpus: which schema admits the value, which does not, and the value."""


@pytest.mark.parametrize("case", PROOFS)
def test_the_claim_is_refuted_by_a_value(case: str, data: Path) -> None:
    admits, rejects, value = PROOFS[case]
    pair = _pair(case, data)
    draft = named(pair["draft"])
    assert draft is not None
    judges = [validator(Judged({"s": pair[side]}, "s", draft, formats=False)) for side in (admits, rejects)]
    assert [ask(judge, value) for judge in judges] == [True, False]
    direction = "backward" if admits == "base" else "forward"
    assert pair[f"expected_{direction}"] is True
    assert pair[f"trust_{direction}"] == "claimed-unfalsified"


def _pair(case: str, data: Path) -> dict[str, Any]:
    lines = (data / "compat-corpus.jsonl").read_text(encoding="utf-8").splitlines()
    pair: dict[str, Any] = next(each for each in map(json.loads, lines) if each["id"] == case)
    return pair
