from __future__ import annotations

import contextlib
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.publish.delivery import LOOKS, Action, Delivered, Known, Superseded, deliver, newest
from bot.publish.marks import Mark, digest
from bot.publish.patience import MOST_SECONDS
from bot.publish.places import (
    Ambiguous,
    Conflict,
    Declined,
    DeliveryError,
    Draft,
    Frozen,
    Gone,
    Held,
    Over,
    Posted,
    Refused,
    Unavailable,
)
from tests.publish.places import After, MemoryPlace, StoppedClock

KEY = "github/o/r/pr-1/report"


def draft(content: str, seq: int = 2, sha: str = "a1", *, only_update: bool = False) -> Draft[str]:
    return Draft(Mark(KEY, sha, seq, digest(content)), content, only_update)


def posted(content: str, seq: int = 1, id_: str = "m0", sha: str = "a1") -> Posted[str]:
    return Posted(id_, Mark(KEY, sha, seq, digest(content)), content)


def delivered(place: MemoryPlace, wanted: Draft[str], clock: StoppedClock | None = None) -> Delivered[str]:
    return deliver(place, KEY, newest(wanted), clock or StoppedClock(), lambda: True)


def contents(place: MemoryPlace) -> list[str]:
    return [each.content for each in place.standing]


def test_a_first_message_is_looked_for_written_and_read_back() -> None:
    place = MemoryPlace()
    assert delivered(place, draft("new")) == Delivered(Action.CREATE, "m1", "new")
    assert (contents(place), place.requests) == (["new"], ["find", "create", "find"])


def test_an_unchanged_message_writes_nothing() -> None:
    place = MemoryPlace([posted("same")])
    assert delivered(place, draft("same")) == Delivered(Action.SKIP, "m0", "same")
    assert place.requests == ["find"]


def test_a_changed_message_is_written_over() -> None:
    place = MemoryPlace([posted("old")])
    assert delivered(place, draft("new")) == Delivered(Action.UPDATE, "m0", "new")
    assert (contents(place), place.requests) == (["new"], ["find", "update", "find"])


def test_what_is_only_to_be_kept_true_is_not_begun() -> None:
    place = MemoryPlace()
    assert delivered(place, draft("new", only_update=True)) == Delivered(Action.SKIP, "", "new")
    assert place.requests == ["find"]
    place = MemoryPlace([posted("old")])
    delivered(place, draft("new", only_update=True))
    assert contents(place) == ["new"]


def test_an_older_run_does_not_write_over_a_newer_one() -> None:
    place = MemoryPlace([posted("newer", seq=5)])
    assert delivered(place, draft("older", seq=2)).action is Action.SKIP
    assert contents(place) == ["newer"]


def test_what_an_earlier_commit_said_is_written_over_whatever_its_number() -> None:
    place = MemoryPlace([posted("of another commit", seq=9, sha="b2")])
    delivered(place, draft("now", seq=2))
    assert contents(place) == ["now"]


def test_of_two_messages_the_oldest_stays_with_the_newest_content() -> None:
    place = MemoryPlace([posted("old", 1), posted("newest", 7, "m9")])
    assert delivered(place, draft("mine", 3)) == Delivered(Action.UPDATE, "m0", "newest")
    assert [(each.id, each.content) for each in place.standing] == [("m0", "newest")]


@pytest.mark.parametrize("error", [Ambiguous("lost"), Unavailable("502")])
def test_an_answer_that_was_lost_is_looked_for(error: DeliveryError) -> None:
    place = MemoryPlace(troubles=[None, After(error)])
    assert delivered(place, draft("new")).id == "m1"
    assert (contents(place), place.requests.count("create")) == (["new"], 1)


@pytest.mark.parametrize("lag", range(4))
def test_a_message_that_is_declined_for_standing_already_is_looked_for(lag: int) -> None:
    declined = Declined("Der Text ist einem kürzlich geschriebenen zu ähnlich")
    place = MemoryPlace(troubles=[None, After(declined)], lag=lag)
    assert delivered(place, draft("new")).id == "m1"
    assert (contents(place), place.requests.count("create")) == (["new"], 1)


def test_a_message_that_is_declined_and_does_not_stand_is_refused_and_not_sent_again() -> None:
    declined = Declined("Der Text ist zu kurz")
    place = MemoryPlace(troubles=[None, declined])
    with pytest.raises(Declined) as caught:
        delivered(place, draft("new"))
    assert caught.value is declined
    assert (contents(place), place.requests.count("create")) == ([], 1)


def test_a_list_that_lags_makes_no_second_message() -> None:
    for lag in range(4):
        place = MemoryPlace(troubles=[None, After(Ambiguous("lost"))], lag=lag)
        delivered(place, draft("new"))
        assert (contents(place), place.requests.count("create")) == (["new"], 1), lag


