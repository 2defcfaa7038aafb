from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.adapters.slack import EVENT, HIDDEN_AFTER, MOST_PAGES, PAGE, Messages, Slack
from bot.publish.places import Ambiguous, DeliveryError, Draft, Gone, Posted, Reach, Refused, Unavailable
from bot.render.contents import Blocks
from bot.sandbox.exchange import Response, json_answer
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.slack.state import Message
from bot.sandbox.world import SLACK_TOKEN, World
from tests.adapters.outside import CHANNEL, KEY, SECONDS, TEXT, Clock, Script, blocks, mark, outcome, refusal, requests

PAYLOAD = {"key": KEY, "sha": mark().sha, "seq": 1, "h": mark().digest}
METADATA = {"event_type": EVENT, "event_payload": PAYLOAD}
HISTORY, POST, UPDATE, DELETE, WHO = (
    f"POST {method}"
    for method in ("conversations.history", "chat.postMessage", "chat.update", "chat.delete", "auth.test")
)


@pytest.fixture
def messages(slack: Slack, clock: Clock) -> Messages:
    return place(slack, clock)


def place(slack: Slack, clock: Clock, *, hint: str = "", thread: str = "", since: float | None = None) -> Messages:
    since = clock() if since is None else since
    return Messages(slack, CHANNEL, hint=hint, thread_ts=thread, since=since, now=clock)


def own(world: World, text: str = TEXT, thread: str = "") -> str:
    """A message of the bot that stands already; its `ts`."""
    ts = world.slack.say(CHANNEL, text, "U0BOT1", thread, METADATA)
    written(world, ts).bot_id = "B0BOT1"
    return ts


def written(world: World, ts: str) -> Message:
    return world.slack.workspace.channels[CHANNEL].messages[ts]


def test_a_message_is_made_found_changed_and_removed(world: World, messages: Messages) -> None:
    assert messages.find(KEY) == ()
    made = messages.create(Draft(mark(), blocks()))
    assert messages.find(KEY) == (Posted(made, mark(), blocks()),)
    messages.update(messages.find(KEY)[0], Draft(mark(2), blocks("News")))
    assert messages.find(KEY) == (Posted(made, mark(2), blocks("News")),)
    messages.remove(messages.find(KEY)[0])
    assert world.slack.messages(CHANNEL) == ()


def test_each_step_is_one_request_and_one_more_to_know_itself(world: World, messages: Messages) -> None:
    assert requests(world, lambda: messages.find(KEY)) == [HISTORY]
    assert requests(world, lambda: messages.create(Draft(mark(), blocks()))) == [POST]
    assert requests(world, lambda: messages.find(KEY)) == [HISTORY, WHO]
    posted = messages.find(KEY)[0]
    assert requests(world, lambda: messages.update(posted, Draft(mark(2), blocks()))) == [UPDATE]
    assert requests(world, lambda: messages.find(KEY)) == [HISTORY]
    assert requests(world, lambda: messages.remove(posted)) == [DELETE]


def test_a_message_notifies_nobody_and_unfolds_nothing(world: World, messages: Messages) -> None:
    messages.create(Draft(mark(), blocks("<!channel> https://example.org")))
    sent = world.log[-1].request.json()
    assert (sent["unfurl_links"], sent["unfurl_media"]) in ((False, False), ("0", "0"), (0, 0))
    assert sent["mrkdwn"] in (False, "0", 0)
    assert not {"link_names", "parse", "reply_broadcast"} & sent.keys()
    assert sent["text"]
    assert sent["metadata"] == METADATA


# Finding.


def test_a_hint_saves_reading_the_history(world: World, slack: Slack, clock: Clock) -> None:
    ts = own(world)
    for _ in range(250):
        world.slack.say(CHANNEL, "Talk")
    messages = place(slack, clock, hint=ts)
    assert requests(world, lambda: messages.find(KEY)) == [HISTORY, WHO]
    assert requests(world, lambda: messages.find(KEY)) == [HISTORY]
    assert [posted.id for posted in messages.find(KEY)] == [ts]


