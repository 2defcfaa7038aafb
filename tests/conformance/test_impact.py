from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.impact import judged
from bot.conformance.impact import TOGETHER
from bot.conformance.recognition import BY_KEYS, BY_NAME, BY_OPTION, Sort
from bot.conformance.records import Record, Shape, Trouble
from bot.errors import UsageError
from bot.report.pairing import pair_profiles
from bot.standard.values import JSON
from tests.conformance.worlds import (
    ENTITIES,
    Given,
    changed,
    documents,
    edited,
    impact,
    of_feed,
    of_profile,
    phone,
    rows,
    rules,
    service,
)
from tests.worlds import checkout, entity, one, quietly

REQUIRED_URL = edited("service", "required", to=["id", "name", "url"])


def test_the_same_standard_breaks_nothing() -> None:
    found = impact(ENTITIES, documents("service", service(), service(2, url="http://x.org")))
    assert (of_feed(found).kept, of_feed(found).broken) == (2, 0)
    assert of_profile(found).changes == ()


def test_a_term_that_becomes_required_breaks_the_records_without_it() -> None:
    found = impact(
        REQUIRED_URL,
        documents("service", service(), service(2, url="http://x.org")),
        documents("service", service(3)),
        documents("service", service(4, url="http://y.org")),
    )
    assert rules(found) == {"required-added service.url": (2, 2)}
    assert of_profile(found).total("broken") == 2


def test_a_term_that_is_removed_breaks_the_records_that_fill_it() -> None:
    head = edited("service", "properties", "url")
    found = impact(head, documents("service", service(url="http://x.org"), service(2, url=""), service(3, url=None)))
    assert rules(found) == {"term-removed service.url": (1, 1)}
    assert of_feed(found).kept == 1
    assert of_feed(found).invalid == 1  # null is no string


def test_a_term_is_lost_wherever_its_entity_is_nested() -> None:
    head = edited("phone", "properties", "extension")
    nested = service(place={"id": service()["id"], "phones": [phone(), phone(2, extension=5)]})
    assert rules(impact(head, documents("service", nested))) == {"term-removed phone.extension": (1, 1)}


def test_an_entity_that_is_removed_breaks_its_records_and_those_that_hold_one() -> None:
    head = changed(place=None, service=entity("service", {"name": {}, "status": {}, "url": {}}, ("id", "name")))
    held = service(place={"id": service()["id"], "city": "Leeds"})
    found = impact(
        head, documents("service", held, service(2)), documents("place", {"id": held["id"], "city": "Leeds"})
    )
    assert rules(found)["entity-removed place"] == (2, 2)
    assert rules(found)["term-removed service.place"] == (1, 1)


def test_each_change_answers_for_its_own_records() -> None:
    head = edited("service", "properties", "status", "enum", to=["active"])
    head["phone"]["properties"]["number"]["maxLength"] = 3
    found = impact(
        head,
        documents("service", service(status="inactive"), service(2, status="active", phones=[phone()]), service(3)),
    )
    assert rules(found) == {
        "enum-value-removed service.status": (1, 1),
        "max-length-added phone.number": (1, 1),
    }
    assert of_feed(found).kept == 1


def test_changes_that_break_a_record_only_together_are_said_to() -> None:
    base = edited("service", "anyOf", to=[{"required": ["url"]}, {"required": ["status"]}])
    head = edited("service", "anyOf", to=[{"required": ["phones"]}, {"required": ["place"]}])
    found = impact(head, documents("service", service(url="http://x.org", status="active")), base=base)
    assert of_feed(found).broken == 1
    assert of_feed(found).causes == {TOGETHER: 1}


def test_what_was_invalid_before_is_not_the_fault_of_the_change() -> None:
    found = impact(REQUIRED_URL, documents("service", {"id": service()["id"]}))
    assert (of_feed(found).invalid, of_feed(found).broken, of_feed(found).mended) == (1, 0, 0)


def test_what_the_change_mends_is_counted() -> None:
    found = impact(edited("service", "required", to=["id"]), documents("service", {"id": service()["id"]}))
    assert (of_feed(found).invalid, of_feed(found).mended) == (1, 1)


