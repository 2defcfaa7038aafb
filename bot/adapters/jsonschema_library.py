"""The `jsonschema` library as the judge of examples: quick where all patterns are tame, else in a worker."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from bot.adapters.allowance import allowance, counted
from bot.adapters.python_patterns import readable
from bot.compat.confirming import Fault, Judged
from bot.compat.containment.patterns import is_tame
from bot.standard.dialects import Draft
from bot.standard.documents import registry, traits
from bot.standard.pointers import pointer
from bot.standard.values import JSON

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

    from bot.adapters.worker import Worker

MOST_REMEMBERED = 256
MOST_STOPS = 2
"""So often may the same schema go without an answer before it is asked no more."""
MOST_FAULTS = 3
LONGEST_MESSAGE = 300


class JsonSchemaConfirmer:
    """Confirms examples, in a bounded number of steps. Wild patterns (nested repetition, look-around) are only
    ever run in `worker`."""

    def __init__(self, worker: Worker) -> None:
        """`worker` validates under limits of time and memory."""
        self._worker = worker
        self._judges: dict[tuple[int, str, Draft, bool], _Known] = {}

    def accepts(self, schema: Judged, instance: JSON) -> bool | None:
        """Whether the instance is valid; None where the library failed or was stopped."""
        known = self._known(schema)
        if known.stops >= MOST_STOPS:
            return None
        judge = known.judge
        answer = self._worker.accepts(schema, instance) if judge is None else ask(judge, instance)
        known.stops += answer is None
        return answer

    def faults(self, schema: Judged, instance: JSON) -> tuple[Fault, ...]:
        """Why an instance is not valid, the most telling faults first; none where nobody can say."""
        known = self._known(schema)
        if known.stops >= MOST_STOPS:
            return ()
        return self._worker.faults(schema, instance) if known.judge is None else why(known.judge, instance)

    def _known(self, schema: Judged) -> _Known:
        key = (id(schema.documents), schema.root, schema.draft, schema.formats)
        if key not in self._judges:
            if len(self._judges) >= MOST_REMEMBERED:
                self._judges.clear()
            tame = all(all_tame(document) for document in schema.documents.values())
            self._judges[key] = _Known(schema, validator(schema) if tame else None)
        return self._judges[key]


@dataclass(slots=True)
class _Known:
    """A schema, kept so that its identity is not given to another; its judge, none where the worker has to
    judge; and how often there was no answer."""

    schema: Judged
    judge: Validator | None
    stops: int = 0


def ask(judge: Validator, instance: JSON) -> bool | None:
    """The answer of a validator; None where it fails. A schema from outside can make it fail in many ways:
    patterns that Python does not know, references without end or to nowhere, unknown types, endless work."""
    try:
        with allowance(judge):
            return bool(judge.is_valid(instance))
    except Exception:  # noqa: BLE001 - see above; whatever the cause, there is no answer
        return None


def why(judge: Validator, instance: JSON) -> tuple[Fault, ...]:
    """The faults of an instance, the most telling first; none where the validator fails."""
    from jsonschema.exceptions import relevance

    try:
        with allowance(judge):
            errors = sorted(judge.iter_errors(instance), key=relevance, reverse=True)
        return tuple(_fault(_deepest(error)) for error in errors[:MOST_FAULTS])
    except Exception:  # noqa: BLE001 - as in ask
        return ()


def _deepest(error: ValidationError) -> ValidationError:
    """The one cause of an error where there is just one; of alternatives nobody can say which was meant."""
    causes = error.context or []
    return _deepest(causes[0]) if len(causes) == 1 else error


def _fault(error: ValidationError) -> Fault:
    keyword = error.validator if isinstance(error.validator, str) else ""
    wanted = error.validator_value if keyword else None
    return Fault(pointer(error.absolute_path), keyword, wanted, _bearable(error.message))


def _bearable(message: str) -> str:
    """A message that is not endless: it begins with the whole value, and ends with what is wrong with it."""
    if len(message) <= LONGEST_MESSAGE:
        return message
    end = LONGEST_MESSAGE // 2
    return f"{message[: LONGEST_MESSAGE - end - 1]}…{message[-end:]}"


def validator(schema: Judged) -> Validator:
    """A validator of the library for a schema."""
    make, formats = _of_draft(schema.draft)
    checker = load().FormatChecker(formats=())
    checker.checkers = dict(formats) if schema.formats else {}
    # Relative references are read against the empty base, so that a path is its own URI.
    documents = readable(schema.documents)
    known = registry(_also_from_here(documents), schema.draft, base="")
    judge: Validator = make(documents[schema.root], registry=known, format_checker=checker)
    return judge


def _also_from_here(documents: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """The documents, by `./path` too where a reference is written so: against the empty base that is another URI."""
    if not any(each.startswith("./") for document in documents.values() for each in traits(document).references):
        return documents
    return {**documents, **{f"./{path}": document for path, document in documents.items()}}


@cache
def _of_draft(draft: Draft) -> tuple[Callable[..., Validator], Mapping[str, Any]]:
    """What makes validators of a draft, every keyword counted; and the formats that the draft itself defines."""
    library = load()
    plain = library.validators.validator_for({"$schema": draft.uri})
    keywords = {name: counted(name, keyword) for name, keyword in {**plain.VALIDATORS, **_KEYWORDS}.items()}
    formats = {name: each for name, each in plain.FORMAT_CHECKER.checkers.items() if name in draft.formats}
    return library.validators.extend(plain, keywords), formats


def _unique_columns(_: Validator, sets: JSON, rows: JSON, schema: JSON) -> Iterator[ValidationError]:
    """No two rows are equal in all columns of a set; a cell that is not there or stands for nothing equals no other."""
    from jsonschema import ValidationError

    for columns in sets:
        filled = list(_filled(columns, rows, schema))
        if len(set(filled)) < len(filled):
            yield ValidationError(f"two rows have the same {' and '.join(columns)}")


def _foreign_keys(_: Validator, keys: JSON, tables: JSON, schema: JSON) -> Iterator[ValidationError]:
    """Every row whose key is filled has a row it refers to."""
    from jsonschema import ValidationError

    for table, columns, target, target_columns in keys:
        there = {tuple(row.get(column) for column in target_columns) for row in tables.get(target, ())}
        for wanted in _filled(columns, tables.get(table, ()), schema["properties"].get(table, {})):
            if wanted not in there:
                yield ValidationError(f"{table}: no row of {target} has {' and '.join(map(str, wanted))}")


def _filled(columns: list[str], rows: list[dict[str, JSON]], table: JSON) -> Iterator[tuple[JSON, ...]]:
    """What stands in some columns of each row, where all of them hold a value."""
    missing = {None, *table.get("missingValues", [""])}
    cells = (tuple(row.get(column) for column in columns) for row in rows)
    return (each for each in cells if missing.isdisjoint(each))


_KEYWORDS = {"uniqueColumns": _unique_columns, "foreignKeys": _foreign_keys}
"""What makes a validator of documents one of whole packages of tables (`compat.tables.document_schema`)."""


def load() -> ModuleType:
    """The library. `rfc3987-syntax`, which it imports, compiles a grammar for most of a second; that is
    put off until a document has an IRI to be checked."""
    with _postponed("rfc3987_syntax", "is_valid_syntax"):
        import jsonschema

    return jsonschema


@contextmanager
def _postponed(module: str, function: str) -> Iterator[None]:
    if module in sys.modules or "jsonschema" in sys.modules or find_spec(module) is None:
        yield
        return

    def later(*arguments: object) -> object:
        from importlib import import_module

        return getattr(import_module(module), function)(*arguments)

    stand_in = ModuleType(module)
    setattr(stand_in, function, later)
    sys.modules[module] = stand_in
    try:
        yield
    finally:
        del sys.modules[module]


def all_tame(document: JSON) -> bool:
    """Whether no pattern in a document could run away."""
    return all(map(_tame, traits(document).patterns))


_tame = lru_cache(maxsize=4096)(is_tame)
