from __future__ import annotations

import json

import pytest

from bot.standard.loading import load
from bot.standard.model import Kind, Link
from bot.standard.problems import error
from bot.standard.snapshot import Snapshot, belongs, is_patch, is_text, on_the_way
from tests.worlds import checkout, entity, snapshot

STANDARD = b"""
name: test
title: Test
version: "1.0.0"
state: development
base_uri: https://example.org/test
entities: [service, phone]
views:
  - entity: service
    definitions: true
    links: [{property: lines, entity: phone, many: true, without: [id]}]
"""
PROFILE = b"""
id: small
title: Small
uri: https://example.org/small/
version: "1.0.0"
countries: [GB]
select: {add: [phone], remove: [service.name]}
"""
FILES = {
    "schema/standard.yml": STANDARD,
    "schema/service.json": entity("service", {"name": {}}),
    "schema/phone.json": entity("phone", {"number": {}}),
    "schema/profiles/small/profile.yml": PROFILE,
    "schema/profiles/small/phone.json": {"required": ["id", "number"]},
}
PACKAGE = {"resources": [{"name": "service", "schema": {"fields": [{"name": "id", "type": "string"}]}}]}


def test_a_declared_structure_comes_first() -> None:
    standard = load(snapshot({**FILES, "datapackage.json": PACKAGE}))
    assert standard.kind is Kind.EXTENDED
    assert standard.problems == ()
    assert list(standard.entities) == ["service", "phone"]
    assert standard.views[0].links == (Link("lines", "phone", many=True, without=("id",)),)
    [profile] = standard.profiles
    assert (profile.id, profile.uri, profile.countries) == ("small", "https://example.org/small", ("GB",))
    assert (profile.added, profile.removed) == (frozenset({"phone"}), frozenset({"service.name"}))
    assert profile.patches["phone"].value == {"required": ["id", "number"]}


def test_schemas_without_a_declaration_are_a_checkout() -> None:
    standard = load(
        snapshot(
            {"schema/phone.json": FILES["schema/phone.json"], "schema/openapi.json": [], "datapackage.json": PACKAGE}
        )
    )
    assert (standard.kind, standard.id, list(standard.entities)) == (Kind.CHECKOUT, "hsds", ["phone"])
    assert standard.problems == ()


def test_a_data_package_alone_is_a_tabular_standard() -> None:
    standard = load(snapshot({"datapackage.json": PACKAGE}))
    assert standard.kind is Kind.TABULAR
    assert [profile.id for profile in standard.profiles] == ["hsds"]
    assert standard.package is not None
    assert standard.package.descriptor() == PACKAGE


def test_the_uks_own_package_comes_before_the_plain_one() -> None:
    field = {"name": "id", "type": "string", "applicationProfile": {"name": "LGA"}}
    superset = {"resources": [{"name": "service", "schema": {"fields": [field]}}]}
    standard = load(snapshot({"datapackage.json": PACKAGE, "ExtendedDataPackage.json": superset}))
    assert [profile.id for profile in standard.profiles] == ["LGA"]


def test_nothing_is_a_kind_too() -> None:
    assert load(snapshot({})).kind is Kind.NOTHING


def test_patches_make_the_only_profiles() -> None:
    standard = checkout(
        {"phone": entity("phone", {"number": {}})}, ("uk", {"phone": {"description": "Call."}, "openapi": {}})
    )
    assert [profile.id for profile in standard.profiles] == ["uk"]
    assert list(standard.profiles[0].patches) == ["phone"]


@pytest.mark.parametrize(
    ("path", "content", "rule", "unreadable"),
    [
        ("schema/phone.json", b"{", "json-invalid", True),
        ("schema/phone.json", [1], "entity-invalid", True),
        ("schema/standard.yml", b"name: [", "yaml-invalid", True),
        ("schema/standard.yml", STANDARD.replace(b'"1.0.0"', b"1.0"), "standard-invalid", True),
        ("schema/standard.yml", STANDARD + b"extra: 1\n", "standard-invalid", True),
        (
            "schema/standard.yml",
            STANDARD.replace(b"[service, phone]", b"[service, phone, ghost]"),
            "entity-missing",
            False,
        ),
        ("schema/standard.yml", STANDARD.replace(b"[service, phone]", b"[service]"), "entity-unlisted", False),
        ("schema/profiles/small/profile.yml", b"id: small", "profile-invalid", True),
        ("schema/profiles/small/profile.yml", b"a: [", "yaml-invalid", True),
        ("schema/profiles/small/profile.yml", PROFILE.replace(b"id: small", b"id: other"), "profile-misnamed", False),
        ("schema/profiles/small/phone.json", [1], "patch-invalid", True),
        ("schema/profiles/small/phone.json", b"nul", "json-invalid", True),
    ],
)
def test_a_broken_file_is_a_problem_and_the_rest_is_read(
    path: str, content: bytes | list[int], rule: str, unreadable: bool
) -> None:
    standard = load(snapshot({**FILES, path: content}))
    found = [problem for problem in standard.problems if problem.rule == rule]
    assert found
    assert found[0].file == path
    assert found[0].line > 0
    assert found[0].hint
    assert (path in standard.unreadable) == unreadable
    assert "service" in standard.entities


