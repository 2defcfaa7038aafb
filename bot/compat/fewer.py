"""Smaller questions: where an entity has many changes, each is asked about without what stands beside it unchanged.

A document without the properties that are left out is judged by the small schemas as by the whole ones, so that an
example of the small question is one of the whole. A property that is left out is the same on both sides and leads to
nothing that changed, so that a document it makes the difference for does not exist: a proof holds for the whole, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag

from bot.compat.changes import ANNOTATIONS, Change, Steps
from bot.compat.tables import keys_of, row_schema, unique_columns
from bot.standard.documents import BASE, Documents, identified, traits, urljoin
from bot.standard.inlining import inlined
from bot.standard.keywords import DEFINITIONS
from bot.standard.remembered import Remembered
from bot.standard.values import JSON

Schema = Mapping[str, JSON]
Schemas = Mapping[str, Schema]

MANY = 40
"""Changes to one entity; where there are no more, each is asked about among all there is."""
PLAIN = frozenset({"$defs", "$id", "$schema", "definitions", "properties", "required", "tabular_required", "type"})
"""Keywords beside which terms say nothing of each other."""
INSIDE = tuple(f"#/{keyword}/" for keyword in sorted(DEFINITIONS))
"""How references begin to what is never left out."""


@dataclass(frozen=True, slots=True)
class Fewer:
    """The entities of both sides, one of them without the properties that are `out`."""

    base: Schemas
    head: Schemas
    out: frozenset[str]


def fewer(base: Schemas, head: Schemas, change: Change, kept: Collection[str] = ()) -> Fewer | None:
    """Both sides of the question about a change, head with that one change alone, as small as can be; `kept` stay
    where they are. None where nothing can be left out."""
    ours, theirs = base.get(change.entity), head.get(change.entity)
    if ours is None or theirs is None or _is_renamed(change, ours, theirs):
        return None
    left_out: set[str] = set()
    small = _without(ours, theirs, change.steps, kept, left_out)
    if not left_out:
        return None
    entities = [{**side, change.entity: each} for side, each in zip((base, head), small, strict=True)]
    return Fewer(entities[0], entities[1], frozenset(left_out))


def _is_renamed(change: Change, *sides: Schema) -> bool:
    """Whether the changed property is called in tables otherwise than in JSON: as another one, perhaps."""
    name = change.steps[1] if len(change.steps) > 1 else ""
    given = ((side, _mapping(side.get("properties")).get(name)) for side in sides)
    return any(_column(side, name, each) != name for side, each in given if each is not None)


def differently_called(entity: Schema) -> frozenset[str]:
    """The properties of an entity whose columns are not called as they are."""
    return frozenset(
        name for name, each in _mapping(entity.get("properties")).items() if _column(entity, name, each) != name
    )


def _column(entity: Schema, name: str, schema: JSON) -> JSON:
    """What the column of a property is called."""
    return inlined(entity, schema).get("name", name) if isinstance(schema, Mapping) else name


def _without(base: JSON, head: JSON, steps: Steps, kept: Collection[str], left_out: set[str]) -> tuple[JSON, JSON]:
    """Two schemas without what stands beside the way to a change and can be left out, which is noted."""
    if not isinstance(base, Mapping) or not isinstance(head, Mapping):
        return base, head
    keywords = base.keys() | head.keys()
    if steps[:1] == ("items",) and keywords <= {"type", "items"} | ANNOTATIONS:
        ours, theirs = _without(base.get("items"), head.get("items"), steps[1:], kept, left_out)
        return {**base, "items": ours}, {**head, "items": theirs}
    if steps[:1] == ("properties",) and len(steps) > 1 and keywords <= PLAIN | ANNOTATIONS:
        return _beside(base, head, steps, kept, left_out)
    return base, head


def _beside(
    base: Schema, head: Schema, steps: Steps, kept: Collection[str], left_out: set[str]
) -> tuple[Schema, Schema]:
    ours, theirs = (_mapping(side.get("properties")) for side in (base, head))
    needed = {steps[1], *kept, *_required(base), *_required(head)}
    alike = [name for name, each in ours.items() if name != steps[1] and theirs.get(name) is each]
    out = {name for name in alike if name not in needed and _may_go(name, ours[name])}
    if out.issuperset(alike):
        # Where one side defined no terms, what closes it would take the other side's word for them.
        out -= {*alike[:1]}
    left_out |= out
    before, after = ({name: each for name, each in side.items() if name not in out} for side in (ours, theirs))
    if steps[1] in before and steps[1] in after:
        inner = _without(before[steps[1]], after[steps[1]], steps[2:], kept, left_out)
        before, after = ({**side, steps[1]: each} for side, each in zip((before, after), inner, strict=True))
    return _with(base, before, out), _with(head, after, out)


def _with(schema: Schema, properties: Schema, out: Collection[str]) -> Schema:
    made = {**schema, "properties": properties} if "properties" in schema else schema
    example = schema.get("example")
    if isinstance(example, Mapping):
        made = {**made, "example": {name: each for name, each in example.items() if name not in out}}
    return made


def _may_go(name: str, schema: JSON) -> bool:
    """Whether a property leads to nothing but definitions, and no key of a table can be made of it or need it."""
    return name != "id" and not name.endswith("_id") and _stands_alone(schema) and schema.get("name", name) == name


@Remembered
def _stands_alone(schema: JSON) -> bool:
    if not isinstance(schema, Mapping) or not schema.keys().isdisjoint(("foreign_key", "foreignKeys")):
        return False
    known = traits(schema)
    return not known.identifiers and all(each.startswith(INSIDE) for each in known.references)


def _required(schema: Schema) -> Iterable[str]:
    for keyword in ("required", "tabular_required"):
        names = schema.get(keyword)
        yield from (name for name in (names if isinstance(names, list) else ()) if isinstance(name, str))


def _mapping(value: JSON) -> Schema:
    return value if isinstance(value, Mapping) else {}


def needs_the_whole(documents: Documents, path: str) -> bool:
    """Whether something that an entity leads to refers to a part of it other than a definition, or may do so."""
    around = documents.around(path).documents
    if identified(around, documents.draft):
        return True
    return any(
        _is_of(each, reference, path) for each, schema in around.items() for reference in traits(schema).references
    )


def _is_of(document: str, reference: str, path: str) -> bool:
    try:
        url, fragment = urldefrag(urljoin(BASE + document, reference))
    except ValueError:
        return True
    return url == BASE + path and not f"#{fragment}".startswith(INSIDE)


def leads_nowhere(documents: Documents, path: str) -> bool:
    """Whether something that an entity leads to refers to nothing: what head adds may be what it refers to."""
    around = documents.around(path).documents
    return any(
        not documents.leads_somewhere(each, reference)
        for each, schema in around.items()
        for reference in traits(schema).references
    )


# Tables.


def bound_columns(tables: Schemas) -> frozenset[str]:
    """The columns that a row of some table must have, or that are in a key."""
    found: set[str] = set()
    for name, table in tables.items():
        found |= {column for columns in unique_columns(table) for column in columns}
        for key in keys_of(name, table):
            found |= {*key.columns, *key.target_columns}
        found |= {*row_schema(table)["required"]}
    return frozenset(found)


def fewer_columns(base: Schemas, head: Schemas, change: Change, kept: Collection[str]) -> Fewer | None:
    """The same of tables, in the shape of entities: without columns that are the same and not bound."""
    ours, theirs = base.get(change.entity), head.get(change.entity)
    if ours is None or theirs is None or change.steps[:1] != ("properties",):
        return None
    own = {name: each for name, each in theirs["properties"].items() if name == change.steps[1]}
    new = (key.target_columns for key in keys_of(change.entity, {"properties": own}))
    needed = {change.steps[1], *kept, *(column for columns in new for column in columns)}
    alike = [name for name, each in ours["properties"].items() if theirs["properties"].get(name) is each]
    out = frozenset([name for name in alike if name not in needed][1:])
    if not out:
        return None
    tables = [{**side, change.entity: _with_columns(side[change.entity], out)} for side in (base, head)]
    return Fewer(tables[0], tables[1], out)


def _with_columns(table: Schema, out: Collection[str]) -> Schema:
    return {**table, "properties": {name: each for name, each in table["properties"].items() if name not in out}}
