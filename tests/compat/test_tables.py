from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.adapters.jsonschema_library import ask, validator
from bot.compat.bump import Bump
from bot.compat.confirming import Confirmer, Judged
from bot.compat.judging import Judgement
from bot.compat.tables import as_entities, document_schema, pointer_of
from bot.compat.verdicts import Answer
from bot.standard.dialects import Draft
from bot.standard.loading import load
from bot.standard.model import Package
from bot.standard.values import JSON
from tests.worlds import judge, snapshot


def column(
    name: str, kind: str = "string", *, required: bool = False, unique: bool = False, **more: JSON
) -> dict[str, JSON]:
    constraints = {
        **({"required": True} if required else {}),
        **({"unique": True} if unique else {}),
        **more.pop("constraints", {}),
    }
    return {"name": name, "type": kind, **({"constraints": constraints} if constraints else {}), **more}


def table(
    name: str, *columns: dict[str, JSON], key: JSON = "id", keys: Mapping[str, str] | None = None
) -> dict[str, JSON]:
    foreign = [
        {"fields": own, "reference": dict(zip(("resource", "fields"), to.split("."), strict=True))}
        for own, to in (keys or {}).items()
    ]
    schema: dict[str, JSON] = {"fields": [column("id", required=True, unique=True), *columns]}
    if key:
        schema["primaryKey"] = key
    return {"name": name, "schema": {**schema, **({"foreignKeys": foreign} if foreign else {})}}


def package(*tables: dict[str, JSON]) -> dict[str, JSON]:
    return {"name": "test", "resources": list(tables)}


def service(*columns: dict[str, JSON], **more: JSON) -> dict[str, JSON]:
    return table("service", *columns, **more)


def missing(given: dict[str, JSON], *values: str) -> dict[str, JSON]:
    """The table with these texts standing for no value."""
    return {**given, "schema": {**given["schema"], "missingValues": list(values)}}


def pair_of_keys() -> dict[str, JSON]:
    """A table with a key of two columns."""
    made = table("phone", column("a"), column("b"))
    made["schema"]["foreignKeys"] = [{"fields": ["b", "a"], "reference": {"resource": "service", "fields": ["a", "b"]}}]
    return made


PHONE = table("phone", column("service_id", required=True), keys={"service_id": "service.id"})

