from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.adapters.probes_discourse import DiscourseProbe
from bot.community.channels import Channel, Forum, Slack
from bot.community.checkup import Check, State
from bot.sandbox.exchange import Response
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.world import DISCOURSE_KEY, DISCOURSE_USER, World
from bot.settings import Discourse, Secret
from tests.adapters.probed import STAMP, altered, found, hint, refused, wrong

Probe = Callable[..., list[Check]]

TITLE = "What changes in the standard"
ELSEWHERE = Channel("chat", Slack("C0STANDARDS"))


@pytest.fixture
def topic(world: World) -> int:
    """A topic that somebody else opened."""
    world.discourse.add_user("somebody")
    return world.discourse.add_topic(TITLE, "All about it, and a little more.").id


@pytest.fixture
def probe(world: World, topic: int) -> Probe:
    def probed(
        key: str = DISCOURSE_KEY, username: str = DISCOURSE_USER, place: Forum | None = None, *, post: bool = False
    ) -> list[Check]:
        settings = Discourse(world.discourse_url, Secret(key), username)
        channel = Channel("thread", place or Forum(topic))
        return list(DiscourseProbe(settings, (ELSEWHERE, channel), post, STAMP).checks())

    return probed


def become(world: World, trust_level: int, *, moderator: bool = False) -> None:
    """Have the bot's user be of that role."""
    world.discourse.add_user(DISCOURSE_USER, trust_level=trust_level, moderator=moderator)


def test_a_good_setup_is_fine_throughout(world: World, topic: int, probe: Probe) -> None:
    become(world, 1, moderator=True)
    assert found(probe()) == dict.fromkeys(
        [
            f"the key is valid, and writes as {DISCOURSE_USER}",
            f"thread (topic {topic}) is there and open: “{TITLE}”",
            f"thread (topic {topic}): the user moderates there, and may edit and reply as it needs",
            f"thread (topic {topic}): nobody has to approve its posts",
        ],
        State.FINE,
    )
    assert len(world.discourse.posts(topic)) == 1


@pytest.mark.parametrize(
    ("key", "username", "said", "todo"),
    [
        ("wrong-key", DISCOURSE_USER, "is not for this user, or the key is not valid", "New API key"),
        (DISCOURSE_KEY, "somebody", "is not for this user, or the key is not valid", "New API key"),
    ],
)
def test_a_key_that_opens_nothing(probe: Probe, key: str, username: str, said: str, todo: str) -> None:
    checks = probe(key, username)
    assert [each for each in wrong(checks) if said in each] == wrong(checks) != []
    assert todo in hint(checks, said)


def test_a_key_for_somebody_else_is_said_to_be_theirs(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/session/current.json"
    altered(monkeypatch, world.discourse, "GET", path, lambda _: {"current_user": {"username": "system"}})
    checks = probe()
    assert wrong(checks) == [f"the key is that of system, not of {DISCOURSE_USER}"]
    assert hint(checks, "that of system") == "Set DISCOURSE_API_USERNAME to system."


def test_a_key_that_may_not_look_itself_up_is_judged_by_the_topics(
    world: World, topic: int, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(world, 4)
    refused(monkeypatch, world.discourse, "GET", "/session/current.json", 403)
    assert found(probe())[f"the key is valid, and writes as {DISCOURSE_USER}"] is State.FINE
    refused(monkeypatch, world.discourse, "GET", f"/u/{DISCOURSE_USER}.json", 403)
    checks = found(probe())
    assert State.WRONG not in checks.values()
    assert checks[f"thread (topic {topic}): the user's role could not be told"] is State.OPEN


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.RESET_BEFORE, "the forum cannot be read: no answer came"),
        (Kind.ERROR_502, "the forum cannot be read: it answers 502, and no JSON"),
        (Kind.LIMITED_PLAIN, "the forum asks to be slower"),
    ],
)
def test_a_forum_that_is_not_well_is_said_to_be_so(world: World, probe: Probe, kind: Kind, said: str) -> None:
    world.faults.add(Fault(kind, times=2))
    assert wrong(probe()) == [said]


