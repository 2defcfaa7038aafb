from __future__ import annotations

import pytest

from bot.standard.model import Kind
from bot.standard.moving import moved, moved_from, standards_among

EXTENDED, CHECKOUT, TABULAR = Kind.EXTENDED, Kind.CHECKOUT, Kind.TABULAR


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["README.md", "docs/a.json", "schema.json"], {}),
        (["schema/phone.json"], {"": CHECKOUT}),
        (["schema/phone.json", "datapackage.json"], {"": CHECKOUT}),
        (["datapackage.json", "schema/standard.yml", "schema/phone.json"], {"": EXTENDED}),
        (["std/schema/phone.json", "a/b/UkDataPackage.json"], {"std/": CHECKOUT, "a/b/": TABULAR}),
        (["schema/profiles/uk/phone.json", "schema/compiled/service.json", "standard.yml"], {}),
        (["std/schema/openapi.yml", "std/profile.yml"], {}),
    ],
)
def test_directories_of_standards_are_found_by_their_files(paths: list[str], expected: dict[str, Kind]) -> None:
    assert standards_among(paths) == expected


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"": CHECKOUT}, {"std/": CHECKOUT}, ""),
        ({"old/": EXTENDED, "examples/": TABULAR}, {"std/": EXTENDED}, "old/"),
        ({"": CHECKOUT}, {"": CHECKOUT, "std/": CHECKOUT}, None),
        ({"": CHECKOUT}, {"": TABULAR, "std/": CHECKOUT}, ""),
        ({"a/": CHECKOUT, "b/": CHECKOUT}, {"std/": CHECKOUT}, None),
        ({"a/": CHECKOUT, "b/": CHECKOUT}, {"std/": CHECKOUT, "b/": CHECKOUT}, "a/"),
        ({"": CHECKOUT}, {"std/": EXTENDED}, None),
        ({"": CHECKOUT, "std/": CHECKOUT}, {"std/": CHECKOUT}, None),
        ({}, {"std/": CHECKOUT}, None),
        ({"": CHECKOUT}, {}, None),
    ],
)
def test_a_standard_has_moved_where_just_one_of_its_kind_is_gone(
    before: dict[str, Kind], after: dict[str, Kind], found: str | None
) -> None:
    assert moved_from("std/", before, after) == found


def test_the_move_is_told_by_both_directories() -> None:
    assert "was at the top of the repository and is in std/ now" in moved("", "std/").message
