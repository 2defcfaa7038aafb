from __future__ import annotations

import json
from typing import Any

import pytest

from bot.compat.changes import Change, added, removed
from bot.compat.deprecation import Deprecation, deprecation_of
from bot.compat.differing import diff
from bot.compat.due import Now
from bot.compat.notes import About, Note, notes
from bot.compat.renames import renames
from bot.standard.values import JSON
from tests.worlds import entity

BASE = entity(
    "service",
    {
        "url": {"format": "uri", "description": "The web address of the service."},
        "fees": {"description": "What people pay."},
        "status": {"enum": ["active", "inactive"]},
        "wait_time": {"description": "DEPRECATED: How long people wait."},
    },
)


def edited(**properties: JSON) -> dict[str, JSON]:
    """BASE with properties merged in, and without those that are None."""
    made: dict[str, JSON] = json.loads(json.dumps(BASE))
    for name, each in properties.items():
        if each is None:
            del made["properties"][name]
        else:
            made["properties"][name] = {**made["properties"].get(name, {}), **each}
    return made


def said(head: dict[str, JSON], base: dict[str, JSON] = BASE) -> dict[tuple[str, str], tuple[Note, ...]]:
    """The notes on the changes, by term and rule."""
    changes = diff("service", base, head)
    found = notes(changes, {"service": base}, {"service": head})
    return {(each.term, each.rule): found[each.id] for each in changes if each.id in found}


def about(head: dict[str, JSON], base: dict[str, JSON] = BASE) -> dict[tuple[str, str], set[About]]:
    return {key: {note.about for note in each} for key, each in said(head, base).items()}


DEPRECATED: list[tuple[JSON, Deprecation | None]] = [
    ({"deprecated": True}, Deprecation()),
    ({"deprecated": True, "since": "3.1", "replaced_by": "cost_options"}, Deprecation("3.1", "", "cost_options")),
    ({"deprecated": True, "since": 3.1, "removal": 4}, Deprecation("3.1", removal="4")),
    ({"deprecation": {"reason": "Nobody fills it."}}, Deprecation(reason="Nobody fills it.")),
    ({"description": "DEPRECATED: The tax status."}, Deprecation()),
    ({"description": "DEPRECATED"}, Deprecation()),
    ({"description": "Fees (deprecated: use cost_options)."}, Deprecation(reason="use cost_options")),
    ({"description": "[DEPRECATED] Fees.", "since": "3.1"}, Deprecation("3.1")),
    ({"deprecated": True, "description": "Deprecated: nobody fills it."}, Deprecation(reason="nobody fills it")),
    ({"deprecated": True, "replaced_by": ["name", "title", 3, None]}, Deprecation(replaced_by="name and title and 3")),
    ({"deprecation": {"replaced_by": ["name"]}, "replaced_by": "title"}, Deprecation(replaced_by="name")),
    ({"description": "Whether it is DEPRECATED."}, None),
    ({"description": "Deprecated in spirit."}, None),
    ({"deprecated": False, "since": "3.1"}, None),
    ({"deprecated": "yes"}, None),
    ({"deprecated": True, "since": ["3"], "reason": None, "removal": True}, Deprecation()),
    (True, None),
    (None, None),
]


@pytest.mark.parametrize(("schema", "expected"), DEPRECATED)
def test_how_a_term_says_that_it_is_given_up(schema: JSON, expected: Deprecation | None) -> None:
    assert deprecation_of(schema) == expected


def test_a_term_that_is_deprecated_says_what_it_says_of_it_once() -> None:
    head = edited(
        fees={"deprecated": True, "since": "3.1", "replaced_by": "cost_options", "description": "DEPRECATED: x"}
    )
    assert said(head)["service.fees", "deprecated-added"] == (
        Note(About.DEPRECATED, details={"since": "3.1", "replaced_by": "cost_options"}),
    )
    assert ("service.fees", "description-changed") not in said(head)


def test_the_word_that_descriptions_begin_with_deprecates() -> None:
    head = edited(fees={"description": "DEPRECATED: What people pay."})
    assert about(head) == {("service.fees", "description-changed"): {About.DEPRECATED}}


def test_a_term_may_come_into_use_again() -> None:
    head = edited(wait_time={"description": "How long people wait."})
    assert about(head) == {("service.wait_time", "description-changed"): {About.IN_USE_AGAIN}}


def test_other_words_about_a_deprecated_term_are_no_news() -> None:
    assert said(edited(wait_time={"description": "DEPRECATED: How long one waits."})) == {}


def test_the_removal_of_a_term_that_was_deprecated_says_so() -> None:
    assert about(edited(wait_time=None)) == {("service.wait_time", "term-removed"): {About.WAS_DEPRECATED}}


def test_the_removal_of_a_term_that_was_never_deprecated_says_that() -> None:
    assert about(edited(status=None)) == {("service.status", "term-removed"): {About.NEVER_DEPRECATED}}
    gone = removed("service", BASE)
    assert notes([gone], {"service": BASE}, {})[gone.id] == (Note(About.NEVER_DEPRECATED),)


GOING = edited(fees={"deprecated": True, "removal": "4.0"})


@pytest.mark.parametrize(
    ("version", "early"), [("3.2.0", True), ("3.9-dev", True), ("4.0.0", False), ("4.0-dev", False), ("", False)]
)
def test_a_term_that_goes_before_it_was_to_go_says_so(version: str, early: bool) -> None:
    changes = diff("service", GOING, edited(fees=None))
    found = notes(changes, {"service": GOING}, {"service": edited(fees=None)}, Now(version))
    assert (Note(About.BEFORE_ITS_TIME, details={"removal": "4.0"}) in found[changes[0].id]) is early


