"""Impact on other kinds of standards: tables alone, alternatives, entities that come."""

from __future__ import annotations

import pytest

from bot.commands.impact import judged
from bot.conformance.impact import Impact
from bot.conformance.terms import Terms, label
from bot.report.pairing import pair_profiles
from bot.standard.loading import load
from bot.standard.model import Standard
from bot.standard.values import JSON
from tests.conformance.worlds import Given, changed, documents, impact, of_feed, rows, rules, service
from tests.worlds import entity, many, one, quietly, snapshot


def package(*fields: dict[str, JSON]) -> Standard:
    """A standard that is one table."""
    table = {"name": "phone", "path": "phones.csv", "schema": {"fields": [*fields]}}
    return load(snapshot({"datapackage.json": {"name": "p", "resources": [table]}}), [])


def between(base: Standard, head: Standard, *values: dict[str, JSON]) -> Impact:
    return judged(list(pair_profiles(base, head)), [Given("one", rows("phones", *values))], quietly)


ID: dict[str, JSON] = {"name": "id", "type": "string", "constraints": {"required": True}}
KIND: dict[str, JSON] = {"name": "kind", "type": "string"}


def test_tables_alone_are_judged_as_tables() -> None:
    head = package(ID, {**KIND, "constraints": {"enum": ["voice"]}})
    found = between(package(ID, KIND), head, {"id": "1", "kind": "fax"}, {"id": "2", "kind": "voice"}, {"id": ""})
    assert (of_feed(found).broken, of_feed(found).kept, of_feed(found).invalid) == (1, 1, 1)
    assert rules(found) == {"enum-added phone.kind": (1, 1)}


def test_a_column_that_goes_breaks_the_rows_that_fill_it() -> None:
    found = between(package(ID, KIND), package(ID), {"id": "1", "kind": "fax"}, {"id": "2", "kind": ""})
    assert rules(found) == {"term-removed phone.kind": (1, 1)}


def test_an_entity_that_comes_and_a_reference_to_it_are_told_apart() -> None:
    fee = entity("fee", {"amount": {"type": "number"}}, ("id", "amount"))
    head = changed(fee=fee, service=entity("service", {"name": {}, "fee": one("fee")}, ("id", "name")))
    found = impact(head, documents("service", service(fee={"amount": 4}), service(2)))
    assert set(rules(found)) == {"term-added service.fee"}
    assert of_feed(found).kept == 1


def test_terms_are_found_through_alternatives_and_inside_properties() -> None:
    schema: dict[str, JSON] = {
        "anyOf": [{"properties": {"a": {}}}, {"$ref": "#/$defs/more"}],
        "$defs": {"more": {"properties": {"b": {"items": {"properties": {"c": {}}}}}}},
        "properties": {"d": {"properties": {"e": {}}}, "odd": {"$ref": "nowhere.json"}, "bad": {"$ref": "#/%"}},
    }
    terms = Terms({"x": schema})
    record = {"a": 1, "b": [{"c": 0}, 5], "d": {"e": False, "f": 1}, "odd": {"g": 1}, "bad": {"h": 1}, "z": 1}
    filled = {label(term) for term in terms.filled("x", record)}
    assert filled == {"x.a", "x/more.b", "x/more.b.c", "x.d", "x.d.e", "x.odd", "x.bad"}
    assert {label(term) for term in terms.all()} == filled
    assert terms.filled("x", {"a": None, "b": [], "d": {}, "odd": ""}) == set()
    assert terms.filled("x", {"a": " \t", "b": [{}, [None], {"c": [[], ""]}], "d": {"e": {"f": []}}}) == set()
    assert {label(term) for term in terms.filled("x", {"d": {"z": 0}})} == {"x.d"}


def test_terms_of_structures_without_end_are_finite() -> None:
    around = {"x": {"properties": {"x": one("x"), "many": many("x")}}}
    assert {label(term) for term in Terms(around).all()} == {"x.x", "x.many"}


NUMBER, INTEGER = ({"name": "kind", "type": kind} for kind in ("number", "integer"))


@pytest.mark.parametrize("cell", ["NaN", "INF", "-INF", "1e999", "1.", ".5", "+3", "007", "2.0"])
def test_what_table_schema_calls_a_number_is_one(cell: str) -> None:
    whole = between(package(ID, NUMBER), package(ID, NUMBER, KIND | {"name": "more"}), {"id": "1", "kind": cell})
    assert (of_feed(whole).kept, of_feed(whole).invalid) == (1, 0)


@pytest.mark.parametrize("cell", [" 3 ", "3 ", "1_0", "\u0663", "nan", "+INF", "0x1", "1,5", "", "3\n"])
def test_what_it_does_not_call_one_is_none(cell: str) -> None:
    demanded = {**NUMBER, "constraints": {"required": True}}
    found = between(package(ID, demanded), package(ID, demanded), {"id": "1", "kind": cell})
    assert of_feed(found).invalid == 1


def test_a_whole_number_is_written_without_a_point() -> None:
    rows_ = [{"id": "1", "kind": cell} for cell in ("2", "2.0", "2e1", "-2", "NaN")]
    assert of_feed(between(package(ID, INTEGER), package(ID, INTEGER), *rows_)).invalid == 3
    found = between(package(ID, NUMBER), package(ID, INTEGER), *rows_)
    assert (of_feed(found).kept, of_feed(found).broken, of_feed(found).invalid) == (2, 3, 0)
    assert rules(found) == {"type-changed phone.kind": (3, 1)}
    back = of_feed(between(package(ID, INTEGER), package(ID, NUMBER), *rows_))
    assert (back.kept, back.invalid, back.mended) == (2, 3, 3)


def test_bounds_hold_for_what_has_no_end_and_not_for_what_is_no_number() -> None:
    head = package(ID, {**NUMBER, "constraints": {"minimum": 5, "maximum": 9}})
    rows_ = [{"id": "1", "kind": cell} for cell in ("INF", "-INF", "NaN", "7", "4")]
    found = between(package(ID, NUMBER), head, *rows_)
    assert (of_feed(found).kept, of_feed(found).broken) == (2, 3)


def test_a_cell_that_stands_for_no_value_fills_nothing() -> None:
    table = {"name": "phone", "path": "phones.csv", "schema": {"fields": [ID, KIND], "missingValues": ["", "-"]}}
    standard = load(snapshot({"datapackage.json": {"name": "p", "resources": [table]}}), [])
    found = of_feed(between(standard, standard, {"id": "1", "kind": "-"}, {"id": "2", "kind": "  "}))
    assert {label(term) for term in found.filled} == {"phone.id"}
