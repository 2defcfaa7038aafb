"""New topics and replies: remembered, refused, queued, limited."""

from __future__ import annotations

from typing import Any

import pytest
from pydiscourse import DiscourseClient
from pydiscourse.exceptions import DiscourseClientError

from bot.sandbox.exchange import Response
from bot.sandbox.world import DISCOURSE_USER, World
from tests.sandbox.scenes import BODY, STANDARDS, TITLE, Clock, discourse

OTHER = "A quite different text, long enough as well."


def topic(world: World, **more: Any) -> Response:
    return discourse(world, "POST", "/posts.json", **{"title": TITLE, "raw": BODY, "category": STANDARDS, **more})


def reply(world: World, to: int, raw: str = OTHER, **more: Any) -> Response:
    return discourse(world, "POST", "/posts.json", topic_id=to, raw=raw, **more)


def reason(answer: Response) -> str:
    assert answer.status == 422
    assert answer.json()["action"] == "create_post"
    return ", ".join(answer.json()["errors"])


def newcomer(world: World, **rights: Any) -> None:
    """The bot as an account without merit."""
    world.discourse.add_user(DISCOURSE_USER, **{"trust_level": 0, "created_at": world.discourse._now(), **rights})  # noqa: SLF001


# What is remembered.


def test_the_same_request_is_answered_with_the_first_answer_for_two_minutes(offline: World, clock: Clock) -> None:
    first = topic(offline, external_id="gov-1").json()
    clock.advance(120)
    assert topic(offline, external_id="gov-1").json() == first
    clock.advance(1)
    assert "External has already been taken" in reason(topic(offline, external_id="gov-1"))
    assert len(offline.discourse.topics()) == 1


def test_another_client_or_another_word_is_not_remembered(offline: World) -> None:
    topic(offline, external_id="gov-1", agent="one")
    assert "External has already been taken" in reason(topic(offline, external_id="gov-1", agent="two"))
    assert "External has already been taken" in reason(topic(offline, external_id="GOV-1", agent="one"))


def test_a_refusal_is_remembered_too(offline: World, clock: Clock) -> None:
    offline.discourse.set(min_topic_title_length=50)
    assert "too short" in reason(topic(offline))
    offline.discourse.set(min_topic_title_length=15)
    assert "too short" in reason(topic(offline))
    clock.advance(121)
    assert topic(offline).status == 200


def test_a_limit_is_not_remembered(offline: World, clock: Clock) -> None:
    topic(offline)
    assert topic(offline, title=f"{TITLE}, again", raw=OTHER).status == 429
    clock.advance(15)
    assert topic(offline, title=f"{TITLE}, again", raw=OTHER).status == 200


def test_the_same_reply_later_is_too_similar_and_for_staff_a_double(offline: World, clock: Clock) -> None:
    number = offline.discourse.add_topic(TITLE, BODY).id
    assert reply(offline, number).status == 200
    clock.advance(121)
    assert "too similar" in reason(reply(offline, number))
    offline.discourse.add_user(DISCOURSE_USER, moderator=True)
    clock.advance(121)
    assert reply(offline, number).status == 200
    assert [each.raw for each in offline.discourse.posts(number)] == [BODY, OTHER, OTHER]


def test_what_was_posted_long_ago_may_be_posted_again(offline: World, clock: Clock) -> None:
    number = offline.discourse.add_topic(TITLE, BODY).id
    reply(offline, number)
    clock.advance(300)
    assert reply(offline, number).status == 200


# What is refused.


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": "x" * 14}, "too short (minimum is 15"),
        ({"title": "The booking address " * 13}, "too long (maximum is 255"),
        ({"title": "The path schema/" + "x" * 31}, "very long words"),
        ({"title": "aaaaaaaaaaaaaaaaaaaa"}, "unclear"),
        ({"title": ""}, "can't be blank"),
        ({"title": "Two smiles 😀 and another 😀 here"}, "emoji"),
        ({"raw": "x y z a b c d e f g"}, "too short (minimum is 20"),
        ({"raw": f"{'short':<40}<!-- {'a comment does not count':<40} -->"}, "too short"),
        ({"raw": "a b " * 8001}, "limited to 32000 characters; you entered 32003"),
        ({"raw": "ababababababababababab"}, "unclear"),
        ({"raw": "THIS IS SHOUTED FROM THE FIRST TO THE LAST WORD"}, "unclear"),
        ({"raw": " \n "}, "can't be blank"),
        ({"external_id": "with a space"}, "External is invalid"),
        ({"external_id": "x" * 51}, "External is invalid"),
        ({"tags": ["a", "b", "c", "d", "e", "f"]}, "only use 5 tags"),
        ({"category": 99}, "Category"),
    ],
)
def test_a_topic_that_breaks_a_rule_is_refused_with_words(offline: World, more: dict[str, Any], words: str) -> None:
    assert words in reason(topic(offline, **more))
    assert offline.discourse.topics() == ()