def test_a_hint_finds_a_message_older_than_the_history_is_read(world: World, slack: Slack, clock: Clock) -> None:
    ts = own(world)
    clock.advance(80 * 86_400)
    assert len(place(slack, clock, hint=ts).find(KEY)) == 1
    assert place(slack, clock).find(KEY) == ()


@pytest.mark.parametrize("hint", ["deleted", "another's", "1700000000.000001", "no ts"])
def test_a_hint_that_leads_nowhere_is_forgotten(world: World, slack: Slack, clock: Clock, hint: str) -> None:
    deleted, others, ts = own(world), world.slack.say(CHANNEL, "x", metadata=METADATA), own(world)
    world.slack.delete_message(CHANNEL, deleted)
    messages = place(slack, clock, hint={"deleted": deleted, "another's": others}.get(hint, hint))
    assert [posted.id for posted in messages.find(KEY)] == [ts]
    assert requests(world, lambda: messages.find(KEY)) == [HISTORY]


def test_the_whole_history_shows_what_stands_beside_the_hint(world: World, slack: Slack, clock: Clock) -> None:
    first, second = own(world), own(world)
    assert [posted.id for posted in place(slack, clock, hint=second).find(KEY)] == [second]
    whole = Messages(slack, CHANNEL, hint=second, since=clock(), reach=Reach.WHOLE, now=clock)
    for _ in range(2):
        assert [posted.id for posted in whole.find(KEY)] == [first, second]
    clock.advance(91 * 86_400)
    assert "the history hides it" in refusal(lambda: whole.find(KEY), Gone).message


def test_messages_are_found_on_every_page_the_oldest_first(world: World, messages: Messages) -> None:
    found = [own(world)]
    for _ in range(2 * PAGE + 50):
        world.slack.say(CHANNEL, "Talk")
    found.append(own(world))
    assert [posted.id for posted in messages.find(KEY)] == found
    assert requests(world, lambda: messages.find(KEY)) == [HISTORY] * 3


def test_the_history_is_read_from_an_hour_before(world: World, slack: Slack, clock: Clock) -> None:
    earlier = own(world)
    clock.advance(3500)
    assert [posted.id for posted in place(slack, clock).find(KEY)] == [earlier]
    clock.advance(200)
    assert place(slack, clock).find(KEY) == ()


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        {"event_type": "another", "event_payload": PAYLOAD},
        {"event_type": EVENT, "event_payload": {**PAYLOAD, "key": "another/key"}},
        {"event_type": EVENT, "event_payload": {**PAYLOAD, "seq": "1"}},
        {"event_type": EVENT, "event_payload": {"key": KEY}},
        {"event_type": EVENT},
    ],
)
def test_what_is_not_marked_is_not_found(world: World, messages: Messages, metadata: Any) -> None:
    written(world, own(world)).metadata = metadata
    assert messages.find(KEY) == ()


def test_what_another_app_marks_is_not_ours(world: World, messages: Messages) -> None:
    ts = world.slack.say(CHANNEL, TEXT, "U0MALLORY", metadata=METADATA)
    written(world, ts).bot_id = "B0MALLORY"
    assert messages.find(KEY) == ()


def test_a_later_page_that_fails_is_no_shorter_history(world: World, messages: Messages) -> None:
    for _ in range(PAGE + 50):
        world.slack.say(CHANNEL, "Talk")
    world.faults.add(Fault(Kind.PAGE_FAILED))
    refusal(lambda: messages.find(KEY), Unavailable)


def test_a_history_that_was_cut_short_is_read_on_from_there(world: World, messages: Messages) -> None:
    found = [own(world)]
    for _ in range(3 * PAGE):
        world.slack.say(CHANNEL, "Talk")
    found.append(own(world))
    world.faults.add(Fault(Kind.LIMITED_JSON, at=3))
    refusal(lambda: messages.find(KEY), Unavailable)
    assert requests(world, lambda: messages.find(KEY)) == [HISTORY, HISTORY, "POST auth.test"]
    assert requests(world, lambda: messages.find(KEY)) == [HISTORY] * 4
    assert [posted.id for posted in messages.find(KEY)] == found


