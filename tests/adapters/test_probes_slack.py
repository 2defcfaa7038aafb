from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.adapters.probes_slack import SCOPES, SlackProbe
from bot.community.channels import Channel, Forum
from bot.community.channels import Slack as Place
from bot.community.checkup import Check, State
from bot.sandbox.exchange import Response
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.world import SLACK_TOKEN, World
from bot.settings import Secret, Slack
from tests.adapters.outside import CHANNEL
from tests.adapters.probed import STAMP, altered, found, hint, wrong

Probe = Callable[..., list[Check]]

NAME = f"chat ({CHANNEL})"
ELSEWHERE = Channel("thread", Forum(12))


@pytest.fixture
def probe(world: World) -> Probe:
    def probed(token: str = SLACK_TOKEN, channel: str = CHANNEL, *, post: bool = False) -> list[Check]:
        settings = Slack(Secret(token), world.slack_url.rstrip("/"))
        return list(SlackProbe(settings, (ELSEWHERE, Channel("chat", Place(channel))), post, STAMP).checks())

    return probed


def test_a_good_setup_is_fine_throughout(world: World, probe: Probe) -> None:
    assert found(probe()) == dict.fromkeys(
        [
            "the token is valid, and writes as standards-bot in Sandbox",
            "the app may do what it needs: chat:write, channels:read, channels:history",
            f"{NAME}, #standards: the app is in it",
            f"{NAME}: its history can be read",
        ],
        State.FINE,
    )
    assert world.slack.messages(CHANNEL) == ()


def test_a_token_that_is_not_valid_ends_it(probe: Probe) -> None:
    checks = probe("xoxb-wrong")
    assert wrong(checks) == [check.what for check in checks] == ["the token is not valid (invalid_auth)"]
    assert "begins with xoxb-" in checks[0].hint


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.RESET_BEFORE, "Slack cannot be read: no answer came"),
        (Kind.ERROR_502, "Slack cannot be read: it answers 502, and nothing that makes sense"),
        (Kind.LIMITED_JSON, "Slack cannot be read: ratelimited"),
    ],
)
def test_slack_that_is_not_well_is_said_to_be_so(world: World, probe: Probe, kind: Kind, said: str) -> None:
    world.faults.add(Fault(kind))
    assert wrong(probe()) == [said]


@pytest.mark.parametrize("missing", SCOPES)
def test_a_missing_scope_is_named_with_its_purpose(world: World, probe: Probe, missing: str) -> None:
    world.slack.add_app("xoxb-narrow", scopes=[scope for scope in SCOPES if scope != missing])
    world.slack.invite(CHANNEL, "U0BOT2")
    checks = probe("xoxb-narrow")
    assert wrong(checks)[0] == f"the app lacks {missing} ({SCOPES[missing]})"
    assert "install the app again" in hint(checks, "the app lacks")


def test_scopes_that_slack_does_not_tell_are_left_open(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered(monkeypatch, world.slack, "POST", "/api/auth.test", lambda value: value)
    handle = world.slack.handle
    monkeypatch.setattr(world.slack, "handle", lambda request: Response(200, handle(request).body))
    assert found(probe())["what the app may do could not be told"] is State.OPEN


def test_a_token_without_a_channel_is_left_open(world: World) -> None:
    settings = Slack(Secret(SLACK_TOKEN), world.slack_url)
    checks = found(SlackProbe(settings, (ELSEWHERE,), post=True, stamp=STAMP).checks())
    assert checks["the token is set, and no channel in bot.yml is one of Slack"] is State.OPEN


# Channels.


def test_a_channel_that_is_not_there(probe: Probe) -> None:
    assert wrong(probe(channel="C0NOWHERE")) == ["chat (C0NOWHERE) is not there, or private without the app in it"]


def test_a_private_channel_exists_for_its_members(world: World, probe: Probe) -> None:
    world.slack.add_channel("C0PRIVATE", "board", private=True)
    assert wrong(probe(channel="C0PRIVATE")) == ["chat (C0PRIVATE) is not there, or private without the app in it"]
    world.slack.invite("C0PRIVATE", "U0BOT1")
    assert wrong(probe(channel="C0PRIVATE")) == [
        "chat (C0PRIVATE), #board is private, and the app lacks groups:read, groups:history"
    ]
    world.slack.add_app("xoxb-wide", scopes=[*SCOPES, "groups:read", "groups:history"])
    world.slack.invite("C0PRIVATE", "U0BOT2")
    assert not wrong(probe("xoxb-wide", channel="C0PRIVATE"))


def test_an_app_that_nobody_invited(world: World, probe: Probe) -> None:
    world.slack.remove_member(CHANNEL, "U0BOT1")
    checks = probe(post=True)
    assert wrong(checks) == [f"{NAME}, #standards: the app is not in it"]
    assert "/invite" in hint(checks, "not in it")


def test_an_archived_channel(world: World, probe: Probe) -> None:
    world.slack.archive(CHANNEL)
    assert wrong(probe(post=True)) == [f"{NAME}, #standards, is archived"]


def test_a_plan_that_hides_old_messages_is_worth_knowing(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/api/conversations.history"
    altered(monkeypatch, world.slack, "POST", path, lambda value: {**value, "is_limited": True})
    checks = probe()
    assert found(checks)[f"{NAME}: the plan hides messages after 90 days"] is State.OPEN
    assert hint(checks, "90 days").startswith("Nothing to do")


def test_words_that_are_no_error_of_slack_are_not_repeated(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = {"ok": False, "error": "<!channel> \x1b[31m"}
    altered(monkeypatch, world.slack, "POST", "/api/conversations.info", lambda _: evil)
    assert wrong(probe()) == [f"{NAME} cannot be read: it answers 200, and nothing that makes sense"]


# --post.


def test_a_test_message_is_written_and_taken_away(world: World, probe: Probe) -> None:
    assert found(probe(post=True))[f"{NAME}: a test message was written and taken away"] is State.FINE
    assert world.slack.messages(CHANNEL) == ()
    assert [entry.path for entry in world.log if entry.writes] == ["/api/chat.postMessage", "/api/chat.delete"]


def test_a_test_message_is_refused(world: World, probe: Probe) -> None:
    world.slack.add_channel("C0ANNOUNCE", "announcements", ["U0BOT1"], restricted=True)
    assert wrong(probe(channel="C0ANNOUNCE", post=True)) == [
        "chat (C0ANNOUNCE): a test message was refused (restricted_action)"
    ]


def test_a_test_message_that_stays_is_said_to_stay(world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    no = {"ok": False, "error": "cant_delete_message"}
    altered(monkeypatch, world.slack, "POST", "/api/chat.delete", lambda _: no)
    assert wrong(probe(post=True)) == [f"{NAME}: a test message was written and could not be taken away"]


@pytest.mark.parametrize("kind", [Kind.RESET_AFTER, Kind.EMPTY_AFTER, Kind.ERROR_502_AFTER])
def test_an_answer_that_is_lost_leaves_it_open_whether_it_was_written(world: World, probe: Probe, kind: Kind) -> None:
    world.faults.add(Fault(kind, when=lambda arrival: arrival.writes))
    assert wrong(probe(post=True)) == [f"{NAME}: nobody knows whether a test message was written"]
    assert len(world.slack.messages(CHANNEL)) == 1
