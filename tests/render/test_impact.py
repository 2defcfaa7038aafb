from __future__ import annotations

from bot.conformance.impact import Impact
from bot.conformance.records import Trouble
from bot.render import impact as words
from bot.render.impact_markdown import document
from tests.conformance.worlds import ENTITIES, documents, edited, impact, of_profile, phone, rows, service

REQUIRED_URL = edited("service", "required", to=["id", "name", "url"])


def said(found: Impact) -> str:
    return words.headline(of_profile(found))


def test_the_headline_says_how_many_of_how_many() -> None:
    broken, whole = service(), service(2, url="u")
    assert said(impact(REQUIRED_URL, documents("service", broken, whole))) == (
        "This change would break 1 of 2 records, in the only feed."
    )
    assert said(impact(REQUIRED_URL, documents("service", broken), documents("service", whole))) == (
        "This change would break 1 of 2 records, in 1 of 2 feeds."
    )
    assert said(impact(REQUIRED_URL, documents("service", whole))) == "The only record of 1 feed would not break."
    assert said(impact(REQUIRED_URL, documents("service", broken, whole, {"id": 1}))) == (
        "This change would break 1 of 2 valid records, in the only feed; 1 was not valid before the change."
    )
    assert said(impact(REQUIRED_URL, documents("service", whole, {"id": 1}, {"id": 2}))) == (
        "0 of 1 valid record of 1 feed would break; 2 were not valid before the change."
    )
    assert said(impact(REQUIRED_URL, documents("service", {"id": 1}, service(name="\ud800")))) == (
        "No record of 1 feed could be tried: 1 was not valid before the change; 1 could not be decided."
    )
    assert said(impact(REQUIRED_URL, documents("x", {"colour": 1}))) == (
        "None of the records could be recognised as one of this standard."
    )
    for nothing in ([], [Trouble("a line is not JSON", "x.jsonl", "line 1", "the line")]):
        assert said(impact(REQUIRED_URL, nothing)) == "There was no record that could be read."


def test_facts_are_said_only_where_there_are_any() -> None:
    assert [what for what, _ in words.facts(of_profile(impact(REQUIRED_URL, documents("service", service()))))] == [
        "Taken for"
    ]
    base = edited("service", "required", to=["id", "name", "url", "status"])
    found = impact(ENTITIES, documents("service", service(), {}), documents("x", {"colour": 1}), base=base)
    assert dict(words.facts(of_profile(found))) == {
        "Not valid before the change": "2 records; 1 of them would become valid",
        "Not recognised": "1 record: of no entity by the name of the file or by keys",
        "Taken for": "service 2 (by the name of the file)",
    }


def test_what_breaks_most_comes_first() -> None:
    head = edited("service", "required", to=["id", "name", "url", "status"])
    found = impact(head, documents("service", service(url="u"), service(2, url="u"), service(3, status="active")))
    assert words.causes(of_profile(found)) == [
        ("service.status becomes required", 2, 1),
        ("service.url becomes required", 1, 1),
    ]


def test_the_rarest_terms_come_first() -> None:
    found = impact(ENTITIES, documents("service", service(), service(2, url="u")), documents("service", service(3)))
    rare, *_, common = words.used(of_profile(found))
    assert rare == ("service.url", 1, 1)
    assert common[1:] == (3, 2)
    assert words.unused(of_profile(found)) == {"service": ["phones", "place", "status"]}


def test_troubles_are_counted_and_the_first_places_named() -> None:
    troubles = [Trouble("a line is not JSON", "x.jsonl", f"line {at}", "the line") for at in range(1, 11)]
    ((feed, trouble, where),) = words.troubles(impact(ENTITIES, troubles))
    assert (feed, trouble.count) == ("one", 10)
    assert where == "x.jsonl, line 1; x.jsonl, line 2; x.jsonl, line 3 and 7 more. Not read: the line."


def test_only_tables_are_told_that_keys_are_not_looked_at() -> None:
    assert words.NOT_CHECKED in document(impact(ENTITIES, rows("phones", phone())))
    assert words.NOT_CHECKED not in document(impact(ENTITIES, documents("phone", phone())))


def test_names_from_outside_stay_names() -> None:
    head = edited("service", "properties", "a|b`c<img>", to={"type": "number"})
    found = impact(head, documents("service", {**service(), "a|b`c<img>": "x"}))
    text = document(found)
    assert "<img>" not in text.replace("`a|b`", "")
    assert text.count("\n| ") == len([line for line in text.splitlines() if line.startswith("| ")])


def test_a_terminal_shows_what_there_is_room_for_under_each_profile() -> None:
    from dataclasses import replace

    from bot.cli.output import console
    from bot.render.impact_terminal import MOST_ROWS, show

    head = edited("service", "required", to=["id", "name", *(f"t{at:02}" for at in range(40))])
    for at in range(40):
        head["service"]["properties"][f"t{at:02}"] = {"type": "string"}
    found = impact(head, documents("service", service()), rows("phones", phone()))
    profile = of_profile(found)
    twice = replace(found, profiles=(profile, replace(profile, id="uk", title="Open Referral UK")))
    with (plain := console(width=100)).capture() as captured:
        show(twice, plain)
    text = captured.get()
    assert "HSDS: This change would break 1 of 2 records, in 1 of 2 feeds." in text
    assert "Open Referral UK: This change" in text
    assert text.count("becomes required") == 2 * MOST_ROWS
    assert "… and 10 more (all are in --format json)" in text
    assert words.NOT_CHECKED.split()[0] in text