CASES: dict[str, tuple[dict[str, JSON], dict[str, JSON], str, str, Bump]] = {
    "a column added": (package(service()), package(service(column("a"))), "term-added", "cc", Bump.MINOR),
    "a column removed": (package(service(column("a"))), package(service()), "term-removed", "bc", Bump.MAJOR),
    "a table added": (package(service()), package(service(), PHONE), "entity-added", "cc", Bump.MINOR),
    "a table removed": (package(service(), PHONE), package(service()), "entity-removed", "bc", Bump.MAJOR),
    "required at last": (package(service(column("a"))), package(service(column("a", required=True))), "tabular-required-added", "bc", Bump.MAJOR),
    "required no more": (package(service(column("a", required=True))), package(service(column("a"))), "tabular-required-removed", "cb", Bump.MINOR),
    "unique at last": (package(service(column("a"))), package(service(column("a", unique=True))), "unique-added", "bc", Bump.MAJOR),
    "unique no more": (package(service(column("a", unique=True))), package(service(column("a"))), "unique-removed", "cb", Bump.MINOR),
    "a number becomes text": (package(service(column("a", "number"))), package(service(column("a"))), "type-changed", "cb", Bump.MINOR),
    "text becomes a number": (package(service(column("a"))), package(service(column("a", "number"))), "type-changed", "bc", Bump.MAJOR),
    "a date becomes a number": (package(service(column("a", "date"))), package(service(column("a", "number"))), "type-changed", "bb", Bump.MAJOR),
    "an integer becomes a number": (package(service(column("a", "integer"))), package(service(column("a", "number"))), "type-changed", "cb", Bump.MINOR),
    "a year as a date": (package(service(column("a", "date", format="%Y"))), package(service(column("a", "year"))), "", "cb", Bump.MINOR),
    "an unknown type stays": (package(service(column("a", "geo"))), package(service(column("a", "geo", title="x"))), "title-added", "cc", Bump.PATCH),
    "an unknown type changes": (package(service(column("a", "geo"))), package(service(column("a", "shape"))), "type-changed", "uu", Bump.MAJOR),
    "an enum introduced": (package(service(column("a"))), package(service(column("a", constraints={"enum": ["x"]}))), "enum-added", "bc", Bump.MAJOR),
    "an enum dropped": (package(service(column("a", constraints={"enum": ["x"]}))), package(service(column("a"))), "enum-removed", "cb", Bump.MINOR),
    "an enum of numbers": (package(service(column("a", "integer", constraints={"enum": [1, 2]}))), package(service(column("a", "integer", constraints={"enum": [1]}))), "enum-value-removed", "bc", Bump.MAJOR),
    "bounds": (package(service(column("a", "number", constraints={"minimum": 0}))), package(service(column("a", "number", constraints={"minimum": 1}))), "minimum-changed", "bc", Bump.MAJOR),
    "a pattern": (package(service(column("a"))), package(service(column("a", constraints={"pattern": "[a-z]+"}))), "pattern-added", "bc", Bump.MAJOR),
    "a format": (package(service(column("a"))), package(service(column("a", format="email"))), "format-added", "bc", Bump.MAJOR),
    "a format spelt right": (package(service(column("a", format="url"))), package(service(column("a", format="uri"))), "format-changed", "cc", Bump.PATCH),
    "a name that is no format": (package(service(column("a"))), package(service(column("a", format="url"))), "format-added", "cc", Bump.PATCH),
    "a name that is no format of numbers": (package(service(column("a", "number"))), package(service(column("a", "number", format="currency"))), "format-added", "cc", Bump.PATCH),
    "a format of text": (package(service(column("a"))), package(service(column("a", format="binary"))), "format-added", "bc", Bump.MAJOR),
    "a format spelt wrong": (package(service(column("a", format="uri"))), package(service(column("a", format="url"))), "format-changed", "cb", Bump.MINOR),
    "any date as a date": (package(service(column("a", "date", format="any"))), package(service(column("a", "date"))), "format-removed", "bc", Bump.MAJOR),
    "a date as any date": (package(service(column("a", "date"))), package(service(column("a", "date", format="any"))), "format-added", "cb", Bump.MINOR),
    "a date of one pattern as any date": (package(service(column("a", "date", format="%d/%m/%Y"))), package(service(column("a", "date", format="any"))), "format-changed", "cb", Bump.MINOR),
    "any time as a time": (package(service(column("a", "time", format="any"))), package(service(column("a", "time"))), "format-removed", "bc", Bump.MAJOR),
    "any moment as a moment": (package(service(column("a", "datetime", format="any"))), package(service(column("a", "datetime"))), "format-removed", "bc", Bump.MAJOR),
    "a date as any moment": (package(service(column("a", "date"))), package(service(column("a", "datetime", format="any"))), "type-changed", "ub", Bump.MAJOR),
    "any date stays": (package(service(column("a", "date", format="any"))), package(service(column("a", "date", format="any", title="x"))), "title-added", "cc", Bump.PATCH),
    "any date as text": (package(service(column("a", "date", format="any"))), package(service(column("a"))), "type-changed", "cb", Bump.MINOR),
    **{f"an integer as {kind}": (package(service(column("a", "integer"))), package(service(column("a", kind))), "type-changed", "bb", Bump.MAJOR) for kind in ("duration", "geopoint", "geojson", "object", "array")},
    **{f"{kind} as text": (package(service(column("a", kind))), package(service(column("a"))), "type-changed", "cb", Bump.MINOR) for kind in ("duration", "geopoint", "geojson", "object", "array")},
    "a key added": (package(service(), table("phone", column("service_id"))), package(service(), table("phone", column("service_id"), keys={"service_id": "service.id"})), "key-added", "bc", Bump.MAJOR),
    "a key of a column that only stands for nothing": (package(service(), table("phone", column("a", constraints={"maxLength": 0}))), package(service(), table("phone", column("a", constraints={"maxLength": 0}), keys={"a": "service.id"})), "key-added", "cc", Bump.PATCH),
    "a column that only stands for nothing, unique": (package(missing(service(column("a", constraints={"enum": ["-"]})), "-")), package(missing(service(column("a", unique=True, constraints={"enum": ["-"]})), "-")), "unique-added", "cc", Bump.PATCH),
    "a key removed": (package(service(), table("phone", column("service_id"), keys={"service_id": "service.id"})), package(service(), table("phone", column("service_id"))), "key-removed", "cb", Bump.MINOR),
    "a key that led nowhere removed": (package(table("phone", column("service_id"), keys={"service_id": "services.id"})), package(table("phone", column("service_id"))), "key-removed", "cc", Bump.PATCH),
    "a key to a column that is not there removed": (package(service(), table("phone", column("a"), keys={"a": "service.number"})), package(service(), table("phone", column("a"))), "key-removed", "cc", Bump.PATCH),
    "a key of a column that is not there removed": (package(service(), table("phone", column("a"), keys={"b": "service.id"})), package(service(), table("phone", column("a"))), "key-removed", "cc", Bump.PATCH),
    "a key to a column that is not there added": (package(service(), table("phone", column("a"))), package(service(), table("phone", column("a"), keys={"a": "service.number"})), "key-added", "cc", Bump.PATCH),
    "a key to its own table added": (package(service(column("a"))), package(service(column("a"), keys={"a": "service.id"})), "key-added", "bc", Bump.MAJOR),
    "a key to itself added": (package(service()), package(service(keys={"id": "service.id"})), "key-added", "cc", Bump.PATCH),
    "a key of two columns added": (package(service(column("a"), column("b")), table("phone", column("a"), column("b"))), package(service(column("a"), column("b")), pair_of_keys()), "key-added", "bc", Bump.MAJOR),
    "what stands for nothing, in a required column": (package(service(column("a", required=True))), package(missing(service(column("a", required=True)), "", "NA")), "missing-values-added", "bc", Bump.MAJOR),
    "what stands for nothing, in a number": (package(table("service", column("a", "number"), key=None)), package(missing(table("service", column("a", "number"), key=None), "", "-")), "missing-values-added", "bb", Bump.MAJOR),
    "what stood for nothing, in a number": (package(missing(service(column("a", "number")), "", "NA")), package(service(column("a", "number"))), "missing-values-removed", "bb", Bump.MAJOR),
    "what stood for nothing, under a key": (package(missing(service(column("a", unique=True)), "", "NA")), package(service(column("a", unique=True))), "missing-values-removed", "bb", Bump.MAJOR),
    "what stood for nothing, in a column that must be filled": (package(missing(service(), "", "NA")), package(service()), "missing-values-removed", "cb", Bump.MINOR),
    "what stood for nothing, and leads nowhere": (package(table("place", column("n", "integer", unique=True)), missing(service(column("a"), keys={"a": "place.n"}), "", "NA")), package(table("place", column("n", "integer", unique=True)), service(column("a"), keys={"a": "place.n"})), "missing-values-removed", "bb", Bump.MAJOR),
    "what stood for nothing in one of two columns of a key": (package(missing(table("service", column("a"), column("b"), key=["a", "b"]), "", "NA")), package(table("service", column("a"), column("b"), key=["a", "b"])), "missing-values-removed", "cb", Bump.MINOR),
    "missing values as they were": (package(missing(service(column("a")), "")), package(service(column("a"))), "missing-values-removed", "cc", Bump.PATCH),
    "another dialect": (package(service()), package({**service(), "dialect": {"delimiter": ";"}}), "dialect-added", "uu", Bump.MAJOR),
    "a bound of dates": (package(service(column("a", "date"))), package(service(column("a", "date", constraints={"minimum": "2020-01-01"}))), "minimum-added", "bc", Bump.MAJOR),
    "a later bound of dates": (package(service(column("a", "date", constraints={"maximum": "2020-12-31"}))), package(service(column("a", "date", constraints={"maximum": "2021-01-09"}))), "maximum-changed", "cb", Bump.MINOR),
    "a bound of years": (package(service(column("a", "year", constraints={"minimum": 1990}))), package(service(column("a", "year", constraints={"minimum": "2000"}))), "minimum-changed", "bc", Bump.MAJOR),
    "a bound of times dropped": (package(service(column("a", "time", constraints={"maximum": "17:30:00"}))), package(service(column("a", "time"))), "maximum-removed", "cb", Bump.MINOR),
    "a bound of dates that were years": (package(service(column("a", "year"))), package(service(column("a", "date", format="%Y", constraints={"minimum": "2020"}))), "minimum-added", "bu", Bump.MAJOR),
    "a bound of moments": (package(service(column("a", "datetime"))), package(service(column("a", "datetime", constraints={"minimum": "2020-01-01T00:00:00Z"}))), "minimum-added", "uu", Bump.MAJOR),
    "bounds of numbers beside what stands for nothing": (package(table("service", column("a", "number"), key=None)), package(missing(table("service", column("a", "number", constraints={"minimum": 5}), key=None), "")), "minimum-added", "bc", Bump.MAJOR),
    "the primary key of id added": (package(table("service", key=None)), package(service()), "primary-key-added", "cc", Bump.PATCH),
    "another primary key": (package(service(column("a", required=True))), package(service(column("a", required=True), key="a")), "primary-key-changed", "bc", Bump.MAJOR),
    "the order of columns": (package(service(column("a"), column("b"))), package(service(column("b"), column("a"))), "order-changed", "cc", Bump.PATCH),
    "what is false without it": (package(service(column("a"))), package(service(column("a", constraints={"required": False}))), "", "cc", Bump.NONE),
    "constraints that say nothing": (package(service(column("a"))), package(service({**column("a"), "constraints": {}})), "notation-changed", "cc", Bump.PATCH),
    "words": (package(service(column("a"))), package(service(column("a", description="x"))), "description-added", "cc", Bump.PATCH),
}  # fmt: skip


