"""`interop`: the matrix of profiles, from files to words."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli
from bot.commands.check import PatchDirectory
from bot.commands.interop import InteropRequest, run
from bot.compat.confirming import Confirmer
from bot.compat.verdicts import Answer
from bot.errors import InputError
from bot.report.matrix import Matrix
from bot.standard.values import JSON
from tests.report.test_between import APART
from tests.worlds import GivenSources, entity, quietly

HSDS = {"schema/phone.json": entity("phone", {"number": {"example": "0800"}, "kind": {"example": "fax"}})}
STRICT: dict[str, JSON] = {"phone": {"required": ["id", "number"], "properties": {"kind": None}}}


def asked(confirmer: Confirmer, files: dict[str, JSON], patch: dict[str, JSON] | None = None) -> Matrix:
    request = InteropRequest(patches=() if patch is None else (PatchDirectory("uk", "profile"),))
    return run(request, GivenSources({}, files, patch or {}), confirmer, quietly)


def answers(matrix: Matrix) -> dict[tuple[str, str], str]:
    return {(each.publisher, each.reader): each.verdict.answer.value for each in matrix.crossings}


def test_the_profiles_of_a_structure(confirmer: Confirmer) -> None:
    matrix = asked(confirmer, APART)
    assert answers(matrix) == {("core", "uk"): "compatible", ("uk", "core"): "breaking"}
    assert matrix.profiles == {"core": "Core", "uk": "United Kingdom"}
    assert not matrix.is_open


def test_a_patched_profile_is_asked_of_beside_the_standards_own(confirmer: Confirmer) -> None:
    matrix = asked(confirmer, HSDS, STRICT)
    assert answers(matrix) == {("hsds", "uk"): "breaking", ("uk", "hsds"): "compatible"}
    found = matrix.between("hsds", "uk")
    assert found is not None
    assert {each.change.term for each in found.obstacles} == {"phone.number", "phone.kind"}
    assert matrix.between("uk", "uk") is None


def test_a_schema_that_is_none_leaves_its_pair_undecided(confirmer: Confirmer) -> None:
    broken = {"phone": {"properties": {"number": {"type": "no type"}}}}
    found = asked(confirmer, HSDS, broken).between("hsds", "uk")
    assert found is not None
    assert found.verdict.answer is Answer.UNKNOWN
    assert "no type" in found.verdict.reason


@pytest.mark.parametrize(
    ("files", "patch", "said"),
    [
        ({}, None, "there is no standard"),
        ({"schema/phone.json": b"{"}, None, "schema/phone.json:1"),
        (HSDS, {"phone": b"["}, "phone.json:1"),
        (
            {"datapackage.json": {"resources": [{"name": "a", "schema": {"fields": [{"name": "b"}]}}]}},
            {"a": {}},
            "merge patches cannot be made on tables alone",
        ),
    ],
    ids=["nothing", "broken", "broken patch", "patched tables"],
)
def test_what_cannot_be_judged_is_an_error(
    files: dict[str, JSON], patch: dict[str, JSON] | None, said: str, confirmer: Confirmer
) -> None:
    with pytest.raises(InputError, match=said):
        asked(confirmer, files, patch)


# The command.

Say = Callable[..., tuple[int, str]]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    def said(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["standards-bot", "interop", *map(str, words)])
        status = cli.run()
        captured = capsys.readouterr()
        assert captured.err == "" or status
        return status, captured.out

    return said


@pytest.fixture
def hsds(tmp_path: Path) -> Path:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "phone.json").write_text(json.dumps(HSDS["schema/phone.json"]))
    (tmp_path / "uk" / "profile").mkdir(parents=True)
    (tmp_path / "uk" / "profile" / "phone.json").write_text(json.dumps(STRICT["phone"]))
    return tmp_path


def test_text_answers_each_question_and_shows_an_example_of_each_obstacle(say: Say, hsds: Path) -> None:
    status, out = say("--source", hsds, "--patch", hsds / "uk" / "profile")
    assert status == 0
    assert out.startswith("Can the tools of one profile read all data of another?\n")
    assert "hsds data  -               no: 2 obstacles" in out
    assert "Can tools for uk read all HSDS data? No. 2 obstacles:" in out
    assert "   - phone.number may be left out, and the tools need it\n       {  <- number is missing\n" in out
    assert "   - the tools do not know the term phone.kind\n       {\n" in out
    assert "Can tools for HSDS read all uk data? Yes, checked for all data." in out


def test_markdown_is_a_table_and_the_examples_behind_it(say: Say, hsds: Path) -> None:
    status, out = say("--source", hsds, "--patch", hsds / "uk" / "profile", "--format", "markdown")
    assert status == 0
    assert "| `hsds` data | - | no: 2 obstacles |" in out
    assert "- `phone.number` may be left out, and the tools need it" in out
    assert out.count("<details>") == out.count("</details>") == 2


def test_json_has_every_obstacle_with_its_example(say: Say, hsds: Path, tmp_path: Path) -> None:
    file = tmp_path / "matrix.json"
    assert say("--source", hsds, "--patch", hsds / "uk" / "profile", "--format", "json", "--output", file) == (0, "")
    matrix = json.loads(file.read_text())
    assert (matrix["schema_version"], list(matrix["profiles"])) == ("1.0", ["hsds", "uk"])
    there, back = matrix["pairs"]
    assert (there["from"], there["to"], there["verdict"]) == ("hsds", "uk", "breaking")
    assert [each["term"] for each in there["obstacles"]] == ["phone.kind", "phone.number"]
    assert all(each["verdict"] == "breaking" and each["witness"] for each in there["obstacles"])
    assert (back["verdict"], back["obstacles"]) == ("compatible", [])


def test_one_profile_has_nobody_to_read(say: Say, hsds: Path) -> None:
    for form in ("text", "markdown"):
        status, out = say("--source", hsds, "--format", form)
        assert status == 0
        assert "There is one profile" in out


def test_no_standard_is_status_3(say: Say, tmp_path: Path) -> None:
    assert say("--source", tmp_path) == (3, "")