def test_a_place_to_go_on_from_that_is_not_known_any_more_is_forgotten(world: World, messages: Messages) -> None:
    ts = own(world)
    for _ in range(PAGE):
        world.slack.say(CHANNEL, "Talk")
    world.faults.add(Fault(Kind.LIMITED_JSON, at=2))
    refusal(lambda: messages.find(KEY), Unavailable)
    world.faults.add(Fault(Kind.UNAUTHORISED, at=3))
    refusal(lambda: messages.find(KEY), Refused)
    assert [posted.id for posted in messages.find(KEY)] == [ts]


def test_a_history_without_end_is_read_no_further_than_so_many_pages(script: Script, served: str, clock: Clock) -> None:
    script.answers = [json_answer({"ok": True, "messages": [], "response_metadata": {"next_cursor": "on"}})]
    slack = Slack(SLACK_TOKEN, f"{served}/", timeout=SECONDS, now=clock)
    assert place(slack, clock).find(KEY) == ()
    assert len(script.asked) == MOST_PAGES


def test_where_a_message_was_missed_before_its_id_alone_is_looked_at(world: World, slack: Slack, clock: Clock) -> None:
    first, second = own(world), own(world)
    world.slack.delete_message(CHANNEL, first)
    messages = Messages(slack, CHANNEL, hint=first, since=clock(), reach=Reach.HINT_ALONE, now=clock)
    for _ in range(2):
        assert requests(world, lambda: messages.find(KEY)) == [HISTORY]
        assert messages.find(KEY) == ()
    found = Messages(slack, CHANNEL, hint=second, since=clock(), reach=Reach.HINT_ALONE, now=clock).find(KEY)
    assert [posted.id for posted in found] == [second]


# Threads.


def test_a_reply_is_found_in_its_thread_alone(world: World, slack: Slack, clock: Clock) -> None:
    parent = own(world)
    thread = place(slack, clock, thread=parent)
    assert thread.find(KEY) == ()  # the first message is not in its thread
    reply = thread.create(Draft(mark(2), blocks("A reply")))
    assert [posted.id for posted in thread.find(KEY)] == [reply]
    assert [posted.id for posted in place(slack, clock).find(KEY)] == [parent]
    assert requests(world, lambda: thread.find(KEY)) == ["POST conversations.replies"]
    assert written(world, reply).parent == parent
    assert not written(world, reply).broadcast


def test_a_hint_names_a_reply(world: World, slack: Slack, clock: Clock) -> None:
    parent = own(world)
    first, second = own(world, "One", parent), own(world, "Two", parent)
    assert [posted.id for posted in place(slack, clock, thread=parent, hint=second).find(KEY)] == [second]
    assert [posted.id for posted in place(slack, clock, thread=parent).find(KEY)] == [first, second]


def test_replies_are_found_on_every_page(world: World, slack: Slack, clock: Clock) -> None:
    parent = own(world)
    for _ in range(250):
        world.slack.say(CHANNEL, "Talk", thread=parent)
    last = own(world, "Last", parent)
    assert [posted.id for posted in place(slack, clock, thread=parent).find(KEY)] == [last]


@pytest.mark.parametrize("replies", [0, 1])
def test_a_thread_whose_first_message_was_deleted_is_gone(
    world: World, slack: Slack, clock: Clock, replies: int
) -> None:
    parent = own(world)
    for _ in range(replies):
        own(world, "A reply", parent)
    world.slack.delete_message(CHANNEL, parent)
    refusal(lambda: place(slack, clock, thread=parent).find(KEY), Gone)


# Old messages.


def test_what_the_history_may_hide_is_not_written_again(world: World, slack: Slack, clock: Clock) -> None:
    own(world)
    since = clock()
    clock.advance(HIDDEN_AFTER)
    assert outcome(lambda: place(slack, clock, since=since).create(Draft(mark(), blocks()))) == "fine"
    clock.advance(1)
    problem = refusal(lambda: place(slack, clock, since=since).create(Draft(mark(), blocks())), Refused)
    assert "may hide it" in problem.message
    assert len(world.slack.messages(CHANNEL)) == 2


