"""The one reader of YAML: settings, proposals' front matter, profiles. As strict as the one of JSON."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, TypeAlias

from bot.standard.pointers import pointer
from bot.standard.pointers import steps as steps_of
from bot.standard.problems import Problem, error
from bot.standard.reading import CONFLICT, MOST_DEPTH, SETTLE, Reading, Refused, check_content, decoded
from bot.standard.values import JSON

MOST_BYTES = 1_000_000

_Marks: TypeAlias = dict[tuple[str, ...], tuple[int, int]]
"""Line and column of each value by the steps to it."""


def read_yaml(path: str, data: bytes) -> Reading:
    """Read a YAML file of settings: plain JSON values only, no anchors, aliases or tags, and of the
    unquoted words only `null`, `true`, `false` and numbers are not text (YAML 1.2 core schema)."""
    problems: list[Problem] = []
    text = ""
    marks: _Marks = {}
    try:
        text = decoded(path, data, problems, MOST_BYTES)
        value = _composed(path, text, marks)
        check_content(path, text, value, problems)
    except Refused as refusal:
        found = tuple(_placed(each, marks) for each in (*problems, refusal.problem))
        return Reading(path, None, readable=False, text=text, problems=found)
    found = tuple(_placed(each, marks) for each in problems)
    return Reading(path, value, readable=True, text=text, problems=found, marks=marks)


def _placed(problem: Problem, marks: _Marks) -> Problem:
    """A problem with line and column: those of what its pointer leads to, else the beginning."""
    if problem.line and problem.column:
        return problem
    line, column = marks.get(steps_of(problem.pointer), (1, 1))
    return replace(problem, line=problem.line or line, column=column if problem.line in (0, line) else 1)


def _composed(path: str, text: str, marks: _Marks) -> JSON:
    import yaml

    try:
        _check_events(path, text)
        root = yaml.compose(text, Loader=_loader())
        return None if root is None else _constructed(path, root, (), marks)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        message = f"this is not YAML: {getattr(problem, 'problem', None) or str(problem).splitlines()[0]}"
        at = _position(mark) if mark else _forbidden(text)
        hint = "Check the indentation before this line." if mark else "Take the character out."
        hint = SETTLE if CONFLICT.search(text) else hint
        raise Refused(error("yaml-invalid", path, "", message, hint, *at)) from None


# Both loaders refuse these; only one of them says where (YAML 1.1, section 5.1).
_FORBIDDEN = re.compile("[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _forbidden(text: str) -> tuple[int, int]:
    """Line and column of the first character that no YAML may hold."""
    found = _FORBIDDEN.search(text)
    before = text[: found.start()] if found else ""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _loader() -> Any:
    """The loader on libyaml, fourteen times as fast, where PyYAML was built with it."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _check_events(path: str, text: str) -> None:
    """Refuse, before anything is built, what could grow or nest without measure."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=_loader()):
        at = _position(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "anchors and aliases are not read"
            raise Refused(error("yaml-alias-used", path, "", message, "Write the value out where it is needed.", *at))
        tag = getattr(event, "tag", None)
        if tag:
            message = f"the tag {tag!r} is not read"
            raise Refused(
                error("yaml-tag-used", path, "", message, "Use plain values: text, numbers, lists, maps.", *at)
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            message = f"values are nested more than {MOST_DEPTH} deep"
            raise Refused(error("nesting-too-deep", path, "", message, "Settings are flat: write them so.", *at))


def _position(mark: Any) -> tuple[int, int]:
    """Line and column, from 1; 0 where the library does not say."""
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _constructed(path: str, node: Any, steps: tuple[str, ...], marks: _Marks) -> JSON:
    import yaml

    marks.setdefault(steps, _position(node.start_mark))
    if isinstance(node, yaml.SequenceNode):
        return [_constructed(path, item, (*steps, str(at)), marks) for at, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return node.value if node.style in ("'", '"', "|", ">") else _plain(node.value)
    made: dict[str, JSON] = {}
    for key, item in node.value:
        at = _position(key.start_mark)
        name = key.value
        if not isinstance(name, str):
            raise Refused(error("yaml-invalid", path, pointer(steps), "a key must be text", "Write a name.", *at))
        if name in made:
            message = f"the key {name!r} is given twice"
            raise Refused(error("key-contradicted", path, pointer((*steps, name)), message, "Keep one.", *at))
        marks[(*steps, name)] = at
        made[name] = _constructed(path, item, (*steps, name), marks)
    return made


_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile("[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")


def _plain(text: str) -> JSON:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