def test_a_message_that_was_surely_written_is_not_written_again_however_long_its_list_lags() -> None:
    place = MemoryPlace(lag=100)
    assert delivered(place, draft("new")) == Delivered(Action.CREATE, "m1", "new")
    assert contents(place) == ["new"]


def test_beside_a_message_that_surely_stands_none_is_written_where_no_list_shows_it() -> None:
    place = MemoryPlace([posted("old")], lag=100)
    done = deliver(place, KEY, newest(draft("new")), StoppedClock(), lambda: True, Known("m0"))
    assert done == Delivered(Action.GONE, "m0", "new")
    assert contents(place) == ["old"]
    place.lag = 2
    deliver(place, KEY, newest(draft("new")), StoppedClock(), lambda: True, Known("m0"))
    assert contents(place) == ["new"]


@pytest.mark.parametrize("missed", [True, False])
def test_a_message_that_was_missed_before_is_not_waited_for(missed: bool) -> None:
    place, clock = MemoryPlace(), StoppedClock()
    done = deliver(place, KEY, newest(draft("new")), clock, lambda: True, Known("m0", missed=missed))
    assert done.action is Action.GONE
    assert (place.requests, clock.waits) == ((["find"], []) if missed else (["find"] * LOOKS, [1.0, 2.0, 3.0, 4.0]))


def test_a_message_that_was_missed_and_shows_again_is_written_over() -> None:
    place = MemoryPlace([posted("old")])
    done = deliver(place, KEY, newest(draft("new")), StoppedClock(), lambda: True, Known("m0", missed=True))
    assert (done.action, contents(place)) == (Action.UPDATE, ["new"])


def test_a_message_that_is_over_is_followed_by_another_that_is_kept_true_from_then_on() -> None:
    place = MemoryPlace([posted("old")], troubles=[None, Over("too late")])
    done = delivered(place, draft("new"))
    assert (done.action, done.id, done.over) == (Action.CREATE, "m1", "m0")
    assert contents(place) == ["old", "new"]
    known = Known("m1", over="m0")
    done = deliver(place, KEY, newest(draft("newer", 3)), StoppedClock(), lambda: True, known)
    assert (done.action, contents(place)) == (Action.UPDATE, ["old", "newer"])
    # Who knows of the old one alone meets the same refusal, and finds what follows.
    place.troubles = [None, Over("too late")]
    done = deliver(place, KEY, newest(draft("newest", 4)), StoppedClock(), lambda: True, Known("m0"))
    assert (done.id, done.over, contents(place)) == ("m1", "m0", ["old", "newest"])


def test_a_message_that_is_held_is_not_sent_again() -> None:
    place = MemoryPlace(troubles=[None, Held("it waits")])
    with pytest.raises(Held):
        delivered(place, draft("new"))
    assert place.requests == ["find", "create"]


def test_a_message_that_cannot_be_edited_any_more_is_kept_and_the_ones_beside_it_go() -> None:
    place = MemoryPlace([posted("old", 1), posted("older", 0, "m9")], troubles=[None, Frozen("too late")])
    assert delivered(place, draft("new", 7)) == Delivered(Action.KEEP, "m0", "old")
    assert contents(place) == ["old"]


def test_a_message_that_vanished_is_made_again_and_a_conflict_looked_at() -> None:
    place = MemoryPlace([posted("old")], troubles=[None, Conflict("409")])
    delivered(place, draft("new"))
    assert (contents(place), place.requests) == (["new"], ["find", "update", "find", "update", "find"])
    place = MemoryPlace([posted("old")], troubles=[None, Gone("404")])
    place.meanwhile = lambda: place.standing.clear() if place.requests == ["find", "update"] else None
    delivered(place, draft("new"))
    assert contents(place) == ["new"]


def test_what_the_service_refuses_is_not_tried_again() -> None:
    place = MemoryPlace(troubles=[None, Refused("403", "Give the token the right to write.")])
    with pytest.raises(Refused, match="403"):
        delivered(place, draft("new"))
    assert place.requests == ["find", "create"]


def test_waiting_is_as_long_as_asked_and_bounded() -> None:
    clock = StoppedClock()
    delivered(MemoryPlace(troubles=[Unavailable("429", wait=7)]), draft("new"), clock)
    assert clock.waits == [7]
    clock = StoppedClock()
    with pytest.raises(Unavailable):
        delivered(MemoryPlace(troubles=[Unavailable("429", wait=3600)]), draft("new"), clock)
    assert clock.waits == []
    clock = StoppedClock()
    with pytest.raises(Unavailable):
        delivered(MemoryPlace(troubles=[Unavailable("503")] * 100), draft("new"), clock)
    assert 0 < sum(clock.waits) <= MOST_SECONDS


