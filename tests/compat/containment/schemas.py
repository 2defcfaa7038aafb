"""Small random schemas, and a pool of small values to hold verdicts against."""

from __future__ import annotations

from itertools import product

from hypothesis import strategies as st

from bot.standard.values import JSON

NAMES = ("a", "b", "c")
SCALARS: tuple[JSON, ...] = (None, True, False, 0, 1, 2, 3, -1, 1.5, "", "a", "b", "ab", "x1", "1")


def pool() -> list[JSON]:
    """A few hundred values that small schemas tell apart."""
    flat: list[JSON] = [*SCALARS, []]
    flat += [[each] for each in SCALARS]
    flat += [list(pair) for pair in product((0, 1, "a", None), repeat=2)]
    flat += [[1, "a", 1], [1, 2, 3], [[], []], [{"a": 1}]]
    objects: list[JSON] = [{}]
    objects += [{name: value} for name in NAMES for value in (*SCALARS, [], {}, {"a": 1})]
    objects += [{"a": one, "b": two} for one, two in product((0, 1, "a", None, True), repeat=2)]
    objects += [{"a": 1, "b": "a", "c": None}, {"x1": 1}, {"a": 1, "x1": "a"}, {"ab": 2, "c": "1"}]
    return flat + objects


def schemas(depth: int = 2) -> st.SearchStrategy[JSON]:
    """Schemas of draft 2020-12 with keywords of every family."""
    if depth == 0:
        return st.booleans() | scalar_schemas()
    inner = schemas(depth - 1)
    few = st.lists(inner, min_size=1, max_size=3)
    count = st.integers(0, 3)
    keywords = st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES,
            "properties": st.dictionaries(st.sampled_from(NAMES), inner, max_size=2),
            "patternProperties": st.dictionaries(st.sampled_from(("^a", "1$", "b")), inner, max_size=1),
            "additionalProperties": inner,
            "required": st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
            "minProperties": count,
            "maxProperties": count,
            "propertyNames": scalar_schemas(),
            "dependentRequired": st.dictionaries(
                st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=2), max_size=1
            ),
            "items": inner,
            "prefixItems": few,
            "contains": inner,
            "minContains": count,
            "maxContains": count,
            "minItems": count,
            "maxItems": count,
            "uniqueItems": st.booleans(),
            "allOf": few,
            "anyOf": few,
            "oneOf": few,
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "unevaluatedProperties": inner,
            "unevaluatedItems": inner,
            "enum": st.lists(st.sampled_from([*SCALARS, [], [1], {}, {"a": 1}]), min_size=1, max_size=3),
        },
    )
    return scalar_schemas() | keywords.filter(lambda schema: len(schema) <= 4)


TYPES = st.sampled_from(
    ["null", "boolean", "integer", "number", "string", "array", "object", ["string", "null"], ["integer", "array"]]
)


def scalar_schemas() -> st.SearchStrategy[JSON]:
    """Schemas that mostly speak of scalars."""
    return st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES,
            "const": st.sampled_from(SCALARS),
            "enum": st.lists(st.sampled_from(SCALARS), min_size=1, max_size=3),
            "minimum": st.integers(-1, 3),
            "exclusiveMaximum": st.integers(-1, 3),
            "multipleOf": st.sampled_from([1, 2, 0.5]),
            "minLength": st.integers(0, 2),
            "maxLength": st.integers(0, 2),
            "pattern": st.sampled_from(["^a", "b$", "^[a-z]*$", "1", "^(ab|x1)$", "."]),
        },
    ).filter(lambda schema: len(schema) <= 3)
