"""Asking and changing: again where there is hope, and not at all where it is only planned."""

from __future__ import annotations

import pytest

from bot.publish.places import Gone, Unavailable
from bot.publish.telling import Planning, Telling
from tests.publish.places import StoppedClock


def test_a_list_that_is_not_whole_is_asked_for_again_a_few_times() -> None:
    clock, given = StoppedClock(), iter(range(100))
    telling = Telling(clock, lambda: True)
    assert telling.ask(lambda: next(given), lambda answer: answer >= 2) == 2
    assert clock.waits == [1, 2]
    assert telling.ask(lambda: next(given), lambda _: False) == 7
    assert clock.waits == [1, 2, 1, 2, 3, 4]
    assert telling.ask(lambda: next(given)) == 8


def test_a_change_is_made_again_where_it_is_not_known_whether_it_was() -> None:
    clock, made = StoppedClock(), list[int]()

    def change() -> None:
        made.append(1)
        if len(made) < 3:
            raise Unavailable("no answer")

    Telling(clock, lambda: True).change(change)
    assert (len(made), len(clock.waits)) == (3, 2)


def test_what_is_gone_is_not_asked_for_again() -> None:
    def gone() -> None:
        raise Gone("not there")

    with pytest.raises(Gone):
        Telling(StoppedClock(), lambda: True).change(gone)


def test_a_plan_takes_an_answer_as_it_is_and_changes_nothing() -> None:
    planning, given, made = Planning(StoppedClock()), iter(range(100)), list[int]()
    assert planning.ask(lambda: next(given), lambda _: False) == 0
    planning.change(lambda: made.append(1))
    assert made == []
