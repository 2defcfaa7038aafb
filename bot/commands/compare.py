"""`compare`: the four verdicts for two JSON Schemas, or for many pairs from a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.compat.engine import Engine, Side
from bot.compat.verdicts import Answer, Verdicts
from bot.errors import BotError, InputError, UsageError
from bot.ports import Confirmer
from bot.report.serialising import verdict_as_json
from bot.standard.dialects import Draft, declared, named
from bot.standard.documents import Documents
from bot.standard.json_reading import read_json
from bot.standard.reading import Reading
from bot.standard.schema_checks import schema_errors
from bot.standard.values import JSON

SIDES = ("base", "head")


@dataclass(frozen=True, slots=True)
class Compared:
    """One pair answered."""

    id: JSON
    verdicts: Verdicts

    @property
    def exit_status(self) -> int:
        """By what publishers can rely on."""
        return 0 if self.verdicts.publishers.answer is Answer.COMPATIBLE else 1

    def as_json(self) -> dict[str, JSON]:
        """The answer as JSON."""
        found = self.verdicts
        return {
            "id": self.id,
            "strict": {
                "backward": verdict_as_json(found.strict_backward),
                "forward": verdict_as_json(found.strict_forward),
            },
            "terms": {"publishers": verdict_as_json(found.publishers), "consumers": verdict_as_json(found.consumers)},
        }


def run(
    name: str, base: bytes, head: bytes, draft: str, confirmer: Confirmer, files: tuple[str, str] = SIDES
) -> Compared:
    """Compare two schemas, `name` being the id of the answer; raises InputError where one cannot be read. `files`: how
    errors call the two."""
    readings = read_json(files[0], base), read_json(files[1], head)
    for reading in readings:
        if not reading.readable:
            problem = reading.problems[-1]
            raise InputError(f"{problem.file}:{problem.line}: {problem.message}", problem.hint)
    return compared(name, readings[0].value, readings[1].value, draft, Engine(confirmer), files)


def run_batch(lines: Iterable[bytes], confirmer: Confirmer) -> Iterator[dict[str, JSON]]:
    """Answer each line of a batch (`{"id", "draft", "base", "head"}`), in order. One that cannot be read is
    answered with its error; one that has no id, or whose id cannot be read, by its line too."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        reading = read_json(f"line {number}", line)
        name = _id_of(reading)
        place: dict[str, JSON] = {"id": None, "line": number} if name is None else {"id": name}
        try:
            yield {**_case(reading, name, Engine(confirmer)).as_json(), **place}
        except (InputError, UsageError) as problem:
            yield {**place, "error": said(problem)}


def said(problem: BotError) -> str:
    """An error in one line, with what to do."""
    return f"{problem.message}. {problem.hint}" if problem.hint else problem.message


def _case(reading: Reading, name: JSON, engine: Engine) -> Compared:
    if not reading.readable:
        raise InputError(reading.problems[-1].message)
    case = reading.value
    if not isinstance(case, dict) or "base" not in case or "head" not in case:
        raise InputError("a case is an object with `id`, `base` and `head`")
    return compared(name, case["base"], case["head"], case.get("draft") or "", engine)


_FIRST = re.compile(r'\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d{1,18}(?=\s*[,}]))')


def _id_of(reading: Reading) -> JSON:
    """The id of a case, as far as it can be read; None without one. A line that had to be refused is often
    JSON but for a number or a repeated key, and most begin with the id."""
    case = reading.value
    first = _FIRST.match(reading.text)
    try:
        if not reading.readable:
            case = {"id": json.loads(first[1])} if first else json.loads(reading.text)
    except (ValueError, RecursionError):
        return None
    name = case.get("id") if isinstance(case, dict) else None
    # What is no name of a case need not be one that can be sent back either.
    return name if reading.readable or isinstance(name, (str, int)) else None


def compared(
    name: JSON, base: JSON, head: JSON, draft: str, engine: Engine, files: tuple[str, str] = SIDES
) -> Compared:
    """The four verdicts for two schemas; raises InputError where one is not a schema."""
    sides = [_side(what, schema, draft) for what, schema in zip(files, (base, head), strict=True)]
    return Compared(name, engine.compare(*sides))


def _side(what: str, schema: JSON, name: str) -> Side:
    draft = _draft(what, schema, name)
    for place, message in schema_errors(schema, draft):
        raise InputError(f"{what}: this is not a schema of {draft.value}: {message} (at {place or 'the root'})")
    return Side(Documents({"schema": schema}, draft), "schema")


def _draft(what: str, schema: JSON, name: str) -> Draft:
    """The draft that was named, else the one the schema declares, else the newest."""
    known = f"The drafts are: {', '.join(each.value for each in Draft)}."
    given = schema.get("$schema") if isinstance(schema, dict) else None
    draft = named(name) if name else declared(schema) if isinstance(given, str) else Draft.DRAFT2020
    if draft is not None:
        return draft
    if name:
        raise UsageError(f"{name!r} is no draft of JSON Schema", known)
    message = f"{what}: its $schema is {given!r}, which names no draft that is judged here"
    raise InputError(
        message, f"{known} Correct $schema, or name the draft that is meant (--draft, in a batch `draft`)."
    )
