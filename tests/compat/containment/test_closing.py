"""The meaning of publishers and consumers, held against a plain reading of it on JSON values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.adapters.jsonschema_library import ask, validator
from bot.compat.confirming import Confirmer, Judged
from bot.compat.verdicts import Answer, Verdicts
from bot.standard.dialects import Draft
from bot.standard.values import JSON
from tests.worlds import compare

S = {"type": "string"}
N = {"type": "number"}


def obj(required: str = "", **properties: JSON) -> dict[str, JSON]:
    made: dict[str, JSON] = {"type": "object", "properties": properties}
    return {**made, "required": required.split()} if required else made


# base, head, publishers, consumers: "c" compatible, "b" breaking, "u" unknown.
CASES: dict[str, tuple[JSON, JSON, str]] = {
    "an optional term added": (obj(a=S), obj(a=S, b=S), "cc"),
    "a term removed": (obj(a=S, b=S), obj(a=S), "bc"),
    "a required term removed": (obj("b", a=S, b=S), obj(a=S), "bb"),
    "a required term added": (obj(a=S), obj("b", a=S, b=S), "bc"),
    "a term becomes required": (obj(a=S), obj("a", a=S), "bc"),
    "a term need not be there": (obj("a", a=S), obj(a=S), "cb"),
    "an enum value added": (obj(a={"enum": ["x"]}), obj(a={"enum": ["x", "y"]}), "cb"),
    "an enum value removed": (obj(a={"enum": ["x", "y"]}), obj(a={"enum": ["x"]}), "bc"),
    "a type widened": (obj(a=S), obj(a={"type": ["string", "null"]}), "cb"),
    "a type changed": (obj(a=S), obj(a=N), "bb"),
    "the first term": ({"type": "object"}, obj(a=S), "cc"),
    "the last term": (obj(a=S), {"type": "object"}, "bc"),
    "the first term of anything": ({}, obj(a=S), "bc"),
    "free form stays free": ({"type": "object"}, {"type": "object", "title": "x"}, "cc"),
    "free form is limited": ({"type": "object"}, {"type": "object", "maxProperties": 3}, "bc"),
    "a term added to one that was closed": ({**obj(a=S), "additionalProperties": False}, {**obj(a=S, b=S), "additionalProperties": False}, "cc"),
    "closed at last": (obj(a=S), {**obj(a=S), "additionalProperties": False}, "cc"),
    "open at last": ({**obj(a=S), "additionalProperties": False}, obj(a=S), "cc"),
    "open in so many words": ({**obj(a=S), "additionalProperties": True}, {**obj(a=S, b=S), "additionalProperties": True}, "cc"),
    "a typed map keeps what it says": ({"type": "object", "additionalProperties": S}, {"type": "object", "additionalProperties": S, "properties": {"a": N}}, "bb"),
    "a typed map is narrowed": ({"type": "object", "additionalProperties": {"type": ["string", "null"]}}, {"type": "object", "additionalProperties": S}, "bc"),
    "a term moves into allOf": (obj(a=S, b=S), {"allOf": [obj(a=S), obj(b=S)]}, "cc"),
    "a term added inside allOf": ({"allOf": [obj(a=S), obj(b=S)]}, {"allOf": [obj(a=S), obj(b=S, c=S)]}, "cc"),
    "a term removed inside anyOf": ({"anyOf": [obj(a=S), obj(b=S)]}, {"anyOf": [obj(a=S), obj()]}, "bc"),
    "a nested term added": (obj(a=obj(x=S)), obj(a=obj(x=S, y=S)), "cc"),
    "a nested term removed": (obj(a=obj(x=S, y=S)), obj(a=obj(x=S)), "bc"),
    "a nested term removed in items": (obj(a={"type": "array", "items": obj(x=S, y=S)}), obj(a={"type": "array", "items": obj(x=S)}), "bc"),
    "nothing more is said of items": (obj(a={"type": "array", "items": obj(x=S)}), obj(a={"type": "array"}), "bb"),
    "the first term of items": (obj(a={"type": "array"}), obj(a={"type": "array", "items": {"properties": {"x": S}}}), "cc"),
    "nothing more is said of what an array contains": (
        {"type": "array", "contains": obj("x", x=S)}, {"type": "array"}, "bb",
    ),
    "nothing more is said of the values of a map": (
        {"type": "object", "additionalProperties": obj(x=S)}, {"type": "object"}, "bb",
    ),
    "a condition on a name that is no term is dropped": ({**obj(x=S), "dependentRequired": {"a": ["b"]}}, obj(x=S), "cc"),
    "a condition on a name that is no term, as a schema": (
        {**obj(x=S), "dependentSchemas": {"a": {"required": ["x"]}}}, obj(x=S), "cc",
    ),
    "one place described twice": ({"allOf": [obj(a=obj(x=S)), obj(a=obj(y=S))]}, obj(a=obj(x=S, y=S)), "cc"),
    "a definition in place and as a value": (
        {"$ref": "#/$defs/p", "properties": {"other": {"$ref": "#/$defs/p"}}, "$defs": {"p": obj(x=S)}},
        {"$ref": "#/$defs/p", "properties": {"other": {"$ref": "#/$defs/p"}}, "$defs": {"p": obj(x=S, y=S)}},
        "cc",
    ),
    "a pattern of terms": ({"type": "object", "patternProperties": {"^x-": S}}, {"type": "object", "patternProperties": {"^x-": S}, "properties": {"a": S}}, "cc"),
    "a pattern of terms removed": ({"type": "object", "patternProperties": {"^x-": S}, "properties": {"a": S}}, obj(a=S), "bc"),
    "what stands under not is no term": ({**obj(a=S), "not": {"required": ["b"]}}, obj(a=S), "cc"),
    "a new term that was forbidden": ({**obj(a=S), "not": {"required": ["b"]}}, obj(a=S, b=S), "cc"),
    "a count of keys": ({**obj(a=S), "maxProperties": 1}, {**obj(a=S, b=S), "maxProperties": 2}, "cu"),
    "a format added": (obj(a=S), obj(a={**S, "format": "date"}), "bc"),
    "a format that no draft defines": (obj(a=S), obj(a={**S, "format": "currency"}), "cc"),
    "a format swapped": (obj(a={**S, "format": "date"}), obj(a={**S, "format": "date-time"}), "bb"),
    "a wider format": (obj(a={**S, "format": "uri"}), obj(a={**S, "format": "uri-reference"}), "cb"),
    "a format within a pattern": (obj(a={**S, "format": "date"}), obj(a={**S, "pattern": "^[0-9]"}), "cb"),
    "required but never defined": ({**obj(a=S), "required": ["u"]}, obj(a=S), "cb"),
    "a closed branch of oneOf": (
        {"oneOf": [{**obj("a", a=S), "additionalProperties": False}, {**obj("b", b=S), "additionalProperties": False}]},
        {"oneOf": [{**obj("a", a=S, c=S), "additionalProperties": False}, {**obj("b", b=S), "additionalProperties": False}]},
        "cc",
    ),
    "unevaluated keys": ({**obj(a=S), "unevaluatedProperties": False}, {**obj(a=S, b=S), "unevaluatedProperties": False}, "cc"),
    "a condition on a new term": (obj(a=S), {**obj(a=S, b=S), "if": {"required": ["b"]}, "then": {"required": ["a"]}}, "cc"),
    "values under a key that is refused": (obj(a=False, b=S), obj(b=S), "cc"),
}  # fmt: skip
# One way is open and one is shut: nothing is added to what they say of keys, and no value of theirs is described.
ONE_WAY_SHUT: JSON = {"anyOf": [{"type": "object"}, {"type": "object", "additionalProperties": False}]}
ONE_WAY_DESCRIBED: JSON = {
    "anyOf": [
        {"type": "object"},
        {"type": "object", "patternProperties": {"1$": obj(a=S)}, "additionalProperties": False},
    ]
}
CASES["the first term of a value that nothing described"] = (ONE_WAY_SHUT, ONE_WAY_DESCRIBED, "cc")
CASES["the last term of a value that nothing describes now"] = (ONE_WAY_DESCRIBED, ONE_WAY_SHUT, "bc")
CASES["a term is no longer told from any other key"] = (obj(a=obj(a=S)), ONE_WAY_SHUT, "bb")
CASES["a term is told from any other key"] = (ONE_WAY_SHUT, obj(a=obj(a=S)), "bc")
LETTERS = {"c": Answer.COMPATIBLE, "b": Answer.BREAKING, "u": Answer.UNKNOWN}


@pytest.mark.parametrize("name", CASES)
def test_who_breaks(name: str, confirmer: Confirmer) -> None:
    base, head, letters = CASES[name]
    verdicts = compare(base, head, confirmer)
    assert (verdicts.publishers.answer, verdicts.consumers.answer) == tuple(LETTERS[letter] for letter in letters)


@pytest.mark.parametrize("name", CASES)
def test_nothing_breaks_against_itself(name: str, confirmer: Confirmer) -> None:
    for schema in CASES[name][:2]:
        variant = {"title": "the same", **deepcopy(schema)} if isinstance(schema, dict) else schema
        verdicts = compare(schema, variant, confirmer)
        assert {verdicts.publishers.answer, verdicts.consumers.answer} == {Answer.COMPATIBLE}


@pytest.mark.parametrize("draft", [Draft.DRAFT4, Draft.DRAFT7, Draft.DRAFT2019])
@pytest.mark.parametrize(
    "name", ["a nested term removed in items", "a term removed", "an optional term added", "a type widened"]
)
def test_the_same_in_older_drafts(name: str, draft: Draft, confirmer: Confirmer) -> None:
    base, head, letters = CASES[name]
    verdicts = compare(base, head, confirmer, draft)
    assert (verdicts.publishers.answer, verdicts.consumers.answer) == tuple(LETTERS[letter] for letter in letters)


# A plain reading: documents whose keys are all defined by some schema that applies at their place.

NAMES = ("a", "b", "x1")


def applying(schema: JSON) -> Iterator[dict[str, JSON]]:
    """The schema and all that apply to the same value."""
    if isinstance(schema, dict):
        yield schema
        for keyword in ("allOf", "anyOf", "oneOf"):
            for each in schema.get(keyword, ()):
                yield from applying(each)


def uses_terms_alone(places: list[JSON], others: list[JSON], value: JSON) -> bool:
    if not isinstance(value, dict) or not (places or others):
        return True  # a place that neither side describes holds anything
    here, there = ([each for place in side for each in applying(place)] for side in (places, others))
    defined, meant = (
        any(each.get("properties") or each.get("patternProperties") for each in side) for side in (here, there)
    )
    constrained = any(each.get("additionalProperties", True) not in (True, {}) for each in here)
    for name, item in value.items():
        inner, outer = _at(here, name), _at(there, name)
        if not inner and (defined or meant) and not constrained:
            return False
        if not uses_terms_alone(inner, outer, item):
            return False
    return True


def _at(schemas: list[dict[str, JSON]], name: str) -> list[JSON]:
    return [part for each in schemas for part in _under(each, name)]


def _under(schema: dict[str, JSON], name: str) -> list[JSON]:
    named = [schema["properties"][name]] if name in schema.get("properties", {}) else []
    named += [part for pattern, part in schema.get("patternProperties", {}).items() if re.search(pattern, name)]
    rest = schema.get("additionalProperties")
    return named or ([rest] if isinstance(rest, dict) and rest else [])  # the values of a map are described too


def known_part(base: list[JSON], head: list[JSON], value: JSON) -> JSON:
    if not isinstance(value, dict):
        return value
    here, there = ([each for place in side for each in applying(place)] for side in (base, head))
    meant = any(each.get("properties") or each.get("patternProperties") for each in (*here, *there))
    typed = any(each.get("additionalProperties", True) not in (True, {}, False) for each in here)
    keep = typed or not meant
    return {
        name: known_part(_at(here, name), _at(there, name), item)
        for name, item in value.items()
        if keep or _at(here, name)
    }


LEAVES = st.sampled_from([S, N, {"enum": ["s", 1]}, {"type": ["string", "null"]}, True])


def structures(depth: int) -> st.SearchStrategy[JSON]:
    inner = LEAVES if depth == 0 else LEAVES | structures(depth - 1)
    single = st.fixed_dictionaries(
        {"type": st.just("object")},
        optional={
            "properties": st.dictionaries(st.sampled_from(NAMES), inner, max_size=2),
            "patternProperties": st.dictionaries(st.just("1$"), inner, max_size=1),
            "additionalProperties": st.sampled_from([True, False, S]),
        },
    ).flatmap(_with_required)
    return (
        single
        | st.lists(single, min_size=1, max_size=2).map(lambda parts: {"allOf": parts})
        | st.lists(single, min_size=2, max_size=2).map(lambda parts: {"anyOf": parts})
    )


def _with_required(schema: dict[str, JSON]) -> st.SearchStrategy[JSON]:
    names = sorted(schema.get("properties", {}))
    return (
        st.lists(st.sampled_from(names), max_size=1).map(lambda required: {**schema, "required": required})
        if names
        else st.just(schema)
    )


def documents() -> list[JSON]:
    values: list[JSON] = ["s", 1, None, {}, {"a": "s"}, {"b": 1}, {"a": 1, "x1": "s"}]
    made: list[JSON] = [*values]
    for size in (1, 2, 3):
        for names in product(NAMES, repeat=size):
            if list(names) == sorted(set(names)):
                made += [
                    dict(zip(names, chosen, strict=True))
                    for chosen in product(values[: 7 if size < 3 else 3], repeat=size)
                ]
    return made


DOCUMENTS = documents()


def valid(schema: JSON, values: list[JSON]) -> list[bool | None]:
    judge = validator(Judged({"schema": schema}, "schema", Draft.DRAFT2020, formats=True))
    return [ask(judge, value) for value in values]


def test_a_key_that_one_side_describes_by_a_pattern_and_the_other_as_one_of_the_rest(confirmer: Confirmer) -> None:
    """What a map said by a pattern is no longer a term where the other side takes it in among all the rest."""
    described: JSON = {"type": "object", "properties": {"a": S}}
    rest: JSON = {"anyOf": [{"type": "object"}, {"type": "object", "additionalProperties": S}]}
    for base in ({"patternProperties": {"1$": described}}, {"properties": {"x1": described}}):
        verdict = compare({"type": "object", **base}, rest, confirmer).publishers
        assert verdict.answer is Answer.BREAKING
        assert set(verdict.witness["x1"] if "x1" in verdict.witness else next(iter(verdict.witness.values()))) == {"a"}


@settings(max_examples=200, suppress_health_check=list(HealthCheck), deadline=None)
@example(base=ONE_WAY_SHUT, head=ONE_WAY_DESCRIBED)
@example(base=ONE_WAY_DESCRIBED, head=ONE_WAY_SHUT)
@example(base=obj(a=obj(a=S)), head=ONE_WAY_SHUT)
@given(base=structures(1), head=structures(1))
def test_verdicts_agree_with_documents(base: JSON, head: JSON, confirmer: Confirmer) -> None:
    verdicts = compare(base, head, confirmer)
    mine = [
        uses_terms_alone([base], [head], value) and ok
        for value, ok in zip(DOCUMENTS, valid(base, DOCUMENTS), strict=True)
    ]
    theirs = [
        uses_terms_alone([head], [base], value) and ok
        for value, ok in zip(DOCUMENTS, valid(head, DOCUMENTS), strict=True)
    ]
    _agree(
        verdicts,
        "publishers",
        [value for value, one, other in zip(DOCUMENTS, mine, theirs, strict=True) if one and not other],
    )
    published = [value for value, ok in zip(DOCUMENTS, theirs, strict=True) if ok]
    read = [known_part([base], [head], value) for value in published]
    readable = [
        uses_terms_alone([base], [head], value) and ok for value, ok in zip(read, valid(base, read), strict=True)
    ]
    _agree(verdicts, "consumers", [value for value, ok in zip(published, readable, strict=True) if not ok])


def _agree(verdicts: Verdicts, question: str, counterexamples: list[JSON]) -> None:
    answer = getattr(verdicts, question).answer
    if answer is Answer.COMPATIBLE:
        assert not counterexamples, (question, counterexamples[0])
    if counterexamples:
        assert answer is not Answer.COMPATIBLE