@pytest.mark.parametrize(
    "more",
    [
        {"title": "Exactly 15 long"},
        {"title": ("The booking address " * 13)[:255]},
        {"title": "The path schema/" + "x" * 30},
        {"raw": "Exactly twenty long."},
        {"raw": ("a sentence " * 2910)[:31_999] + "."},
        {"external_id": "x" * 50},
        {"tags": ["a", "b", "c", "d", "e"]},
    ],
)
def test_a_topic_at_the_edge_of_a_rule_is_taken(offline: World, more: dict[str, Any]) -> None:
    assert topic(offline, **more).status == 200


def test_titles_are_tidied_and_come_once(offline: World, clock: Clock) -> None:
    topic(offline, title="  about   the booking address!!  ")
    assert [each.title for each in offline.discourse.topics()] == ["About the booking address!"]
    clock.advance(60)
    assert "already been used" in reason(topic(offline, title="ABOUT THE BOOKING ADDRESS!", raw=OTHER))
    offline.discourse.set(allow_duplicate_topic_titles=True)
    assert topic(offline, title="about the booking address!", raw=OTHER).status == 200


def test_pydiscourse_raises_the_words_of_a_refusal(world: World, forum: DiscourseClient) -> None:
    with pytest.raises(DiscourseClientError, match="Title is too short"):
        forum.create_post(BODY, category_id=STANDARDS, title="Short")
    assert world.discourse.topics() == ()


def test_a_topic_that_is_closed_or_gone_takes_no_replies(offline: World) -> None:
    closed, gone = offline.discourse.add_topic(TITLE, BODY), offline.discourse.add_topic(f"{TITLE}, again", BODY)
    offline.discourse.close_topic(closed.id)
    offline.discourse.delete_topic(gone.id)
    for number in (closed.id, gone.id, 9999):
        assert "could not be found" in reason(reply(offline, number))
    offline.discourse.add_user(DISCOURSE_USER, moderator=True)
    assert reply(offline, closed.id, agent="staff").status == 200


def test_three_replies_in_a_row_are_enough_unless_one_has_a_right(offline: World, clock: Clock) -> None:
    number = offline.discourse.add_topic(TITLE, BODY, category=1).id
    for at in range(3):
        clock.advance(10)
        assert reply(offline, number, f"{OTHER} Part {at}.").status == 200
    clock.advance(10)
    assert "consecutive" in reason(reply(offline, number))
    offline.discourse.let_moderate(DISCOURSE_USER, 1)
    assert reply(offline, number, agent="moderator").status == 200


def test_the_opener_of_a_topic_may_go_on_and_so_may_who_was_answered(offline: World, clock: Clock) -> None:
    mine = topic(offline, category=1).json()["topic_id"]
    theirs = offline.discourse.add_topic(f"{TITLE}, again", BODY, category=1).id
    for at in range(8):
        clock.advance(10)
        assert reply(offline, mine, f"{OTHER} Part {at} of mine.").status == 200
        clock.advance(10)
        assert reply(offline, theirs, f"{OTHER} Part {at} of theirs.").status == 200
        if at % 3 == 2:
            offline.discourse.add_post(theirs, "Thank you for telling us.")


# Rights.


def test_a_new_account_may_do_little(offline: World, clock: Clock) -> None:
    newcomer(offline)
    number = offline.discourse.add_topic(TITLE, BODY).id
    for raw, words in (
        (f"{OTHER} https://a.example https://b.example https://c.example", "links"),
        (f"{OTHER} @one @two @three", "mention"),
        (f"{OTHER} ![](a.png) ![](b.png)", "media"),
    ):
        assert words in reason(reply(offline, number, raw))
    assert reply(offline, number, f"{OTHER} `@one @two @three`").status == 200
    clock.advance(29)
    assert reply(offline, number, f"{OTHER} More.").status == 429
    for at in range(2):
        clock.advance(30)
        assert reply(offline, number, f"{OTHER} Part {at}.").status == 200
    clock.advance(30)
    assert "same topic" in reason(reply(offline, number, f"{OTHER} Last."))


def test_the_first_day_has_few_topics(offline: World, clock: Clock) -> None:
    newcomer(offline)
    answers = []
    for at in range(4):
        clock.advance(121)
        answers.append(topic(offline, title=f"{TITLE}, part {at}", raw=f"{BODY} Part {at}.").status)
    assert answers == [200, 200, 200, 429]


def test_a_trusted_account_has_limits_too(offline: World) -> None:
    number = offline.discourse.add_topic(TITLE, BODY).id
    mentions = " ".join(f"@member{at}" for at in range(11))
    assert "mention" in reason(reply(offline, number, f"{OTHER} {mentions}"))
    assert topic(offline, title=f"{TITLE}, once more").status == 200
    answer = topic(offline, title=f"{TITLE}, again", raw=OTHER)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "15")
    assert answer.json()["extras"]["wait_seconds"] == 15


def test_a_day_has_twenty_topics(offline: World, clock: Clock) -> None:
    answers = []
    for at in range(21):
        clock.advance(60)
        answers.append(topic(offline, title=f"{TITLE}, part {at}", raw=f"{BODY} Part {at}.").status)
    assert answers == [200] * 20 + [429]
    offline.discourse.add_user(DISCOURSE_USER, admin=True)
    assert topic(offline, title=f"{TITLE}, by staff").status == 200


