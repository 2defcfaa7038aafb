"""Whether a repaired head keeps published data valid, as far as one change goes: the engine says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.compat.applying import applied
from bot.compat.changes import Change
from bot.compat.differing import diff
from bot.compat.drafts import asked
from bot.compat.engine import Engine
from bot.compat.fewer import bound_columns, differently_called, fewer, fewer_columns, leads_nowhere, needs_the_whole
from bot.compat.holders import asked_of
from bot.compat.judging import ProfileJudge
from bot.compat.placed import placed
from bot.compat.sides import Schema, Schemas, Version, documents_of
from bot.compat.table_judge import TableJudge
from bot.compat.tables import as_entities
from bot.compat.verdicts import Answer
from bot.report.pairing import ProfilePair
from bot.standard.declarations import profile_of, view_of
from bot.standard.model import Entity, Kind, Package, Profile, Standard
from bot.standard.reading import Reading
from bot.standard.snapshot import STANDARD
from bot.standard.values import JSON, same


def with_file(standard: Standard, reading: Reading) -> Standard:
    """The standard with other content in one of its files, or with one more entity's file."""
    readings = {**standard.readings, reading.path: reading}
    if reading.path == STANDARD:
        views = tuple(view_of(each) for each in reading.value.get("views", ()))
        return replace(standard, views=views, readings=readings)
    if reading.marks is not None:
        others = tuple(each for each in standard.profiles if each.file != reading.path)
        patches = next((dict(each.patches) for each in standard.profiles if each.file == reading.path), {})
        declared = profile_of(reading.path, reading.path.split("/")[-2], reading.value, patches)
        return replace(standard, profiles=(*others, declared), readings=readings)
    file, value = reading.path, reading.value
    if standard.package is not None:
        around = {key: each for key, each in value.items() if key != "resources"}
        return replace(standard, package=Package(around, tuple(value["resources"])), readings=readings)
    entities = {
        name: Entity(name, file, value) if each.file == file else each for name, each in standard.entities.items()
    }
    if file not in standard.readings:
        name = file.rpartition("/")[2].removesuffix(".json")
        entities[name] = Entity(name, file, value)
    profiles = tuple(_patched(each, file, value) for each in standard.profiles)
    return replace(standard, entities=entities, profiles=profiles, readings=readings)


def _patched(profile: Profile, file: str, value: JSON) -> Profile:
    patches = {
        name: replace(each, value=value) if each.file == file else each for name, each in profile.patches.items()
    }
    return replace(profile, patches=patches)


def keeps_valid(engine: Engine, pair: ProfilePair, head: Standard, change: Change) -> bool:
    """Whether, with this head, what is left of a change breaks nothing that base allowed: base with that alone."""
    wanted = pair.head.id if pair.head is not None else pair.profile.id
    profile = next((each for each in head.profiles if each.id == wanted), None)
    mended = ProfilePair(pair.base_standard, head, pair.base, profile, pair.named)
    if not change.entity:
        return _profile_holds(engine, mended, change)
    base, version = mended.versions()
    if Kind.TABULAR in (pair.base_standard.kind, head.kind):
        tables = as_entities(base.package)
        left = _left(change, tables, as_entities(version.package), tables_alone=True)
        return left is not None and _tables_hold(engine, *_fewer_tables(tables, left, change))
    entities = _left(change, base.entities, version.entities, tables_alone=False)
    if entities is None:
        return False
    names = [name for name in asked_of(change, base.entities) if name in entities]
    if not all(_entity_holds(engine, name, base, entities, version, change) for name in names):
        return False
    return _tables_hold(engine, *_made_tables(mended, base, entities, change))


def _fewer_tables(base: Schemas, head: Schemas, change: Change) -> tuple[Schemas, Schemas]:
    small = fewer_columns(base, head, change, bound_columns(base))
    return (base, head) if small is None else (small.base, small.head)


def _made_tables(mended: ProfilePair, base: Version, entities: Schemas, change: Change) -> tuple[Schemas, Schemas]:
    """The tables of base, and those that are made of entities, without what stands beside the change unchanged."""
    tables = as_entities(base.package)
    kept = bound_columns(tables) | differently_called(base.entities.get(change.entity, {}))
    small = fewer(base.entities, entities, change, kept)
    if small is None:
        return tables, as_entities(mended.tabulate(entities))
    return as_entities(mended.tabulate(small.base)), as_entities(mended.tabulate(small.head))


def _profile_holds(engine: Engine, mended: ProfilePair, change: Change) -> bool:
    """Whether a change to what a profile says of itself is taken back, or the profile itself has come back."""
    if mended.base is None or mended.head is None:
        return False
    if change.rule != "profile-removed":
        name = change.steps[-1] if change.steps[:1] == ("page",) else ""
        return name in mended.base.page and mended.base.page[name] == mended.head.page.get(name)
    whole = ProfileJudge(engine, *mended.versions(), mended.tabulate).judge_whole()
    return whole.publishers.answer is Answer.COMPATIBLE and mended.base.page == mended.head.page


def _left(
    change: Change, base: Mapping[str, Schema], head: Mapping[str, Schema], *, tables_alone: bool
) -> dict[str, Schema] | None:
    """Base with what the repaired head still changes at the place of a change; None where its entity is missing."""
    name = change.entity
    if name not in base or name not in head:
        return None
    schema = base[name]
    for each in diff(name, base[name], head[name], tables=tables_alone):
        if _is_about(each, change):
            schema = applied(each, schema)
    return {**base, name: schema}


def _is_about(other: Change, change: Change) -> bool:
    if not change.steps and not change.keyword:
        return True  # the entity itself was removed
    if change.is_per_name or other.is_per_name:
        # That a term is required is said beside it, whatever the term itself may hold.
        return (other.steps, other.keyword) == (change.steps, change.keyword)
    shared = min(len(other.steps), len(change.steps))
    return other.steps[:shared] == change.steps[:shared] and (shared > 0 or other.place == change.place)


def _entity_holds(engine: Engine, name: str, base: Version, entities: Schemas, head: Version, change: Change) -> bool:
    # What is added may refer to entities that only head has.
    new = {each: schema for each, schema in head.entities.items() if each not in entities}
    before, after = placed(base.entities), placed({**new, **entities})
    path = f"{name}.json"
    whole = documents_of(before), documents_of(after)
    small = fewer(before, after, change) if name == change.entity else None
    if small is not None and not leads_nowhere(whole[0], path):
        sides = documents_of(small.base), documents_of(small.head)
        whole = whole if any(needs_the_whole(each, path) for each in sides) else sides
    return asked(engine, "publishers", *whole, path).answer is Answer.COMPATIBLE


def _tables_hold(engine: Engine, base: Mapping[str, Schema], head: Mapping[str, Schema]) -> bool:
    judge = TableJudge(engine, base, head)
    differing = [name for name in {**base, **head} if not same(base.get(name), head.get(name))]
    return all(judge.publishers(name).answer is Answer.COMPATIBLE for name in differing)