@pytest.mark.parametrize("standing", [[], [posted("old")], [posted("same"), posted("same", 1, "m9")]])
def test_a_run_whose_news_is_old_writes_nothing_at_all(standing: list[Posted[str]]) -> None:
    place = MemoryPlace(list(standing))
    with pytest.raises(Superseded):
        deliver(place, KEY, newest(draft("same")), StoppedClock(), lambda: False)
    assert (place.standing, place.requests) == (standing, ["find"])


def test_a_run_whose_news_is_old_stops_after_a_wait_whatever_was_true_a_moment_ago() -> None:
    place = MemoryPlace(troubles=[None, Ambiguous("lost")])
    with pytest.raises(Superseded):
        deliver(place, KEY, newest(draft("old news")), StoppedClock(), lambda: False, lately=lambda: True)
    assert place.standing == []


def test_where_nothing_is_written_it_is_not_asked_whether_the_news_is_old() -> None:
    place = MemoryPlace([posted("same")])
    assert deliver(place, KEY, newest(draft("same")), StoppedClock(), lambda: False).action is Action.SKIP


TROUBLE = st.sampled_from(
    [
        None,
        None,
        Ambiguous("x"),
        After(Ambiguous("x")),
        Unavailable("x"),
        After(Unavailable("x")),
        Unavailable("x", wait=2),
        Conflict("x"),
    ]
)


@settings(max_examples=300)
@given(st.lists(TROUBLE, max_size=6), st.integers(0, 3), st.integers(0, 8))
def test_whatever_happens_a_second_run_leaves_one_message_with_the_newest_content(
    troubles: list[Exception | None], lag: int, killed_at: int
) -> None:
    place = MemoryPlace(troubles=list(troubles), lag=lag)
    numbers = itertools.count(1)

    def killed() -> None:
        if next(numbers) == killed_at:
            raise KeyboardInterrupt

    place.meanwhile = killed
    with contextlib.suppress(KeyboardInterrupt, DeliveryError):
        delivered(place, draft("first", seq=1))
    place.meanwhile, place.troubles, place.lag = (lambda: None), [], 0
    delivered(place, draft("second", seq=2))
    assert contents(place) == ["second"]


def doubted(place: MemoryPlace, wanted: Draft[str], own: str, *, current: bool = True) -> Delivered[str]:
    return deliver(place, KEY, newest(wanted), StoppedClock(), lambda: current, Known(own, doubted=True))


@pytest.mark.parametrize("lag", range(LOOKS))
def test_a_message_in_doubt_is_looked_at_until_an_older_one_shows_beside_it(lag: int) -> None:
    place = MemoryPlace([posted("same", 2), posted("same", 3, "m9")])
    place.hidden = {"m0": lag}
    assert doubted(place, draft("same", 3), "m9").id == "m0"
    assert [each.id for each in place.standing] == ["m0"]
    assert place.requests == ["find"] * (lag + 1) + ["remove", "find"]


def test_a_message_in_doubt_beside_which_none_stands_is_looked_at_as_long_as_lists_lag() -> None:
    place = MemoryPlace([posted("same", 3, "m9")])
    assert doubted(place, draft("same", 3), "m9").action is Action.SKIP
    assert place.requests == ["find"] * LOOKS


def test_the_message_in_doubt_stays_where_it_is_the_oldest() -> None:
    place = MemoryPlace([posted("same", 3, "m9"), posted("newer", 4, "m10")])
    assert doubted(place, draft("same", 3), "m9") == Delivered(Action.UPDATE, "m9", "newer")
    assert [(each.id, each.content) for each in place.standing] == [("m9", "newer")]


def test_of_two_messages_one_goes_even_where_neither_is_true_any_more() -> None:
    place = MemoryPlace([posted("of one run", 2), posted("of another", 3, "m9")])
    with pytest.raises(Superseded) as caught:
        doubted(place, draft("mine", 7), "m9", current=False)
    assert ([each.content for each in place.standing], caught.value.id) == (["of one run"], "m0")


def test_a_message_of_ours_that_went_for_an_older_one_is_not_looked_for() -> None:
    place = MemoryPlace()

    def another_run() -> None:
        if place.requests == ["find", "create"]:
            place.standing.append(posted("new"))

    place.meanwhile = another_run
    assert delivered(place, draft("new")) == Delivered(Action.CREATE, "m0", "new")
    assert place.requests == ["find", "create", "find", "remove", "find"]


def test_a_run_whose_news_is_old_tells_what_it_has_written() -> None:
    place = MemoryPlace()
    place.meanwhile = lambda: place.standing.append(posted("other")) if place.requests == ["find", "create"] else None
    with pytest.raises(Superseded) as caught:
        deliver(place, KEY, newest(draft("new")), StoppedClock(), lambda: "create" not in place.requests)
    assert caught.value.id == "m1"


def test_every_version_that_was_seen_on_the_way_is_told() -> None:
    place = MemoryPlace([posted("old")])
    assert [each.content for each in delivered(place, draft("new")).met] == ["old", "new"]
