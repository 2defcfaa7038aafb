"""The one reader of YAML: settings, proposals' front matter, profiles. As strict as the one of JSON."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error
from bot.standard.reading import MOST_DEPTH, Reading, Refused, check_content, decoded
from bot.standard.values import JSON

MOST_BYTES = 1_000_000

_Marks: TypeAlias = dict[tuple[str, ...], tuple[int, int]]
"""Line and column of each value by the steps to it."""


def read_yaml(path: str, data: bytes) -> Reading:
    """Read a YAML file of settings: plain JSON values only, no anchors, aliases or tags, and of the
    unquoted words only `null`, `true`, `false` and numbers are not text (YAML 1.2 core schema)."""
    problems: list[Problem] = []
    text = ""
    try:
        text = decoded(path, data, problems, MOST_BYTES)
        value, marks = _composed(path, text)
        check_content(path, text, value, problems)
    except Refused as refusal:
        return Reading(path, None, readable=False, text=text, problems=(*problems, refusal.problem))
    return Reading(path, value, readable=True, text=text, problems=tuple(problems), marks=marks)


def _composed(path: str, text: str) -> tuple[JSON, _Marks]:
    import yaml

    marks: _Marks = {}
    try:
        _check_events(path, text)
        root = yaml.compose(text, Loader=_loader())
        return (None if root is None else _constructed(path, root, (), marks)), marks
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        message = f"this is not YAML: {getattr(problem, 'problem', None) or str(problem).splitlines()[0]}"
        line, column = _position(mark)
        raise Refused(
            error("yaml-invalid", path, "", message, "Check the indentation before this line.", line, column)
        ) from None


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