def judged(base: JSON, head: JSON, confirmer: Confirmer) -> Judgement:
    before, after = (load(snapshot({"datapackage.json": each})) for each in (base, head))
    return judge(before, after, confirmer)


@pytest.mark.parametrize("name", CASES)
def test_what_a_change_means(name: str, confirmer: Confirmer) -> None:
    base, head, rule, letters, bump = CASES[name]
    judgement = judged(base, head, confirmer)
    assert rule in {"", *(each.change.rule for each in judgement.changes)}
    verdicts = judgement.verdicts
    assert verdicts.publishers.answer.value[0] + verdicts.consumers.answer.value[0] == letters
    assert judgement.bump is bump


def test_a_key_that_led_nowhere_may_be_mended(confirmer: Confirmer) -> None:
    """PATCH, although the rows it now refuses were never refused before (governance rule G6)."""
    base = package(service(), table("phone", column("service_id"), keys={"service_id": "services.id"}))
    head = package(service(), table("phone", column("service_id"), keys={"service_id": "service.id"}))
    judgement = judged(base, head, confirmer)
    assert judgement.verdicts.publishers.answer is Answer.COMPATIBLE


def test_an_example_brings_the_rows_it_needs(confirmer: Confirmer) -> None:
    base = package(service(), PHONE)
    head = package(
        service(),
        table(
            "phone",
            column("service_id", required=True),
            column("number", required=True),
            keys={"service_id": "service.id"},
        ),
    )
    judgement = judged(base, head, confirmer)
    witness = judgement.verdicts.publishers.witness
    assert witness["phone"][0]["service_id"] == witness["service"][0]["id"]


