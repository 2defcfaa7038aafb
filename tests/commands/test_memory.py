"""What the comment remembers of messages elsewhere, so that no run looks, waits or writes for nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.commands.announcing.news import Announcement
from bot.community.channels import Channel, Forum, Slack
from bot.publish.marks import without_marker
from bot.publish.messages import MOST
from bot.publish.places import Held
from bot.publish.tracking import read
from bot.render import comment
from bot.report.model import Outcome, Report
from bot.sandbox.faults import Arrival, Fault, Kind
from bot.sandbox.github.premises import sha_of
from bot.sandbox.world import DISCOURSE_USER
from tests.faulty import wrong
from tests.scene import BRITONS, EVERYBODY, Scene, report, scene

BREAKING, COMPATIBLE = Outcome.BREAKING, Outcome.COMPATIBLE
DAY = 86_400.0


def action(done: Announcement, channel: str) -> str:
    (told,) = [each for each in done.told if each.channel == channel]
    return told.action


def moved(here: Scene, id_: str, place: Forum | Slack) -> None:
    """Let the settings name another place for a channel."""
    channels = [replace(each, place=place) if each.id == id_ else each for each in here.configuration.channels]
    here.configuration = replace(here.configuration, channels=tuple(channels))


def another(here: Scene) -> int:
    """A second pull request."""
    return here.world.github.open_pull_request("Another change")


def tell_of(here: Scene, number: int, said: Report | None = None) -> Announcement:
    before, here.number = here.number, number
    done = here.publish(said)
    here.number = before
    return done


# A post that waits for approval.


def held(here: Scene) -> None:
    here.world.discourse.add_user(DISCOURSE_USER, trust_level=1)
    here.world.discourse.forum.categories[1].require_reply_approval = True


def test_a_post_that_waits_for_approval_is_told_of_once_and_not_written_again() -> None:
    with scene() as here:
        held(here)
        done = here.publish()
        (error,) = [each.error for each in done.told if each.error]
        assert isinstance(error, Held)
        for at in range(3):
            here.world.github.push(here.number, sha_of(str(at)))
            done = here.publish(report(COMPATIBLE))
            assert (done.failed, action(done, "forum")) == (False, "held")
        assert len(here.world.discourse.pending()) == 1
        assert here.posts() == []


def test_a_post_that_waits_for_one_pull_request_is_not_written_for_another() -> None:
    with scene() as here:
        held(here)
        here.publish()
        number = another(here)
        assert tell_of(here, number).failed
        assert not tell_of(here, number).failed
        assert len(here.world.discourse.pending()) == 1
        here.world.discourse.approve()
        here.world.discourse.forum.categories[1].require_reply_approval = False
        tell_of(here, number)
        here.publish(report(COMPATIBLE))
        (post,) = here.posts()
        assert "Pull request 1]" in post
        assert f"Pull request {number}]" in post
        assert "stays valid" in post


def test_a_post_that_a_moderator_rejects_is_not_fought() -> None:
    with scene() as here:
        held(here)
        here.publish()
        here.world.discourse.forum.pending.clear()
        assert action(here.publish(report(COMPATIBLE)), "forum") == "held"
        assert (here.posts(), here.world.discourse.pending()) == ([], ())


# A channel that moves.


def test_a_channel_that_moves_under_its_id_is_told_in_its_new_place() -> None:
    with scene() as here:
        here.publish()
        topic = here.world.discourse.add_topic("Another topic about it", "A place to follow it.", category=1)
        here.world.slack.add_channel("C000ELSEWH", "elsewhere", ["U0BOT1"])
        moved(here, "slack", Slack("C000ELSEWH"))
        moved(here, "forum", Forum(topic.id))
        assert not here.publish().failed
        assert (len(here.messages(EVERYBODY)), len(here.messages("C000ELSEWH"))) == (1, 1)
        assert len([each for each in here.world.discourse.posts(topic.id) if each.user.username == DISCOURSE_USER]) == 1
        before = len(here.world.log)
        here.publish()
        assert here.writes(before) == []
        # Back where it was, it is the message that stood there.
        moved(here, "slack", Slack(EVERYBODY))
        here.publish(report(COMPATIBLE))
        (parent,) = [each.text for each in here.world.slack.messages(EVERYBODY) if not each.parent]
        assert "stays valid" in parent


# Messages that are gone.


def test_what_was_taken_away_is_waited_for_once() -> None:
    with scene() as here:
        here.publish()
        for channel in (EVERYBODY, BRITONS):
            (parent,) = here.world.slack.messages(channel)
            here.world.slack.delete_message(channel, parent.ts)
        (post,) = [each for each in here.world.discourse.posts(here.topic) if each.user.username == DISCOURSE_USER]
        here.world.discourse.delete_post(post.id)
        done = here.publish()
        assert {action(done, each) for each in ("forum", "slack", "slack-uk")} == {"gone"}
        for at in range(2):
            here.world.github.push(here.number, sha_of(str(at)))
            waited, before = here.time.waited, len(here.world.log)
            done = here.publish()
            assert {action(done, each) for each in ("forum", "slack", "slack-uk")} == {"gone"}
            assert here.time.waited == waited
            asked = [each for each in here.world.log[before:] if each.service != "github"]
            assert len(asked) <= 4
        assert (here.posts(), here.messages(EVERYBODY), here.messages(BRITONS)) == ([], [], [])


def test_a_rolling_post_that_another_pull_request_writes_anew_has_the_line_of_the_first_too() -> None:
    with scene() as here:
        here.publish()
        here.time.limit = 10 * DAY
        here.time.sleep(2 * DAY)
        (post,) = [each for each in here.world.discourse.posts(here.topic) if each.user.username == DISCOURSE_USER]
        here.world.discourse.delete_post(post.id)
        here.publish()
        number = another(here)
        tell_of(here, number)
        here.publish(report(COMPATIBLE))
        (body,) = here.posts()
        assert "Pull request 1]" in body
        assert f"Pull request {number}]" in body
        # It is known by its new id from then on.
        before = len(here.world.log)
        here.time.sleep(2 * DAY)
        here.publish(report(COMPATIBLE))
        asked = [f"{each.method} {each.path}" for each in here.world.log[before:] if each.service == "discourse"]
        assert len(asked) == 1
        assert here.writes(before) == []


def test_two_pull_requests_that_begin_the_rolling_post_unseen_by_each_other_share_one_soon() -> None:
    with scene() as here:
        number = another(here)
        begun = [False]

        def meanwhile(arrival: object) -> None:
            if not begun[0] and getattr(arrival, "service", "") == "discourse":
                begun[0] = True
                tell_of(here, number)
                here.world.discourse.lag(10)

        here.world.front.before = meanwhile
        here.publish()
        here.world.front.before = None
        for post in here.world.discourse.forum.posts.values():
            post.unseen = 0
        tell_of(here, number)
        here.publish()
        (body,) = here.posts()
        assert "Pull request 1]" in body
        assert f"Pull request {number}]" in body


# A post that is too old to be edited.


def test_a_post_that_is_too_old_to_be_edited_is_followed_by_another() -> None:
    with scene() as here:
        here.time.limit = 365 * DAY
        user = here.world.discourse.forum.user(DISCOURSE_USER)
        assert user is not None
        user.trust_level, user.moderates = 2, set()
        number = another(here)
        here.publish()
        tell_of(here, number)
        assert len(here.posts()) == 1
        here.time.sleep(31 * DAY)
        done = here.publish(report(COMPATIBLE))
        assert (done.failed, action(done, "forum")) == (False, "create")
        for _ in range(2):
            here.time.sleep(60)
            assert action(here.publish(report(COMPATIBLE)), "forum") == "skip"
        here.time.sleep(60)
        # The other one, which remembers the old post, is told of in the new one.
        done = tell_of(here, number, report(COMPATIBLE))
        assert not done.failed
        old, new = here.posts()
        assert "would break" in old
        assert "stays valid" in new
        assert f"Pull request {number}]" in new
        assert "Pull request 1]" in new
        before = len(here.world.log)
        tell_of(here, number, report(COMPATIBLE))
        here.publish(report(COMPATIBLE), anew=True)
        assert here.writes(before) == []


# A busy channel.


def later(page: int) -> Callable[[Arrival], bool]:
    """The so-manieth page of a history after the first."""
    seen: list[Arrival] = []

    def fits(arrival: Arrival) -> bool:
        if arrival.request.path.endswith("conversations.history") and b"cursor" in arrival.request.body:
            seen.append(arrival)
        return len(seen) == page and seen[-1] is arrival

    return fits


def test_a_busy_channel_is_told_though_slack_asks_to_be_slower() -> None:
    with scene() as here:
        for _ in range(2_500):
            here.world.slack.say(EVERYBODY, "Talk")
        for page in (1, 2, 4):
            here.world.faults.add(Fault(Kind.LIMITED_JSON, seconds=20, service="slack", when=later(page)))
        done = here.publish()
        assert not done.failed
        assert len(here.messages(EVERYBODY)) == 1


def test_a_channel_that_comes_later_is_read_since_it_came() -> None:
    with scene() as here:
        channels = here.configuration.channels
        here.configuration = replace(here.configuration, channels=channels[:1])
        here.publish()
        here.time.limit = 365 * DAY
        for _ in range(1_500):
            here.world.slack.say(EVERYBODY, "Talk")
        here.time.sleep(3 * DAY)
        here.configuration = replace(here.configuration, channels=channels)
        before = len(here.world.log)
        here.publish()
        assert len(here.messages(EVERYBODY)) == 1
        asked = [each for each in here.world.log[before:] if each.path.endswith("conversations.history")]
        assert len(asked) == 4  # each of two channels before and after


# A memory that is large.


def many(count: int, topic: int) -> tuple[Channel, ...]:
    rooms = [
        Channel(f"a-channel-with-a-name-as-long-as-may-be-{at:02}"[-40:], Slack(f"C{at:08}")) for at in range(count)
    ]
    return (Channel("forum", Forum(topic)), *rooms)


def test_with_many_channels_what_is_said_gives_way_to_what_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 49
    monkeypatch.setattr(comment, "comment", lambda report, _, room: f"{report.outcome.value} ".ljust(room, "."))
    with scene() as here:
        here.configuration = replace(here.configuration, channels=many(count, here.topic))
        for channel in here.configuration.channels[1:]:
            assert isinstance(channel.place, Slack)
            here.world.slack.add_channel(channel.place.channel, channel.id, ["U0BOT1"])
        for at, outcome in enumerate([BREAKING, COMPATIBLE]):
            here.world.github.push(here.number, sha_of(str(at)))
            assert not here.publish(report(outcome)).failed
            (body,) = here.comments()
            assert len(body) == MOST
        remembered = read(without_marker(body))
        assert len([key for key in remembered.ids if key.endswith("/report")]) == count
        before = len(here.world.log)
        assert not here.publish(report(outcome)).failed
        assert here.writes(before) == []


# Suggestions that are gone.


def test_a_suggestion_that_somebody_deleted_is_not_written_again() -> None:
    with scene() as here:
        here.publish()
        (note,) = here.suggestions()
        here.world.github.delete_note(note.id)
        for at in range(2):
            here.world.github.push(here.number, sha_of(str(at)))
            assert not here.publish().failed
            assert here.suggestions() == []
        assert "discussion_r" not in here.comments()[0]
        before = len(here.world.log)
        here.publish()
        assert here.writes(before) == []


def test_a_suggestion_that_the_bot_took_away_itself_comes_back_with_its_reason() -> None:
    with scene() as here:
        here.publish()
        here.world.github.push(here.number, sha_of("mended"))
        here.publish(report(COMPATIBLE))
        assert here.suggestions() == []
        here.world.github.push(here.number, sha_of("broken again"))
        here.publish()
        assert wrong(here, BREAKING) == []