def test_a_forum_that_is_elsewhere(world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = Response(301, b"", {"Location": "https://forum.example.org/"})
    monkeypatch.setattr(world.discourse, "handle", lambda _: moved)
    checks = probe()
    assert wrong(checks) == ["the forum is at https://forum.example.org/"]
    assert "DISCOURSE_URL" in checks[0].hint


def test_there_is_no_such_user(world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("/session/current.json", f"/u/{DISCOURSE_USER}.json"):
        refused(monkeypatch, world.discourse, "GET", path, 404)
    assert wrong(probe()) == [f"there is no user {DISCOURSE_USER}"]


def test_a_key_without_a_channel_is_left_open(world: World) -> None:
    settings = Discourse(world.discourse_url, Secret(DISCOURSE_KEY), DISCOURSE_USER)
    checks = found(DiscourseProbe(settings, (ELSEWHERE,), post=True, stamp=STAMP).checks())
    assert checks["the key is set, and no channel in bot.yml is a topic"] is State.OPEN


# Topics.


def test_a_topic_that_is_not_there(probe: Probe) -> None:
    assert wrong(probe(place=Forum(987654))) == ["thread (topic 987654) is not there"]


def test_a_topic_of_another_forum_is_not_asked_for(world: World, topic: int, probe: Probe) -> None:
    """The same number is another topic here."""
    checks = probe(place=Forum(topic, host="forum.example.org"), post=True)
    assert "is a topic of forum.example.org, and the key is for 127.0.0.1" in wrong(checks)[0]
    assert len(wrong(checks)) == 1
    assert not [entry for entry in world.log if "/t/" in entry.path or entry.method == "POST"]
    assert not wrong(probe(place=Forum(topic, host=world.discourse_url.removeprefix("http://"))))


def test_a_closed_topic(world: World, topic: int, probe: Probe) -> None:
    world.discourse.close_topic(topic)
    become(world, 4)
    assert wrong(probe()) == [f"thread (topic {topic}), “{TITLE}”, is closed"]
    become(world, 4, moderator=True)
    assert not wrong(probe())


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("details", {}, "the user may not reply there"),
        ("archived", True, "is closed"),
        ("details", {"can_create_post": False}, "the user may not reply there"),
    ],
)
def test_a_topic_that_takes_no_reply(
    world: World, topic: int, probe: Probe, monkeypatch: pytest.MonkeyPatch, part: str, value: object, said: str
) -> None:
    altered(monkeypatch, world.discourse, "GET", f"/t/{topic}.json", lambda shown: {**shown, part: value})
    assert said in wrong(probe())[0]


def test_a_category_that_the_user_may_not_read(world: World, probe: Probe) -> None:
    become(world, 4)
    hidden = world.discourse.add_category("Hidden", read_restricted=True)
    there = world.discourse.add_topic("What only staff may read here", "All about it, in secret.", category=hidden)
    assert wrong(probe(place=Forum(there.id))) == [
        f"thread (topic {there.id}) is not for this user, or the key is not valid"
    ]


@pytest.mark.parametrize(("trust_level", "after"), [(0, "a day"), (1, "a day"), (2, "30 days"), (3, "30 days")])
def test_a_list_that_would_go_stale(world: World, topic: int, probe: Probe, trust_level: int, after: str) -> None:
    become(world, trust_level)
    checks = probe()
    said = f"thread (topic {topic}): a post cannot be edited after {after} (trust level {trust_level})"
    assert wrong(checks) == [f"{said}, so the list would go stale"]
    assert "moderator of the category" in hint(checks, said)


