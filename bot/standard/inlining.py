"""A schema with what its definition says in place of the reference to it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.standard.pointers import PointsNowhere, resolve, steps
from bot.standard.values import JSON

LONGEST_WAY = 8
"""References followed one after another; more are a circle."""


def inlined(root: JSON, schema: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """The schema with the definitions of its own document (`root`) in place of its references to them; what
    stands beside a reference says more than the definition. References to other files stay."""
    for _ in range(LONGEST_WAY):
        reference = schema.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#/"):
            break
        try:
            target = resolve(root, steps(reference))
        except PointsNowhere:
            break
        if not isinstance(target, Mapping):
            break
        beside = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
        schema = {**target, **beside}
    return schema
