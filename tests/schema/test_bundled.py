"""The extended structure of this repository: faithful to what was published, and true to its promise."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.engine import Engine
from bot.compat.judging import ProfileJudge
from bot.compat.sides import Version
from bot.compat.verdicts import Answer, Verdicts
from bot.generate.datapackage import package_of
from bot.generate.release import artefacts, release
from bot.standard.checks import check_entities
from bot.standard.dialects import Draft
from bot.standard.model import Entity, Package, Standard
from bot.standard.problems import Severity
from bot.standard.profiles import Structure, apply_profile, whole
from bot.standard.values import JSON
from tests.worlds import ROOT

PUBLISHED = ROOT / "tests" / "fixtures" / "published"


@dataclass(frozen=True)
class Facts:
    """The bare facts of a published structure: columns by table, keys by table."""

    columns: dict[str, dict[str, dict[str, JSON]]]
    keys: dict[str, list[tuple[str, str, str]]]


def published(structure: str) -> Facts:
    columns: dict[str, dict[str, dict[str, JSON]]] = {}
    with (PUBLISHED / "columns.csv").open(newline="") as rows:
        for row in csv.DictReader(rows):
            if row["structure"] == structure:
                columns.setdefault(row["table"], {})[row["column"]] = {
                    "type": row["type"],
                    "format": row["format"] or None,
                    "required": row["required"] == "1",
                    "unique": row["unique"] == "1",
                    "enum": sorted(row["enum"].split("|")) if row["enum"] else [],
                }
    keys: dict[str, list[tuple[str, str, str]]] = {}
    with (PUBLISHED / "keys.csv").open(newline="") as rows:
        for row in csv.DictReader(rows):
            if row["structure"] == structure:
                keys.setdefault(row["table"], []).append((row["columns"], row["target"], row["target_columns"]))
    return Facts(columns, {table: sorted(each) for table, each in keys.items()})


def generated(package: Package) -> Facts:
    columns = {}
    keys = {}
    for table in package.tables:
        name, schema = str(table["name"]), table["schema"]
        columns[name] = {
            field["name"]: {
                "type": field["type"],
                "format": field.get("format"),
                "required": field["constraints"]["required"],
                "unique": field["constraints"]["unique"],
                "enum": sorted(field["constraints"].get("enum", [])),
            }
            for field in schema["fields"]
        }
        foreign = [
            (key["fields"], key["reference"]["resource"], key["reference"]["fields"])
            for key in schema.get("foreignKeys", [])
        ]
        keys[name] = sorted([(schema["primaryKey"], "", ""), *foreign])
    return Facts(columns, keys)


def structure(standard: Standard, name: str) -> Structure:
    if name == "extended":
        return whole(standard)
    return apply_profile(standard, next(profile for profile in standard.profiles if profile.id == name))


ALLOWED: dict[str, str] = {}
"""Differences from the published structure, each with its reason. There are none."""


@pytest.mark.parametrize("name", ["classic", "uk"])
def test_a_profile_has_exactly_what_was_published(bundled: Standard, name: str) -> None:
    """The same tables, columns, types, formats, required, unique, enums and keys."""
    expected, made = published(name), generated(package_of(structure(bundled, name), {}))
    differences = [f"{table}: only on one side" for table in expected.columns.keys() ^ made.columns.keys()]
    for table in expected.columns.keys() & made.columns.keys():
        ours, theirs = expected.columns[table], made.columns[table]
        differences += [f"{table}.{column}: only on one side" for column in ours.keys() ^ theirs.keys()]
        differences += [
            f"{table}.{column}.{fact}: {ours[column][fact]!r} was published, {theirs[column][fact]!r} is generated"
            for column in ours.keys() & theirs.keys()
            for fact in ours[column]
            if ours[column][fact] != theirs[column][fact]
        ]
        differences += [f"{table}: key {key}" for key in set(expected.keys[table]) ^ set(made.keys[table])]
    assert [each for each in differences if each not in ALLOWED] == []


def test_the_uk_profile_has_nineteen_tables(bundled: Standard) -> None:
    assert len(structure(bundled, "uk").entities) == 19


def test_the_facts_are_those_of_the_published_files(data: Path) -> None:
    """The table of facts in the fixtures is what the files say."""
    classic = json.loads((data / "hsds-2.0.1/datapackage.json").read_text())
    facts = published("classic")
    for table in classic["resources"]:
        for field in table["schema"]["fields"]:
            constraints = field.get("constraints", {})
            assert facts.columns[table["name"]][field["name"]] == {
                "type": field["type"],
                "format": field.get("format"),
                "required": constraints.get("required", False),
                "unique": constraints.get("unique", False),
                "enum": sorted(constraints.get("enum", [])),
            }


# The union.


def test_the_extended_structure_is_the_union(bundled: Standard) -> None:
    union: dict[str, set[str]] = {}
    for name in ("classic", "uk", "uk-superset"):
        for table, columns in published(name).columns.items():
            union.setdefault(table, set()).update(columns)
    made = generated(package_of(whole(bundled), {})).columns
    assert {table: set(columns) for table, columns in made.items()} == union


def test_the_union_asks_for_no_more_than_any_side_does(bundled: Standard) -> None:
    """`required` and `unique` by intersection, enums by union, formats only where all agree."""
    made = generated(package_of(whole(bundled), {})).columns
    for name in ("classic", "uk"):
        for table, columns in published(name).columns.items():
            for column, facts in columns.items():
                ours = made[table][column]
                assert ours["type"] == facts["type"]
                assert ours["format"] in (None, facts["format"])
                assert not ours["required"] or facts["required"]
                assert not ours["unique"] or facts["unique"]
                assert not ours["enum"] or (facts["enum"] and set(facts["enum"]) <= set(ours["enum"]))
            assert all(not facts["required"] for column, facts in made[table].items() if column not in columns)


def test_every_clash_is_recorded_where_it_was_settled(bundled: Standard) -> None:
    facts = {name: published(name).columns for name in ("classic", "uk", "uk-superset")}
    labels = {"classic": "HSDS2.0.1", "uk": "ORUK1.0ap", "uk-superset": "ORUK1.0ext"}
    for name, entity in bundled.entities.items():
        for key, schema in entity.schema["properties"].items():
            said = {labels[who]: each[name][key] for who, each in facts.items() if key in each.get(name, {})}
            for fact in ("type", "format", "required", "unique", "enum"):
                values = {who: value[fact] or None for who, value in said.items()}
                if len({json.dumps(value) for value in values.values()}) > 1:
                    [record] = [each for each in schema["settled"] if each["keyword"] == fact]
                    assert record["rule"]
                    assert {who: record["says"][who] or None for who in values} == values


def test_every_known_clash_of_our_terms_is_recorded(bundled: Standard, data: Path) -> None:
    for clash in json.loads((data / "conflicts.json").read_text()):
        entity = bundled.entities.get(clash["entity"])
        if entity is not None and clash["field"] in entity.schema["properties"]:
            schema = entity.schema["properties"][clash["field"]]
            assert set(clash["conflicts"]) <= {record["keyword"] for record in schema["settled"]}


def test_every_term_is_described_and_names_its_source(bundled: Standard) -> None:
    problems = [*bundled.problems, *check_entities(bundled)]
    assert [problem.message for problem in problems if problem.severity is not Severity.NOTICE] == []
    assert problems == []


def test_core_is_what_both_communities_use(bundled: Standard) -> None:
    both = {
        table: set(columns) & set(published("uk").columns.get(table, {}))
        for table, columns in published("classic").columns.items()
    }
    core = generated(package_of(structure(bundled, "core"), {})).columns
    assert {table: set(columns) for table, columns in core.items()} == {
        table: columns for table, columns in both.items() if columns and table != "eligibility"
    }
    assert both["eligibility"] == {"id", "service_id"}


# The promise.


def version(made: Structure) -> Version:
    return Version({name: entity.schema for name, entity in made.entities.items()}, package_of(made, {}))


def between(base: Structure, head: Structure, confirmer: Confirmer) -> Verdicts:
    def tabulate(entities: Mapping[str, Mapping[str, JSON]]) -> Package:
        return package_of(
            Structure(base.profile, {name: Entity(name, f"{name}.json", each) for name, each in entities.items()}), {}
        )

    return ProfileJudge(Engine(confirmer), version(base), version(head), tabulate).judge_whole()


@pytest.mark.parametrize("name", ["core", "classic", "uk"])
def test_what_is_valid_under_a_profile_is_valid_under_the_extended_structure(
    bundled: Standard, name: str, confirmer: Confirmer
) -> None:
    """No backwards incompatibility, in JSON and in tables: the promise that the alignment began with."""
    verdicts = between(structure(bundled, name), whole(bundled), confirmer)
    assert verdicts.publishers.answer is Answer.COMPATIBLE


@pytest.mark.parametrize("name", ["classic", "uk", "extended"])
def test_a_tool_for_core_reads_the_data_of_every_profile(bundled: Standard, name: str, confirmer: Confirmer) -> None:
    verdicts = between(structure(bundled, "core"), structure(bundled, name), confirmer)
    assert verdicts.consumers.answer is Answer.COMPATIBLE


def test_the_attempt_of_2022_broke_the_promise(data: Path, confirmer: Confirmer) -> None:
    """The combined package of 2022 requires what classic data does not have; our judge sees it."""
    packages = {name: _tables(data, name) for name in ("HSDS2.0.1", "Combined2.1.0")}
    none = Version({}, packages["HSDS2.0.1"]), Version({}, packages["Combined2.1.0"])
    judgement = ProfileJudge(Engine(confirmer), *none, lambda _: Package({}, ())).judge()
    assert judgement.verdicts.publishers.answer is Answer.BREAKING
    required = {
        each.change.term
        for each in judgement.changes
        if each.change.rule == "tabular-required-added"
        or (each.change.rule == "term-added" and each.verdicts.publishers.answer is Answer.BREAKING)
    }
    assert {"service.minimum_age", "service.deliverable_type", "program.description"} <= required


def _tables(data: Path, structure_name: str) -> Package:
    tables: dict[str, list[JSON]] = {}
    with (data / "fields.csv").open(newline="") as rows:
        for row in csv.DictReader(rows):
            if row["structure"] == structure_name:
                field: dict[str, JSON] = {
                    "name": row["field"],
                    "type": row["type"] or "string",
                    "constraints": {"required": row["required"] == "1"},
                }
                tables.setdefault(row["entity"], []).append(field)
    return Package({}, tuple({"name": name, "schema": {"fields": fields}} for name, fields in tables.items()))


# Releases.


@pytest.mark.parametrize("name", ["core", "classic", "uk"])
def test_examples_are_valid_under_their_views(bundled: Standard, name: str) -> None:
    import jsonschema_rs

    files = dict(artefacts(release(bundled, structure(bundled, name))))
    examples = [path for path in files if path.startswith("examples/")]
    assert len(examples) == 9
    for path in examples:
        schema = json.loads(files[path.replace("examples/", "schema/compiled/")])
        assert jsonschema_rs.meta.is_valid(schema)
        example = json.loads(files[path])
        errors = [
            error.message for error in jsonschema_rs.validator_for(schema, validate_formats=True).iter_errors(example)
        ]
        assert errors == []
        assert example


@pytest.mark.parametrize("name", ["core", "classic", "uk"])
def test_every_schema_of_a_release_has_an_identifier_of_its_own(bundled: Standard, name: str) -> None:
    files = dict(artefacts(release(bundled, structure(bundled, name))))
    identifiers = [json.loads(text)["$id"] for path, text in files.items() if path.startswith("schema/")]
    assert len(set(identifiers)) == len(identifiers)
    profile = structure(bundled, name).profile
    assert all(each.startswith(f"{profile.uri}/{profile.version}/schema/") for each in identifiers)
    assert Draft.DRAFT2020.uri in files["schema/service.json"]
