"""Changes that break, and the smallest edits with which they do not."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.sources import LocalSources
from bot.commands.check import CheckRequest, run
from bot.compat.changes import ABSENT
from bot.compat.confirming import Confirmer
from bot.compat.verdicts import Answer
from bot.errors import InputError
from bot.render.advice import advice
from bot.report.model import Outcome, Repair, Report, ReportedChange
from bot.report.parsing import from_json
from bot.report.repair_words import MOST
from bot.report.serialising import as_json
from tests.render.test_goldens import standard
from tests.worlds import ROOT, checked, entity, one, quietly

FILE = "schema/phone.json"
KINDS = ["voice", "fax", "text"]


def schema(required: tuple[str, ...] = ("id",), **properties: Any) -> dict[str, Any]:
    known = {"number": {"example": "1"}, "kind": {"enum": KINDS, "example": "voice"}, **properties}
    return entity("phone", {name: each for name, each in known.items() if each is not None}, required)


def text(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def broken(report: Report) -> list[ReportedChange]:
    found = [change for profile in report.profiles for change in profile.changes]
    return [each for each in found if each.verdicts and each.verdicts.publishers.answer is Answer.BREAKING]


def only(report: Report) -> Repair:
    [reported] = broken(report)
    assert reported.repair is not None
    return reported.repair


def mended(head: bytes, repair: Repair) -> bytes:
    """The file with the lines replaced, as a suggestion on GitHub would replace them."""
    lines = head.decode().splitlines(keepends=True)
    assert "".join(lines[repair.start_line - 1 : repair.end_line]) == repair.replaced
    lines[repair.start_line - 1 : repair.end_line] = [repair.replacement]
    return "".join(lines).encode()


@pytest.mark.parametrize(
    ("base", "head", "words", "pointer", "value"),
    [
        (
            schema(note={"example": "x"}),
            schema(),
            "keep phone.note, optional and marked as deprecated, until the next major version",
            "/properties/note",
            {
                "name": "note",
                "description": "The note.",
                "type": "string",
                "constraints": {"unique": False},
                "example": "x",
                "deprecated": True,
            },
        ),
        (
            schema(),
            schema(("id", "number")),
            "leave phone.number optional, and announce that it will be required",
            "/required/1",
            ABSENT,
        ),
        (
            schema(),
            schema(kind={"enum": ["text", "pager"], "example": "text"}),
            "keep voice, fax among the values of phone.kind, and announce the end",
            "/properties/kind/enum",
            ["voice", "fax", "text", "pager"],
        ),
        (
            schema(),
            schema(number={"example": "1", "maxLength": 3}),
            "leave maxLength out for phone.number, and recommend it in the description",
            "/properties/number/maxLength",
            ABSENT,
        ),
        (
            schema(number={"example": "1", "maxLength": 30}),
            schema(number={"example": "1", "maxLength": 3}),
            "leave maxLength of phone.number as it was, and announce what will change",
            "/properties/number/maxLength",
            30,
        ),
        (
            schema(number={"type": ["string", "null"], "constraints": None}),
            schema(number={"type": "integer", "constraints": None}),
            "let phone.number hold what it held beside what it is to hold",
            "/properties/number/type",
            ["string", "null", "integer"],
        ),
        (
            schema(number={"type": "number", "constraints": None}),
            schema(number={"type": "integer", "constraints": None}),
            "leave type of phone.number as it was, and announce what will change",
            "/properties/number/type",
            "number",
        ),
    ],
)
def test_a_repair_keeps_the_intent_and_published_data_valid(
    confirmer: Confirmer, base: dict[str, Any], head: dict[str, Any], words: str, pointer: str, value: object
) -> None:
    for each in (base, head):
        each["properties"] = {
            name: {key: it for key, it in one.items() if it is not None} for name, one in each["properties"].items()
        }
    repair = only(checked(confirmer, {FILE: text(base)}, {FILE: text(head)}))
    assert (repair.words, repair.file, repair.pointer, repair.value) == (words, FILE, pointer, value)
    again = checked(confirmer, {FILE: text(base)}, {FILE: mended(text(head), repair)})
    assert again.outcome is Outcome.COMPATIBLE


def all_mended(files: Mapping[str, Any], repairs: Iterable[Repair | None]) -> dict[str, Any]:
    """The files with all edits at once, each of them once; they stand for lines apart from each other."""
    edits = {(each.file, each.start_line): each for each in repairs if each is not None}
    made = dict(files)
    for each in sorted(edits.values(), key=lambda each: each.start_line, reverse=True):
        made[each.file] = mended(made[each.file], each) if each.start_line else each.replacement.encode()
    for above, below in pairwise(sorted(edits.values(), key=lambda each: (each.file, each.start_line))):
        assert above.file != below.file or above.end_line + 1 < below.start_line
    return made


def test_changes_side_by_side_are_repaired_by_one_edit_that_says_of_each_what_it_does(confirmer: Confirmer) -> None:
    base = {FILE: text(schema(note={"example": "x"}, memo={"example": "y"}))}
    head = {FILE: text(schema(("id", "kind", "number"), number={"example": "1", "maxLength": 3}))}
    report = checked(confirmer, base, head)
    repairs = [each.repair for each in broken(report) if each.repair is not None]
    assert sorted(each.words for each in repairs) == [
        "keep phone.memo, optional and marked as deprecated, until the next major version",
        "keep phone.note, optional and marked as deprecated, until the next major version",
        "leave maxLength out for phone.number, and recommend it in the description",
        "leave phone.kind optional, and announce that it will be required",
        "leave phone.number optional, and announce that it will be required",
    ]
    lines = {each.words.split()[1]: (each.start_line, each.end_line) for each in repairs}
    assert len({*lines.values()}) < len(repairs)
    assert checked(confirmer, base, all_mended(head, repairs)).outcome is Outcome.COMPATIBLE


def test_a_change_that_the_repair_of_another_mends_has_that_repair(confirmer: Confirmer) -> None:
    base = {FILE: text(schema(number={"example": "1", "minLength": 1, "maxLength": 9}))}
    head = {FILE: text(schema(number={"type": "integer", "constraints": {"unique": True}}))}
    report = checked(confirmer, base, head)
    repairs = [each.repair for each in broken(report)]
    assert len(repairs) > 1
    assert None not in repairs
    assert checked(confirmer, base, all_mended(head, repairs)).outcome is Outcome.COMPATIBLE


def spoilt() -> Iterator[tuple[str, dict[str, Any]]]:
    """Files of the bundled standard with changes that break, as people make them."""
    changes: dict[str, Callable[[dict[str, Any]], object]] = {
        "service": lambda it: [it["properties"].pop(name) for name in ("email", "url", "status")],
        "phone": lambda it: it["properties"].update(telephone=it["properties"].pop("number")),
        "location": lambda it: it["required"].extend(["name", "latitude"]),
        "organization": lambda it: it["properties"]["name"].update(maxLength=10, pattern="^[A-Z]"),
        "cost_option": lambda it: it["properties"]["amount"].update(type="integer", minimum=1),
    }
    for name, change in changes.items():
        file = f"schema/{name}.json"
        value = json.loads((ROOT / file).read_text())
        change(value)
        yield file, value


def test_ten_changes_of_the_bundled_standard_are_repaired_together(confirmer: Confirmer) -> None:
    paths = [path for path in (ROOT / "schema").rglob("*") if path.suffix in (".json", ".yml")]
    base: dict[str, Any] = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    head = {**base, **{file: (json.dumps(value, indent=2) + "\n").encode() for file, value in spoilt()}}
    report = checked(confirmer, base, head)
    changes = {each.change.id: each for each in broken(report)}
    assert len(changes) >= 10
    assert [each.change.term for each in changes.values() if each.repair is None] == []
    again = checked(confirmer, base, all_mended(head, (each.repair for each in broken(report))))
    assert again.outcome is Outcome.COMPATIBLE


def test_an_entity_that_was_removed_is_given_back(confirmer: Confirmer) -> None:
    other = {"schema/service.json": text(entity("service", {"name": {"example": "x"}}))}
    repair = only(checked(confirmer, {FILE: text(schema()), **other}, other))
    assert (repair.start_line, repair.end_line, repair.replaced) == (0, 0, "")
    again = checked(confirmer, {FILE: text(schema()), **other}, {FILE: repair.replacement.encode(), **other})
    assert again.outcome is Outcome.COMPATIBLE
    assert json.loads(repair.replacement)["deprecated"] is True


def test_a_change_in_a_profile_is_repaired_in_the_file_of_the_profile(confirmer: Confirmer) -> None:
    base = standard()
    file = "schema/profiles/uk/service.json"
    head = {**base, file: text({"required": ["id", "name", "url"]})}
    [reported] = broken(checked(confirmer, base, head))
    assert reported.repair is not None
    assert (reported.repair.file, reported.repair.pointer) == (file, "/required/2")
    again = checked(confirmer, base, {**head, file: mended(head[file], reported.repair)})
    assert again.outcome is Outcome.COMPATIBLE


def test_what_a_profile_no_longer_selects_is_selected_again(confirmer: Confirmer) -> None:
    base = standard()
    changed = json.loads(json.dumps(base["schema/service.json"]))
    del changed["properties"]["url"]["profiles"]["uk"]
    files = {**base, "schema/service.json": text(base["schema/service.json"])}
    head = {**base, "schema/service.json": text(changed)}
    [reported] = broken(checked(confirmer, files, head))
    assert reported.repair is not None
    assert reported.repair.pointer == "/properties/url/profiles/uk"
    again = {**head, "schema/service.json": mended(head["schema/service.json"], reported.repair)}
    assert checked(confirmer, files, again).outcome is Outcome.COMPATIBLE


def test_a_column_of_a_data_package_comes_back_to_its_place(confirmer: Confirmer) -> None:
    def package(*names: str) -> bytes:
        fields = [{"name": name, "type": "string"} for name in names]
        return text({"resources": [{"name": "phone", "path": "phones.csv", "schema": {"fields": fields}}]})

    base, head = package("id", "number", "kind"), package("id", "kind")
    repair = only(checked(confirmer, {"datapackage.json": base}, {"datapackage.json": head}))
    made = json.loads(mended(head, repair))["resources"][0]["schema"]["fields"]
    assert [each["name"] for each in made] == ["id", "number", "kind"]
    assert made[1]["deprecated"] is True


def test_a_term_that_makes_a_key_of_the_column_beside_it_is_left_out(confirmer: Confirmer) -> None:
    """Rows named the place by an id that need not be among the places; now each has to be."""
    places = entity("place", {"name": {}})
    stays = entity("stay", {"place_id": {"format": "uuid"}})
    linked = entity("stay", {"place_id": {"format": "uuid"}, "place": one("place")})
    base, head = ({"schema/place.json": text(places), "schema/stay.json": text(each)} for each in (stays, linked))
    report = checked(confirmer, base, head)
    repair = only(report)
    assert repair.words == "leave stay.place out until the next major version, and announce it"
    assert mended(head["schema/stay.json"], repair) == base["schema/stay.json"]
    assert checked(confirmer, base, all_mended(head, [repair])).outcome is Outcome.COMPATIBLE


def test_what_breaks_nothing_is_not_repaired(confirmer: Confirmer) -> None:
    report = checked(confirmer, {FILE: text(schema())}, {FILE: text(schema(extension={"example": "1"}))})
    assert [each.repair for each in report.profiles[0].changes] == [None]


def test_what_a_person_has_to_look_at_is_not_repaired(confirmer: Confirmer) -> None:
    base, head = (schema(number={"example": "1", "pattern": each}) for each in ("^(?=1)[0-9]+$", "^(?=12)[0-9]+$"))
    report = checked(confirmer, {FILE: text(base)}, {FILE: text(head)})
    assert report.outcome is Outcome.UNKNOWN
    assert [each.repair for profile in report.profiles for each in profile.changes] == [None]
    assert advice(report, str) == "Ask somebody who knows the structure to look at change 1"


def test_no_more_changes_are_repaired_than_are_looked_at(confirmer: Confirmer) -> None:
    terms: dict[str, Any] = {f"term_{at}": {"example": "x"} for at in range(MOST + 2)}
    report = checked(confirmer, {FILE: text(schema(**terms))}, {FILE: text(schema())})
    repaired = [each.repair is not None for each in broken(report)]
    assert repaired == [True] * MOST + [False] * 2


def test_a_repair_survives_the_report_as_json(confirmer: Confirmer) -> None:
    report = checked(confirmer, {FILE: text(schema())}, {FILE: text(schema(("id", "number")))})
    read = from_json(json.loads(json.dumps(as_json(report))))
    assert [each.repair for each in broken(read)] == [only(report)]
    kept = checked(confirmer, {FILE: text(schema(note={"example": "x"}))}, {FILE: text(schema())})
    assert [each.repair for each in broken(from_json(as_json(kept)))] == [only(kept)]


def test_a_term_that_is_renamed_stays_beside_the_new_one(confirmer: Confirmer) -> None:
    described = {"description": "How to reach the person, as it is dialled.", "example": "0800"}
    base, head = schema(fax_number={**described}), schema(fax_numbers={**described})
    [repair] = [
        each.repair
        for each in broken(checked(confirmer, {FILE: text(base)}, {FILE: text(head)}))
        if each.change.rule == "term-removed"
    ]
    assert repair is not None
    assert repair.words.startswith("keep phone.fax_number beside fax_numbers, optional and marked as deprecated")
    assert isinstance(repair.value, dict)
    assert repair.value["replaced_by"] == "fax_numbers"


# Files that are none.


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (('"number": {', '"number": {,'), "take the superfluous comma out"),
        (('"phone",\n', '"phone"\n'), "put the missing comma in"),
    ],
)
def test_a_comma_that_keeps_a_file_from_being_json(confirmer: Confirmer, spoilt: tuple[str, str], words: str) -> None:
    whole = text(schema()).decode()
    assert spoilt[0] in whole
    head = whole.replace(*spoilt, 1).encode()
    report = checked(confirmer, {FILE: whole.encode()}, {FILE: head})
    [repair] = [each.repair for each in report.findings if each.problem.rule == "json-invalid"]
    assert repair is not None
    assert repair.words == words
    assert json.loads(mended(head, repair)) == json.loads(whole)
    assert from_json(as_json(report)).findings == report.findings


@pytest.mark.parametrize("head", [b"{", b'{"name" "phone"}', b'{"a": 1 "a": 2}'])
def test_a_file_that_no_comma_mends_has_no_repair(confirmer: Confirmer, head: bytes) -> None:
    report = checked(confirmer, {FILE: text(schema())}, {FILE: head})
    assert [each.repair for each in report.findings if each.problem.rule == "json-invalid"] == [None]


# Measured.


def test_what_broke_in_the_history_of_the_standards_is_repaired_and_all_edits_go_together(
    data: Path, confirmer: Confirmer, tmp_path: Path
) -> None:
    history = data / "schema-history"
    cases = [json.loads(line) for line in (history / "cases.jsonl").read_text().splitlines()]
    cases = cases if "SOAK" in os.environ else cases[::4]
    found, together = Counter[bool](), Counter[Outcome]()
    for tree in (history / case["tree"] for case in cases if case["tree"]):
        try:
            report = compared(tree / "base", tree / "head", confirmer)
        except InputError:
            continue
        changes = {(each.change.id, each.file, each.pointer): each for each in broken(report)}
        found.update(each.repair is not None for each in changes.values())
        if changes:
            repairs = [each.repair for each in changes.values()]
            head = with_all(tree / "head", tmp_path / tree.name, repairs)
            together.update([compared(tree / "base", head, confirmer).outcome])
    print(f"repaired: {found[True]} of {found.total()} breaking changes")
    print(f"compatible with all edits at once: {together[Outcome.COMPATIBLE]} of {together.total()} cases")
    assert found.total() >= 10
    assert found[True] == found.total()
    assert together[Outcome.COMPATIBLE] == together.total()


def compared(base: Path, head: Path, confirmer: Confirmer) -> Report:
    return run(CheckRequest(str(base), str(head)), LocalSources(base.parent), confirmer, quietly)


def with_all(head: Path, directory: Path, repairs: Iterable[Repair | None]) -> Path:
    """A copy of a directory with all edits made."""
    files = {path.relative_to(head).as_posix(): path.read_bytes() for path in head.rglob("*") if path.is_file()}
    for file, content in all_mended(files, repairs).items():
        path = directory / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return directory
