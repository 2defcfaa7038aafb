"""How the work grows with the number of terms: what is counted is questions, not seconds."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from bot.compat.confirming import Confirmer
from bot.compat.containment.glance import Glance
from bot.compat.engine import Engine, Side
from bot.compat.verdicts import COMPATIBLE, Answer
from bot.standard.documents import Documents
from bot.standard.values import JSON

if TYPE_CHECKING:
    import pytest

    from bot.compat.containment.nodes import Node

TERMS = 500


def entity(terms: int) -> JSON:
    return {"type": "object", "properties": {f"term_{at}": {"type": "string"} for at in range(terms)}}


def test_many_terms_are_not_held_against_each_other(confirmer: Confirmer, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = 0
    apart = Glance.apart

    def counted(self: Glance, left: Node, right: Node, kind: str) -> bool:
        nonlocal pairs
        pairs += 1
        return apart(self, left, right, kind)

    monkeypatch.setattr(Glance, "apart", counted)
    sides = (Side(Documents({"schema": entity(terms)}), "schema") for terms in (3, TERMS))
    verdicts = Engine(confirmer).compare(*sides)
    assert verdicts.publishers.answer is Answer.COMPATIBLE
    assert verdicts.strict_backward.answer is Answer.BREAKING
    assert pairs < 10 * TERMS


def test_what_is_the_same_on_both_sides_is_compatible_however_long_the_way_through_it(confirmer: Confirmer) -> None:
    last: JSON = {"type": "string"}
    chain = {f"e{at}.json": {"properties": {"next": {"$ref": f"e{at + 1}.json"}}} for at in range(900)}
    sides = (Side(Documents({**deepcopy(chain), "e900.json": last}), "e0.json") for _ in range(2))
    verdicts = Engine(confirmer).compare(*sides)
    assert {verdicts.strict_backward, verdicts.strict_forward, verdicts.publishers, verdicts.consumers} == {COMPATIBLE}
