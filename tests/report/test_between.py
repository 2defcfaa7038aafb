from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.interop import Shift
from bot.compat.verdicts import Answer
from bot.render.comment import comment
from bot.report.model import Outcome, Report
from bot.standard.values import JSON
from tests.render.reports import OCCASION
from tests.report.test_report import conforms
from tests.worlds import checked, entity

YAML = b"""\
name: here
title: Here
version: 1.0.0
state: development
base_uri: https://example.org/here
entities: [phone]
views: []
"""
BOTH = {"core": "must", "uk": "must"}


def profile(id_: str, title: str) -> bytes:
    return f"{{id: {id_}, title: {title}, uri: 'https://example.org/{id_}', version: 1.0.0}}".encode()


def standard(properties: Mapping[str, tuple[Mapping[str, str], JSON]], **more: JSON) -> dict[str, Any]:
    made = entity("phone", {name: {**schema, "profiles": chosen} for name, (chosen, schema) in properties.items()})
    made["properties"]["id"]["profiles"] = BOTH
    return {
        "schema/standard.yml": YAML,
        "schema/profiles/core/profile.yml": profile("core", "Core"),
        "schema/profiles/uk/profile.yml": profile("uk", "United Kingdom"),
        "schema/phone.json": {**made, **more},
    }


NUMBER = {"number": (BOTH, {"example": "0800"})}
TOGETHER = standard(NUMBER)
APART = standard({**NUMBER, "fax": ({"uk": "could"}, {"example": "0801"})})


def test_a_term_for_one_profile_alone_breaks_none_and_takes_two_apart(confirmer: Confirmer) -> None:
    report = checked(confirmer, TOGETHER, APART)
    assert report.outcome is Outcome.COMPATIBLE
    assert report.interop == (Shift("uk", "core", Answer.COMPATIBLE, Answer.BREAKING),)
    assert conforms(report)["interop"] == [{"from": "uk", "to": "core", "base": "compatible", "head": "breaking"}]
    told = "**Between profiles** With this change tools for Core can no longer read all United Kingdom data."
    assert told in comment(report, OCCASION)


def test_the_same_taken_back_brings_them_together(confirmer: Confirmer) -> None:
    report = checked(confirmer, APART, TOGETHER)
    assert report.interop == (Shift("uk", "core", Answer.BREAKING, Answer.COMPATIBLE),)
    assert "With this change tools for Core can now read all United Kingdom data." in comment(report, OCCASION)


@pytest.mark.parametrize(
    "head",
    [
        TOGETHER,
        standard({"number": (BOTH, {"example": "0800", "description": "Other words."})}),
        standard(NUMBER, required=["id", "number"]),
        standard({**NUMBER, "fax": (BOTH, {"example": "0801"})}),
    ],
    ids=["nothing", "words", "the same for both", "a term for both"],
)
def test_where_profiles_stay_together_nothing_is_said(head: dict[str, Any], confirmer: Confirmer) -> None:
    report = checked(confirmer, TOGETHER, head)
    assert report.interop == ()
    assert "Between profiles" not in comment(report, OCCASION)


def test_of_one_profile_alone_nothing_is_asked(confirmer: Confirmer) -> None:
    assert checked(confirmer, TOGETHER, APART, profile="uk").interop == ()


def test_a_profile_that_comes_has_no_past(confirmer: Confirmer) -> None:
    base = {path: each for path, each in TOGETHER.items() if "profiles/uk" not in path}
    report: Report = checked(confirmer, base, APART)
    assert report.interop == ()


def test_of_a_profile_that_cannot_be_judged_nothing_is_said(confirmer: Confirmer) -> None:
    broken = standard({**NUMBER, "fax": ({"uk": "could"}, {"type": "no type"})})
    assert checked(confirmer, TOGETHER, broken).interop == ()
