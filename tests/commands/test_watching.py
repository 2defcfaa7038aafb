from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest

from bot.commands.impact import ImpactRequest
from bot.commands.watching import Watch
from bot.community.canaries import Canary
from bot.conformance.records import Item, Trouble
from bot.report.watched import Watched
from bot.standard.values import JSON
from tests.conformance.worlds import ENTITIES, Given, documents, edited, service
from tests.worlds import GivenSources, quietly

REQUIRED_URL = edited("service", "required", to=["id", "name", "url"])
LEEDS, YORK = (Canary(name, f"https://{name.lower()}.example.org/x") for name in ("Leeds", "York"))
REQUEST = ImpactRequest()


def sources(head: dict[str, JSON]) -> GivenSources:
    base, changed = ({f"schema/{name}.json": each for name, each in sides.items()} for sides in (ENTITIES, head))
    return GivenSources(base, changed, {})


def test_each_feed_is_told_of_in_numbers() -> None:
    feeds = (
        Given("Leeds", documents("service", service(), service(2, url="u"), {"id": 1})),
        Given("York", [Trouble("an empty file", "x")]),
    )
    assert Watch((LEEDS, YORK), feeds).numbers(REQUEST, sources(REQUIRED_URL), quietly) == (
        Watched("Leeds", "hsds", 3, 1, 1),
        Watched("York", "hsds", 0, 0, 0),
    )


def test_only_so_many_records_are_looked_at() -> None:
    feed = Given("Leeds", documents("service", *(service(at % 9) for at in range(50))))
    (found,) = Watch((LEEDS,), (feed,)).numbers(ImpactRequest(most=20), sources(REQUIRED_URL), quietly)
    assert (found.records, found.broken, found.truncated) == (20, 20, "records")
    (whole,) = Watch((LEEDS,), (feed,)).numbers(ImpactRequest(most=50), sources(REQUIRED_URL), quietly)
    assert (whole.records, whole.truncated) == (50, "")


def test_what_could_not_be_read_is_no_record() -> None:
    troubles = [Trouble("a line is not JSON", "x", f"line {at}") for at in range(50)]
    feed = Given("Leeds", [*troubles, *documents("service", service(), service(2, url="u"))])
    (found,) = Watch((LEEDS,), (feed,)).numbers(ImpactRequest(most=2), sources(REQUIRED_URL), quietly)
    assert found == Watched("Leeds", "hsds", 2, 1, 0)


class Odd(Given):
    """A feed that nobody foresaw."""

    def items(self, lists: frozenset[str] = frozenset()) -> Iterator[Item]:
        yield from super().items(lists)
        raise KeyError("Mary Smith")


def test_a_feed_that_nobody_foresaw_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    feeds = (
        Odd("Leeds", documents("service", service(), service(2), service(3))),
        Given("York", documents("service", service(), service(2, url="u"))),
    )
    assert Watch((LEEDS, YORK), feeds).numbers(REQUEST, sources(REQUIRED_URL), quietly) == (
        Watched("Leeds", "", 0, 0, 0, missing="fault"),
        Watched("York", "hsds", 2, 1, 0),
    )
    assert "the feed Leeds: KeyError in items" in caplog.text
    assert "Mary" not in caplog.text


def test_a_profile_that_is_not_there_is_not_replaced_by_another() -> None:
    feed = Given("Leeds", documents("service", service()))
    (found,) = Watch((replace(LEEDS, profile="ukk"),), (feed,)).numbers(REQUEST, sources(REQUIRED_URL), quietly)
    assert found == Watched("Leeds", "ukk", 0, 0, 0, missing="profile")


def test_feeds_share_the_time_there_is() -> None:
    ticks = count(step=5)  # what each record takes: for four times as many there is time
    feeds = tuple(Given(name, documents("service", *[service()] * 100)) for name in ("Leeds", "York"))
    watch = Watch((LEEDS, YORK), feeds, clock=lambda: float(next(ticks)))
    first, second = watch.numbers(REQUEST, sources(REQUIRED_URL), quietly)
    assert (first.truncated, second.truncated) == ("time", "time")
    assert 10 < first.records < 20
    assert 10 < second.records < 20


def test_a_feed_is_looked_at_under_the_profile_that_most_of_it_is_valid_under() -> None:
    from bot.commands.check import PatchDirectory

    patched = GivenSources(
        {f"schema/{name}.json": each for name, each in ENTITIES.items()},
        {f"schema/{name}.json": each for name, each in REQUIRED_URL.items()},
        {"service": {"required": ["id", "name", "status"]}},
    )
    request = ImpactRequest(patches=(PatchDirectory("strict", "one"),))
    feed = Given("Leeds", documents("service", service(), service(2, status="active")))
    (found,) = Watch((LEEDS,), (feed,)).numbers(request, patched, quietly)
    assert (found.profile, found.records, found.invalid) == ("strict", 2, 1)


def test_nobody_watches_nothing() -> None:
    assert Watch().numbers(REQUEST, sources(REQUIRED_URL), quietly) == ()


@pytest.mark.parametrize("head", [{"phone": b"{"}, {}])
def test_a_change_that_cannot_be_judged_has_no_numbers(head: dict[str, JSON]) -> None:
    feed = Given("Leeds", documents("service", service()))
    assert Watch((LEEDS,), (feed,)).numbers(REQUEST, sources(head), quietly) == ()
