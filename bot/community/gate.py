"""Whether the check may be required where that cannot be read: then it is, for a slip of the pen opens no gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.standard.pointers import steps
from bot.standard.problems import Problem, Severity
from bot.standard.reading import Reading


def doubt(reading: Reading, problems: Iterable[Problem]) -> Problem | None:
    """What keeps it from being known that the check only advises; None where that, or that it is required, is known.

    A file that is not there, or that says nothing of the check, means an advising one.
    """
    errors = [each for each in problems if each.severity is Severity.ERROR]
    if not reading.readable:
        return errors[0]
    said = reading.value
    if said is None:
        return None
    if not isinstance(said, Mapping):
        return errors[0]
    if "check" not in said:
        # The name of the section itself may be misspelt.
        return next((each for each in errors if _is_unknown(each)), None)
    check = said["check"]
    advises = isinstance(check, Mapping) and check.get("gate") == "advisory"
    wrong = [each for each in errors if steps(each.pointer)[:1] in ((), ("check",))]
    return wrong[0] if wrong and not advises else None


def _is_unknown(problem: Problem) -> bool:
    return problem.rule == "setting-unknown" and len(steps(problem.pointer)) == 1
