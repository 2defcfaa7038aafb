from __future__ import annotations

import pytest

from bot.compat.confirming import Confirmer, Judged
from bot.report.faults import NO_PLACE, NO_SUCH_TERM, explained
from bot.standard.dialects import Draft
from bot.standard.values import JSON


@pytest.mark.parametrize(
    ("schema", "instance", "said"),
    [
        ({"anyOf": [{"type": "integer"}, {"const": "a"}]}, "b", "fits none of the alternatives"),
        ({"anyOf": [{"type": "integer"}, {"const": "a"}]}, "b" * 5_000, "fits none of the alternatives"),
        ({"oneOf": [{"type": "integer"}, {"minLength": 9}]}, "b", "fits none of the alternatives"),
        ({"oneOf": [{"type": "string"}, {"minLength": 1}]}, "b", "fits several alternatives"),
        ({"maxLength": 1}, "bb", "must have at most 1 character"),
        ({"minItems": 2}, [1], "must have at least 2 items"),
        ({"minProperties": 1}, {}, "must have at least 1 term"),
        ({"maxProperties": 0}, {"a": 1}, "must have at most 0 terms"),
        ({"contains": {"const": 1}}, [2], "must hold an item of the kind that is asked for"),
        ({"not": {"const": 1}}, 1, "must not be what is excluded there"),
        ({"required": ["a"]}, {}, "a is missing"),
        ({"additionalProperties": False}, {"a": 1}, "a is not allowed here"),
        ({"additionalProperties": False}, {"a": 1, "it's": 2}, None),
        ({"unevaluatedProperties": False}, {"a": 1, "b": 2}, "a, b are not allowed here"),
        ({"enum": ["a"]}, "b", 'must be "a"'),
        (False, {}, NO_PLACE),
        ({"properties": {"a": {"not": {}}}}, {"a": 1}, NO_SUCH_TERM),
    ],
)
def test_what_is_wrong_in_words(confirmer: Confirmer, schema: JSON, instance: JSON, said: str | None) -> None:
    judged = Judged({"s": schema}, "s", Draft.DRAFT2020, formats=False)
    (fault,) = confirmer.faults(judged, instance)
    assert explained(fault) == (fault.message if said is None else said)


def test_a_message_of_a_long_value_keeps_what_is_wrong_with_it(confirmer: Confirmer) -> None:
    judged = Judged({"s": {"dependentRequired": {"a" * 400: ["b"]}}}, "s", Draft.DRAFT2020, formats=False)
    (fault,) = confirmer.faults(judged, {"a" * 400: 1})
    assert len(fault.message) == 300
    assert fault.message.startswith("'b' is a dependency of 'aaa")
    assert fault.message.endswith("aaa'")
