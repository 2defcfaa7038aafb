"""What is wrong with a file, as a value: rule, severity, place, words and a hint."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

UNREAD = frozenset(
    {
        "check-impossible",
        "encoding-invalid",
        "file-special",
        "file-too-large",
        "files-too-many",
        "json-invalid",
        "key-repeated",
        "nesting-too-deep",
        "standard-missing",
        "submodule-refused",
        "symlink-refused",
        "yaml-alias-used",
        "yaml-invalid",
        "yaml-tag-used",
    }
)
"""Rules about what keeps a file from being read: where one is broken, others only seem to be."""


class Severity(Enum):
    """error: not allowed; warning: should be mended; notice: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """Most serious first."""
        return [Severity.ERROR, Severity.WARNING, Severity.NOTICE].index(self)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `pointer` is a JSON Pointer in the file; `line` and `column` count from 1,
    0 is unknown."""

    rule: str
    severity: Severity
    file: str
    pointer: str
    message: str
    hint: str
    line: int = 0
    column: int = 0


def error(rule: str, file: str, pointer: str, message: str, hint: str, line: int = 0, column: int = 0) -> Problem:
    """A problem that is not allowed."""
    return Problem(rule, Severity.ERROR, file, pointer, message, hint, line, column)


def warning(rule: str, file: str, pointer: str, message: str, hint: str, line: int = 0, column: int = 0) -> Problem:
    """A problem that should be mended."""
    return Problem(rule, Severity.WARNING, file, pointer, message, hint, line, column)


def notice(rule: str, file: str, pointer: str, message: str, hint: str, line: int = 0, column: int = 0) -> Problem:
    """Something worth knowing."""
    return Problem(rule, Severity.NOTICE, file, pointer, message, hint, line, column)