@pytest.mark.parametrize("more", [{"unique": True}, {"keys": {"a": "place.id"}}], ids=["unique", "a foreign key"])
def test_an_example_of_a_key_has_values_under_it(more: Any, confirmer: Confirmer) -> None:
    """What stands for no value is under no key."""
    for texts, broken in ((["NA", "x"], True), (["NA"], False)):
        before = column("a", constraints={"enum": texts})
        after = column("a", unique="unique" in more, constraints={"enum": texts})
        base = package(table("place"), missing(service(before), "", "NA"))
        head = package(table("place"), missing(service(after, keys=more.get("keys")), "", "NA"))
        verdict = judged(base, head, confirmer).verdicts.publishers
        assert (verdict.answer is Answer.BREAKING) is broken
        assert not broken or {row["a"] for row in verdict.witness["service"]} == {"x"}


@pytest.mark.parametrize("name", ["a.b", "a+b", "a%2Eb", "a -> b"])
def test_keys_survive_odd_names(name: str, confirmer: Confirmer) -> None:
    def world(keys: list[JSON]) -> JSON:
        phone = table("phone", column(name))
        phone["schema"]["foreignKeys"] = keys
        return package(service(column(name, unique=True)), phone)

    key = {"fields": name, "reference": {"resource": "service", "fields": name}}
    judgement = judged(world([]), world([key]), confirmer)
    assert judgement.bump is Bump.MAJOR
    assert judgement.verdicts.publishers.answer is Answer.BREAKING
    both = {"fields": [name, "id"], "reference": {"resource": "service", "fields": [name, "id"]}}
    assert judged(world([]), world([both]), confirmer).bump is Bump.MAJOR


