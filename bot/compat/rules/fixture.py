"""What a rule is shown with: files of a standard before and after, and a pair that is near and none of its."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from bot.compat.rules.model import Rule
from bot.standard.values import JSON

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Shown:
    """The files of both sides, by path."""

    base: Files
    head: Files


@dataclass(frozen=True, slots=True)
class Fixture:
    """`fires`: a change (or, for problems of files, a head) that is an instance of the rule; `near_miss`: one that is
    not, although it is close."""

    fires: Shown
    near_miss: Shown


def fixture_of(rule: Rule) -> Fixture | None:
    """The fixture of a rule; None where it says that there is none, and why."""
    if rule.unshown:
        return None
    kept = files("bot.compat.rules").joinpath("fixtures", f"{rule.id}.json").read_text(encoding="utf-8")
    value = json.loads(kept)
    return Fixture(_shown(value["fires"]), _shown(value["near_miss"]))


def _shown(value: Mapping[str, JSON]) -> Shown:
    return Shown(_files(value.get("base", value["head"])), _files(value["head"]))


def _files(value: Mapping[str, JSON]) -> Files:
    """Files as they are kept: texts as they are, everything else as JSON; `service` is short for an entity's file."""
    return {_path(path): _bytes(each) for path, each in value.items()}


def _path(path: str) -> str:
    return path if "." in path else f"schema/{path}.json"


def _bytes(value: JSON) -> bytes:
    if isinstance(value, str):
        # Bytes that are no text are kept as the characters of the same numbers.
        return value.encode("latin-1") if value.startswith("\xff") else value.encode()
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