def test_trust_level_4_keeps_a_list_true(world: World, topic: int, probe: Probe) -> None:
    become(world, 4)
    assert found(probe())[f"thread (topic {topic}): the user may keep its post true (trust level 4)"] is State.FINE
    own = world.discourse.add_topic("What the bot itself has opened", "All about it, and more.", DISCOURSE_USER).id
    checks = found(probe(place=Forum(own)))
    assert checks[f"thread (topic {own}): the user may keep its post true (the topic is its own)"] is State.FINE


def test_a_moderator_of_the_category_may_do_everything_there(
    world: World, topic: int, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(world, 1)
    details = {"can_create_post": True, "can_moderate_category": True}
    altered(monkeypatch, world.discourse, "GET", f"/t/{topic}.json", lambda shown: {**shown, "details": details})
    assert not wrong(probe())


def test_a_category_that_queues_replies(world: World, probe: Probe) -> None:
    become(world, 4)
    queued = world.discourse.add_category("Queued", require_reply_approval=True)
    there = world.discourse.add_topic("Where everything is looked at", "All about it, at length.", category=queued).id
    said = f"thread (topic {there}): replies wait for approval there"
    assert wrong(probe(place=Forum(there))) == [said]
    become(world, 4, moderator=True)
    assert not wrong(probe(place=Forum(there)))


def test_what_a_category_does_not_show_is_left_open(
    world: World, topic: int, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(world, 4)
    refused(monkeypatch, world.discourse, "GET", "/c/1/show.json", 403)
    said = f"thread (topic {topic}): whether posts wait for approval shows with the first (or --post)"
    assert found(probe())[said] is State.OPEN


def test_a_topic_that_does_not_answer_is_said_of_that_alone(
    world: World, topic: int, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(monkeypatch, world.discourse, "GET", f"/t/{topic}.json", 500)
    assert wrong(probe()) == [f"thread (topic {topic}) cannot be read: the forum answers 500"]


# --post.


def test_a_test_reply_is_written_and_taken_away(world: World, topic: int, probe: Probe) -> None:
    become(world, 4)
    assert found(probe(post=True))[f"thread (topic {topic}): a test reply was written and taken away"] is State.FINE
    assert len(world.discourse.posts(topic)) == 1
    written = [entry for entry in world.log if (entry.method, entry.path) == ("POST", "/posts.json")]
    assert [entry.status for entry in written] == [200]


def test_a_test_reply_that_waits_for_approval(world: World, probe: Probe) -> None:
    become(world, 4)
    queued = world.discourse.add_category("Queued", require_reply_approval=True)
    there = world.discourse.add_topic("Where everything is looked at", "All about it, at length.", category=queued).id
    assert f"thread (topic {there}): a test reply waits for approval" in wrong(probe(place=Forum(there), post=True))


def test_a_test_reply_that_is_refused_says_why(
    world: World, topic: int, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(world, 4)
    refused(monkeypatch, world.discourse, "POST", "/posts.json", 422)
    assert wrong(probe(post=True)) == [f"thread (topic {topic}): a test reply was refused: No"]


def test_a_test_reply_that_stays_is_said_to_stay(
    world: World, topic: int, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(world, 4)
    handle = world.discourse.handle
    monkeypatch.setattr(
        world.discourse, "handle", lambda request: Response(403) if request.method == "DELETE" else handle(request)
    )
    checks = probe(post=True)
    assert wrong(checks) == [f"thread (topic {topic}): a test reply was written and could not be taken away"]
    assert hint(checks, "taken away") == f"Delete it: /p/{world.discourse.posts(topic)[-1].id}"


@pytest.mark.parametrize("kind", [Kind.RESET_AFTER, Kind.EMPTY_AFTER, Kind.ERROR_502_AFTER])
def test_an_answer_that_is_lost_leaves_it_open_whether_it_was_written(
    world: World, topic: int, probe: Probe, kind: Kind
) -> None:
    become(world, 4)
    world.faults.add(Fault(kind, when=lambda arrival: arrival.writes))
    assert wrong(probe(post=True)) == [f"thread (topic {topic}): nobody knows whether a test reply was written"]
