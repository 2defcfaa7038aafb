"""What a pull request would make of the settings: read as data, and heard only when it is merged."""

from __future__ import annotations

from dataclasses import dataclass

from bot.community.configuration import PATH, configured
from bot.standard.problems import Problem, Severity, notice
from bot.standard.yaml_reading import read_yaml

CHANGED = "settings-changed"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is to be said of the settings in head. `new`: base does not have it already."""

    problem: Problem
    new: bool = True


def proposed(base: bytes | None, head: bytes | None) -> list[Proposed]:
    """What is wrong with the file in head, and that it does not count yet; nothing where it is as in base."""
    if base == head:
        return []
    here = [] if head is None else configured(read_yaml(PATH, head))[1]
    there = set() if base is None else {_identity(each) for each in configured(read_yaml(PATH, base))[1]}
    return [Proposed(_changed()), *(Proposed(each, _identity(each) not in there) for each in here)]


def mends(problems: list[Problem]) -> bool:
    """Whether a pull request of which this is said leaves settings behind that can be read."""
    of_settings = [each for each in problems if each.file == PATH]
    sound = all(each.severity is not Severity.ERROR for each in of_settings)
    return sound and any(each.rule == CHANGED for each in of_settings)


def _identity(problem: Problem) -> tuple[str, str, str]:
    # Not the line: it moves with every edit above.
    return problem.rule, problem.pointer, problem.message


def _changed() -> Problem:
    message = "this changes the settings of the bot, which count only when it is merged"
    hint = "Until then the bot does what they say on the default branch: on this pull request too."
    return notice(CHANGED, PATH, "", message, hint, 1)