@pytest.mark.parametrize("names", [[], ["a", "b"], None, "ghost", 7, [None]])
def test_keys_that_are_none_demand_nothing(names: JSON, confirmer: Confirmer) -> None:
    phone = table("phone", column("a"))
    phone["schema"]["foreignKeys"] = [{"fields": names, "reference": {"resource": "service", "fields": "id"}}, "x", {}]
    base = package(service(), table("phone", column("a")))
    judgement = judged(base, package(service(), phone), confirmer)
    assert judgement.verdicts.publishers.answer is Answer.COMPATIBLE


def test_a_whole_package_is_judged_by_its_keys() -> None:
    tables = as_entities(Package({}, (service(column("a", unique=True)), PHONE)))
    judge_of = validator(Judged({"p": document_schema(tables, tables)}, "p", Draft.DRAFT2020, formats=True))
    good = {
        "service": [{"id": "1", "a": "x"}, {"id": "2"}, {"id": "3", "a": ""}],
        "phone": [{"id": "1", "service_id": "2"}],
    }
    assert ask(judge_of, good)
    assert not ask(judge_of, {"service": [{"id": "1"}, {"id": "1"}]})
    assert not ask(judge_of, {"service": [{"id": "1", "a": "x"}, {"id": "2", "a": "x"}]})
    assert not ask(judge_of, {"phone": [{"id": "1", "service_id": "9"}]})
    assert not ask(judge_of, {"service": [{"id": "1", "other": "x"}]})


def test_places_in_the_file() -> None:
    made = Package({}, (service(column("a")), PHONE))
    assert pointer_of(made, "phone", ("properties", "service_id", "constraints"), "required") == (
        "resources",
        "1",
        "schema",
        "fields",
        "1",
        "constraints",
    )
    assert pointer_of(made, "service", (), "primaryKey") == ("resources", "0", "schema", "primaryKey")
    assert pointer_of(made, "service", (), "") == ("resources", "0")
    assert pointer_of(made, "service", ("properties", "gone"), "") is None
    assert pointer_of(made, "ghost", (), "") is None
