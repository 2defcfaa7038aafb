from __future__ import annotations

import pytest

from bot.conformance.recognition import Recognizer
from bot.conformance.records import Record, Shape
from bot.standard.values import JSON

ENTITIES = {
    "service": frozenset({"id", "name", "url", "status", "description"}),
    "service_at_location": frozenset({"id", "service", "location"}),
    "location": frozenset({"id", "name", "latitude", "longitude", "description"}),
    "taxonomy": frozenset({"id", "name", "description", "uri"}),
    "phone": frozenset({"id", "number"}),
    "address": frozenset({"id", "city"}),
}
RECOGNIZER = Recognizer(ENTITIES, {"organization": frozenset({"id", "name", "url"})}, {"orgs.csv": "organization"})


def recognised(name: str, *keys: str, shape: Shape = Shape.DOCUMENT) -> str | None:
    sort = RECOGNIZER.sort(Record(dict.fromkeys(keys, 1), name, name, shape))
    return None if sort is None else sort.entity


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("service.json", "service"),
        ("services.jsonl", "service"),
        ("Service_List.json", "service"),
        ("service_full.json", "service"),
        ("api/service-list-2.json", "service"),
        ("service_list_data.json", "service"),
        ("service_at_location_list.json", "service_at_location"),
        ("taxonomies.json", "taxonomy"),
        ("addresses.csv.json", None),
        ("addresses.json", "address"),
        ("dashboard_services_response.json", None),
        ("service_areas.json", None),
        ("", None),
        ("....json", None),
    ],
)
def test_a_file_is_called_as_its_entity_is(name: str, entity: str | None) -> None:
    assert recognised(name) == entity


def test_rows_go_by_the_names_and_files_of_tables() -> None:
    assert recognised("orgs.csv", shape=Shape.ROW) == "organization"
    assert recognised("organizations.csv", shape=Shape.ROW) == "organization"
    assert recognised("services.csv", shape=Shape.ROW) is None


def test_keys_tell_when_names_do_not() -> None:
    assert recognised("x.json", "id", "name", "latitude") == "location"
    assert recognised("x.json", "id", "number") == "phone"


def test_keys_that_two_entities_share_tell_nothing() -> None:
    assert recognised("x.json", "id", "name") is None
    assert recognised("x.json", "id", "name", "description") is None


def test_an_entity_that_knows_no_more_than_half_of_the_keys_is_not_meant() -> None:
    assert recognised("x.json", "number", "colour") is None
    assert recognised("x.json") is None


@pytest.mark.parametrize("only", ["", "service"])
@pytest.mark.parametrize(
    ("value", "is_record"),
    [
        ({"records": [{"id": 1}], "total": 1}, False),
        ({"data": [{"id": 1}], "links": [], "pages": [1, 2]}, False),
        ({"data": [{"id": 1}], "id": 1}, True),
        ({"data": [], "total": 0}, True),
        ({"data": [{"id": 1}], "more": [{"id": 2}]}, True),
        ({"colour": "red"}, True),
        ({}, True),
    ],
)
def test_what_stands_around_a_list_of_records_is_none(value: dict[str, JSON], is_record: bool, only: str) -> None:
    name = "x.json" if only else "services.json"
    assert (RECOGNIZER.sort(Record(value, name, name), only) is not None) == is_record


def test_nobody_can_fill_the_memory_with_keys() -> None:
    for number in range(10_000):
        assert recognised("x.json", f"key{number}") is None
    assert len(RECOGNIZER._by_keys) <= 4096  # noqa: SLF001 - that is the point


def test_only_the_entities_that_know_a_key_are_asked() -> None:
    many = {f"entity{at}": frozenset({f"a{at}", f"b{at}", "id"}) for at in range(5_000)}
    recognizer = Recognizer(many, {}, {})
    for number in range(5_000):
        sort = recognizer.sort(Record({f"a{number}": 1, f"b{number}": 2}, "x.json", "x.json"))
        assert sort is not None
        assert sort.entity == f"entity{number}"
