from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count

from bot.publish.lately import FRESH, Lately
from tests.publish.places import StoppedClock


def test_places_that_are_told_at_about_the_same_time_ask_once() -> None:
    clock, numbers = StoppedClock(), count(1)
    lately = Lately(lambda: next(numbers) > 0, clock)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: lately(), range(50)))
    clock.sleep(FRESH)
    assert (lately(), next(numbers)) == (True, 2)


def test_after_a_while_it_is_asked_anew() -> None:
    clock, answers = StoppedClock(), [True, False, False, True]
    lately = Lately(lambda: answers.pop(0), clock)
    assert lately()
    clock.sleep(FRESH + 1)
    assert not lately()


def test_that_it_is_no_longer_so_is_not_remembered() -> None:
    answers = [False, True]
    lately = Lately(lambda: answers.pop(0), StoppedClock())
    assert [lately(), lately(), lately()] == [False, True, True]
