"""Edits of a JSON text at the places of its values: all else stays as its author wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.compat.changes import ABSENT, Steps
from bot.compat.repair.edits import Edit
from bot.standard.spans import Span, spans
from bot.standard.values import JSON

_STEP = re.compile(r"\n([ \t]+)\S")
NARROW = 80
"""A list of plain values that fits a line this wide stays on one, where others do."""


def edited_text(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made, one after another; KeyError where one leads nowhere."""
    for edit in edits:
        text = _Text(text, spans(text)).edited(edit)
    return text


@dataclass(frozen=True, slots=True)
class _Text:
    """A JSON text and where its values are."""

    text: str
    spans: Mapping[Steps, Span]

    def edited(self, edit: Edit) -> str:
        parent = self.spans[edit.steps[:-1]]
        is_list = self.text[parent.start] == "["
        if edit.value is ABSENT:
            return self._without(edit.steps)
        if edit.steps in self.spans and not edit.new:
            span = self.spans[edit.steps]
            written = self._written(edit.value, self._indent(span.key), self.text[span.start : span.end])
            return f"{self.text[: span.start]}{written}{self.text[span.end :]}"
        return self._with(edit, parent, is_list=is_list)

    # Out and in.

    def _without(self, steps: Steps) -> str:
        """The text without a member or an item, and without the comma that went with it."""
        span, siblings = self.spans[steps], self._siblings(steps[:-1])
        following = next((each for each in siblings if each.key > span.key), None)
        before = next((each for each in reversed(siblings) if each.key < span.key), None)
        if following is not None:
            return self.text[: span.key] + self.text[following.key :]
        if before is not None:
            return self.text[: before.end] + self.text[span.end :]
        parent = self.spans[steps[:-1]]
        return f"{self.text[: parent.start + 1]}{self.text[parent.end - 1 :]}"

    def _with(self, edit: Edit, parent: Span, *, is_list: bool) -> str:
        """The text with a new member or item, spaced like its neighbours."""
        container, name = edit.steps[:-1], edit.steps[-1]
        siblings = self._siblings(container)
        space = self._space(parent, siblings)
        key = "" if is_list else f"{json.dumps(name, ensure_ascii=False)}{self._separators[1]}"
        indent = space.rpartition("\n")[2] if "\n" in space else self._indent(parent.key)
        new = f"{key}{self._written(edit.value, indent, '')}"
        if not siblings:
            end = f"\n{self._indent(parent.key)}" if "\n" in space else ""
            return f"{self.text[: parent.start + 1]}{space}{new}{end}{self.text[parent.end - 1 :]}"
        neighbour = self._neighbour(container, siblings, edit, is_list=is_list)
        if neighbour is None:
            return f"{self.text[: siblings[0].key]}{new},{space}{self.text[siblings[0].key :]}"
        return f"{self.text[: neighbour.end]},{space}{new}{self.text[neighbour.end :]}"

    def _neighbour(self, container: Steps, siblings: list[Span], edit: Edit, *, is_list: bool) -> Span | None:
        if is_list:
            place = int(edit.steps[-1])
            return siblings[min(place, len(siblings)) - 1] if place else None
        return self.spans.get((*container, edit.after)) if edit.after else None

    def _siblings(self, container: Steps) -> list[Span]:
        depth = len(container) + 1
        found = [span for steps, span in self.spans.items() if len(steps) == depth and steps[:-1] == container]
        return sorted(found, key=lambda span: span.key)

    # How it is spaced.

    def _space(self, parent: Span, siblings: list[Span]) -> str:
        """What stands before each item of a container: a line break and its indent, or a space."""
        if len(siblings) > 1:
            return self.text[siblings[0].end + 1 : siblings[1].key].replace(",", "")
        if siblings:
            lead = self.text[parent.start + 1 : siblings[0].key]
            return lead if "\n" in lead else self._separators[0][1:]
        return f"\n{self._indent(parent.key)}{self._unit}" if "\n" in self.text else ""

    @property
    def _separators(self) -> tuple[str, str]:
        """What stands between values on one line, and between a key and its value."""
        return (", ", ": ") if '": ' in self.text or "\n" in self.text.strip() else (",", ":")

    def _indent(self, offset: int) -> str:
        """The white space that begins the line of an offset."""
        line = self.text[self.text.rfind("\n", 0, offset) + 1 : offset]
        return line[: len(line) - len(line.lstrip())]

    @property
    def _unit(self) -> str:
        """One step of indentation, as the first line that is indented has it."""
        found = _STEP.search(self.text)
        return found.group(1) if found else "  "

    def _written(self, value: JSON, indent: str, instead: str) -> str:
        """A value as text, its further lines indented; on one line where what it stands for is."""
        short = json.dumps(value, ensure_ascii=False, separators=self._separators)
        plain = isinstance(value, list) and not any(isinstance(each, dict | list) for each in value)
        if "\n" not in self.text or (plain and "\n" not in instead and (instead or len(short) < NARROW)):
            return short
        return json.dumps(value, ensure_ascii=False, indent=self._unit).replace("\n", f"\n{indent}")
