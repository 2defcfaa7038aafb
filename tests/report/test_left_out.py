from __future__ import annotations

from typing import Any

from bot.compat.confirming import Confirmer
from bot.standard.problems import Problem
from tests.render.test_goldens import edited, standard
from tests.worlds import checked

SERVICE = "schema/service.json"


def noticed(confirmer: Confirmer, head: dict[str, Any]) -> list[Problem]:
    findings = checked(confirmer, standard(), head).findings
    return [each.problem for each in findings if each.problem.rule == "term-unselected"]


def field(**more: Any) -> dict[str, Any]:
    return {"name": "fee", "type": "string", "description": "What it costs.", "source": "https://example.org", **more}


def test_a_new_term_that_no_profile_has_is_said_with_what_to_add(confirmer: Confirmer) -> None:
    [problem] = noticed(confirmer, edited(standard(), SERVICE, fee=field()))
    assert (problem.file, problem.pointer) == (SERVICE, "/properties/fee")
    assert problem.message == "the term service.fee is new and in no profile"
    assert 'add "profiles": {"uk": "could"} to the property' in problem.hint
    assert problem.line > 0


def test_a_new_term_that_a_profile_has_is_none_of_them(confirmer: Confirmer) -> None:
    assert noticed(confirmer, edited(standard(), SERVICE, fee=field(profiles={"core": "could"}))) == []


def test_a_term_that_was_in_no_profile_before_is_none_of_them(confirmer: Confirmer) -> None:
    base = edited(standard(), SERVICE, fee=field())
    head = edited(base, SERVICE, fee={"title": "Fee"})
    rules = [each.problem.rule for each in checked(confirmer, base, head).findings]
    assert "term-unselected" not in rules
