"""Decodes the JSON of records: what cannot be exchanged costs the record it stands in, and not what follows."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from bot.standard.reading import MOST_DEPTH
from bot.standard.values import JSON

LONGEST_NUMBER = 400
"""Digits of a whole number."""
TOO_DEEP = f"a record is nested more than {MOST_DEPTH} deep"
HALVED = "a record holds half a character"
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""How half a character, a lone surrogate, can come out of text that is UTF-8; so can a whole one."""


@dataclass(slots=True)
class Marks:
    """What was noticed of a value: `wrong` says why it is no record; `repeated`: a key of an object stands twice;
    `deep`, `halved`: it has brackets, or escapes, that have to be looked at."""

    wrong: str = ""
    repeated: bool = False
    deep: bool = False
    halved: bool = False

    def add(self, other: Marks) -> None:
        """Note of the whole what was noticed of a part."""
        self.wrong = self.wrong or other.wrong
        self.repeated |= other.repeated
        self.halved |= other.halved

    def fault(self, value: JSON) -> str:
        """Why a value is no record; "" where it is one."""
        if self.wrong:
            return self.wrong
        if not isinstance(value, dict):
            return "a record is not an object"
        if self.deep and _too_deep(value):
            return TOO_DEEP
        return HALVED if self.halved and _halved(value) else ""


class Decoder:
    """Decodes one value after the other; `marks` are of the last."""

    def __init__(self) -> None:
        """With nothing decoded yet."""
        self.marks = Marks()
        self._decoder = json.JSONDecoder(
            parse_constant=self._constant,
            parse_int=self._integer,
            parse_float=self._float,
            object_pairs_hook=self._object,
        )

    def decode(self, text: str, start: int) -> tuple[JSON, int]:
        """The value that begins there, and where it ends; raises as the library does."""
        self.marks = Marks()
        value, end = self._decoder.raw_decode(text, start)
        # Brackets and escapes are cheaper to see than what they may make.
        self.marks.deep = text.count("[", start, end) + text.count("{", start, end) > MOST_DEPTH
        self.marks.halved = _HALF.search(text, start, end) is not None
        return value, end

    def _constant(self, name: str) -> JSON:
        self.marks.wrong = f"{name} is no number of JSON"
        return None

    def _integer(self, text: str) -> int:
        if len(text) <= LONGEST_NUMBER:
            return int(text)
        self.marks.wrong = "a number is too long to be exchanged"
        return 0

    def _float(self, text: str) -> float:
        value = float(text)
        if value in (float("inf"), float("-inf")):
            self.marks.wrong = "a number is too large to be exchanged"
        return value

    def _object(self, pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
        made = dict(pairs)
        if len(made) < len(pairs):
            self.marks.repeated = True
        return made


def _too_deep(value: JSON) -> bool:
    level = [value]
    for _ in range(MOST_DEPTH):
        level = [
            part
            for each in level
            for part in (each.values() if isinstance(each, dict) else each)
            if isinstance(part, (dict, list))
        ]
        if not level:
            return False
    return True


def _halved(value: JSON) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False
