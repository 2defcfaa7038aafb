"""The answer on one pair of schemas, for a person."""

from __future__ import annotations

from bot.compat.verdicts import Answer, Verdict, Verdicts
from bot.render.example import Line, lines
from bot.render.safety import one_line, plain

_QUESTIONS = (
    (
        "publishers",
        "Do documents published under base stay valid under head?",
        "Publishers use the terms that base defines; a term that head no longer defines is lost to them.",
    ),
    (
        "consumers",
        "Can tools for base read documents published under head?",
        "Tools pass over terms they do not know; what is in the others has to be as they expect it.",
    ),
    (
        "strict_backward",
        "Strictly: is every value of base a value of head?",
        "As a validator sees it: terms that a schema does not define may be there unless it forbids them.",
    ),
    (
        "strict_forward",
        "Strictly: is every value of head a value of base?",
        "The same, the other way round.",
    ),
)
_ANSWERS = {
    Answer.COMPATIBLE: "Yes, checked for all data.",
    Answer.BREAKING: "No. An example that breaks:",
    Answer.UNKNOWN: "Not decided; a person has to look:",
}


def text(verdicts: Verdicts) -> str:
    """Question and answer, four times."""
    return "\n".join(_answered(question, means, getattr(verdicts, name)) for name, question, means in _QUESTIONS)


def _answered(question: str, means: str, verdict: Verdict) -> str:
    said = [question, f"  ({means})", f"  {_ANSWERS[verdict.answer]}"]
    if verdict.answer is Answer.BREAKING:
        said += [f"    {plain(line.text)}{_marked(line)}" for line in lines(verdict)]
    elif verdict.answer is Answer.UNKNOWN:
        said.append(f"    {one_line(verdict.reason)}")
    return "\n".join(said) + "\n"


def _marked(line: Line) -> str:
    return f"  <- {one_line(line.fault)}" if line.fault else ""
