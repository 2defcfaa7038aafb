from __future__ import annotations

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.engine import Engine, Side
from bot.compat.hoisting import DEEP, hoisted
from bot.standard.documents import Documents
from bot.standard.values import JSON


def part(depth: int) -> JSON:
    return {"name": "x", "parts": [part(depth - 1)]} if depth else {"name": "x", "gone": 1}


def depth(value: JSON) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return 1 + max(map(depth, inside), default=0)


def test_the_innermost_of_its_kind_takes_the_place_of_the_outermost() -> None:
    assert hoisted({"top": part(4)}, lambda value: "gone" in str(value)) == {"top": part(0)}


def test_it_is_left_as_it_is_where_that_breaks_nothing_or_where_it_is_not_deep() -> None:
    deep: JSON = {"top": part(4)}
    assert hoisted(deep, lambda _: False) is deep
    shallow: JSON = {"top": part(2)}
    assert depth(shallow) <= DEEP + 2
    assert hoisted(shallow, lambda _: True) is shallow


def test_few_things_are_tried() -> None:
    tried: list[JSON] = []

    def never(value: JSON) -> bool:
        tried.append(value)
        return False

    hoisted({"top": part(15)}, never)
    assert len(tried) < 30


@pytest.mark.parametrize("levels", [4, 6])
def test_examples_for_people_are_not_deeper_than_they_have_to_be(confirmer: Confirmer, levels: int) -> None:
    def schema(keyword: JSON) -> JSON:
        part_: JSON = {"$ref": "#/definitions/part"}
        around: JSON = part_
        for at in range(levels):
            around = {"type": "object", "properties": {f"level_{at}": around}, "required": [f"level_{at}"]}
        held = {"type": "object", "properties": {"kind": {"const": "a"}, "gone": keyword}, "required": ["kind"]}
        own = {"type": "object", "properties": {"among": {"type": "array", "items": part_}, "held": held}}
        return {**around, "definitions": {"part": own}}

    base, head = (
        Side(Documents({"schema": schema(each)}), "schema") for each in ({"type": "number"}, {"type": "string"})
    )
    verdict = Engine(confirmer, realistic=True).compare(base, head).publishers
    assert depth(verdict.witness) == levels + 3