def test_a_term_may_be_deprecated_from_the_start() -> None:
    head = {**edited(ages={"deprecated": True, "replaced_by": "age"}), "additionalProperties": False}
    new = Note(About.NEW_AND_DEPRECATED, details={"replaced_by": "age"})
    assert said(head, {**BASE, "additionalProperties": False}) == {("service.ages", "term-added"): (new,)}


@pytest.mark.parametrize(
    ("removal", "forward"), [("3.2", True), ("v3.2", True), ("4.0.0", False), ("5.0", False), ("2026-01-01", False)]
)
def test_a_removal_may_be_brought_forward(removal: str, forward: bool) -> None:
    head = edited(fees={"deprecated": True, "removal": removal})
    sooner = {("service.fees", "removal-changed"): (Note(About.BROUGHT_FORWARD, "", ("4.0",), {"removal": removal}),)}
    assert said(head, GOING) == (sooner if forward else {})


def test_a_removal_in_an_object_may_be_brought_forward_and_is_told_of_once() -> None:
    base, head = (edited(fees={"deprecation": {"removal": day}}) for day in ("2027-06", "2027-01-31"))
    sooner = Note(About.BROUGHT_FORWARD, "", ("2027-06",), {"removal": "2027-01-31"})
    assert [*said(head, base).values()] == [(sooner,)]


def test_a_name_that_an_open_object_gains_may_be_taken() -> None:
    head = edited(capacity={"type": "number"})
    assert about(head) == {("service.capacity", "term-added"): {About.NAME_CAPTURE}}
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        assert said({**head, keyword: False}, {**BASE, keyword: False}) == {}


def test_a_format_that_was_no_format_was_a_misspelling() -> None:
    base = edited(url={"format": "url"})
    assert about(BASE, base) == {("service.url", "format-changed"): {About.MISSPELT}}
    assert said(edited(url={"format": "email"})) == {}
    table, mended = edited(url={"datapackage_format": "url"}), edited(url={"datapackage_format": "uri"})
    assert about(mended, table) == {("service.url", "column-format-changed"): {About.MISSPELT}}


def renamed(head: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each.removed.term, each.added.term) for each in renames(diff("service", BASE, head))]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (edited(url=None, urls=BASE["properties"]["url"]), [("service.url", "service.urls")]),
        (edited(url=None, website={**BASE["properties"]["url"], "name": "website"}), [("service.url", "service.website")]),
        (edited(status=None, state=BASE["properties"]["status"]), [("service.status", "service.state")]),
        (edited(url=None, capacity={"type": "number", "description": "How many fit in."}), []),
        (edited(url=None, colour={"type": "string", "description": "What it looks like."}), []),
        (edited(url=None), []),
        (edited(url=None, image=BASE["properties"]["url"]), [("service.url", "service.image")]),
    ],
)  # fmt: skip
def test_terms_that_look_alike_are_taken_for_one(head: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert renamed(head) == expected


@pytest.mark.parametrize(
    ("before", "after", "one"),
    [
        ("serviceName", "service_name", True),
        ("SERVICE_NAME", "service_name", True),
        ("valid_from", "valid_to", False),
        ("minimum_age", "maximum_age", False),
        ("address_1", "address_2", False),
    ],
)
def test_names_that_differ_in_one_word_are_one_term_or_two(before: str, after: str, one: bool) -> None:
    schema = {"type": "string", "description": "A day on which something about the service changes."}
    changes = diff(
        "service", {"properties": {before: {"type": "string"} if one else schema}}, {"properties": {after: schema}}
    )
    assert bool(renames(changes)) is one


def test_a_rename_says_what_speaks_for_it_on_both_sides() -> None:
    found = said(edited(url=None, urls=BASE["properties"]["url"]))
    evidence = ("a similar name", "all else the same")
    assert found["service.url", "term-removed"] == (
        Note(About.RENAMED_TO, "service.urls", evidence),
        Note(About.NEVER_DEPRECATED),
    )
    assert Note(About.RENAMED_FROM, "service.url", evidence) in found["service.urls", "term-added"]


def test_what_one_sign_says_already_is_not_said_by_another() -> None:
    found = said(edited(wait_time=None, waitTime=BASE["properties"]["wait_time"]))
    assert found["service.wait_time", "term-removed"][0].evidence == (
        "the same name written otherwise",
        "all else the same",
    )
    other = {**BASE["properties"]["url"], "description": "The web address of a service."}
    assert said(edited(url=None, urls=other))["service.url", "term-removed"][0].evidence == (
        "a similar name",
        "the same type",
        "the same format",
        "a similar description",
    )


def test_each_term_is_in_one_rename_and_the_likeliest_wins() -> None:
    url = BASE["properties"]["url"]
    assert renamed(edited(url=None, urls=url, web=url)) == [("service.url", "service.urls")]


def test_an_entity_with_the_terms_of_one_that_went_may_be_it() -> None:
    gone, new = removed("regular_schedule", BASE), added("schedule", {**BASE, "name": "schedule"})
    assert [(each.removed.entity, each.added.entity) for each in renames([gone, new])] == [
        ("regular_schedule", "schedule")
    ]
    assert renames([gone, added("schedule", entity("schedule", {"dtstart": {}}))]) == []


def test_terms_of_different_objects_are_never_taken_for_one() -> None:
    gone = Change("term-removed", "service", ("properties", "url"), "properties", BASE["properties"]["url"], None)
    new = Change("term-added", "phone", ("properties", "url"), "properties", None, BASE["properties"]["url"])
    assert renames([gone, new]) == []


def test_a_restructuring_is_no_heap_of_renames() -> None:
    terms = {f"term_{number}": {"type": "string"} for number in range(60)}
    others = {f"other_{number}": {"type": "string"} for number in range(60)}
    assert renames(diff("e", {"properties": terms}, {"properties": others})) == []
