"""Which request a fault happens to."""

from __future__ import annotations

import pytest

from bot.sandbox.exchange import Request
from bot.sandbox.faults import Arrival, Fault, Kind, Schedule


def arrival(number: int, overall: int, service: str = "github", **more: bool) -> Arrival:
    flags = {"writes": False, "later_page": False, **more}
    return Arrival(service, Request("GET", "/"), number, overall, **flags)


def test_a_fault_happens_at_its_request_and_once() -> None:
    schedule = Schedule([Fault(Kind.ERROR_502, at=2)])
    happened = [schedule.due(arrival(number, number)) is not None for number in (1, 2, 2, 3)]
    assert happened == [False, True, False, False]
    assert schedule.left == ()


def test_requests_are_counted_by_service_where_the_fault_names_one() -> None:
    schedule = Schedule([Fault(Kind.ERROR_502, at=2, service="slack")])
    assert schedule.due(arrival(2, 2, "github")) is None
    assert schedule.due(arrival(1, 3, "slack")) is None
    assert schedule.due(arrival(2, 4, "slack")) is not None


def test_a_fault_without_a_number_takes_the_next_so_many_that_it_picks() -> None:
    schedule = Schedule([Fault(Kind.ERROR_500, when=lambda each: each.writes, times=2)])
    happened = [schedule.due(arrival(1, 1, writes=writes)) is not None for writes in (False, True, False, True, True)]
    assert happened == [False, True, False, True, False]


def test_two_faults_take_a_request_each() -> None:
    schedule = Schedule([Fault(Kind.ERROR_500, at=1), Fault(Kind.ERROR_502, at=2)])
    found = [schedule.due(arrival(number, number)) for number in (1, 2)]
    assert [each.kind if each else None for each in found] == [Kind.ERROR_500, Kind.ERROR_502]


def test_a_failing_page_waits_for_a_later_page() -> None:
    schedule = Schedule([Fault(Kind.PAGE_FAILED, at=2)])
    assert schedule.due(arrival(1, 1, later_page=True)) is None
    assert schedule.due(arrival(2, 2)) is None
    assert schedule.due(arrival(3, 3, later_page=True)) is not None


def test_faults_can_be_added_and_taken_away() -> None:
    schedule = Schedule()
    schedule.add(Fault(Kind.ERROR_500), Fault(Kind.ERROR_502))
    schedule.clear()
    assert schedule.due(arrival(1, 1)) is None


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_says_whether_the_service_did_what_was_asked(kind: Kind) -> None:
    assert kind.applied == ("after" in kind.value or "lag" in kind.value)
    # What was done and not answered as it was done is exactly what a client cannot know, redirections aside.
    if kind.applied and not kind.lag and kind is not Kind.ODD_TYPE_AFTER:
        assert kind.hides_outcome
