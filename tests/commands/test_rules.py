"""`rules` and `explain`: what the bot goes by, in words and on examples."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli
from bot.commands.explain import run
from bot.compat.confirming import Confirmer
from bot.compat.rules.catalogue import catalogue
from bot.compat.verdicts import Answer
from bot.errors import UsageError
from tests.worlds import entity

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    def said(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["standards-bot", *words])
        status = cli.run()
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return said


def test_the_list_has_every_rule_on_a_line_of_its_own(say: Say) -> None:
    status, out, _ = say("rules")
    assert status == 0
    lines = out.splitlines()
    assert {line.split()[1] for line in lines[: len(catalogue())]} == set(catalogue())
    assert "error   required-added " in out
    assert "note    term-added " in out
    assert "The first word says how serious each is, unless `rules:` in .github/bot.yml says otherwise." in lines


def test_the_list_as_json_says_all_that_a_page_needs(say: Say) -> None:
    status, out, _ = say("rules", "--format", "json")
    assert status == 0
    listed = {rule["id"]: rule for rule in json.loads(out)}
    assert listed.keys() == catalogue().keys()
    assert listed["enum-value-removed"]["mirror"] == "enum-value-added"
    assert listed["json-invalid"]["about"] == "files"
    assert all(rule["why"] and rule["who"] and rule["instead"] for rule in listed.values())


def test_a_change_is_explained_with_base_head_and_an_example_of_the_engine(say: Say) -> None:
    status, out, _ = say("explain", "required-added")
    assert status == 0
    order = ["Why it matters", "Who is hurt", "What to do instead", "before:", "after:", "An example that breaks"]
    assert [out.index(each) for each in order] == sorted(out.index(each) for each in order)
    assert "value is missing" in out
    assert "The opposite: required-removed" in out


def test_what_only_tools_meet_is_shown_as_that(say: Say) -> None:
    _, out, _ = say("explain", "enum-value-added")
    assert "An example that tools may meet after" in out
    assert '"value": "closed"' in out


def test_what_hurts_nobody_shows_no_example(say: Say) -> None:
    _, out, _ = say("explain", "description-changed")
    assert "No document shows a difference" in out


def test_tables_are_shown_by_rows(say: Say) -> None:
    _, out, _ = say("explain", "unique-added")
    assert "two rows have the same value" in out


def test_a_problem_of_files_is_shown_at_its_line(say: Say) -> None:
    status, out, _ = say("explain", "json-invalid")
    assert status == 0
    assert "schema/service.json:3: this is not JSON" in out or "schema/service.json:4: this is not JSON" in out


def test_the_lines_around_a_problem_begin_where_the_others_do(say: Say) -> None:
    assert 'For instance:\n      },\n      "value": {\n        "name"' in say("explain", "example-missing")[1]


def test_hidden_characters_of_a_fixture_do_not_reach_the_terminal(say: Say) -> None:
    _, out, _ = say("explain", "character-hidden")
    assert "\u202e" not in out


def test_a_rule_without_a_fixture_says_why(say: Say) -> None:
    status, out, _ = say("explain", "symlink-refused")
    assert status == 0
    assert "There is no example here. It takes a repository" in out


def test_an_unknown_rule_is_wrong_usage_with_a_suggestion(say: Say) -> None:
    status, out, err = say("explain", "requird-added")
    assert (status, out) == (2, "")
    assert "there is no rule 'requird-added'. Did you mean 'required-added'" in err
    assert "For a keyword of your own there is 'keyword-added'" in err


def test_a_rule_like_none_is_pointed_to_the_list(say: Say) -> None:
    status, _, err = say("explain", "nonsense")
    assert status == 2
    assert "Did you mean" not in err
    assert "`standards-bot rules` lists them all" in err


def test_check_goes_by_the_rules_of_the_projects_settings(say: Say, tmp_path: Path) -> None:
    base, here = tmp_path / "base", tmp_path / "here"
    number, kind = entity("phone", {"number": {}}), entity("phone", {"number": {}, "kind": {}})
    for side, schema in ((base, kind), (here, number)):
        (side / "schema").mkdir(parents=True)
        (side / "schema" / "phone.json").write_text(json.dumps(schema))
    (here / ".github").mkdir()
    statuses = []
    for setting in ("error", "warning"):
        (here / ".github" / "bot.yml").write_text(f"rules: {{term-removed: {setting}}}")
        status, out, _ = say("check", "--source", str(here), "--base", str(base), "--format", "json")
        statuses.append(status)
        assert json.loads(out)["verdict"] == "breaking"
        assert json.loads(out)["rules"] == {"term-removed": setting}
    assert statuses == [1, 0]


@pytest.mark.parametrize("id_", [*catalogue()][::9])
def test_any_rule_can_be_explained(id_: str, confirmer: Confirmer) -> None:
    found = run(id_, confirmer)
    rule = found.rule
    assert rule.id == id_
    if rule.unshown:
        assert (found.shown, found.change, found.problem) == (None, None, None)
    elif rule.is_about_files:
        assert found.problem is not None
        assert found.change is None
    else:
        assert found.change is not None
        assert (found.example is not None) is (rule.hurt.value != "nobody")
        assert found.example is None or found.example.answer is Answer.BREAKING


def test_a_keyword_that_nobody_knows_has_a_rule_all_the_same(confirmer: Confirmer) -> None:
    assert run("x-anything-added", confirmer).rule.id == "keyword-added"
    with pytest.raises(UsageError, match="there is no rule 'nonsense'"):
        run("nonsense", confirmer)


# Pages.

SHOWN = ("required-added", "enum-value-added", "description-changed", "unique-added", "json-invalid", "setting-unknown")


@pytest.mark.parametrize("id_", [*SHOWN, "file-too-large", "settings-changed"])
def test_a_rule_is_a_page_with_all_that_the_terminal_says(id_: str, say: Say) -> None:
    (status, page, _), (_, text, _) = say("explain", id_, "--format", "markdown"), say("explain", id_)
    assert status == 0
    assert page.startswith(f"# {catalogue()[id_].title}\n")
    assert page.count("```") % 2 == 0
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == [
        "Why it matters",
        "Who is hurt",
        "What to do instead",
        "For instance",
    ]
    for words in ("An example that breaks", "An example that tools may meet", "No document shows", "The opposite"):
        assert (words in page) is (words in text), words


def test_a_page_shows_both_sides_and_the_example_as_code(say: Say) -> None:
    _, page, _ = say("explain", "enum-value-removed", "--format", "markdown")
    assert "`service.value` no longer allows `closed`." in page
    assert page.index("Before:") < page.index("After:") < page.index('"value": "closed"  // ')


def test_a_problem_of_settings_is_shown_at_its_line_and_cannot_be_switched_off(say: Say) -> None:
    _, page, _ = say("explain", "setting-unknown", "--format", "markdown")
    assert "```\nversion: 1\nsorce: .\n```" in page
    assert "Error, always: no setting can change it." in page
    assert "Error, unless `rules:` in .github/bot.yml says otherwise." in say("explain", "required-added")[1]


@pytest.mark.parametrize("id_", [*SHOWN, "file-too-large"])
def test_a_rule_is_json_with_its_example_in_parts(id_: str, say: Say) -> None:
    status, out, _ = say("explain", id_, "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert found["id"] == id_
    assert bool(found["example"]) is not bool(found["unshown"])
    if id_ == "required-added":
        assert found["example"]["document"] == {"id": "a1"}
        assert [each["pointer"] for each in found["example"]["faults"]] == [""]
    if id_ == "json-invalid":
        assert found["example"]["line"] == 4
        assert len(found["example"]["excerpt"].splitlines()) == 3


def test_a_page_can_be_written_to_a_file(say: Say, tmp_path: Path) -> None:
    status, out, _ = say("explain", "term-removed", "--format", "markdown", "--output", str(tmp_path / "rule.md"))
    assert (status, out) == (0, "")
    assert (tmp_path / "rule.md").read_text().startswith("# A term is removed\n")
