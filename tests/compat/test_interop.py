from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import permutations

import pytest

from bot.compat.confirming import Confirmer
from bot.compat.engine import Engine, Pair, Side
from bot.compat.interop import Crossing, Moving, Shift, crossing, shifts
from bot.compat.verdicts import Answer
from bot.report.pairing import ProfilePair
from bot.standard.model import Standard
from bot.standard.values import JSON
from tests.worlds import checkout, entity, many

CORE: dict[str, JSON] = {
    "service": entity(
        "service",
        {"name": {"example": "Lunch"}, "url": {"example": "x"}, "phones": many("phone"), "kind": {"enum": ["a", "b"]}},
    ),
    "phone": entity("phone", {"number": {"example": "0800"}, "extension": {"example": "7"}}),
    "place": entity("place", {"name": {"example": "Hall"}}),
}
Patch = Mapping[str, JSON]
STRICT: Patch = {"service": {"required": ["id", "url"]}, "phone": {"properties": {"extension": None}}}


def read(core: Mapping[str, JSON], **patches: Patch) -> Standard:
    return checkout(core, *patches.items())


def changed(core: Mapping[str, JSON], name: str, **more: JSON) -> dict[str, JSON]:
    made: dict[str, JSON] = json.loads(json.dumps(dict(core)))
    made[name] = {**made[name], **more}
    return made


def versions(standard: Standard) -> dict[str, ProfilePair]:
    return {each.id: ProfilePair(standard, standard, each, each) for each in standard.profiles}


def crossed(standard: Standard, publisher: str, reader: str, confirmer: Confirmer) -> Crossing:
    profiles = {each.id: each for each in standard.profiles}
    pair = ProfilePair(standard, standard, profiles[publisher], profiles[reader])
    mine, other = pair.versions()
    return crossing(Engine(confirmer), (publisher, mine), (reader, other), pair.tabulate)


def shifted(base: Standard, head: Standard, changed: set[str], engine: Engine) -> list[Shift]:
    ours, theirs = versions(base), versions(head)
    moving = {
        id_: Moving(ours[id_].versions()[0], theirs[id_].versions()[0], frozenset(changed))
        for id_ in ours.keys() & theirs.keys()
    }
    return sorted(shifts(engine, moving), key=lambda each: (each.publisher, each.reader))


# One pair.


def test_profiles_that_say_the_same_can_read_each_other(confirmer: Confirmer) -> None:
    standard = read(CORE, one={}, other={"service": {"description": "In other words."}})
    for publisher, reader in permutations(("one", "other")):
        found = crossed(standard, publisher, reader, confirmer)
        assert (found.verdict.answer, found.obstacles, found.combined) == (Answer.COMPATIBLE, (), {})


def test_what_stands_in_the_way_is_named_with_an_example_of_each(confirmer: Confirmer) -> None:
    standard = read(CORE, loose={}, strict=STRICT)
    found = crossed(standard, "loose", "strict", confirmer)
    assert found.verdict.answer is Answer.BREAKING
    assert [(each.change.rule, each.change.term) for each in found.obstacles] == [
        ("term-removed", "phone.extension"),
        ("required-added", "service.url"),
    ]
    unknown_there, missing = (each.verdicts.publishers.witness for each in found.obstacles)
    assert "url" not in missing
    assert "extension" in unknown_there


def test_the_way_back_is_a_question_of_its_own(confirmer: Confirmer) -> None:
    standard = read(CORE, loose={}, strict=STRICT)
    assert crossed(standard, "strict", "loose", confirmer).verdict.answer is Answer.COMPATIBLE


def test_terms_that_only_tables_ask_for_stand_in_the_way_too(confirmer: Confirmer) -> None:
    standard = read(CORE, loose={}, tabular={"service": {"tabular_required": ["url"]}})
    [obstacle] = crossed(standard, "loose", "tabular", confirmer).obstacles
    assert (obstacle.change.rule, obstacle.change.term) == ("tabular-required-added", "service.url")
    assert list(obstacle.verdicts.publishers.witness) == ["service"]


def test_a_term_that_can_not_be_decided_is_neither_open_nor_closed(confirmer: Confirmer) -> None:
    hard = {"service": {"properties": {"url": {"pattern": r"^(a+)\1$"}}}}
    found = crossed(
        read(CORE, loose={"service": {"properties": {"url": {"pattern": "^b"}}}}, hard=hard), "loose", "hard", confirmer
    )
    assert found.verdict.answer is not Answer.COMPATIBLE


# What a change does.

HEADS: dict[str, tuple[dict[str, JSON], dict[str, Patch], set[str]]] = {
    "words alone": (changed(CORE, "service", description="Other words."), {"one": {}, "two": {}}, set()),
    "the same for both": (changed(CORE, "place", required=["id", "name"]), {"one": {}, "two": {}}, {"place"}),
    "one asks for more": (CORE, {"one": {}, "two": {"place": {"required": ["id", "name"]}}}, {"place"}),
    "one loses a term": (CORE, {"one": {}, "two": {"phone": {"properties": {"extension": None}}}}, {"phone"}),
    "one gains a term": (CORE, {"one": {}, "two": {"phone": {"properties": {"fax": {"type": "string"}}}}}, {"phone"}),
    "one loses an entity": (CORE, {"one": {}, "two": {"place": None}}, {"place"}),
    "tables ask for more": (CORE, {"one": {}, "two": {"place": {"tabular_required": ["name"]}}}, {"place"}),
    "each asks for something": (
        CORE,
        {"one": {"place": {"required": ["id", "name"]}}, "two": {"service": {"required": ["id", "url"]}}},
        {"place", "service"},
    ),
}


@pytest.mark.parametrize("case", HEADS)
@pytest.mark.parametrize("apart", [{}, STRICT], ids=["together", "apart"])
@pytest.mark.parametrize("back", [False, True], ids=["forth", "back"])
def test_the_quick_answer_is_that_of_the_whole_matrix(
    case: str, apart: Patch, back: bool, confirmer: Confirmer
) -> None:
    core, patches, entities = HEADS[case]
    base = read(CORE, one={}, two={}, three=apart)
    head = read(core, **patches, three=apart)
    base, head = (head, base) if back else (base, head)
    expected = []
    for publisher, reader in permutations(("one", "three", "two"), 2):
        before, after = (crossed(each, publisher, reader, confirmer).verdict.answer for each in (base, head))
        if before is not after:
            expected.append(Shift(publisher, reader, before, after))
    assert shifted(base, head, entities, Engine(confirmer)) == expected


def test_pairs_that_what_did_not_change_keeps_apart_cost_next_to_nothing(confirmer: Confirmer) -> None:
    asked: list[str] = []

    class Counting(Engine):
        def pair(self, base: Side, head: Side) -> Pair:
            asked.append(base.root)
            return super().pair(base, head)

    apart: Patch = {"phone": {"properties": {"extension": None, "number": None, "line": {"type": "string"}}}}
    base, head = (read(core, one={}, two=apart) for core in (CORE, changed(CORE, "place", required=["id", "name"])))
    assert shifted(base, head, {"place"}, Counting(confirmer)) == []
    assert asked == ["phone.json", "phone.json"]


def test_without_a_change_nothing_is_asked(confirmer: Confirmer) -> None:
    standard = read(CORE, one={}, two=STRICT)
    assert shifted(standard, standard, set(), Engine(confirmer)) == []
