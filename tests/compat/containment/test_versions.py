"""Two versions of definitions in a knot: what is settled of each pair on the way never proves too much."""

from __future__ import annotations

import copy
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.jsonschema_library import ask, validator
from bot.compat.confirming import Confirmer, Judged
from bot.compat.containment import solver
from bot.compat.engine import Engine, Side
from bot.compat.verdicts import Answer
from bot.standard.dialects import Draft
from bot.standard.documents import Documents
from bot.standard.values import JSON

PAIRS = int(os.environ.get("SOAK", "0")) or 25
ROOMS = ("r0", "r1", "r2")
KEYS = ("k", "n", "m")


def _values(depth: int) -> list[JSON]:
    if depth == 0:
        return [None, 1, "a", {}, {"k": "a"}, {"k": 1}]
    inner = [*_values(depth - 1)[:: 1 if depth == 1 else 3], {"n": {"k": "a"}}, {"n": {}}]
    kinds: list[dict[str, JSON]] = [{}, {"k": "a"}, {"k": "b"}, {"k": 1}]
    return [1, "a", *({**kind, key: value} for kind in kinds for key in ("n", "m") for value in inner), *kinds]


VALUES = _values(2)


def _part() -> st.SearchStrategy[JSON]:
    to = st.sampled_from(ROOMS).map(lambda name: {"$ref": f"#/$defs/{name}"})
    leaf = st.sampled_from([{"type": "string"}, {"const": "a"}, {"enum": ["a", "b"]}, {"type": ["integer", "object"]}])
    return st.one_of(to, to, leaf, to.map(lambda each: {"not": each}))


@st.composite
def _rooms(draw: st.DrawFn) -> dict[str, Any]:
    """Definitions that lead to each other through keys, never in place: that would never end."""
    rooms: dict[str, Any] = {}
    for name in ROOMS:
        room: dict[str, Any] = {"type": "object"}
        room["properties"] = draw(st.dictionaries(st.sampled_from(KEYS), _part(), min_size=1, max_size=3))
        if draw(st.booleans()):
            room["required"] = [draw(st.sampled_from(KEYS))]
        if draw(st.booleans()):
            room["additionalProperties"] = False
        rooms[name] = room
    rooms["any"] = {draw(st.sampled_from(["oneOf", "anyOf"])): [{"$ref": f"#/$defs/{name}"} for name in ROOMS]}
    for name in ROOMS:
        if draw(st.booleans()):
            rooms[name]["properties"]["m"] = {"$ref": "#/$defs/any"}
    return rooms


@settings(max_examples=PAIRS, suppress_health_check=list(HealthCheck), deadline=None)
@given(rooms=_rooms(), room=st.sampled_from(ROOMS), key=st.sampled_from(KEYS), part=_part(), root=st.booleans())
@pytest.mark.parametrize("hasty", [2, 10**9])
def test_a_proof_survives_every_value(
    hasty: int, rooms: dict[str, Any], room: str, key: str, part: JSON, root: bool, confirmer: Confirmer
) -> None:
    changed = copy.deepcopy(rooms)
    changed[room]["properties"][key] = part
    start = "#/$defs/any" if root else f"#/$defs/{room}"
    schemas: list[JSON] = [{"$ref": start, "$defs": each} for each in (rooms, changed)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "HASTY", hasty)
        pair = Engine(confirmer).pair(*(Side(Documents({"s": each}), "s") for each in schemas))
        answers = [pair.strict_backward().answer, pair.strict_forward().answer]
    accepted = [[ask(judge, value) for value in VALUES] for judge in map(_judge, schemas)]
    for answer, inner, outer in zip(answers, accepted, reversed(accepted), strict=True):
        lost = [value for value, one, other in zip(VALUES, inner, outer, strict=True) if one and other is False]
        assert not (lost and answer is Answer.COMPATIBLE), lost[0]


def _judge(schema: JSON) -> Any:
    return validator(Judged({"s": schema}, "s", Draft.DRAFT2020, formats=False))
