"""Keywords that nobody knows and that are nearly one that everybody knows: they say nothing, and only seem to."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from bot.standard.keywords import DEFINITIONS, IDENTIFIERS, JUDGED, subschemas
from bot.standard.model import Entity
from bot.standard.pointers import pointer
from bot.standard.problems import Problem, error, warning
from bot.standard.values import JSON

CLOSE = 0.8
"""How alike two words are before one is taken for the other (difflib)."""
SAYING = JUDGED | DEFINITIONS
SHORTEST = 4
"""Letters of a keyword that another may be meant to be: `note` is not `not`."""
MOST_UNKNOWN = 200
"""Keywords of one entity that are looked at: a file of a stranger may hold any number, and likeness is slow."""
DESCRIBING = frozenset(
    {
        "$comment",
        "$vocabulary",
        "aliases",
        "constraints",
        "contentSchema",
        "datapackage_format",
        "datapackage_metadata",
        "datapackage_type",
        "default",
        "deprecated",
        "description",
        "example",
        "examples",
        "foreign_key",
        "name",
        "path",
        "profiles",
        "readOnly",
        "settled",
        "source",
        "tabular_required",
        "title",
        "writeOnly",
    }
)
KNOWN = SAYING | IDENTIFIERS | DESCRIBING
_MEANT = {each.lower(): each for each in SAYING if len(each) >= SHORTEST}


def misspelt(entity: Entity) -> Iterator[Problem]:
    """The misspelt keywords of an entity. A name that begins with `$` is JSON Schema's own: there it is an error."""
    unknown: set[str] = set()
    for steps, schema in _schemas(dict(entity.schema)):
        for keyword in (each for each in schema if each not in KNOWN):
            unknown.add(keyword)
            meant = nearest(keyword) if len(unknown) <= MOST_UNKNOWN else ""
            if meant:
                message = f"{keyword!r} is no keyword of JSON Schema, and says nothing"
                place, hint = pointer((*steps, keyword)), f"Did you mean {meant!r}?"
                kind = error if keyword.startswith("$") else warning
                yield kind("keyword-misspelt", entity.file, place, message, hint)


@lru_cache(maxsize=1000)
def nearest(keyword: str) -> str:
    """The keyword that one that nobody knows was meant to be; "" where it is like none."""
    if keyword in KNOWN:
        return ""
    return next((_MEANT[each] for each in get_close_matches(keyword.lower(), sorted(_MEANT), n=1, cutoff=CLOSE)), "")


def _schemas(schema: JSON) -> Iterator[tuple[tuple[str, ...], dict[str, JSON]]]:
    waiting: list[tuple[tuple[str, ...], JSON]] = [((), schema)]
    while waiting:
        steps, here = waiting.pop()
        if isinstance(here, dict):
            yield steps, here
            waiting += [((*steps, *inner), each) for inner, each in subschemas(here, definitions=True)]
