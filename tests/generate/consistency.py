"""What in the files of a release does not go together; and random removals, after which nothing may be."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from bot.adapters.files import read_directory
from bot.commands.build import BuildRequest, run
from bot.commands.check import PatchDirectory
from bot.generate.datapackage import columns
from bot.standard.merge_patch import merge
from bot.standard.model import Entity, Package
from bot.standard.package_checks import check_package
from bot.standard.pointers import PointsNowhere, resolve, steps
from bot.standard.problems import Severity
from bot.standard.snapshot import belongs, is_patch, on_the_way
from bot.standard.values import JSON
from tests.commands.test_build import Kept
from tests.worlds import GivenSources

Files = Mapping[str, JSON]


def sources_of(directory: Path, patches: Path | None = None) -> tuple[dict[str, JSON], dict[str, JSON]]:
    """The files of a standard, and merge patches by entity."""
    own = read_directory(directory, belongs, on_the_way).files
    files = {path: json.loads(each) if path.endswith(".json") else each for path, each in own.items()}
    given = read_directory(patches, is_patch, lambda _: False).files if patches is not None else {}
    return files, {path.removesuffix(".json"): json.loads(each) for path, each in given.items()}


def built(files: Files, patch: Mapping[str, JSON] | None = None, profile: str = "") -> dict[str, JSON]:
    """The files of the release of one profile: of `profile`, or of that which a patch makes."""
    patches = (PatchDirectory("own", "profile"),) if patch is not None else ()
    output = Kept()
    run(BuildRequest(patches=patches, profile=profile), GivenSources({}, files, patch or {}), output)
    [made] = output.files.values()
    return {path: json.loads(text) for path, text in made.items()}


def removals(release: Files, seed: int) -> dict[str, JSON]:
    """A merge patch that takes away two to five entities and properties of a release."""
    chance = random.Random(seed)  # noqa: S311 - the same removals for the same seed
    entities = entities_of(release)
    patch: dict[str, Any] = {}
    for _ in range(chance.randint(2, 5)):
        name = chance.choice(sorted(entities))
        if chance.random() < 0.4:
            patch[name] = None
        elif patch.get(name, {}) is not None:
            gone = patch.setdefault(name, {"properties": {}})
            gone["properties"][chance.choice(sorted(entities[name]["properties"]))] = None
    return patch


def with_removals(patches: Files, gone: Mapping[str, JSON]) -> dict[str, JSON]:
    """Patches that do what they did, and take something away."""
    return {
        **patches,
        **{name: None if each is None else _merged(patches.get(name, {}), each) for name, each in gone.items()},
    }


def in_profile(files: Files, profile: str, gone: Mapping[str, JSON]) -> dict[str, JSON]:
    """The files of an extended structure with removals among the patches of one of its profiles."""
    directory = f"schema/profiles/{profile}/"
    patches = {path.removesuffix(".json"): each for path, each in _in(files, directory) if path.endswith(".json")}
    return {**files, **{f"{directory}{name}.json": each for name, each in with_removals(patches, gone).items()}}


def _merged(patch: JSON, more: JSON) -> JSON:
    """One patch that does what two do; null stays null."""
    if not isinstance(patch, dict) or not isinstance(more, dict):
        return more
    return {**patch, **{key: _merged(patch.get(key, {}), each) for key, each in more.items()}}


def entities_of(release: Files) -> dict[str, Any]:
    """The schemas of the entities of a release, by name."""
    own = (path for path in release if path.startswith("schema/") and path.count("/") == 1)
    return {path.removeprefix("schema/").removesuffix(".json"): release[path] for path in own}


def contradictions(release: Files) -> list[str]:
    """What a release says that another part of it does not bear out."""
    entities = entities_of(release)
    found = [wrong for name, schema in entities.items() for wrong in _of_entity(name, schema, entities)]
    found += [f"{path}: {wrong}" for path, view in _in(release, "schema/compiled/") for wrong in inside(view, view)]
    found += _of_views(release, entities)
    found += _of_tables(release["datapackage.json"], entities)
    for path, example in _in(release, "examples/"):
        found += [f"{path}: {wrong}" for wrong in _of_example(example, release[f"schema/compiled/{path}"])]
    return found


def _in(release: Files, directory: str) -> Iterator[tuple[str, Any]]:
    yield from ((path.removeprefix(directory), each) for path, each in release.items() if path.startswith(directory))


def _of_entity(name: str, schema: Any, entities: Mapping[str, Any]) -> Iterator[str]:
    Draft202012Validator.check_schema(schema)
    properties = schema["properties"]
    for keyword in ("required", "tabular_required", "example"):
        yield from (f"{name}: {keyword} names {each}" for each in schema.get(keyword, ()) if each not in properties)
    for reference in _references(schema):
        file, _, fragment = reference.partition("#")
        target = file.removesuffix(".json") or name
        if target not in entities or not _is_there(entities[target], fragment):
            yield f"{name}: {reference} leads nowhere"


def _references(value: JSON) -> Iterator[str]:
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _references(each)
    if isinstance(value, dict) and isinstance(value.get("$ref"), str):
        yield value["$ref"]


def _is_there(document: JSON, fragment: str) -> bool:
    try:
        resolve(document, steps(f"#{fragment}"))
    except PointsNowhere:
        return False
    return True


def inside(schema: JSON, document: JSON) -> Iterator[str]:
    """References in a view that lead nowhere, and required properties that it does not have."""
    for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from inside(each, document)
    if not isinstance(schema, dict):
        return
    reference = schema.get("$ref")
    if isinstance(reference, str) and not (reference.startswith("#") and _is_there(document, reference[1:])):
        yield f"{reference} leads nowhere"
    if isinstance(schema.get("properties"), dict) and isinstance(schema.get("required"), list):
        yield from (f"{name} is required" for name in schema["required"] if name not in schema["properties"])


def _of_views(release: Files, entities: Mapping[str, Any]) -> Iterator[str]:
    """A view has all that its entity has, whole: what a list leaves out are arrays."""
    for path, view in _in(release, "schema/compiled/"):
        name = path.removesuffix(".json")
        kinds = ("_list", "_package", "_with_definitions")
        name = next((name.removesuffix(kind) for kind in kinds if name.endswith(kind)), name)
        if name not in entities:
            yield f"{path} is of no entity"
            continue
        shown = view["items"] if path.endswith("_package.json") else view
        own = {key for key, each in entities[name]["properties"].items() if "_list" not in path or "items" not in each}
        yield from (f"{path} lacks {key}" for key in own - shown["properties"].keys())
        if "_with_definitions" in path and view["definitions"].keys() != entities.keys() - {name}:
            yield f"{path} defines other entities than there are"


def _of_tables(package: Any, entities: Mapping[str, Any]) -> Iterator[str]:
    problems = check_package(Package({}, tuple(package["resources"])), "datapackage.json")
    yield from (each.message for each in problems if each.severity is Severity.ERROR)
    tables = {each["name"]: each["schema"] for each in package["resources"]}
    expected = {name: columns(Entity(name, "", schema)) for name, schema in entities.items()}
    if tables.keys() != {entities[name].get("name", name) for name, own in expected.items() if own}:
        yield "there are other tables than entities with columns"
        return
    for name, own in expected.items():
        fields = tables[entities[name].get("name", name)]["fields"] if own else []
        if [each["name"] for each in fields] != [each.get("name", key) for key, each in own.items()]:
            yield f"the table {name} has other columns than the entity"
        asked = {*entities[name].get("required", ()), *entities[name].get("tabular_required", ())}
        for key, field in zip(own, fields, strict=False):
            wanted = own[key]["constraints"].get("required", key in asked)
            if field["constraints"]["required"] is not wanted:
                yield f"{name}.{key} is required in one form and not in the other"


def _of_example(example: JSON, view: JSON) -> Iterator[str]:
    judge = Draft202012Validator(view, format_checker=Draft202012Validator.FORMAT_CHECKER)
    yield from (f"{each.json_path} {each.message}" for each in judge.iter_errors(example))
    yield from _unknown(example, view, view)


def _unknown(value: JSON, schema: Any, document: Any) -> Iterator[str]:
    """Names in an example that its view does not have."""
    if "$ref" in schema:
        schema = merge(resolve(document, steps(schema["$ref"])), {k: v for k, v in schema.items() if k != "$ref"})
    for each in value if isinstance(value, list) else ():
        yield from _unknown(each, schema.get("items", {}), document)
    parts = [schema, *schema.get("allOf", ())]
    known = {key: each for part in parts for key, each in part.get("properties", {}).items()}
    for key, each in value.items() if isinstance(value, dict) and known else ():
        if key in known:
            yield from _unknown(each, known[key], document)
        else:
            yield f"{key} is unknown"
