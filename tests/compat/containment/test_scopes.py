"""Dynamic references: followed along each way there is, and given up where the ways are too many."""

from __future__ import annotations

from itertools import product

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.verdicts import Answer
from bot.standard.dialects import Draft
from bot.standard.values import JSON
from tests.worlds import compare

TEXT: JSON = {"type": "string"}
NUMBER: JSON = {"type": "integer"}
BOTH_WAYS = (Answer.COMPATIBLE, Answer.COMPATIBLE)


def open_list(anchor: str = "item") -> JSON:
    """A list whose items whoever refers to it chooses."""
    return {
        "$id": "list",
        "type": "array",
        "items": {"$dynamicRef": f"#{anchor}"},
        "$defs": {"any": {"$dynamicAnchor": anchor}},
    }


def chosen(item: JSON, name: str = "https://example.org/root", *, anchor: str = "item", end: str = "list") -> JSON:
    return {"$id": name, "$ref": end, "$defs": {"item": {"$dynamicAnchor": anchor, **item}}}


def listing(item: JSON, *, anchor: str = "item", end: str = "list") -> JSON:
    schema = chosen(item, anchor=anchor, end=end)
    schema["$defs"] |= {"list": open_list(anchor), "between": {"$id": "between", "$ref": "list"}}
    return schema


def strictly(base: JSON, head: JSON, confirmer: Confirmer, draft: Draft = Draft.DRAFT2020) -> tuple[Answer, Answer]:
    verdicts = compare(base, head, confirmer, draft)
    return verdicts.strict_backward.answer, verdicts.strict_forward.answer


@pytest.mark.parametrize("end", ["list", "between"])
def test_the_outermost_anchor_says_what_is_meant(confirmer: Confirmer, end: str) -> None:
    plain = {"type": "array", "items": TEXT}
    verdicts = compare(listing(TEXT, end=end), plain, confirmer)
    assert verdicts.strict_backward.answer is verdicts.strict_forward.answer is Answer.COMPATIBLE
    assert verdicts.publishers.answer is verdicts.consumers.answer is Answer.COMPATIBLE


def test_the_same_reference_to_another_choice_is_another_schema(confirmer: Confirmer) -> None:
    verdicts = compare(listing(TEXT), listing(NUMBER), confirmer)
    assert verdicts.strict_backward.witness == [""]
    assert verdicts.publishers.answer is verdicts.consumers.answer is Answer.BREAKING


def test_how_an_anchor_is_called_means_nothing(confirmer: Confirmer) -> None:
    assert strictly(listing(TEXT), listing(TEXT, anchor="thing", end="between"), confirmer) == BOTH_WAYS


def test_one_schema_reached_on_two_ways_means_two_things(confirmer: Confirmer) -> None:
    both = {
        "$id": "https://example.org/root",
        "type": "object",
        "properties": {"texts": chosen(TEXT, "texts"), "numbers": chosen(NUMBER, "numbers")},
        "$defs": {"list": open_list()},
    }
    lists = {"texts": {"type": "array", "items": TEXT}, "numbers": {"type": "array", "items": NUMBER}}
    assert strictly(both, {"type": "object", "properties": lists}, confirmer) == BOTH_WAYS


def test_a_schema_is_what_the_metaschema_says_it_is(confirmer: Confirmer) -> None:
    metaschema = {"$ref": Draft.DRAFT2020.uri}
    right, wrong = ({"const": {"$defs": {"x": {"type": kind}}}} for kind in ("integer", 1))
    assert compare(right, metaschema, confirmer).strict_backward.answer is Answer.COMPATIBLE
    assert compare(wrong, metaschema, confirmer).strict_backward.answer is Answer.BREAKING


def test_an_anchor_of_the_same_name_elsewhere_changes_a_metaschema(confirmer: Confirmer) -> None:
    stricter = {"$id": "https://example.org/root", "$dynamicAnchor": "meta", "$ref": Draft.DRAFT2020.uri, "not": TEXT}
    narrower = {**stricter, "required": ["title"]}
    nested = {"const": {"title": "", "not": {}}}
    assert compare(nested, stricter, confirmer).strict_backward.answer is Answer.COMPATIBLE
    assert compare(nested, narrower, confirmer).strict_backward.answer is Answer.BREAKING


