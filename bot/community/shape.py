"""Holds .github/bot.yml against its JSON Schema, and says in words what is wrong, where, and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error
from bot.standard.reading import Reading
from bot.standard.values import JSON, type_of

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

Steps = tuple[str, ...]

LONGEST_VALUE = 60
PLACES = ("discourse", "slack", "mail")
"""The kinds of place a channel can be; it is one of them."""


def faults(reading: Reading) -> Iterator[Problem]:
    """What in the file has not the shape of its schema."""
    found = list(_validator().iter_errors(reading.value))
    # A place that is misspelt is unknown, not missing as well; a text is no channel, whatever else it lacks.
    settled = {_steps(each) for each in found if each.kind.name in ("additionalProperties", "type")}
    said: set[Problem] = set()
    for each in found:
        if each.kind.name != "oneOf" or _steps(each) not in settled:
            problems = [problem for problem in _said(reading, each) if problem not in said]
            said.update(problems)
            yield from problems
    yield from (each for each in _with_points(reading, reading.value, ()) if each not in said)


def _with_points(reading: Reading, value: JSON, steps: Steps) -> Iterator[Problem]:
    """Whole numbers that are written as others (5.0), which JSON Schema takes and no address has."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _with_points(reading, each, (*steps, name))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _with_points(reading, each, (*steps, str(at)))
    elif isinstance(value, float) and value.is_integer():
        with suppress(LookupError):  # of what is no setting that is said already
            schema = _subschema(steps)
            if "integer" in schema["type"]:
                yield _unfit(reading, steps, value, schema)


def fault(reading: Reading, steps: Steps, rule: str, message: str, hint: str) -> Problem:
    """A problem at the place of a value, or of its key."""
    return error(rule, reading.path, pointer(steps), message, hint, reading.line(steps), reading.column(steps))


def suggestion(word: object, known: Iterable[str]) -> str:
    """A question whether a known word was meant, or nothing."""
    by_lower = {each.lower(): each for each in known}
    close = get_close_matches(str(word).lower(), by_lower, n=1)
    return f"Did you mean {by_lower[close[0]]!r}? " if close else ""


def _said(reading: Reading, found: ValidationError) -> Iterator[Problem]:
    steps, kind = _steps(found), found.kind
    schema = _subschema(steps)
    match kind.name:
        case "additionalProperties":
            for name in _detail(kind, "unexpected"):
                yield _unknown(reading, (*steps, name), schema["properties"])
        case "required":
            name = _detail(kind, "property")
            hint = f"Add {name}: {_subschema((*steps, name))['title']}. {_subschema((*steps, name))['description']}"
            yield fault(reading, steps, "setting-missing", f"{schema['title']} lacks {name!r}", hint)
        case "oneOf":
            yield _placeless(reading, steps, found.instance)
        case "uniqueItems":
            yield fault(reading, steps, "setting-repeated", f"{_where(steps)} names something twice", "Keep one.")
        case "maxItems":
            message = f"{_where(steps)} has more than {schema['maxItems']} entries"
            yield fault(reading, steps, "setting-invalid", message, "Take out those that nobody needs.")
        case _:
            yield _unfit(reading, steps, found.instance, schema)


def _unknown(reading: Reading, steps: Steps, known: Mapping[str, JSON]) -> Problem:
    hint = f"{suggestion(steps[-1], known)}What may stand here: {', '.join(known)}."
    where = f" in {_where(steps[:-1])}" if steps[:-1] else ""
    return fault(reading, steps, "setting-unknown", f"{_shown(steps[-1])} is no setting{where}", hint)


def _placeless(reading: Reading, steps: Steps, channel: JSON) -> Problem:
    given = [each for each in PLACES if each in channel]
    name = _shown(channel.get("id", steps[-1]))
    if given:
        message = f"the channel {name} is several places at once: {', '.join(given)}"
        return fault(reading, steps, "channel-ambiguous", message, "Make a channel of each, with an id of its own.")
    hint = f"Add one of these. {' '.join(_subschema((*steps, each))['description'] for each in PLACES)}"
    return fault(reading, steps, "setting-missing", f"the channel {name} names no place", hint)


def _unfit(reading: Reading, steps: Steps, value: JSON, schema: Mapping[str, JSON]) -> Problem:
    is_text = "string" in schema.get("type", ()) and "integer" not in schema["type"]
    quoted = "Put it in quotes. " if is_text and type_of(value) == "number" else ""
    options = [each for each in schema.get("enum", ()) if isinstance(each, str)]
    hint = f"{quoted}{suggestion(value, options) if options else ''}{schema['description']}"
    return fault(reading, steps, "setting-invalid", f"{_shown(value)} is not {schema['title']}", hint)


def _shown(value: JSON) -> str:
    match type_of(value):
        case "null":
            return "nothing"
        case "array" | "object" as kind:
            return {"array": "a list", "object": "a map"}[kind]
        case _:
            text = json.dumps(value, ensure_ascii=False)
            return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _where(steps: Steps) -> str:
    """The place of a value as people find it: `channels, entry 2, countries`."""
    return ", ".join(f"entry {int(step) + 1}" if step.isdecimal() else step for step in steps)


def _steps(found: ValidationError) -> Steps:
    return tuple(str(step) for step in found.instance_path)


def _detail(kind: Any, name: str) -> Any:
    # Each kind of error is a class with attributes of its own, of which the type of the library's kind knows none.
    return getattr(kind, name)


def _subschema(steps: Steps) -> Mapping[str, JSON]:
    """The part of the schema that describes the value at the steps."""
    schema: Mapping[str, JSON] = _schema()
    for step in steps:
        schema = schema["items"] if "items" in schema else _member(schema, step)
        if "$ref" in schema:
            schema = _schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def _member(schema: Mapping[str, JSON], name: str) -> JSON:
    return schema["properties"][name] if "properties" in schema else schema["additionalProperties"]


@cache
def _schema() -> Mapping[str, JSON]:
    text = files("bot.community").joinpath("schemas", "bot.json").read_text(encoding="utf-8")
    loaded: Mapping[str, JSON] = json.loads(text)
    return loaded


@cache
def _validator() -> Validator:
    import jsonschema_rs

    return jsonschema_rs.validator_for(dict(_schema()))
