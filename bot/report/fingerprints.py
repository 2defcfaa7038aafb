"""Fingerprints: by which a problem of a file is known again, after other commits and on other lines."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.compat.changes import ABSENT, LISTED, Change
from bot.report.model import Finding
from bot.standard.model import Standard
from bot.standard.pointers import pointer, steps
from bot.standard.problems import Problem
from bot.standard.values import JSON

DIGITS = 12
_IN_BASE = "in base: "


def fingerprinted(findings: Iterable[Finding], *sides: Standard) -> Iterator[Finding]:
    """The findings with their fingerprints; places are named by the first side that has the file."""
    for finding in findings:
        readings = (side.readings.get(finding.problem.file) for side in sides)
        value = next((reading.value for reading in readings if reading is not None and reading.readable), None)
        yield replace(finding, fingerprint=fingerprint(finding.problem, value))


def fingerprint(problem: Problem, value: JSON = None) -> str:
    """Of the rule, the entity, the place by names, and the words without numbers. `value`: what the file holds."""
    words = re.sub(r"\d+", "#", problem.message.removeprefix(_IN_BASE))
    parts = [problem.rule, _entity(problem.file), _named(problem.pointer, value), words]
    return _digest(parts)


def of_change(change: Change, base: JSON, head: JSON) -> str:
    """Of the rule, the entity, the place by names, and what a list gained or lost. `base`, `head`: the schema of the
    entity on each side, None where there is none."""
    schema = base if change.head is ABSENT else head
    gained = [None if each is ABSENT else each for each in (change.base, change.head)]
    parts = [
        change.rule,
        change.entity,
        _named(pointer(change.steps), schema),
        change.keyword,
        gained if change.rule in LISTED else [],
    ]
    return _digest(parts)


def _digest(parts: JSON) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:DIGITS]


def _entity(file: str) -> str:
    """What a file is about: it stays so when the standard moves to another directory of its repository."""
    return file.rpartition("schema/")[2].removesuffix(".json")


def _named(place: str, value: JSON) -> list[str]:
    """The steps of a pointer, those into a list by the name of what stands there: numbers move with every entry."""
    named = []
    for step in steps(place):
        if isinstance(value, list):
            listed, value = value, value[int(step)] if step.isdecimal() and int(step) < len(value) else None
            named.append(_name(value, listed))
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
            named.append(step)
    return named


def _name(value: JSON, among: list[JSON]) -> str:
    """What something in a list calls itself; what has no name is counted among those that have none."""
    name = _own_name(value)
    if name:
        return name
    at = next((at for at, each in enumerate(among) if each is value), 0)
    nameless = sum(not _own_name(each) for each in among[:at])
    return f"*{nameless}" if nameless else "*"


def _own_name(value: JSON) -> str:
    if isinstance(value, Mapping):
        given = (value.get(each) for each in ("name", "id", "entity", "title", "$ref"))
        return next((each for each in given if isinstance(each, str)), "")
    return json.dumps(value) if isinstance(value, (str, int, float, bool)) else ""
