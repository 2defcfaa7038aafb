"""The catalogue holds all that the bot can print, and each rule says all that it has to say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import pytest

from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, ANNOTATIONS, Change
from bot.compat.differing import diff
from bot.compat.judging import JudgedChange
from bot.compat.rules import settings
from bot.compat.rules.catalogue import catalogue, close, rule_for, rule_of
from bot.compat.rules.fixture import fixture_of
from bot.compat.rules.model import Direction, Rule
from bot.compat.verdicts import COMPATIBLE, Verdicts
from bot.standard.keywords import DEFINITIONS, IDENTIFIERS, JUDGED
from bot.standard.values import JSON
from tests.worlds import ROOT

RULES = catalogue()
TABULAR = frozenset(
    {"constraints", "datapackage_format", "datapackage_type", "foreign_key", "foreignKeys", "primaryKey"}
    | {"tabular_required", "unique"}
)
KEYWORDS = sorted(JUDGED | DEFINITIONS | IDENTIFIERS | ANNOTATIONS | TABULAR | {"x-unit", "ownWord"})
VALUES: tuple[JSON, ...] = (
    ABSENT,
    1,
    2,
    "a",
    "b",
    True,
    {},
    {"a": {}},
    {"a": {"type": "string"}},
    [],
    ["a"],
    ["b"],
    ["b", "a"],
)
UNCHANGED = Verdicts(COMPATIBLE, COMPATIBLE, COMPATIBLE, COMPATIBLE)


MALFORMED = {
    *("defs", "definitions", "properties", "pattern-properties", "dependencies", "dependent-schemas"),
    *("constraints", "enum", "foreign-keys", "required", "tabular-required", "unique"),
}
"""Those that have rules of their own for what they hold, in the form that they have."""


def judged(change: Change) -> JudgedChange:
    return JudgedChange(change, UNCHANGED, Bump.NONE)


def changes_of(keyword: str) -> Iterator[Change]:
    """Whatever a keyword can become, in a schema and in the constraints of a column."""
    for base in VALUES:
        for head in VALUES:
            sides = [{} if each is ABSENT else {keyword: each} for each in (base, head)]
            for tables in (False, True):
                yield from diff("service", *sides, tables=tables)
            yield from diff("service", *({"constraints": each} for each in sides), tables=True)


def named_problems() -> dict[str, str]:
    """The ids that stand where problems are made, anywhere in the package, and a file where each stands."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "bot").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = dict(_constants(tree))
        for node in ast.walk(tree):
            for id_ in _named(node, constants):
                found.setdefault(id_, str(path.relative_to(ROOT)))
    return found


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The texts that a module gives a name to."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            for target in node.targets:
                yield getattr(target, "id", ""), node.value.value


MAKERS = {
    **dict.fromkeys(("error", "warning", "notice", "Problem", "SchemaFault", "Malformed", "report"), 0),
    **dict.fromkeys(("complain", "_complain", "WrongPath"), 0),
    **dict.fromkeys(("fault", "nonconformities"), 2),
}
"""What makes problems, and which of its arguments is the id."""


def _named(node: ast.AST, constants: Mapping[str, str]) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    given = node.args[MAKERS[name] :][:1] if name in MAKERS else []
    for each in given:
        id_ = each.value if isinstance(each, ast.Constant) else constants.get(getattr(each, "id", ""))
        if isinstance(id_, str) and re.fullmatch("[a-z]+(-[a-z]+)+", id_):
            yield id_


# What the bot can print.


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_every_change_of_a_keyword_has_a_rule(keyword: str) -> None:
    changes = list(changes_of(keyword))
    assert changes
    for change in changes:
        rule = rule_for(judged(change))
        assert rule is not None, change
        assert change.rule not in RULES or rule == rule_of(change.rule)
        assert not rule.is_about_files