def tree(root: JSON, inner: JSON) -> JSON:
    """Draft 2019-09: a tree, and a schema that refers to it and adds to each of its nodes."""
    node = {"$id": "tree", **inner, "properties": {"children": {"type": "array", "items": {"$recursiveRef": "#"}}}}
    return {"$id": "https://example.org/root", **root, "allOf": [{"$ref": "tree"}], "$defs": {"tree": node}}


@pytest.mark.parametrize(("root", "inner"), [*product((True, False), repeat=2)])
def test_a_recursive_reference_starts_over_where_both_ends_say_so(
    confirmer: Confirmer, root: bool, inner: bool
) -> None:
    named = {"required": ["name"]}
    both = tree(({"$recursiveAnchor": True} if root else {}) | named, {"$recursiveAnchor": True} if inner else {})
    deep = {**named, "properties": {"children": {"type": "array", "items": named}}}
    answers = strictly(both, deep, confirmer, Draft.DRAFT2019)
    assert answers[0] is (Answer.COMPATIBLE if root and inner else Answer.BREAKING)


def test_a_reference_that_is_not_dynamic_stays_where_it_leads(confirmer: Confirmer) -> None:
    """The chosen item is not asked for by a pointer, nor by a name that is an anchor and no dynamic one."""
    for anchor, reference in (("$anchor", "#item"), ("$dynamicAnchor", "#/$defs/any")):
        schema = listing(TEXT)
        schema["$defs"]["list"] |= {"items": {"$dynamicRef": reference}, "$defs": {"any": {anchor: "item", **NUMBER}}}
        assert strictly(schema, {"type": "array", "items": NUMBER}, confirmer) == BOTH_WAYS


def test_too_many_ways_have_a_reason(confirmer: Confirmer) -> None:
    """Each of ten names may be chosen or not before the list is reached: a thousand meanings of one schema."""
    steps = {
        f"s{at}": {"$id": f"s{at}", "properties": {"skip": {"$ref": f"s{at + 1}"}, "take": {"$ref": f"take{at}"}}}
        for at in range(10)
    }
    takes = {
        f"take{at}": {"$id": f"take{at}", "$ref": f"s{at + 1}", "$defs": {"x": {"$dynamicAnchor": f"n{at}", **TEXT}}}
        for at in range(10)
    }
    last = {
        "$id": "s10",
        "properties": {f"p{at}": {"$dynamicRef": f"#n{at}"} for at in range(10)},
        "$defs": {f"d{at}": {"$dynamicAnchor": f"n{at}"} for at in range(10)},
    }
    schema = {"$id": "https://example.org/root", "$ref": "s0", "$defs": {**steps, **takes, "last": last}}
    deep: JSON = {"properties": {"p0": TEXT}}
    for _ in steps:
        deep = {"properties": {"take": deep}}
    verdict = compare(schema, deep, confirmer).strict_backward
    assert verdict.answer is Answer.UNKNOWN
    assert verdict.reason.startswith("$dynamicRef at /properties/p0")


def test_a_pointer_into_a_schema_with_its_own_identifier_reads_references_from_there(confirmer: Confirmer) -> None:
    schema = {
        "$id": "https://example.org/root",
        "$defs": {
            "a": {"$id": "https://example.org/deep/a", "$defs": {"c": {"$ref": "t"}}},
            "text": {"$id": "https://example.org/deep/t", **TEXT},
            "number": {"$id": "https://example.org/t", **NUMBER},
        },
        "properties": {"p": {"$ref": "#/$defs/a/$defs/c"}, "q": {"$ref": "t"}},
    }
    assert strictly(schema, {"properties": {"p": TEXT, "q": NUMBER}}, confirmer) == BOTH_WAYS
