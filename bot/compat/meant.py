"""Base as it was meant: what was no more than a slip there, and head has mended, is no change to documents (PATCH)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from bot.compat.applying import edited
from bot.compat.cells import MISSPELT
from bot.compat.changes import ABSENT, Absent, Steps
from bot.standard.documents import DanglingReference, Documents, Target, together, traits
from bot.standard.keywords import subschemas
from bot.standard.pointers import PointsNowhere, resolve
from bot.standard.values import JSON

Schema = Mapping[str, JSON]


def meant(base: Mapping[str, Schema], head: Mapping[str, Schema]) -> dict[str, Schema]:
    """The entities of base with formats spelt as head does, and with head's word for what referred to nothing."""
    spelt = {name: corrected(each, head.get(name, each)) for name, each in base.items()}
    files = {f"{name}.json" for name in spelt}
    if all(traits(each).references <= files for each in spelt.values()):
        return spelt
    documents = together({f"{name}.json": each for name, each in spelt.items()})
    return {name: _mended(name, each, head.get(name), documents) for name, each in spelt.items()}


def corrected(base: JSON, head: JSON) -> JSON:
    """Base as it was meant, where head does no more than spell the name of a format right (PATCH, rule G6)."""
    if not isinstance(base, Mapping) or not isinstance(head, Mapping):
        return base
    fixed = {key: corrected(each, head[key]) for key, each in base.items() if key in head}
    name = MISSPELT.get(str(base.get("format")))
    if name is not None and head.get("format") == name:
        fixed["format"] = name
    # What needs no correction stays the very object it was: what is known of it need not be found again.
    return {**base, **fixed} if any(fixed[key] is not base[key] for key in fixed) else base


def _mended(name: str, base: Schema, head: Schema | None, documents: Documents) -> Schema:
    if head is None:
        return base
    mended: JSON = base
    for steps in list(_nowhere(documents.root(f"{name}.json"), (), documents)):
        # No document could be held against it, so none is lost with it.
        mended = edited(mended, steps, partial(_given, _there(head, steps)))
    return mended if isinstance(mended, Mapping) else base


def _given(value: JSON | Absent, _: JSON | Absent) -> JSON | Absent:
    return value


def _nowhere(place: Target, steps: Steps, documents: Documents) -> Iterator[Steps]:
    """The terms whose schema, or a part of it, refers to nothing: the innermost ones."""
    for more, part in subschemas(place.schema, definitions=True):
        inner = documents.within(place, part, *more)
        found = list(_nowhere(inner, (*steps, *more), documents))
        if not found and more[0] == "properties" and _is_lost(inner, documents):
            found = [(*steps, *more)]
        yield from found


def _is_lost(place: Target, documents: Documents) -> bool:
    """Whether a schema refers to nothing, itself or in what it says of the same value or of items."""
    reference = place.schema.get("$ref") if isinstance(place.schema, Mapping) else None
    try:
        if isinstance(reference, str):
            documents.follow(reference, place)
    except DanglingReference:
        return True
    return any(
        _is_lost(documents.within(place, part, *more), documents)
        for more, part in subschemas(place.schema)
        if more[0] != "properties"
    )


def _there(head: Schema, steps: Steps) -> JSON | Absent:
    try:
        return resolve(head, steps)
    except PointsNowhere:
        return ABSENT