def test_a_free_plan_hides_what_is_older_than_90_days(world: World, slack: Slack, clock: Clock) -> None:
    ts, since = own(world), clock()
    clock.advance(91 * 86_400)
    messages = place(slack, clock, hint=ts, since=since)
    # Its own memory says that it was written: it is not looked for again and again.
    assert "the history hides it" in refusal(lambda: messages.find(KEY), Gone).message
    assert messages.find(KEY) == ()
    refusal(lambda: messages.create(Draft(mark(), blocks())), Refused)


def test_what_was_never_meant_to_be_written_before_cannot_be_hidden(world: World, slack: Slack, clock: Clock) -> None:
    since = clock()
    clock.advance(200 * 86_400)
    messages = Messages(slack, CHANNEL, since=since, meant=clock() - HIDDEN_AFTER, now=clock)
    assert outcome(lambda: messages.create(Draft(mark(), blocks()))) == "fine"
    clock.advance(1)
    assert "may hide it" in refusal(lambda: messages.create(Draft(mark(), blocks())), Refused).message
    assert len(world.slack.messages(CHANNEL)) == 1


# What Slack refuses.


def test_a_channel_that_the_app_is_not_in(world: World, messages: Messages) -> None:
    world.slack.remove_member(CHANNEL, "U0BOT1")
    for do in (lambda: messages.find(KEY), lambda: messages.create(Draft(mark(), blocks()))):
        assert "Invite the app" in refusal(do, Refused).hint


def test_a_channel_that_is_not_there(slack: Slack, clock: Clock) -> None:
    problem = refusal(lambda: Messages(slack, "#standards", since=clock(), now=clock).find(KEY), Refused)
    assert problem.message == "Slack, conversations.history: channel_not_found"
    assert "the channel's id" in problem.hint


def test_an_archived_channel(world: World, messages: Messages) -> None:
    world.slack.archive(CHANNEL)
    assert "Unarchive" in refusal(lambda: messages.create(Draft(mark(), blocks())), Refused).hint


def test_a_scope_that_is_missing_is_named(world: World, clock: Clock) -> None:
    world.slack.add_app("another-slack-token", scopes=["channels:history"])
    world.slack.invite(CHANNEL, "U0BOT2")
    slack = Slack("another-slack-token", world.slack_url, timeout=SECONDS)
    problem = refusal(lambda: place(slack, clock).create(Draft(mark(), blocks())), Refused)
    assert problem.message == "Slack, chat.postMessage: missing_scope: needs chat:write"
    assert "Add the scope" in problem.hint


def test_a_wrong_token(world: World, clock: Clock) -> None:
    slack = Slack("no-such-token", world.slack_url, timeout=SECONDS)
    assert "SLACK_BOT_TOKEN" in refusal(lambda: place(slack, clock).find(KEY), Refused).hint


def test_blocks_that_slack_does_not_take_are_named(messages: Messages) -> None:
    wrong = Blocks(TEXT, ({"type": "section", "text": {"type": "plain_text", "text": ""}},))
    problem = refusal(lambda: messages.create(Draft(mark(), wrong)), Refused)
    assert "[json-pointer:/blocks/0/text/text]" in problem.message
    many = Blocks(TEXT, ({"type": "divider"},) * 51)
    assert "no more than 50" in refusal(lambda: messages.create(Draft(mark(), many)), Refused).message


def test_an_edit_window_that_is_closed_says_what_to_do(world: World, clock: Clock, messages: Messages) -> None:
    world.slack.workspace.settings.edit_window_minutes = 5
    messages.create(Draft(mark(), blocks()))
    clock.advance(301)
    problem = refusal(lambda: messages.update(messages.find(KEY)[0], Draft(mark(2), blocks())), Refused)
    assert "edit_window_closed" in problem.message
    assert "workspace settings" in problem.hint


def test_a_message_of_another_app_cannot_be_changed(world: World, messages: Messages) -> None:
    posted = Posted(world.slack.say(CHANNEL, TEXT), mark(), blocks())
    assert "its token" in refusal(lambda: messages.update(posted, Draft(mark(2), blocks())), Refused).hint
    assert "its token" in refusal(lambda: messages.remove(posted), Refused).hint


