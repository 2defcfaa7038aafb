"""The one reader of JSON that strangers wrote. It refuses, with a reason, what would mislead, crash or
exhaust whatever comes after it; it never raises for what a file holds."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.standard.places import Places
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error, warning
from bot.standard.reading import CONFLICT, MOST_DEPTH, SETTLE, Reading, Refused, check_content, decoded
from bot.standard.values import JSON, same

MOST_NODES = 400_000
MOST_DIGITS = 400

_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)


def read_json(path: str, data: bytes) -> Reading:
    """Read a JSON file (RFC 8259), `path` being how it is called in problems."""
    problems: list[Problem] = []
    text = ""
    try:
        text = decoded(path, data, problems)
        value = _parsed(path, text, problems)
        check_content(path, text, value, problems)
    except Refused as refusal:
        return Reading(path, None, readable=False, text=text, problems=(*problems, refusal.problem))
    return Reading(path, value, readable=True, text=text, problems=tuple(problems))


def _check_depth(path: str, text: str) -> None:
    """Refuse a text that is nested too deep, naming the line where it becomes so."""
    depth = 0
    for found in _STRUCTURE.finditer(text):
        character = text[found.start()]
        if character in "{[":
            depth += 1
            if depth > MOST_DEPTH:
                line = text.count("\n", 0, found.start()) + 1
                message = f"values are nested more than {MOST_DEPTH} deep"
                raise Refused(error("nesting-too-deep", path, "", message, "Move inner schemas to definitions.", line))
        elif character in "}]":
            depth -= 1


def _is_deep(value: JSON) -> bool:
    """Whether values are nested too deep, told level by level: far quicker than reading the text for it."""
    level, depth = [value] if isinstance(value, (dict, list)) else [], 0
    while level and depth <= MOST_DEPTH:
        depth += 1
        level = [
            each
            for outer in level
            for each in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(each, (dict, list))
        ]
    return depth > MOST_DEPTH


class _NotANumber(ValueError):
    pass


def _parsed(path: str, text: str, problems: list[Problem]) -> JSON:
    doubled = False
    nodes = 0

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal doubled, nodes
        made = dict(pairs)
        nodes += len(pairs)
        doubled = doubled or len(made) != len(pairs)
        return made

    try:
        value = json.loads(
            text, object_pairs_hook=collect, parse_constant=_constant, parse_float=_float, parse_int=_integer
        )
    except RecursionError:
        _check_depth(path, text)
        raise
    except json.JSONDecodeError as problem:
        _check_depth(path, text)
        raise Refused(_syntax(path, text, problem)) from None
    except _NotANumber as problem:
        message = f"{problem} cannot be exchanged as JSON"
        line = _line_of(text, str(problem))
        raise Refused(
            error("number-not-exchangeable", path, "", message, "Write a number of ordinary size.", line)
        ) from None
    if _is_deep(value):
        _check_depth(path, text)
    if nodes > MOST_NODES or text.count(",") > MOST_NODES:
        message = f"the file holds more than {MOST_NODES:,} values"
        raise Refused(error("file-too-large", path, "", message, "Split it, or leave generated content out."))
    if doubled:
        _repeated_keys(path, text, problems)
    return value


def _syntax(path: str, text: str, problem: json.JSONDecodeError) -> Problem:
    before = text[: problem.pos].rstrip()
    hint, message = "Open the file in an editor that checks JSON; the place named is where reading stopped.", ""
    if CONFLICT.search(text):
        hint = SETTLE
    elif before.endswith(",") and text[problem.pos : problem.pos + 1] in "}]":
        hint = "Take out the comma before the closing bracket."
    elif problem.msg == "Expecting ',' delimiter":
        hint = "A comma is missing before this place."
    elif not text.strip():
        hint = "The file is empty: give it a JSON value, or remove it."
    else:
        message = f": {problem.msg}"
    message = f"this is not JSON from column {problem.colno} on{message}"
    return error("json-invalid", path, "", message, hint, problem.lineno)


def _constant(name: str) -> float:
    raise _NotANumber(name)


def _float(text: str) -> float:
    value = float(text)
    # Too large for a number, or so small that nothing is left of it.
    if value in (float("inf"), float("-inf")) or (value == 0 and text.lower().partition("e")[0].strip("-0.")):
        raise _NotANumber(text[:40])
    return value


def _integer(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise _NotANumber(f"{text[:20]}… ({len(text)} digits)")
    return int(text)


def _line_of(text: str, part: str) -> int:
    at = text.find(part.split("…", maxsplit=1)[0])
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def _repeated_keys(path: str, text: str, problems: list[Problem]) -> None:
    """A key given twice: harmless where both values are equal, else nobody can say which one counts."""
    for each in Places(text).repeated[:20]:
        name = each.steps[-1]
        first, second = (json.JSONDecoder().raw_decode(text, at)[0] for at in (each.first, each.second))
        if same(first, second):
            message = f"the key {name!r} is given twice with the same value"
            problems.append(
                warning("key-repeated", path, pointer(each.steps), message, "Remove one of them.", each.line)
            )
        else:
            message = f"the key {name!r} is given twice with different values; which one counts depends on the reader"
            raise Refused(
                error("key-contradicted", path, pointer(each.steps), message, "Keep the one you mean.", each.line)
            )
