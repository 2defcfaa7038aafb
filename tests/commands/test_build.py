from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from bot.commands.build import BuildRequest, Built, run
from bot.commands.check import PatchDirectory
from bot.errors import InputError
from bot.standard.values import JSON
from tests.report.test_report import BASE, PHONE, phone, schemas
from tests.standard.test_package_form import GOOD, with_part
from tests.worlds import GivenSources, entity, many, one


class Kept:
    """An output that remembers what was written to it."""

    def __init__(self) -> None:
        self.files: dict[str, dict[str, str]] = {}

    def expect(self, directories: Iterable[str]) -> None:
        self.expected = list(directories)

    def replace(self, directory: str, files: Iterable[tuple[str, str]]) -> None:
        self.files[directory] = dict(files)


def built(files: Mapping[str, Any], patch: Mapping[str, Any] | None = None) -> tuple[Built, Kept]:
    patches = (PatchDirectory("own", "profile"),) if patch is not None else ()
    output = Kept()
    return run(BuildRequest(patches=patches), GivenSources({}, files, patch or {}), output), output


def warnings(done: Built) -> list[tuple[str, str, str]]:
    return [(each.rule, each.file, each.pointer) for each in done.warnings if each.rule != "patch-aimless"]


def refused(files: Mapping[str, Any], patch: Mapping[str, Any] | None = None) -> str:
    with pytest.raises(InputError) as caught:
        built(files, patch)
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize("reference", ["ghost.json", "#/$defs/none", "phone.json#/properties/none", "../x.json"])
def test_a_reference_of_the_standards_own_that_leads_nowhere_is_refused(reference: str) -> None:
    head = phone(kind={"$ref": reference})
    assert refused(schemas(phone=head)).startswith("schema/phone.json:1 /properties/kind/$ref: the reference")


def test_patches_on_tables_make_no_profile_and_nothing_else_is_built_in_its_place() -> None:
    assert "has tables alone" in refused({"datapackage.json": GOOD}, {"phone": None})


def test_of_several_the_first_is_said_and_the_others_counted() -> None:
    head = phone(kind={"$ref": "ghost.json"}, number={"$ref": "spirit.json"})
    assert refused(schemas(phone=head)).endswith("(1 more like it: standards-bot check lists them)")


@pytest.mark.parametrize("value", [[1], None, 5, {"number": {"type": {"a": 1}}}, {"number": {"constraints": []}}])
def test_a_patch_that_makes_no_schema_is_refused_at_its_place(value: JSON) -> None:
    patch = {"phone": {"properties": value}}
    if value is None:  # a property map that is taken away whole leaves an entity without any: it goes
        done, output = built({**BASE, "schema/fax.json": {**PHONE, "name": "fax"}}, patch)
        assert "schema/phone.json" not in output.files["own"]
        assert warnings(done) == []
    else:
        assert refused(BASE, patch).startswith("profile/phone.json:1 /properties")


def test_a_table_of_the_wrong_form_is_refused() -> None:
    package = with_part("/resources/0/schema/primaryKey", [["id"]])
    assert refused({"datapackage.json": package}).startswith("datapackage.json:1 /resources/0/schema/primaryKey: ")
    assert built({"datapackage.json": GOOD})[0].profiles == ("hsds",)


def test_what_refers_to_a_property_that_a_patch_removes_goes_with_a_warning() -> None:
    fax = entity("fax", {"line": {"$ref": "phone.json#/properties/number"}, "note": {"example": "x"}})
    done, output = built({**BASE, "schema/fax.json": fax}, {"phone": {"properties": {"number": None}}})
    assert warnings(done) == [("reference-lost", "schema/fax.json", "/properties/line/$ref")]
    assert "line" not in output.files["own"]["schema/fax.json"]


def test_what_held_an_entity_that_a_patch_removes_goes_in_silence() -> None:
    fax = entity("fax", {"phones": many("phone"), "phone": one("phone"), "note": {"example": "x"}})
    done, _ = built({**BASE, "schema/fax.json": fax}, {"phone": None})
    assert warnings(done) == []


def test_a_patch_that_leaves_nothing_is_warned_of() -> None:
    done, output = built(BASE, {"phone": None})
    assert warnings(done) == [("profile-empty", "profile", "")]
    assert list(output.files["own"]) == ["datapackage.json"]


def test_a_view_without_measure_is_refused_by_name() -> None:
    names = ["service", *(f"part_{each}" for each in "abcdefghijk")]
    mutual = {name: entity(name, {other: one(other) for other in names if other != name}) for name in names}
    message = refused(schemas(**mutual))
    assert "the compiled view 'service' would hold more than" in message


def test_a_table_in_a_file_outside_the_release_is_refused() -> None:
    out = "leads out of the data package"
    assert out in refused({"datapackage.json": with_part("/resources/0/path", "/etc/passwd")})
    assert out in refused(schemas(phone={**PHONE, "path": "../phones.csv"}))
    assert out in refused(BASE, {"phone": {"path": "../phones.csv"}})
    assert out in refused({"datapackage.json": with_part("/resources/0/path", "/etc/passwd")})


EXTENDED = {
    "schema/standard.yml": b"name: here\ntitle: Here\nversion: 1.0.0\nstate: development\n"
    b"base_uri: https://example.org/here\nentities: [phone]\nviews: []\n",
    "schema/phone.json": entity(
        "phone", {"number": {"profiles": {"one": "must", "other": "must", "ghost": "must"}, "example": "x"}}
    ),
}


def profile(name: str) -> dict[str, bytes]:
    words = f"id: {name}\ntitle: {name}\nuri: https://example.org/{name}\nversion: 1.0.0\n"
    return {f"schema/profiles/{name}/profile.yml": words.encode()}


def test_a_refusal_names_a_line_where_there_is_one() -> None:
    elsewhere = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"
    assert refused({"schema/phone.json": elsewhere}).startswith("schema/phone.json: this is a pointer")
    assert refused({"schema/phone.json": b"{\n"}).startswith("schema/phone.json:2: this is not JSON")


def test_profiles_that_are_not_asked_for_are_not_called_unknown() -> None:
    sources = GivenSources({}, {**EXTENDED, **profile("one"), **profile("other")}, {})
    for only in ("one", ""):
        done = run(BuildRequest(profile=only), sources, Kept())
        places = [each.pointer for each in done.warnings if each.rule == "profile-unknown"]
        assert places == ["/properties/number/profiles/ghost"]


def test_a_standard_without_profiles_is_released_as_a_whole() -> None:
    done, output = built(EXTENDED)
    assert done.profiles == ("here",)
    assert "must" not in output.files["here"]["schema/phone.json"], "a keyword about profiles is for none of them"