def test_what_is_removed_already_is_removed(world: World, messages: Messages) -> None:
    messages.create(Draft(mark(), blocks()))
    posted = messages.find(KEY)[0]
    world.slack.delete_message(CHANNEL, posted.id)
    messages.remove(posted)
    refusal(lambda: messages.update(posted, Draft(mark(2), blocks())), Gone)


def test_slacks_own_limit_says_how_long_to_wait(world: World, messages: Messages) -> None:
    world.slack.workspace.settings.post_burst = 1
    messages.create(Draft(mark(), blocks()))
    assert outcome(lambda: messages.create(Draft(mark(2), blocks()))) == "Unavailable 1"


# Servers that answer otherwise.


@pytest.fixture
def scripted(served: str, clock: Clock) -> Messages:
    return place(Slack(SLACK_TOKEN, served, timeout=SECONDS, now=clock), clock)


def failed(error: str, **headers: str) -> Response:
    return json_answer(
        {"ok": False, "error": error}, headers={name.replace("_", "-"): each for name, each in headers.items()}
    )


@pytest.mark.parametrize(
    ("answer", "reading", "writing"),
    [
        (failed("ratelimited"), "Unavailable 60", "Unavailable 60"),
        (failed("ratelimited", Retry_After="7"), "Unavailable 7", "Unavailable 7"),
        (json_answer({}, 429, {"Retry-After": "Thu, 09 Oct 2025 08:53:30 GMT"}), "Unavailable 10", "Unavailable 10"),
        (json_answer({}, 503, {"Retry-After": "30"}), "Unavailable 30", "Unavailable 30"),
        (failed("internal_error"), "Unavailable", "Ambiguous"),
        (failed("fatal_error"), "Unavailable", "Ambiguous"),
        (failed("service_unavailable"), "Unavailable", "Ambiguous"),
        (failed("some_new_error"), "Refused", "Refused"),
        (failed("Not a code: <html>"), "Unavailable", "Ambiguous"),
        (failed("thread_not_found"), "Gone", "Gone"),
        (Response(404, b"<html>", {"Content-Type": "text/html"}), "Refused", "Refused"),
        (Response(200, b"<html>", {"Content-Type": "text/html"}), "Unavailable", "Ambiguous"),
        (Response(200, b"\xff\xfe", {"Content-Type": "application/json"}), "Unavailable", "Ambiguous"),
        (Response(200, b"{}", {"Content-Type": "application/json; charset=none"}), "Unavailable", "Ambiguous"),
        (Response(200, b"null", {"Content-Type": "application/json"}), "Unavailable", "Ambiguous"),
        (Response(200, b"[1]", {"Content-Type": "application/json"}), "Unavailable", "Ambiguous"),
        (json_answer({"ok": True}), "Unavailable", "Ambiguous"),
        (json_answer({"ok": True, "messages": [{}]}), "Unavailable", "Ambiguous"),
    ],
)
def test_every_odd_answer_has_its_meaning(
    script: Script, scripted: Messages, answer: Response, reading: str, writing: str
) -> None:
    script.answers = [answer]
    assert outcome(lambda: scripted.find(KEY)) == reading
    assert outcome(lambda: scripted.create(Draft(mark(), blocks()))) == writing


def test_a_redirect_is_not_told_the_token(script: Script, scripted: Messages, served: str) -> None:
    # To the same server under another name: what matters is what the redirected request says.
    there = served.replace("127.0.0.1", "localhost")
    script.answers = [Response(302, b"", {"Location": f"{there}/elsewhere"}), json_answer({"ok": False, "error": "x"})]
    refusal(lambda: scripted.find(KEY), DeliveryError)
    assert SLACK_TOKEN in script.asked[0].header("authorization")
    assert [request.header("authorization") for request in script.asked[1:]] == [""]


def test_slack_sdk_shows_nothing_of_what_it_cannot_read(
    script: Script, scripted: Messages, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    script.answers = [Response(200, f"echo {SLACK_TOKEN}".encode(), {"Content-Type": "text/html"})]
    with caplog.at_level(logging.DEBUG):
        refusal(lambda: scripted.create(Draft(mark(), blocks())), Ambiguous)
    assert SLACK_TOKEN not in caplog.text + capfd.readouterr().err
