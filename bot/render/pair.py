"""The answer on one pair of schemas, for a person."""

from __future__ import annotations

import json

from bot.compat.verdicts import Answer, Verdict, Verdicts
from bot.render.safety import one_line, plain

_QUESTIONS = (
    ("publishers", "Do documents published under base stay valid under head?"),
    ("consumers", "Can tools for base read documents published under head?"),
    ("strict_backward", "Strictly: is every value of base a value of head?"),
    ("strict_forward", "Strictly: is every value of head a value of base?"),
)
_ANSWERS = {
    Answer.COMPATIBLE: "Yes, checked for all data.",
    Answer.BREAKING: "No. An example that breaks:",
    Answer.UNKNOWN: "Not decided; a person has to look:",
}


def text(verdicts: Verdicts) -> str:
    """Question and answer, four times."""
    return "\n".join(_answered(question, getattr(verdicts, name)) for name, question in _QUESTIONS)


def _answered(question: str, verdict: Verdict) -> str:
    lines = [question, f"  {_ANSWERS[verdict.answer]}"]
    if verdict.answer is Answer.BREAKING:
        example = plain(json.dumps(verdict.witness, indent=2, ensure_ascii=False))
        lines += [f"    {line}" for line in example.splitlines()]
    elif verdict.answer is Answer.UNKNOWN:
        lines.append(f"    {one_line(verdict.reason)}")
    return "\n".join(lines) + "\n"
