"""A small standard in two versions, and feeds that are values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy

from bot.commands.impact import judged
from bot.conformance.impact import FeedImpact, Impact, ProfileImpact
from bot.conformance.records import Item, Record, Shape
from bot.report.pairing import pair_profiles
from bot.standard.values import JSON
from tests.worlds import checkout, entity, many, one, quietly

ID = "00000000-0000-4000-8000-00000000000"
ENTITIES: dict[str, JSON] = {
    "service": entity(
        "service",
        {
            "name": {},
            "status": {"enum": ["active", "inactive"]},
            "url": {},
            "phones": many("phone"),
            "place": one("place"),
        },
        ("id", "name"),
    ),
    "phone": entity("phone", {"number": {}, "extension": {"type": "number"}}, ("id", "number")),
    "place": entity("place", {"city": {}, "phones": many("phone")}),
}


def service(number: int = 1, **more: JSON) -> dict[str, JSON]:
    """A service that is valid."""
    return {"id": f"{ID}{number}", "name": "Advice", **more}


def phone(number: int = 1, **more: JSON) -> dict[str, JSON]:
    return {"id": f"{ID}{number}", "number": "0800", **more}


def changed(**entities: JSON) -> dict[str, JSON]:
    """The standard with entities replaced; None takes one away."""
    return {name: each for name, each in {**deepcopy(ENTITIES), **entities}.items() if each is not None}


def edited(name: str, *steps: str, to: JSON = None) -> dict[str, JSON]:
    """The standard with one value of an entity put in, or taken out where it is None."""
    made = deepcopy(ENTITIES)
    *way, last = steps
    place = made[name]
    for step in way:
        place = place[step]
    place.pop(last, None)
    if to is not None:
        place[last] = to
    return made


class Given:
    """A feed of items."""

    size = done = 0

    def __init__(self, name: str, items: Iterable[Item]) -> None:
        self.name = name
        self.lists: frozenset[str] = frozenset()
        self._items = list(items)

    def items(self, lists: frozenset[str] = frozenset()) -> Iterator[Item]:
        self.lists = lists
        yield from self._items


def documents(name: str, *values: dict[str, JSON]) -> list[Item]:
    return [Record(value, f"{name}.json", f"{name}.json") for value in values]


def rows(name: str, *values: dict[str, JSON]) -> list[Item]:
    return [Record(value, f"{name}.csv", f"{name}.csv", Shape.ROW) for value in values]


def impact(
    head: Mapping[str, JSON], *feeds: Iterable[Item], base: Mapping[str, JSON] = ENTITIES, entity: str = ""
) -> Impact:
    """What head does to feeds, called one, two, …"""
    names = ("one", "two", "three")
    given = [Given(name, items) for name, items in zip(names, feeds, strict=False)]
    return judged(list(pair_profiles(checkout(base), checkout(head))), given, quietly, entity)


def of_profile(found: Impact) -> ProfileImpact:
    (profile,) = found.profiles
    return profile


def of_feed(found: Impact) -> FeedImpact:
    (feed,) = of_profile(found).feeds
    return feed


def rules(found: Impact) -> dict[str, tuple[int, int]]:
    """How many records of how many feeds break on each rule and term."""
    profile = of_profile(found)
    numbers = {f"{each.rule} {each.term}": profile.broken_on(each.id) for each in profile.changes}
    return {name: each for name, each in numbers.items() if each[0]}