def test_an_added_term_breaks_records_that_used_its_name_for_something_else() -> None:
    head = edited("service", "properties", "fee", to={"type": "number"})
    found = impact(head, documents("service", service(fee="five pounds"), service(2, fee=5), service(3)))
    assert rules(found) == {"term-added service.fee": (1, 1)}


def test_wording_breaks_nothing_and_is_no_change_for_data() -> None:
    head = edited("service", "properties", "url", "description", to="Other words.")
    found = impact(head, documents("service", service()))
    assert of_profile(found).changes == ()


def test_terms_are_counted_by_records_and_feeds() -> None:
    found = impact(
        ENTITIES,
        documents("service", service(url="u", phones=[phone(), phone(2, extension=0)]), service(2, url="")),
        documents("service", service(3, url="v", phones=[])),
    )
    numbers = {term: of_profile(found).filled_by(term) for term in of_profile(found).terms}
    filled = {".".join([term[0], *term[1][1::2]]): each for term, each in numbers.items()}
    assert filled["service.url"] == (2, 2)
    assert filled["service.phones"] == (1, 1)
    assert filled["phone.extension"] == (1, 1)  # zero is a value
    assert filled["place.city"] == (0, 0)


# Rows.


def test_rows_are_read_as_their_columns_say() -> None:
    head = edited("phone", "properties", "extension", "maximum", to=99)
    head["phone"]["required"] = ["id", "number", "extension"]
    row = phone(extension="")
    found = impact(
        head, rows("phones", {**row, "extension": "12"}, {**row, "extension": "120"}, row, {**row, "extension": "x"})
    )
    assert of_feed(found).invalid == 1
    assert of_feed(found).kept == 1
    assert rules(found) == {"maximum-added phone.extension": (1, 1), "required-added phone.extension": (1, 1)}


def test_a_column_that_is_gone_breaks_the_rows_that_fill_it() -> None:
    head = edited("phone", "properties", "extension", "constraints")
    found = impact(head, rows("phones", phone(extension="12"), phone(2, extension="")))
    assert rules(found) == {"constraints-removed phone.extension": (1, 1)}
    assert of_feed(found).kept == 1


def test_a_row_is_never_held_against_the_schema_of_documents() -> None:
    # As a document its extension would have to be a number.
    found = impact(ENTITIES, rows("phones", phone(extension="12")), documents("phone", phone(2, extension="12")))
    first, second = of_profile(found).feeds
    assert (first.kept, second.invalid) == (1, 1)


@pytest.mark.parametrize("cell", ["9" * 400, "1e999", "1_0", "\u0661", "0x10", " "])
def test_a_cell_that_is_no_number_is_no_number(cell: str) -> None:
    assert of_feed(impact(ENTITIES, rows("phones", phone(extension=cell)))).invalid in (0, 1)
    head = edited("phone", "properties", "extension", "maximum", to=99)
    assert of_feed(impact(head, rows("phones", phone(extension=cell)))).kept == 0


def test_texts_that_stand_for_no_value_are_none() -> None:
    assert of_feed(impact(ENTITIES, rows("phones", phone(extension="-")))).invalid == 1
    base = edited("phone", "datapackage_metadata", to={"missingValues": ["", "-"]})
    assert of_feed(impact(base, rows("phones", phone(extension="-")), base=base)).kept == 1
    assert rules(impact(ENTITIES, rows("phones", phone(extension="-")), base=base)) != {}


# What records are.


def test_pages_have_their_records_where_a_profile_says_and_where_it_is_usual() -> None:
    standard = checkout(edited("service", "properties", "content", to={"type": "array"}))
    (pair,) = pair_profiles(standard, standard)
    assert pair.head is not None
    feed = Given("one", documents("service", service()))
    judged([replace(pair, head=replace(pair.head, page={"items": "rows"}))], [feed], quietly)
    assert feed.lists == {"rows", "contents"}


def test_records_of_no_entity_are_counted_and_not_guessed() -> None:
    found = impact(ENTITIES, [Record({"title": "x", "colour": "red"}, "x.json", "x.json")])
    assert (of_feed(found).unrecognised, of_feed(found).recognised) == (1, 0)
    assert of_profile(found).judged == ()


