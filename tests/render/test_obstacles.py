from __future__ import annotations

from typing import Any

import pytest

from bot.compat.changes import ABSENT, Change
from bot.compat.confirming import Fault
from bot.compat.rules.catalogue import catalogue
from bot.compat.rules.model import Hurt
from bot.compat.verdicts import breaking, unknown
from bot.render.obstacles import obstacle, together
from bot.render.safety import code

BROKEN = breaking({"id": "a"})


def said(rule: str, base: Any = ABSENT, head: Any = ABSENT, keyword: str = "k") -> str:
    return obstacle(Change(rule, "service", ("properties", "it"), keyword, base, head), BROKEN, str)


@pytest.mark.parametrize(
    ("rule", "base", "head", "expected"),
    [
        ("enum-value-removed", "fax", ABSENT, "service.it may be fax, which the tools do not know"),
        ("enum-value-removed", ["a", "b"], ABSENT, "service.it may be a or b, which the tools do not know"),
        ("enum-added", ABSENT, ["a", "b", "c"], "service.it may be anything, and the tools know only a, b or c"),
        ("const-changed", 1, 2, "service.it may be 1, and the tools know only 2"),
        ("type-added", ABSENT, "number", "service.it may be of any type, and the tools take only a number"),
        ("type-changed", ["string", "null"], "string", "service.it may be a text or null, and the tools take only a text"),
        ("type-changed", "array", "object", "service.it may be a list, and the tools take only an object with terms of its own"),
        ("column-type-changed", "string", "date", "in tables, service.it may be a text, and the tools take only a day"),
        ("format-changed", "date", "x", "service.it may be a day (2027-01-31), in the format date, and the tools take only what is of the format x"),
        ("pattern-added", ABSENT, "^a$", "service.it may be any text, and the tools take only the form ^a$"),
        ("pattern-changed", "^b$", "^a$", "service.it may be a text of the form ^b$, and the tools take only the form ^a$"),
        ("minimum-changed", 0, 18, "service.it may be less than 18, the least that the tools take"),
        ("exclusive-maximum-added", ABSENT, 9, "service.it may be 9 or more, and the tools take only what is less"),
        ("max-length-added", ABSENT, 1, "service.it may be longer than 1 character, the longest that the tools take"),
        ("max-length-added", ABSENT, 50, "service.it may be longer than 50 characters, the longest that the tools take"),
        ("min-items-added", ABSENT, 2, "service.it may have fewer entries than 2, the least that the tools take"),
        ("unique-items-added", ABSENT, True, "service.it may have the same entry twice, and the tools refuse that"),
        ("key-added", ABSENT, "phone", "service.it may name something that is not in the data, and the tools look for it in phone"),
        ("name-changed", "a", "b", "in tables, service.it is called a, and the tools look for b"),
        ("if-changed", {}, {"a": 1}, "the two do not say the same of service.it (k)"),
        ("x-unit-changed", "m", ABSENT, "the two do not say the same of service.it: k is m for the data and nothing for the tools"),
    ],
)  # fmt: skip
def test_an_obstacle_is_a_sentence_about_data_and_tools(rule: str, base: Any, head: Any, expected: str) -> None:
    assert said(rule, base, head) == expected


def test_what_is_refused_is_said_with_the_fault_of_the_example() -> None:
    fault = Fault("", "required", ["id", "url"], "'url' is a required property")
    verdict = breaking({"id": "a"}, (fault,))
    refused = obstacle(Change("not-added", "service", ("properties", "it"), "not", ABSENT, {}), verdict, code)
    assert refused == "`service.it` may be something that the tools refuse: `url is missing`"
    assert together("service", verdict, str).endswith("together, none of them alone: url is missing")


def test_what_is_not_decided_is_not_said_to_be_in_the_way() -> None:
    change = Change("term-removed", "service", ("properties", "it"), "properties", {}, ABSENT)
    words = obstacle(change, unknown("pattern", "", "nobody knows"), str)
    assert words == "the tools do not know service.it; whether that stands in the way is not decided"


@pytest.mark.parametrize(
    "rule", [each for each in catalogue().values() if each.hurt is Hurt.PUBLISHERS], ids=lambda each: each.id
)
def test_every_rule_that_can_stand_in_the_way_has_a_sentence(rule: Any) -> None:
    for base, head in ((ABSENT, 1), (1, ABSENT), ({"a": 1}, [{}]), (["a"] * 20, "b"), (None, False)):
        words = said(rule.id, base, head, rule.keyword)
        assert "service.it" in words
        assert "Absent" not in words


def test_names_and_values_of_strangers_are_marked() -> None:
    evil = "`<img src=x>\n@all"
    change = Change("enum-value-removed", "service", ("properties", evil), "enum", evil, ABSENT)
    words = obstacle(change, BROKEN, code)
    assert "\n" not in words
    assert words.count("``") >= 4
