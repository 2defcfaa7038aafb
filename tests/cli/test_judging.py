"""What `check` and `build` say to somebody who comes to them for the first time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

import pytest

from tests.adapters.test_sources import commit
from tests.conftest import Run
from tests.test_cli import PHONE, base, narrowed, repository, write
from tests.worlds import ROOT, entity

__all__ = ["base", "repository"]


def misspelt(directory: Path) -> Path:
    """A head in which a reference is misspelt, and a value is gone."""
    line = {**entity("line", {"phone": {"$ref": "fone.json"}})}
    return write(directory, phone=narrowed(), line=line)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_an_error_in_the_files_comes_before_the_verdict(run: Run, base: Path, tmp_path: Path, form: str) -> None:
    out = run("check", "--base", base, "--head", misspelt(tmp_path / "head"), "--format", form).out
    assert out.startswith(("To be mended first\n", "**To be mended first**\n"))
    assert out.index("leads nowhere") < out.index("This change")
    # It is said once more, as the reason why nobody can tell what the change does.
    assert out.count("leads nowhere") == 2


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_what_cannot_be_read_comes_before_what_may_come_of_it(run: Run, tmp_path: Path, base: Path, form: str) -> None:
    head = write(tmp_path / "head", phone="{", line={**entity("line", {}), "required": ["gone"]})
    out = run("check", "--base", base, "--head", head, "--format", form).out
    assert 0 < out.index("not JSON") < out.index("'gone'")


def test_a_patch_is_not_blamed_where_what_it_patches_cannot_be_read(run: Run, tmp_path: Path) -> None:
    for name in ("base", "head"):
        copytree(ROOT / "schema", tmp_path / name / "schema")
    (tmp_path / "head" / "schema" / "service.json").write_text('{"name": "service" "type": "object"}')
    out = run("check", "--base", tmp_path / "base", "--head", tmp_path / "head").out
    assert "A comma is missing" in out
    assert "profiles/classic/service.json" not in out
    assert out.count("error  ") == 1


def test_problems_that_were_there_before_are_counted_and_listed_where_asked_for(
    run: Run, base: Path, tmp_path: Path
) -> None:
    (base / "schema" / "phone.json").write_text(json.dumps({**PHONE, "description": ""}))
    head = write(tmp_path / "head", phone={**PHONE, "description": "", "title": "Phone"})
    sides = ("check", "--base", base, "--head", head)
    for form, where in (("text", "--known lists them."), ("markdown", "`standards-bot check --known` lists them.")):
        counted = run(*sides, "--format", form).out
        assert f"1 problem in the files was there before and does not count here. {where}" in counted
        assert "has no description" not in counted
        listed = run(*sides, "--format", form, "--known").out
        assert "Problems that were there before, and do not count here" in listed
        assert "has no description" in listed


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_in_brief_there_are_verdict_and_table_alone(run: Run, base: Path, tmp_path: Path, form: str) -> None:
    sides = ("check", "--base", base, "--head", write(tmp_path / "head", phone=narrowed()), "--format", form)
    whole, brief = run(*sides), run(*sides, "--brief")
    assert brief.status == whole.status == 1
    assert "xample that breaks" in whole.out
    assert "xample that breaks" not in brief.out
    assert "breaks publishers" in brief.out


def test_a_line_of_an_example_goes_on_as_far_in_as_it_began(run: Run, base: Path, tmp_path: Path) -> None:
    number = {"example": "0800 " * 40}
    (base / "schema" / "phone.json").write_text(json.dumps(entity("phone", {"number": number}, ("id", "number"))))
    head = write(tmp_path / "head", phone=entity("phone", {"number": {**number, "maxLength": 5}}, ("id", "number")))
    out = run("check", "--base", base, "--head", head).out.splitlines()
    at = next(index for index, line in enumerate(out) if '"number": "0800' in line)
    assert out[at + 1].startswith(" " * 7 + "0800")


# What the settings name.


def settings_of(repository: Path, text: str) -> None:
    (repository / ".github").mkdir()
    (repository / ".github" / "bot.yml").write_text(f"version: 1\n{text}")


@pytest.fixture
def patched(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with settings that name patches of a profile, in which a value is gone from the standard."""
    for name in ("GITHUB_EVENT_PATH", "GITHUB_TOKEN", "GITHUB_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    settings_of(repository, "patches: [{id: uk, path: profile}]\n")
    (repository / "profile").mkdir()
    (repository / "profile" / "phone.json").write_text('{"properties": {"kind": null}}')
    commit(repository)
    write(repository, phone=narrowed())
    return repository


@pytest.mark.usefixtures("patched")
def test_a_check_by_hand_judges_the_profiles_that_the_settings_name(run: Run) -> None:
    ran = run("check", "--base", "HEAD", "--format", "json")
    assert ran.err == "As .github/bot.yml says, judged for: uk (in profile).\n"
    profiles = json.loads(ran.out)["profiles"]
    assert {name: profile["verdict"] for name, profile in profiles.items()} == {"uk": "compatible"}


def test_what_a_check_names_itself_counts_more_than_the_settings(run: Run, patched: Path, base: Path) -> None:
    (patched / "own").mkdir()
    (patched / "own" / "phone.json").write_text("{}")
    named = run("check", "--base", "HEAD", "--patch", "mine=own", "--format", "json")
    assert list(json.loads(named.out)["profiles"]) == ["mine"]
    elsewhere = run("check", "--base", base, "--head", base, "--format", "json")
    assert list(json.loads(elsewhere.out)["profiles"]) == ["hsds"]
    assert (named.err, elsewhere.err) == ("", "")


def test_how_serious_rules_are_holds_for_patches_that_the_check_names_too(run: Run, patched: Path) -> None:
    text = "version: 1\npatches: [{id: uk, path: profile}]\nrules: {enum-value-removed: warning}\n"
    (patched / ".github" / "bot.yml").write_text(text)
    (patched / "own").mkdir()
    (patched / "own" / "phone.json").write_text('{"title": "Phone"}')
    named = run("check", "--base", "HEAD", "--patch", "mine=own", "--format", "json")
    report = json.loads(named.out)
    assert report["profiles"]["mine"]["verdict"] == "breaking"
    assert report["rules"] == {"enum-value-removed": "warning"}
    assert (named.status, named.err) == (0, "")


def test_a_path_in_the_settings_that_leads_nowhere_is_an_error(run: Run, patched: Path) -> None:
    (patched / ".github" / "bot.yml").write_text("version: 1\npatches: [{id: uk, path: profil}]\n")
    ran = run("check", "--base", "HEAD")
    assert ran.status == 3
    assert "names profil for the profile uk, and it is no directory. Correct its path" in ran.err


def test_where_the_settings_of_the_default_branch_are_not_at_hand_they_are_not_used(
    run: Run, patched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (patched / "event.json").write_text('{"repository": {"default_branch": "trunk"}}')
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(patched / "event.json"))
    ran = run("check", "--base", "HEAD", "--format", "json")
    assert ran.err.startswith("note: .github/bot.yml is not used: the default branch 'trunk' is not here")
    assert list(json.loads(ran.out)["profiles"]) == ["hsds"]


def test_the_settings_say_where_the_standard_is(run: Run, repository: Path) -> None:
    write(repository / "standards", phone=PHONE)
    settings_of(repository, "source: standards\n")
    commit(repository)
    write(repository / "standards", phone=narrowed())
    ran = run("check", "--base", "HEAD", "--brief")
    assert ran.status == 1
    assert "phone.kind no longer allows fax" in ran.out


# Where the standard is, and where what is built goes.


def test_without_a_standard_that_alone_is_said(run: Run, base: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    ran = run("check", "--base", base, "--head", tmp_path / "nothing")
    assert ran.status == 3
    assert "there is no standard in" in ran.out
    assert "removed" not in ran.out


def test_in_the_directory_of_schemas_one_is_sent_one_higher(
    run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (("check", "--source", "schema"), ("build", "--source", "schema", "--output", "out")):
        ran = run(*words)
        assert ran.status == 3
        assert ran.err == "error: schema is a part of a standard. The whole is in --source .\n"
    monkeypatch.chdir(repository / "schema")
    assert run("check").err == "error: schema is a part of a standard. The whole is in --source ..\n"


def test_build_refuses_a_file_for_a_directory(run: Run, base: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    ran = run("build", "--source", base, "--output", tmp_path / "out")
    assert (ran.status, ran.err) == (3, f"error: {tmp_path / 'out'} is a file. Name a directory with --output.\n")


def test_build_looks_at_all_places_before_it_writes_to_one(run: Run, base: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "out" / "b").mkdir(parents=True)
    (tmp_path / "out" / "b" / "letter.txt").write_text("mine")
    patches = ("--patch", f"a={tmp_path / 'a'}", "--patch", f"b={tmp_path / 'b'}")
    ran = run("build", "--source", base, *patches, "--output", tmp_path / "out")
    assert ran.status == 3
    assert "'letter.txt'" in ran.err
    assert not (tmp_path / "out" / "a").exists()


def test_a_directory_that_is_no_repository_is_called_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path / "alone", phone=PHONE))
    assert run("check").err.startswith("error: this directory is in no git repository. ")


def package(directory: Path, *fields: Mapping[str, object]) -> Path:
    """A data package of one table."""
    directory.mkdir()
    table = {"name": "phone", "path": "phone.csv", "schema": {"fields": [{"name": "id", "type": "string"}, *fields]}}
    (directory / "datapackage.json").write_text(json.dumps({"name": "phones", "resources": [table]}))
    return directory


def test_a_column_that_breaks_for_being_required_is_called_so(run: Run, tmp_path: Path) -> None:
    line = {"name": "line", "type": "string", "constraints": {"required": True}}
    head = package(tmp_path / "head", line, {"name": "note", "type": "string"})
    out = run("check", "--base", package(tmp_path / "base"), "--head", head, "--brief").out
    assert "phone.line added as required" in out
    assert "phone.note added  " in out


def test_a_directory_without_patches_is_noticed(run: Run, base: Path, tmp_path: Path) -> None:
    (tmp_path / "uk").mkdir()
    ran = run("check", "--base", base, "--head", base, "--patch", tmp_path / "uk")
    assert ran.status == 0
    assert ran.err.startswith(
        f"note: there is no merge patch in {tmp_path / 'uk'}, so that uk is the standard as it is."
    )
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_where_a_term_is_lost_it_is_said_once_that_validators_may_not_mind(
    run: Run, base: Path, tmp_path: Path, form: str
) -> None:
    said = "a program that checks data may let the term pass; what it holds is lost all the same."
    lost = write(tmp_path / "lost", phone=entity("phone", {}))
    out = run("check", "--base", base, "--head", lost, "--format", form).out
    assert out.count("<- this version has no such term") + out.count("// this version has no such term") == 2
    assert " ".join(out.split()).count(said) == 1
    narrower = write(tmp_path / "narrower", phone=narrowed())
    assert said not in run("check", "--base", base, "--head", narrower, "--format", form).out