def test_a_category_for_staff_is_closed_to_others(offline: World) -> None:
    category = offline.discourse.add_category("Staff", read_restricted=True)
    assert topic(offline, category=category).status == 403
    hidden = offline.discourse.add_topic(f"{TITLE}, for staff", BODY, category=category)
    assert reply(offline, hidden.id).status == 403
    offline.discourse.add_user(DISCOURSE_USER, moderator=True)
    assert topic(offline, category=category, agent="staff").status == 200


def test_some_parameters_ask_for_rights(offline: World) -> None:
    number = offline.discourse.add_topic(TITLE, BODY).id
    offline.discourse.add_user(DISCOURSE_USER, trust_level=3)
    answer = reply(offline, number, no_bump="true")
    assert (answer.status, answer.json()["error_type"]) == (400, "invalid_parameters")
    offline.discourse.add_user(DISCOURSE_USER, trust_level=4)
    assert reply(offline, number, no_bump="true").status == 200


def test_a_reply_without_a_bump_leaves_the_topic_where_it_was(offline: World, clock: Clock) -> None:
    topic = offline.discourse.add_topic(TITLE, BODY)
    before = topic.bumped_at
    clock.advance(60)
    reply(offline, topic.id, no_bump="true")
    assert topic.bumped_at == before
    clock.advance(60)
    reply(offline, topic.id, f"{OTHER} More.")
    assert topic.bumped_at == clock()


def test_validations_can_be_skipped_and_dates_given(offline: World) -> None:
    made = topic(
        offline, title="Short", raw="Short.", skip_validations="true", created_at="2020-01-02T03:04:05Z"
    ).json()
    assert made["created_at"] == "2020-01-02T03:04:05.000Z"
    assert topic(offline, created_at="yesterday").status == 400


def test_tags_are_tidied_and_unknown_ones_dropped(offline: World, clock: Clock) -> None:
    offline.discourse.add_user(DISCOURSE_USER, trust_level=2)
    offline.discourse.add_tags("uk")
    topic(offline, tags=["UK", "unheard of"])
    assert offline.discourse.topics()[0].tags == ("uk",)
    offline.discourse.add_user(DISCOURSE_USER, trust_level=3)
    clock.advance(60)
    topic(offline, title=f"{TITLE}, again", raw=OTHER, tags=["A rather long tag of many words"])
    assert offline.discourse.topics()[1].tags == ("a-rather-long-tag-of",)


# What waits.


@pytest.mark.parametrize(
    "rule",
    [
        {"approve_post_count": 1},
        {"approve_unless_trust_level": 2},
        {"watched_words_require_approval": ("booking",)},
    ],
)
def test_what_has_to_be_approved_is_a_success_without_a_post(offline: World, rule: dict[str, Any]) -> None:
    newcomer(offline, trust_level=1)
    offline.discourse.set(**rule)
    answer = topic(offline, raw=f"{BODY} About booking.")
    assert (answer.status, answer.json()["action"], answer.json()["success"]) == (200, "enqueued", True)
    assert "id" not in answer.json()
    assert offline.discourse.topics() == ()
    assert [each.title for each in offline.discourse.pending()] == [TITLE]
    offline.discourse.approve()
    assert [each.title for each in offline.discourse.topics()] == [TITLE]


def test_a_category_may_ask_for_approval_except_of_its_moderators(offline: World, clock: Clock) -> None:
    category = offline.discourse.add_category("Quiet", require_reply_approval=True)
    number = offline.discourse.add_topic(TITLE, BODY, category=category).id
    assert reply(offline, number).json()["action"] == "enqueued"
    offline.discourse.approve()
    assert [each.raw for each in offline.discourse.posts(number)] == [BODY, OTHER]
    offline.discourse.let_moderate(DISCOURSE_USER, category)
    clock.advance(60)
    assert reply(offline, number, f"{OTHER} More.").json()["post_number"] == 3


def test_a_blocked_word_is_refused(offline: World) -> None:
    offline.discourse.set(watched_words_block=("booking",))
    assert "not allowed" in reason(topic(offline, raw=f"{BODY} About booking."))


def test_a_nested_answer_is_given_where_asked_for(offline: World) -> None:
    answer = topic(offline, nested_post="1").json()
    assert (answer["action"], answer["success"], answer["post"]["raw"]) == ("create_post", True, BODY)


def test_parameters_may_come_as_json(offline: World) -> None:
    from dataclasses import replace

    from tests.sandbox.scenes import to_discourse

    form = to_discourse("POST", "/posts.json")
    headers = {**form.headers, "content-type": "application/json"}
    body = b'{"title": "How the booking address is written", "raw": "A text that is long enough.", "tags": ["uk"]}'
    _, answer = offline.take(offline.discourse, replace(form, headers=headers, body=body))
    assert answer is not None
    assert (answer.status, offline.discourse.topics()[0].tags) == (200, ("uk",))
    _, refused = offline.take(offline.discourse, replace(form, headers=headers, body=b"{"))
    assert refused is not None
    assert refused.status == 400