def test_how_it_was_decided_is_said() -> None:
    items = [*documents("service_list", service()), *documents("export", service(2, url="u", status="active"))]
    found = impact(ENTITIES, items)
    assert of_feed(found).sorts == {
        Sort("service", Shape.DOCUMENT, BY_NAME): 1,
        Sort("service", Shape.DOCUMENT, BY_KEYS): 1,
    }
    named = impact(ENTITIES, documents("export", service()), entity="service")
    assert of_feed(named).sorts == {Sort("service", Shape.DOCUMENT, BY_OPTION): 1}


def test_an_entity_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no entity 'servicee'"):
        impact(ENTITIES, documents("export", service()), entity="servicee")


def test_an_item_of_a_list_may_leave_arrays_out() -> None:
    base = edited("service", "required", to=["id", "name", "phones"])
    whole, item = service(phones=[phone()]), service()
    items = [Record(each, "services.json", "services.json", Shape.ITEM) for each in (whole, item, service(phones=[5]))]
    found = impact(base, items, base=base)
    assert (of_feed(found).kept, of_feed(found).invalid) == (2, 1)
    assert of_feed(impact(base, documents("service", item), base=base)).invalid == 1


# Schemas that strangers wrote.


def test_a_pattern_that_cannot_be_run_in_linear_time_leaves_records_undecided() -> None:
    head = edited("service", "properties", "url", "pattern", to="(?=h)http")
    found = impact(head, documents("service", service(url="http://x.org")))
    assert of_feed(found).undecided == 1
    assert "linear time" in of_feed(found).reasons[0]


def test_a_pattern_that_runs_away_elsewhere_does_not_here() -> None:
    head = edited("service", "properties", "url", "pattern", to="^(a+)+$")
    found = impact(head, documents("service", service(url="a" * 50_000 + "!")))
    assert rules(found) == {"pattern-added service.url": (1, 1)}


def test_a_schema_that_looks_at_a_value_in_a_billion_ways_leaves_records_undecided() -> None:
    step = {f"d{at}": {"allOf": [{"$ref": f"#/$defs/d{at + 1}"}] * 2} for at in range(30)}
    head = edited("phone", "$defs", to={**step, "d30": {"type": "object"}})
    head["phone"]["allOf"] = [{"$ref": "#/$defs/d0"}]
    found = impact(head, documents("phone", phone()))
    assert of_feed(found).undecided == 1
    assert of_feed(found).reasons == ("phone looks at the same value in more ways than can be followed",)


@pytest.mark.parametrize("value", [service(name="\ud800"), service(**{"\udfff": 1})])
def test_what_the_validator_cannot_take_leaves_a_record_undecided(value: dict[str, JSON]) -> None:
    feed = of_feed(impact(REQUIRED_URL, documents("service", value, service(url="u"))))
    assert (feed.undecided, feed.kept) == (1, 1)
    assert feed.reasons == ("the validator cannot take what the record holds",)


def test_references_without_end_are_no_matter() -> None:
    around = edited("place", "properties", "service", to=one("service"))
    deep: dict[str, JSON] = service()
    for number in range(2, 6):
        deep = service(number, place={"id": deep["id"], "service": deep})
    assert of_feed(impact(around, documents("service", deep), base=around)).kept == 1


def test_what_could_not_be_read_is_counted_by_its_kind() -> None:
    troubles = [Trouble("a line is not JSON", "x.jsonl", f"line {number}", "the line") for number in range(1, 6)]
    found = impact(ENTITIES, [*troubles, *documents("service", service())])
    (feed,) = found.feeds
    assert feed.records == 1
    (trouble,) = feed.troubles
    assert (trouble.count, trouble.places[0], len(trouble.places)) == (5, "x.jsonl, line 1", 3)


def test_a_keyword_that_goes_is_not_blamed_for_a_term_that_goes() -> None:
    base = edited("phone", "additionalProperties", to=True)
    base["phone"]["properties"]["number"]["maxLength"] = 9
    head = edited("phone", "properties", "extension")
    found = impact(head, documents("phone", phone(extension=4)), base=base)
    assert rules(found) == {"term-removed phone.extension": (1, 1)}


def test_a_column_with_another_name_is_a_column_that_is_gone() -> None:
    found = impact(edited("phone", "properties", "extension", "name", to="ext"), rows("phones", phone(extension="4")))
    assert rules(found) == {"name-changed phone.extension": (1, 1)}
