from __future__ import annotations

import re

from bot.compat.bump import Bump
from bot.compat.changes import ABSENT, Change
from bot.compat.interop import Crossing
from bot.compat.judging import JudgedChange
from bot.compat.verdicts import COMPATIBLE, Verdict, Verdicts, breaking, unknown
from bot.render.interop import markdown, text
from bot.report.matrix import Matrix, matrix_as_json

NAMES = {"core": "Core", "uk": "Open Referral UK"}
BROKEN = breaking({"id": "a"})
OPEN = unknown("pattern", "/properties/code", "the pattern has a back-reference")


def obstacle(rule: str, term: str, keyword: str = "", verdict: Verdict = BROKEN, **sides: object) -> JudgedChange:
    entity, _, key = term.partition(".")
    steps = ("properties", key) if key else ()
    change = Change(rule, entity, steps, keyword, sides.get("base", ABSENT), sides.get("head", ABSENT))
    return JudgedChange(change, Verdicts(COMPATIBLE, COMPATIBLE, verdict, COMPATIBLE), Bump.MAJOR)


def matrix(*obstacles: JudgedChange, verdict: Verdict = BROKEN, combined: dict[str, Verdict] | None = None) -> Matrix:
    there = Crossing("core", "uk", verdict, obstacles, combined or {})
    return Matrix("here", NAMES, (there, Crossing("uk", "core", COMPATIBLE)))


def said(found: Matrix) -> list[str]:
    """The lines that name obstacles."""
    whole = re.sub(r"\n {5}(?=\S)", " ", text(found))
    return [line.strip() for line in whole.splitlines() if line.startswith("   - ")]


def test_each_kind_of_obstacle_is_said_in_words() -> None:
    found = matrix(
        obstacle("required-added", "service.url", "required", head="url"),
        obstacle("tabular-required-added", "phone.number", "tabular_required", head="number"),
        obstacle("unique-added", "service.code", "unique", head=True),
        obstacle("primary-key-added", "phone", "primaryKey", head="number"),
        obstacle("term-added", "contact.phones", "properties", head={}),
        obstacle("format-added", "service.url", "format", head="uri"),
        obstacle("type-changed", "service.age", "type", base="string", head="integer"),
        obstacle("all-of-changed", "service.age", "allOf", base={}, head=[1]),
    )
    assert said(found) == [
        "- service.url may be left out, and the tools need it",
        "- in tables, phone.number may be left empty, and the tools need it",
        "- two records may have the same service.code, and the tools take it to be unique",
        "- phone has no primary key, and the tools tell rows apart by number",
        "- the tools also know contact.phones, and ask for more because of it",
        "- service.url may be any text, and the tools take only what is a web address, in the format uri",
        "- service.age may be a text, and the tools take only a whole number",
        "- the two do not say the same of service.age (allOf)",
    ]


def test_lines_end_where_a_terminal_does_and_no_name_is_cut() -> None:
    terms = [obstacle("term-removed", f"service.term-of-many-words-{at}", "properties", base={}) for at in range(9)]
    lines = text(matrix(*terms)).splitlines()
    assert max(map(len, lines)) <= 100
    words = " ".join(line.strip() for line in lines)
    assert all(f"service.term-of-many-words-{at}" in words for at in range(9))


def test_what_has_no_place_is_said_together() -> None:
    terms = [obstacle("term-removed", f"service.term_{at}", "properties", base={}) for at in range(20)]
    found = matrix(*terms, obstacle("entity-removed", "program", base={}))
    assert said(found)[1] == "- the tools do not know the entity program"
    assert said(found)[0].startswith("- the tools do not know the terms service.term_0, service.term_1, ")
    assert said(found)[0].endswith(" and 8 more")
    assert len(matrix_as_json(found)["pairs"][0]["obstacles"]) == 21


def test_what_the_tools_need_is_said_together_where_it_is_said_first() -> None:
    needed = [obstacle("required-added", f"service.term_{at}", "required", head="x") for at in range(3)]
    open_ = obstacle("required-added", "service.code", "required", OPEN, head="x")
    found = matrix(needed[0], obstacle("unique-added", "service.code", "unique", head=True), *needed[1:], open_)
    assert said(found) == [
        "- these may be left out, and the tools need them: service.term_0, service.term_1, service.term_2",
        "- two records may have the same service.code, and the tools take it to be unique",
        "- service.code may be left out, and the tools need it; whether that stands in the way is not decided",
    ]


def test_what_only_together_stands_in_the_way_is_said_as_that() -> None:
    found = matrix(combined={"service": BROKEN})
    assert said(found) == ["- several differences of service together, none of them alone"]
    assert "No. 1 obstacle:" in text(found)


def test_what_is_not_decided_says_why() -> None:
    alone = text(matrix(verdict=OPEN))
    assert "Not decided; a person has to look." in alone
    assert "not decided: pattern at /properties/code: the pattern has a back-reference" in alone
    with_term = text(matrix(obstacle("term-removed", "service.code", "properties", OPEN, base={}), verdict=OPEN))
    assert "the tools do not know service.code; whether that stands in the way is not decided" in with_term


def test_a_long_example_is_cut() -> None:
    long = breaking({f"term_{at}": at for at in range(90)})
    shown = text(matrix(obstacle("required-added", "service.url", "required", long, head="url")))
    assert "term_5" in shown
    assert "term_80" not in shown
    assert shown.count("…") == 1


def test_names_and_values_of_strangers_are_harmless() -> None:
    hostile = "a\u202e`<img src=x>|\n# big"
    evil = Matrix("here", {"core": hostile, "uk": hostile}, ())
    bad = breaking({hostile: hostile, "```": "</details>"})
    crossings = (
        Crossing("core", "uk", bad, (obstacle("term-removed", f"service.{hostile}", "properties", bad, base={}),)),
        Crossing("uk", "core", COMPATIBLE),
    )
    found = Matrix(evil.label, evil.profiles, crossings)
    for shown in (text(found), markdown(found)):
        assert "\u202e" not in shown
        assert "\n# big" not in shown
    told = markdown(found)
    assert told.count("\n<details>") == told.count("\n</details>") == 1
