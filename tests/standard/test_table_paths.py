from __future__ import annotations

import pytest

from bot.standard.checks import check_entities
from bot.standard.loading import load
from bot.standard.model import Package
from bot.standard.package_checks import check_package
from bot.standard.table_paths import wrong_paths
from bot.standard.values import JSON
from tests.standard.test_package_form import GOOD, with_part
from tests.worlds import checkout, entity, snapshot


@pytest.mark.parametrize(
    "path",
    ["phones.csv", "data/phones.csv", "./phones.csv", "..phones.csv", "a/...csv", ["a.csv", "b.csv"], "http/x.csv"],
)
def test_a_file_below_the_package_is_where_rows_belong(path: JSON) -> None:
    assert list(wrong_paths(path)) == []


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/x.csv",
        "data/../../x.csv",
        "..",
        "/etc/passwd",
        "//host/x.csv",
        "~/x.csv",
        "..\\x.csv",
        "\\\\host\\x.csv",
        "C:\\x.csv",
        "c:/x.csv",
        "file:///etc/passwd",
        "FTP://host/x.csv",
        "data:text/csv,a",
        "",
        " ",
        None,
        5,
        {},
        [],
        ["a.csv", "/b.csv"],
    ],
)
def test_what_leads_out_of_the_package_is_said(path: JSON) -> None:
    [wrong] = wrong_paths(path)
    assert (wrong.rule, wrong.steps) == ("path-invalid", ("1",) if path == ["a.csv", "/b.csv"] else ())
    assert wrong.hint


@pytest.mark.parametrize("path", ["https://example.org/x.csv", "HTTP://example.org/x.csv"])
def test_rows_of_another_site_are_warned_of(path: str) -> None:
    assert [(each.rule, each.severity.value) for each in wrong_paths(path)] == [("path-remote", "warning")]


def test_a_path_is_looked_at_in_data_packages_in_entities_and_in_patches() -> None:
    tables = with_part("/resources/0/path", ["a.csv", "../b.csv"])["resources"]
    found = [(each.rule, each.pointer) for each in check_package(Package({}, tuple(tables)), "datapackage.json")]
    assert found == [("path-invalid", "/resources/0/path/1")]
    assert "path" not in GOOD["resources"][0]
    phone = {**entity("phone", {}), "path": "../phones.csv"}
    found = [(each.rule, each.pointer) for each in check_entities(checkout({"phone": phone}))]
    assert ("path-invalid", "/path") in found
    patched = checkout({"phone": entity("phone", {})}, ("own", {"phone": {"path": "/phones.csv"}}))
    wrong = [(each.file, each.pointer) for each in check_entities(patched) if each.rule == "path-invalid"]
    assert wrong == [("own/phone.json", "/path")]


def test_a_path_that_is_no_text_is_said_once() -> None:
    phone = {**entity("phone", {}), "path": 5}
    rules = [
        each.rule for each in check_entities(load(snapshot({"schema/phone.json": phone}))) if "/path" in each.pointer
    ]
    assert rules == ["keyword-malformed"]


def test_a_table_without_a_path_lies_where_its_name_says() -> None:
    for name, rules in (("../phone", ["path-invalid"]), ("phone", [])):
        phone = {key: each for key, each in entity(name, {}).items() if key != "path"}
        found = [each.rule for each in check_entities(checkout({"phone": phone})) if each.pointer == "/path"]
        assert found == rules
