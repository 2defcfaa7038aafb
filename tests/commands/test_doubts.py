"""Two runs that both write, while a list hides what the other has written: one run is held at a request, and the other
runs from beginning to end in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.commands.announcing.doubts import Doubts
from bot.commands.announcing.news import Told
from bot.publish.marks import Mark
from bot.publish.places import Posted, Unavailable
from bot.publish.tracking import Tracking, written
from bot.report.model import Outcome, Report
from bot.sandbox.faults import Arrival, Fault, Kind
from bot.sandbox.github.premises import sha_of
from tests.faulty import wrong
from tests.scene import EVERYBODY, Scene, report, scene

KEY = "slack/o/r/pr-1/report"


def publish_held(
    here: Scene, at: Callable[[Arrival], bool], meanwhile: Callable[[], object], said: Report | None = None
) -> None:
    """A run that is held before its first request that fits, until something else has been done."""

    held: list[Arrival] = []

    def hold(arrival: Arrival) -> None:
        if not held and at(arrival):
            held.append(arrival)
            meanwhile()

    here.world.front.before = hold
    here.publish(said)
    assert held


def lists_comments_again(here: Scene) -> Callable[[Arrival], bool]:
    """The look before the ids of messages elsewhere are kept: by then all of them have been read back."""

    def fits(arrival: Arrival) -> bool:
        told = bool(here.world.slack.messages(EVERYBODY))
        return told and arrival.request.method == "GET" and arrival.request.path.endswith("/comments")

    return fits


def remembers(arrival: Arrival) -> bool:
    return arrival.request.method == "PATCH" and "/issues/comments/" in arrival.request.path


def posts(arrival: Arrival) -> bool:
    return arrival.request.path.endswith("/chat.postMessage")


def looks_in_chat(arrival: Arrival) -> bool:
    return arrival.request.path.endswith("/conversations.history")


def another_run_while_lists_lag(here: Scene) -> Callable[[], None]:
    def run() -> None:
        here.world.slack.lag(3)
        here.publish()

    return run


def test_a_message_that_was_hidden_from_both_looks_of_the_second_run_is_found_before_that_run_ends() -> None:
    with scene() as here:
        publish_held(here, lists_comments_again(here), another_run_while_lists_lag(here))
        assert wrong(here, Outcome.BREAKING) == []


def test_a_mark_in_the_comment_that_is_written_over_unseen_leaves_no_second_message() -> None:
    with scene() as here:
        publish_held(here, remembers, another_run_while_lists_lag(here))
        assert wrong(here, Outcome.BREAKING) == []


def test_a_run_that_writes_after_another_has_ended_meets_its_ids() -> None:
    with scene() as here:

        def run() -> None:
            here.publish()
            here.world.slack.lag(3)

        publish_held(here, looks_in_chat, run)
        assert wrong(here, Outcome.BREAKING) == []


def test_what_an_older_run_has_written_is_remembered_beside_what_a_newer_one_says() -> None:
    with scene() as here:

        def run() -> None:
            here.world.slack.lag(1)
            here.world.faults.add(Fault(Kind.SECONDARY_TIMED, when=posts))
            here.publish()
            here.world.slack.lag(2)

        publish_held(here, lists_comments_again(here), run)
        assert wrong(here, Outcome.BREAKING) == []
        (message,) = here.world.slack.messages(EVERYBODY)
        assert message.ts in here.comments()[0]


def test_a_reply_that_was_hidden_stands_once() -> None:
    with scene() as here:
        here.publish()
        here.world.github.push(here.number, sha_of("next"))
        compatible = report(Outcome.COMPATIBLE)

        def replied(arrival: Arrival) -> bool:
            return remembers(arrival) and any(each.parent for each in here.world.slack.messages(EVERYBODY))

        def run() -> None:
            here.world.slack.lag(3)
            here.publish(compatible)

        publish_held(here, replied, run, compatible)
        assert wrong(here, Outcome.COMPATIBLE) == []
        (parent, reply) = here.world.slack.messages(EVERYBODY)
        assert (parent.parent, reply.parent) == ("", parent.ts)


def test_runs_that_follow_each_other_are_in_no_doubt() -> None:
    with scene() as here:
        here.world.slack.archive(EVERYBODY)
        here.publish()
        here.world.slack.workspace.channels[EVERYBODY].archived = False
        here.world.github.push(here.number, sha_of("next"))
        here.publish(report(Outcome.COMPATIBLE))
        before, waited = len(here.world.log), here.time.waited
        here.publish(report(Outcome.COMPATIBLE))
        assert (here.writes(before), len(here.world.log) - before, here.time.waited) == ([], 9, waited)


def comment(tracking: Tracking, seq: int) -> Posted[str]:
    return Posted("7", Mark("github/o/r/pr-1/report", "a1", seq, "0" * 16), f"text\n\n{written(tracking)}")


def doubted(before: list[Posted[str]], after: list[Posted[str]], kept: Tracking, told: Told) -> bool:
    first, second = (Told("github", "k", "update", "7", met=tuple(met)) for met in (before, after))
    return Doubts(5, first, second, kept).on(told)


NEW = Told("slack", KEY, "create", "2.0", again=lambda id_: Told("slack", KEY, "skip", id_))
OWN = comment(Tracking(meant={KEY: 1}), 5)
KEPT = Tracking(ids={KEY: "2.0"})


def test_a_new_message_is_in_doubt_where_another_run_meant_it_or_has_been_at_the_comment_since() -> None:
    assert not doubted([OWN], [OWN], KEPT, NEW)
    assert not doubted([comment(Tracking(), 4), OWN], [OWN], KEPT, NEW)
    assert doubted([comment(Tracking(meant={KEY: 1}), 4), OWN], [OWN], KEPT, NEW)
    assert doubted([OWN], [comment(Tracking(), 6)], KEPT, NEW)


@pytest.mark.parametrize("id_", ["1.0", "3.0"])
def test_a_message_is_in_doubt_where_the_comment_named_another_older_or_younger(id_: str) -> None:
    stands = replace(NEW, action="skip")
    assert not doubted([comment(Tracking(ids={KEY: "2.0"}), 4)], [OWN], KEPT, stands)
    assert doubted([OWN], [comment(Tracking(ids={KEY: id_}), 6)], KEPT, stands)
    assert doubted([OWN], [OWN], Tracking(ids={KEY: id_}), stands)


def test_all_that_is_new_is_in_doubt_where_the_comment_cannot_be_read_again() -> None:
    first = Told("github", "k", "update", "7", met=(OWN,))
    for second in (None, Told("github", "k", error=Unavailable("503")), Told("github", "k", superseded=True)):
        assert Doubts(5, first, second, KEPT).on(NEW)
        assert not Doubts(5, first, second, KEPT).on(replace(NEW, action="skip"))
        assert not Doubts(5, first, second, KEPT).on(replace(NEW, id=""))
