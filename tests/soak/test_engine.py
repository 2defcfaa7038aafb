"""Random pairs of schemas, each verdict held against values. As many as SOAK says."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema.protocols import Validator

from bot.adapters.jsonschema_library import ask, validator
from bot.compat.confirming import Confirmer, Judged
from bot.compat.engine import Engine, Side
from bot.compat.verdicts import Answer
from bot.standard.dialects import Draft
from bot.standard.documents import Documents
from bot.standard.values import JSON
from tests.compat.containment.schemas import pool, schemas
from tests.compat.containment.test_solver import admitted

pytestmark = pytest.mark.skipif("SOAK" not in os.environ, reason="long: run it by make soak")
PAIRS = int(os.environ.get("SOAK", "0")) or 1
VALUES = pool()


@settings(max_examples=PAIRS, suppress_health_check=list(HealthCheck), deadline=None)
@given(base=schemas(), head=schemas())
def test_a_proof_survives_and_an_example_is_one(base: JSON, head: JSON, confirmer: Confirmer) -> None:
    sides = (Side(Documents({"schema": each}), "schema") for each in (base, head))
    verdict = Engine(confirmer).pair(*sides).strict_backward()
    lost = [
        value
        for value, inside, kept in zip(VALUES, admitted(base), admitted(head), strict=True)
        if inside and kept is False
    ]
    assert not (lost and verdict.answer is Answer.COMPATIBLE)
    if verdict.answer is Answer.BREAKING:
        assert [ask(_judge(each), verdict.witness) for each in (base, head)] == [True, False]


def _judge(schema: JSON) -> Validator:
    return validator(Judged({"schema": schema}, "schema", Draft.DRAFT2020, formats=False))
