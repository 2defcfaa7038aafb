"""`compare`: the four verdicts for two JSON Schemas, or for many pairs from a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.compat.engine import Engine, Side
from bot.compat.verdicts import Answer, Verdicts
from bot.errors import InputError, UsageError
from bot.ports import Confirmer
from bot.report.serialising import verdict_as_json
from bot.standard.dialects import Draft, declared, named
from bot.standard.documents import Documents
from bot.standard.json_reading import read_json
from bot.standard.reading import Reading
from bot.standard.schema_checks import schema_errors
from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class Compared:
    """One pair answered."""

    id: str
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


def run(name: str, base: bytes, head: bytes, draft: str, confirmer: Confirmer) -> Compared:
    """Compare two schemas, `name` being the id of the answer; raises InputError where one cannot be read."""
    readings = read_json("base", base), read_json("head", head)
    for reading in readings:
        if not reading.readable:
            problem = reading.problems[-1]
            raise InputError(f"{problem.file}:{problem.line}: {problem.message}", problem.hint)
    return compared(name, readings[0].value, readings[1].value, draft, Engine(confirmer))


def run_batch(lines: Iterable[bytes], confirmer: Confirmer) -> Iterator[dict[str, JSON]]:
    """Answer each line of a batch (`{"id", "draft", "base", "head"}`), in order. One that cannot be read is
    answered with its error."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        reading = read_json(f"line {number}", line)
        try:
            yield _case(reading, number, Engine(confirmer)).as_json()
        except (InputError, UsageError) as problem:
            yield {"id": _id_of(reading, number), "error": problem.message}


def _case(reading: Reading, number: int, engine: Engine) -> Compared:
    if not reading.readable:
        raise InputError(reading.problems[-1].message)
    case = reading.value
    if not isinstance(case, dict) or "base" not in case or "head" not in case:
        raise InputError("a case is an object with `id`, `base` and `head`")
    return compared(_id_of(reading, number), case["base"], case["head"], case.get("draft") or "", engine)


def _id_of(reading: Reading, number: int) -> JSON:
    given = reading.value.get("id") if isinstance(reading.value, dict) else None
    return number if given is None else given


def compared(name: str, base: JSON, head: JSON, draft: str, engine: Engine) -> Compared:
    """The four verdicts for two schemas; raises InputError where one is not a schema."""
    sides = [_side(what, schema, draft) for what, schema in (("base", base), ("head", head))]
    return Compared(name, engine.compare(*sides))


def _side(what: str, schema: JSON, name: str) -> Side:
    draft = named(name) if name else declared(schema) or Draft.DRAFT2020
    if draft is None:
        known = ", ".join(each.value for each in Draft)
        raise UsageError(f"{name!r} is no draft of JSON Schema", f"The drafts are: {known}.")
    for place, message in schema_errors(schema, draft):
        raise InputError(f"{what}: this is not a schema of {draft.value}: {message} (at {place or 'the root'})")
    return Side(Documents({"schema": schema}, draft), "schema")