def test_only_keywords_in_a_form_that_they_cannot_have_share_rules() -> None:
    shared = {
        change.rule
        for keyword in JUDGED | DEFINITIONS | IDENTIFIERS | ANNOTATIONS | TABULAR
        for change in changes_of(keyword)
        if change.keyword == keyword and change.rule not in RULES
    }
    assert {id_.rpartition("-")[0] for id_ in shared} == MALFORMED


def test_every_problem_of_files_has_a_rule_and_every_rule_a_problem() -> None:
    named = named_problems()
    assert len(named) > 40
    about_files = {rule.id for rule in RULES.values() if rule.is_about_files}
    assert named.keys() - about_files == set(), "a problem without a rule"
    rooms = ("standard", "report", "commands", "compat", "community")
    written = "\n".join(path.read_text() for room in rooms for path in (ROOT / "bot" / room).glob("*.py"))
    assert {id_ for id_ in about_files if f'"{id_}"' not in written} == set(), "a rule without a problem"


def test_what_is_said_of_settings_is_among_the_problems_that_are_found() -> None:
    of_settings = {rule.id for rule in settings.rules()}
    assert of_settings <= named_problems().keys()
    assert {"settings-changed", "gate-unguarded", "topic-address-read"} <= of_settings


def test_every_rule_that_messages_have_words_for_exists() -> None:
    tree = ast.parse((ROOT / "bot" / "render" / "sentences.py").read_text())
    named = {each.value for each in ast.walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    ids = {id_ for id_ in named if re.fullmatch("[a-z]+(-[a-z]+)*-(added|removed|changed|renamed|moved)", id_)}
    assert len(ids) > 20
    assert {id_ for id_ in ids if id_ not in RULES} == set()


# What each rule says.


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_why_who_and_what_to_do(rule: Rule) -> None:
    assert re.fullmatch("[a-z]+(-[a-z]+)+", rule.id)
    assert rule.title[0].isupper()
    assert rule.title[-1] != "."
    for said in (rule.why, rule.who, rule.instead):
        assert said[-1] == "."
        assert not re.search(r"  |\{|\.\.|witness|refuted", said)
    assert rule.direction is Direction.NONE or rule.id.endswith(("ed", rule.direction.value))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_has_a_mirror_or_a_reason(rule: Rule) -> None:
    if rule.mirror:
        assert RULES[rule.mirror].mirror == rule.id
        assert {rule.direction, RULES[rule.mirror].direction} == {Direction.ADDED, Direction.REMOVED}
    else:
        assert rule.alone[-1] == "."


def test_every_rule_keeps_a_fixture_or_says_why_not_and_no_fixture_is_without_rule() -> None:
    kept = {Path(each.name).stem for each in files("bot.compat.rules").joinpath("fixtures").iterdir()}
    assert kept == {rule.id for rule in RULES.values() if not rule.unshown}
    assert all(fixture_of(rule) is None for rule in RULES.values() if rule.unshown)


def test_rules_are_told_apart_by_their_words() -> None:
    titles = [rule.title for rule in RULES.values()]
    assert sorted({each for each in titles if titles.count(each) > 1}) == []


# From an id to a rule.


@pytest.mark.parametrize(
    ("id_", "found"),
    [
        ("term-removed", "term-removed"),
        ("x-unit-added", "keyword-added"),
        ("x-format-changed", "keyword-changed"),
        ("tariff-zone-removed", "keyword-removed"),
        ("properties-changed", "keyword-changed"),
        ("requird-added", None),
        ("term-remved", None),
        ("nonsense", None),
        ("", None),
        ("-added", None),
    ],
)
def test_ids_find_their_rules(id_: str, found: str | None) -> None:
    rule = rule_of(id_)
    assert (rule.id if rule else None) == found


def test_an_id_that_is_close_suggests_the_one_that_was_meant() -> None:
    assert close("requird-added")[0] == "required-added"
    assert close("term-remved")[0] == "term-removed"
    assert close("nothing like it") == []


def test_a_rule_does_not_judge_what_only_shares_its_name() -> None:
    change = Change("minimum-added", "service", ("properties", "age"), "maximum", ABSENT, 1)
    assert rule_for(judged(change)) is None
