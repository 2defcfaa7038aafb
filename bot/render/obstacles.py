"""What stands in the way between two profiles, as a publisher would say it: what the data may hold, and what the tools
of the other make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.compat.changes import ABSENT, Absent, Change
from bot.compat.verdicts import Answer, Verdict
from bot.render.safety import name, one_line
from bot.render.sentences import MOST_VALUES, Mark, value
from bot.render.wording import count
from bot.report.faults import explained
from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class _Obstacle:
    """An obstacle with its names and values marked. `data` and `tools`: what the one side says and the other."""

    change: Change
    verdict: Verdict
    mark: Mark

    @property
    def term(self) -> str:
        return self.mark(name(self.change.term))

    @property
    def data(self) -> str:
        return self.values(self.change.base)

    @property
    def tools(self) -> str:
        return self.values(self.change.head)

    def values(self, given: JSON | Absent) -> str:
        if given is ABSENT:
            return "nothing"
        listed = given if isinstance(given, list) else [given]
        shown = [
            "something else" if isinstance(each, dict) else self.mark(value(each)) for each in listed[:MOST_VALUES]
        ]
        more = [f"{len(listed) - MOST_VALUES} more"] if len(listed) > MOST_VALUES else []
        return _or([*shown, *more])

    @property
    def fault(self) -> str:
        """Why the tools refuse the example."""
        said = explained(self.verdict.faults[0]) if self.verdict.faults else ""
        return f": {self.mark(name(one_line(said), LONGEST_FAULT))}" if said else ""


LONGEST_FAULT = 120
_Words = Callable[[_Obstacle], str]


def obstacle(change: Change, verdict: Verdict, mark: Mark) -> str:
    """An obstacle in words; `mark` is put around names and values."""
    its = _Obstacle(change, verdict, mark)
    subject, _, verb = change.rule.rpartition("-")
    words = _WORDS.get(change.rule) or (_DEMANDS.get(subject) if verb in ("added", "changed") else None)
    said = words(its) if words is not None else _otherwise(its)
    return f"{said}; whether that stands in the way is not decided" if verdict.answer is Answer.UNKNOWN else said


def together(entity: str, verdict: Verdict, mark: Mark) -> str:
    """Differences of one entity of which none stands in the way alone."""
    its = _Obstacle(Change("", entity, (), "", ABSENT, ABSENT), verdict, mark)
    return f"several differences of {its.term} together, none of them alone{its.fault}"


def _otherwise(its: _Obstacle) -> str:
    keyword = its.mark(name(its.change.keyword or its.change.rule))
    sides = (side for side in (its.change.base, its.change.head) if side is not ABSENT)
    if any(isinstance(each, dict) for side in sides for each in (side if isinstance(side, list) else [side])):
        return f"the two do not say the same of {its.term} ({keyword})"
    return (
        f"the two do not say the same of {its.term}: {keyword} is {its.data} for the data and {its.tools} for the tools"
    )


# Types and forms.

_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object with terms of its own",
    "null": "null",
    "date": "a day",
    "datetime": "a day and a time",
    "any": "anything",
}
_FORMS = {
    "uri": "a web address",
    "email": "an e-mail address",
    "uuid": "a UUID",
    "date": "a day (2027-01-31)",
    "date-time": "a day and a time",
    "time": "a time",
    "duration": "a length of time",
    "hostname": "the name of a computer",
    "ipv4": "an IP address",
    "ipv6": "an IP address",
    "regex": "a pattern",
}


def _type(given: JSON | Absent, mark: Mark) -> str:
    if given is ABSENT:
        return "of any type"
    listed = given if isinstance(given, list) else [given]
    return _or([_TYPES.get(str(each)) or mark(value(each)) for each in listed])


def _form(given: JSON | Absent, mark: Mark) -> str:
    if given is ABSENT:
        return "any text"
    shown = mark(value(given))
    return f"{_FORMS[str(given)]}, in the format {shown}" if str(given) in _FORMS else f"of the format {shown}"


def _or(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}" if parts else "nothing"


def _typed(its: _Obstacle) -> str:
    data, tools = (_type(side, its.mark) for side in (its.change.base, its.change.head))
    return f"{its.term} may be {data}, and the tools take only {tools}"


def _formed(its: _Obstacle) -> str:
    data, tools = (_form(side, its.mark) for side in (its.change.base, its.change.head))
    return f"{its.term} may be {data}, and the tools take only what is {tools}"


def _valued(its: _Obstacle) -> str:
    return f"{its.term} may be {_or_any(its)}, and the tools know only {its.tools}"


def _or_any(its: _Obstacle) -> str:
    return "anything" if its.change.base is ABSENT else its.data


def _patterned(its: _Obstacle) -> str:
    data = "any text" if its.change.base is ABSENT else f"a text of the form {its.data}"
    return f"{its.term} may be {data}, and the tools take only the form {its.tools}"


def _counted(more: str, noun: str, most: str) -> _Words:
    """Obstacles of size: whether the data may have more or less than the tools take."""

    def words(its: _Obstacle) -> str:
        number = its.change.head
        shown = count(number, noun) if noun and isinstance(number, int) else its.tools
        return f"{its.term} may {more} than {shown}, the {most} that the tools take"

    return words


def _demanding(what: str) -> _Words:
    return lambda its: f"{what.format(its.term)}{its.fault}"


_WORDS: dict[str, _Words] = {
    "entity-added": _demanding("the tools also know {}, and ask for more because of it"),
    "term-added": _demanding("the tools also know {}, and ask for more because of it"),
    "entity-removed": lambda its: f"the tools do not know {its.term}",
    "term-removed": lambda its: f"the tools do not know {its.term}",
    "pattern-term-removed": lambda its: f"{its.term} may have terms whose names the tools do not know",
    "required-added": lambda its: f"{its.term} may be left out, and the tools need it",
    "tabular-required-added": lambda its: f"in tables, {its.term} may be left empty, and the tools need it",
    "unique-added": lambda its: f"two records may have the same {its.term}, and the tools take it to be unique",
    "primary-key-added": lambda its: f"{its.term} has no primary key, and the tools tell rows apart by {its.tools}",
    "primary-key-changed": lambda its: (
        f"rows of {its.term} are told apart by {its.data}, and by the tools by {its.tools}"
    ),
    "enum-value-removed": lambda its: f"{its.term} may be {its.data}, which the tools do not know",
    "constraints-removed": lambda its: f"{its.term} is a column of the data's tables, and the tools know none of it",
    "name-changed": lambda its: f"in tables, {its.term} is called {its.data}, and the tools look for {its.tools}",
    "column-format-removed": lambda its: (
        f"in tables, {its.term} has the format {its.data}, which the tools do not read"
    ),
    "additional-properties-added": lambda its: (
        f"{its.term} may have terms that are defined nowhere, and the tools refuse some"
    ),
}
"""By rule."""

_DEMANDS: dict[str, _Words] = {
    "type": _typed,
    "column-type": lambda its: f"in tables, {_typed(its)}",
    "format": _formed,
    "column-format": lambda its: f"in tables, {_formed(its)}",
    "enum": _valued,
    "const": _valued,
    "pattern": _patterned,
    "minimum": _counted("be less", "", "least"),
    "maximum": _counted("be more", "", "most"),
    "exclusive-minimum": lambda its: f"{its.term} may be {its.tools} or less, and the tools take only what is more",
    "exclusive-maximum": lambda its: f"{its.term} may be {its.tools} or more, and the tools take only what is less",
    "multiple-of": lambda its: (
        f"{its.term} may be a number that is no multiple of {its.tools}, and the tools take no other"
    ),
    "min-length": _counted("be shorter", "character", "shortest"),
    "max-length": _counted("be longer", "character", "longest"),
    "min-items": _counted("have fewer entries", "", "least"),
    "max-items": _counted("have more entries", "", "most"),
    "unique-items": lambda its: f"{its.term} may have the same entry twice, and the tools refuse that",
    "key": lambda its: (
        f"{its.term} may name something that is not in the data, and the tools look for it in {its.tools}"
    ),
    "foreign-key": lambda its: f"{its.term} may name something that is not in the data, and the tools look for it",
    "not": lambda its: f"{its.term} may be something that the tools refuse{its.fault}",
    "dependent-required": _demanding("where {} is given, the tools need more beside it"),
}
"""By what a rule is about, whether the tools alone ask for it or both ask for different things."""
