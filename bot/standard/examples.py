"""The examples that schemas give, as values of the type they are examples of."""

from __future__ import annotations

from collections.abc import Mapping

from bot.standard.values import JSON, is_number


def given_example(schema: Mapping[str, JSON]) -> JSON:
    """The example of a schema (`example`, the first of `examples`, `default`); None where it gives none."""
    examples = schema.get("examples")
    first = examples[0] if isinstance(examples, list) and examples else None
    return schema.get("example", schema.get("default") if first is None else first)


def typed(example: JSON, kind: JSON) -> JSON:
    """An example as a value of a JSON Schema type: HSDS writes all examples as text. None: it cannot be one."""
    if not isinstance(example, str) or kind not in ("number", "integer", "boolean"):
        return example
    if kind == "boolean":
        return {"true": True, "false": False}.get(example.lower())
    try:
        number = float(example)
    except ValueError:
        return None
    if not number.is_integer() or abs(number) >= 1e15:
        return number if kind == "number" and is_number(number) and abs(number) < float("inf") else None
    return int(number)
