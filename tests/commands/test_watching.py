from __future__ import annotations

import pytest

from bot.commands.impact import ImpactRequest
from bot.commands.watching import Watch
from bot.community.canaries import Canary
from bot.conformance.records import Trouble
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
    assert (found.records, found.broken) == (20, 20)


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