@pytest.mark.parametrize(
    "content", [{"resources": 5}, {"resources": [{"name": "x"}]}, [], {"resources": [{"schema": {"fields": []}}]}]
)
def test_what_is_no_package_is_said(content: object) -> None:
    standard = load(snapshot({"datapackage.json": content}))
    assert [problem.rule for problem in standard.problems] == ["package-invalid"]
    assert standard.unreadable == {"datapackage.json"}


def test_a_listed_entity_whose_file_is_refused_has_a_file() -> None:
    refused = error("symlink-refused", "schema/phone.json", "", "a link", "Put the file here.")
    files = {path: each for path, each in FILES.items() if path != "schema/phone.json"}
    standard = load(Snapshot("here", snapshot(files).files, (refused,)))
    assert standard.problems == (refused,)
    assert [each.rule for each in load(snapshot(files)).problems] == ["entity-missing"]


def test_refused_files_are_unreadable() -> None:
    refused = error("symlink-refused", "schema/service.json", "", "a link", "Put the file here.")
    standard = load(
        Snapshot("here", {"schema/phone.json": json.dumps(FILES["schema/phone.json"]).encode()}, (refused,))
    )
    assert standard.unreadable == {"schema/service.json"}
    assert refused in standard.problems


def test_lines_are_those_of_the_files() -> None:
    standard = load(snapshot(FILES))
    assert standard.line("schema/standard.yml", ("version",)) == 4
    assert standard.line("nowhere.json", ()) == 0


@pytest.mark.parametrize(
    ("path", "is_part"),
    [
        ("datapackage.json", True),
        ("ExtendedDataPackage.json", True),
        ("package.json", False),
        ("schema/service.json", True),
        ("schema/standard.yml", True),
        ("schema/other.yml", False),
        ("schema/compiled/service.json", False),
        ("schema/profiles/uk/service.json", True),
        ("schema/profiles/uk/deep/service.json", False),
        ("profile/service.json", False),
    ],
)
def test_what_belongs_to_a_standard(path: str, is_part: bool) -> None:
    assert belongs(path) is is_part


def test_the_way_to_what_belongs() -> None:
    assert all(map(on_the_way, ("", "schema", "schema/profiles", "schema/profiles/uk")))
    assert not any(map(on_the_way, ("docs", "schema/compiled", "schema/profiles/uk/deep")))
    assert is_patch("service.json")
    assert not is_patch("deep/service.json")
    assert is_text("schema/é.json")
    assert not is_text("schema/\udcff.json")


@pytest.mark.parametrize(
    ("name", "title"), [("service", "HSDS"), ("organization", "HSDS"), ("station", "this standard")]
)
def test_a_standard_that_does_not_name_itself_is_hsds_only_where_it_looks_like_it(name: str, title: str) -> None:
    (profile,) = load(snapshot({f"schema/{name}.json": entity(name, {})})).profiles
    assert (profile.id, profile.title) == ("hsds", title)


# A standard that nobody has divided into profiles.

NAMED = b"name: stations\ntitle: Station standard\n"


def test_a_standard_without_profiles_is_one_as_a_whole() -> None:
    standard = load(snapshot({"schema/standard.yml": NAMED, "schema/b.json": entity("b", {}), "schema/a.json": {}}))
    assert [(each.id, each.title, each.selects) for each in standard.profiles] == [
        ("stations", "Station standard", False)
    ]
    assert list(standard.entities) == ["a", "b"]
    assert standard.problems == ()


@pytest.mark.parametrize("declared", [b"name: stations\n", b"name: [", b""])
def test_a_declaration_that_is_none_makes_no_profile(declared: bytes) -> None:
    standard = load(snapshot({"schema/standard.yml": declared, "schema/a.json": entity("a", {})}))
    assert standard.profiles == ()
    assert "schema/standard.yml" in standard.unreadable


def test_profiles_that_cannot_be_read_are_profiles_all_the_same() -> None:
    files = {"schema/standard.yml": NAMED, "schema/profiles/uk/profile.yml": b"id: ["}
    assert load(snapshot(files)).profiles == ()


# What the other side has, too.

SERVICE = json.dumps(entity("service", {"name": {}})).encode()


def two(base: dict[str, bytes], head: dict[str, bytes]) -> tuple[object, object]:
    """The readings of the service on both sides, head read beside base."""
    before = load(snapshot(base))
    after = load(snapshot(head), other=before.readings)
    assert after == load(snapshot(head)), "whatever was read before, head is what it is"
    return before.readings["schema/service.json"], after.readings["schema/service.json"]


def test_a_file_that_is_the_same_is_not_read_again() -> None:
    base, head = two({"schema/service.json": SERVICE}, {"schema/service.json": SERVICE, "schema/x.json": b"{}"})
    assert head is base


@pytest.mark.parametrize(
    ("base", "head"),
    [
        (SERVICE, SERVICE.replace(b'"name"', b'"title"')),
        (SERVICE, SERVICE + b"\n"),
        (b"\xef\xbb\xbf" + SERVICE, SERVICE),
        (SERVICE, b"\xef\xbb\xbf" + SERVICE),
        (SERVICE[:-1], SERVICE[:-1]),
        (b"\xff", b"\xff"),
    ],
)
def test_a_file_that_is_other_or_wrong_is_read_again(base: bytes, head: bytes) -> None:
    before, after = two({"schema/service.json": base}, {"schema/service.json": head})
    assert after is not before
