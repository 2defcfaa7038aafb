"""Which profiles of two sides are compared with each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.compat.confirming import Confirmer
from bot.report.model import Outcome
from bot.report.pairing import pair_profiles
from bot.standard.loading import load
from bot.standard.model import Standard
from tests.worlds import checked, entity, read_source, snapshot

Names = list[tuple[str, str, str]]


def package(**columns: list[str]) -> dict[str, Any]:
    """A data package of one table; each column with the profiles it is in."""
    fields = [
        {"name": name, "type": "string", "applicationProfile": [{"name": each} for each in profiles]}
        for name, profiles in columns.items()
    ]
    return {"datapackage.json": {"resources": [{"name": "service", "schema": {"fields": fields}}]}}


def paired(base: Standard, head: Standard, only: str = "") -> Names:
    ids = ((pair.profile.id, pair.base, pair.head) for pair in pair_profiles(base, head, only))
    return [(name, one.id if one else "", other.id if other else "") for name, one, other in ids]


PLAIN = load(snapshot(package(id=[])))
TWO = load(snapshot(package(id=["here", "there"])))
OTHERS = load(snapshot(package(id=["near", "far"])))


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        (PLAIN, PLAIN, [("hsds", "hsds", "hsds")]),
        (PLAIN, TWO, [("here", "hsds", "here"), ("there", "hsds", "there")]),
        (TWO, PLAIN, [("here", "here", "hsds"), ("there", "there", "hsds")]),
        (TWO, OTHERS, [("far", "", "far"), ("near", "", "near"), ("here", "here", ""), ("there", "there", "")]),
    ],
)
def test_what_stands_for_a_whole_structure_meets_each_profile_of_another(
    base: Standard, head: Standard, expected: Names
) -> None:
    assert paired(base, head) == expected


def test_one_profile_of_several_is_asked_for() -> None:
    assert paired(PLAIN, TWO, "there") == [("there", "hsds", "there")]
    assert paired(PLAIN, TWO, "nowhere") == []


def test_a_checkout_meets_the_profiles_of_a_superset_of_tables(confirmer: Confirmer) -> None:
    base = {"schema/service.json": entity("service", {"name": {}}, ())}
    report = checked(confirmer, base, package(id=["here", "there"], name=["here"]))
    assert {each.id: each.outcome for each in report.profiles} == {
        "here": Outcome.COMPATIBLE,
        "there": Outcome.BREAKING,
    }
    assert report.unselected == ()


def test_the_bundled_structure_meets_what_was_published_as_tables(data: Path, bundled: Standard) -> None:
    published = read_source(data / "hsds-2.0.1")
    assert paired(published, bundled) == [(each.id, "hsds", each.id) for each in bundled.profiles]
    assert json.dumps(paired(bundled, published)) == json.dumps([(e.id, e.id, "hsds") for e in bundled.profiles])


NO_TABLES: Any = {"name": "x", "resources": []}
TABLES: Any = {
    "name": "x",
    "resources": [{"name": name, "schema": {"fields": [{"name": "id", "type": "string"}]}} for name in ("a", "b")],
}


def facts(base: Any, head: Any, confirmer: Confirmer) -> tuple[Outcome, list[tuple[str, str]], list[str]]:
    """The outcome, the changes, and what breaks although no change does so alone."""
    report = checked(confirmer, {"datapackage.json": base}, {"datapackage.json": head})
    [profile] = report.profiles
    changes = [(each.change.rule, each.change.term) for each in profile.changes]
    return report.outcome, changes, [*profile.combined]


def test_each_table_is_a_change_where_all_are_gone(confirmer: Confirmer) -> None:
    gone = [("entity-removed", "a"), ("entity-removed", "b")]
    assert facts(TABLES, NO_TABLES, confirmer) == (Outcome.BREAKING, gone, [])
    new = [("entity-added", "a"), ("entity-added", "b")]
    assert facts(NO_TABLES, TABLES, confirmer) == (Outcome.COMPATIBLE, new, [])


@pytest.mark.parametrize(
    "unread",
    [
        {"name": "x", "resources": {}},
        {"title": "x"},
        {"resources": [{"name": "a", "schema": {"fields": None}}]},
        {"resources": [{"name": "a", "schema": "x.json"}]},
        {"resources": [{"name": None, "schema": {"fields": []}}]},
    ],
    ids=["resources", "no resources", "fields", "a schema elsewhere", "a name"],
)
def test_nothing_is_said_of_a_data_package_that_cannot_be_read(unread: Any, confirmer: Confirmer) -> None:
    assert facts(TABLES, unread, confirmer) == (Outcome.INVALID, [], [])
    assert facts(unread, TABLES, confirmer) == (Outcome.UNKNOWN, [], [])


@pytest.mark.parametrize("name", ["datapackage.json", "ExtendedDataPackage.json"])
def test_a_data_package_that_cannot_be_read_has_neither_lost_nor_gained_profiles(
    name: str, confirmer: Confirmer
) -> None:
    whole, broken = package(id=["here", "there"]), {name: b"{"}
    for base, head in ((whole, broken), (broken, whole)):
        report = checked(confirmer, base, head)
        assert [each.id for each in report.profiles] == ["here", "there"]
        assert [each.changes for each in report.profiles] == [(), ()]
    lost = checked(confirmer, broken, broken)
    assert [(each.id, each.changes) for each in lost.profiles] == [("hsds", ())]
