"""What a message holds, for each kind of place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class Blocks:
    """A Slack message: Block Kit blocks, and the text that notifications and screen readers use. `flips`: how often
    the verdict had changed when the message was first written, which is nobody's news there; edits keep it."""

    text: str
    blocks: tuple[Mapping[str, JSON], ...]
    flips: int = 0


class Conclusion(Enum):
    """How a check run ends: `neutral` and `action_required` do not pass for a failure of the author."""

    SUCCESS = "success"
    NEUTRAL = "neutral"
    FAILURE = "failure"
    ACTION_REQUIRED = "action_required"


class Level(Enum):
    """Of an annotation (GitHub calls an error a failure)."""

    NOTICE = "notice"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A note at a line of a file of the pull request. Lines count from 1."""

    path: str
    line: int
    level: Level
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A check run's output: Markdown `summary` and `text`, and all its annotations, most serious first."""

    title: str
    summary: str
    text: str
    conclusion: Conclusion
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A note on lines of a file of the pull request, from `start` to `end` (0: the lines are others by now), that
    offers other lines for them; the commit it was written on. `answered`: people talk under it."""

    path: str
    start: int
    end: int
    body: str
    commit: str = ""
    answered: bool = False


@dataclass(frozen=True, slots=True)
class IssueText:
    """An issue: its title, and its body in Markdown. `settled`: nothing is asked of anybody, so that one which
    was closed is not opened for it."""

    title: str
    body: str
    settled: bool = False
