from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.adapters.discourse import CHUNK, Discourse, Posts
from bot.publish.marks import marker
from bot.publish.places import (
    Ambiguous,
    Conflict,
    Declined,
    Draft,
    Gone,
    Held,
    Over,
    Posted,
    Refused,
    Unavailable,
    Unfit,
)
from bot.sandbox.discourse.state import Topic
from bot.sandbox.exchange import Response, json_answer
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.world import DISCOURSE_KEY, DISCOURSE_USER, World
from tests.adapters.outside import KEY, SECONDS, TEXT, Clock, Script, mark, outcome, refusal, requests

MARKED = f"{TEXT}\n\n{marker(mark())}"
STANDARDS = 2


@pytest.fixture
def topic(world: World) -> Topic:
    return world.discourse.add_topic("How the standard changes", "A place to follow it.", category=STANDARDS)


@pytest.fixture
def posts(discourse: Discourse, topic: Topic) -> Posts:
    return Posts(discourse, topic.id)


def raws(world: World, topic: Topic) -> list[str]:
    """What stands in the topic after its first post."""
    return [post.raw for post in world.discourse.posts(topic.id)][1:]


def test_a_post_is_made_found_changed_and_removed(world: World, topic: Topic, posts: Posts) -> None:
    assert posts.find(KEY) == ()
    made = posts.create(Draft(mark(), TEXT))
    assert posts.find(KEY) == (Posted(made, mark(), TEXT),)
    posts.update(posts.find(KEY)[0], Draft(mark(2), f"{TEXT}: news"))
    assert posts.find(KEY) == (Posted(made, mark(2), f"{TEXT}: news"),)
    assert raws(world, topic) == [f"{TEXT}: news\n\n\n{marker(mark(2))}"]
    posts.remove(posts.find(KEY)[0])
    assert raws(world, topic) == []


def test_each_step_is_one_request_and_before_a_new_post_one_for_what_waits(
    world: World, topic: Topic, posts: Posts
) -> None:
    assert requests(world, lambda: posts.find(KEY)) == [f"GET t/{topic.id}.json"]
    waiting = f"GET posts/{DISCOURSE_USER}/pending.json"
    assert requests(world, lambda: posts.create(Draft(mark(), TEXT))) == [waiting, "POST posts"]
    assert requests(world, lambda: posts.find(KEY)) == [f"GET t/{topic.id}.json"]
    posted = posts.find(KEY)[0]
    assert requests(world, lambda: posts.update(posted, Draft(mark(2), f"{TEXT}!"))) == [f"PUT posts/{posted.id}"]
    assert requests(world, lambda: posts.remove(posted)) == [f"DELETE posts/{posted.id}.json"]


def test_a_hint_saves_reading_the_topic(world: World, topic: Topic, discourse: Discourse) -> None:
    post = world.discourse.add_post(topic.id, MARKED, DISCOURSE_USER)
    posts = Posts(discourse, topic.id, {KEY: str(post.id)})
    for _ in range(2):
        assert requests(world, lambda: posts.find(KEY)) == [f"GET posts/{post.id}.json"]
    assert posts.find(KEY) == (Posted(str(post.id), mark(), TEXT),)


@pytest.mark.parametrize("what", ["none", "deleted", "another's", "elsewhere", "another key", "no number", "forbidden"])
def test_a_hint_that_leads_nowhere_is_forgotten(world: World, topic: Topic, discourse: Discourse, what: str) -> None:
    post = world.discourse.add_post(topic.id, MARKED, DISCOURSE_USER)
    other = world.discourse.add_topic("Another topic of another kind", "A place to follow it.", category=STANDARDS)
    hints = {
        "none": "99999",
        "deleted": str(world.discourse.add_post(topic.id, MARKED, DISCOURSE_USER).id),
        "another's": str(world.discourse.add_post(topic.id, MARKED, "mallory").id),
        "elsewhere": str(world.discourse.add_post(other.id, MARKED, DISCOURSE_USER).id),
        "another key": str(world.discourse.add_post(topic.id, MARKED.replace("pr-1", "pr-2"), DISCOURSE_USER).id),
        "no number": "../admin",
        "forbidden": str(post.id),
    }
    world.discourse.delete_post(int(hints["deleted"]))
    if what == "forbidden":
        world.faults.add(Fault(Kind.SECONDARY, at=1))
    posts = Posts(discourse, topic.id, {KEY: hints[what]})
    assert [each.id for each in posts.find(KEY)] == [str(post.id)]
    assert requests(world, lambda: posts.find(KEY)) == [f"GET t/{topic.id}.json"]


def test_long_topics_are_read_in_chunks_by_servers_that_do_not_filter(world: World, topic: Topic, posts: Posts) -> None:
    for at in range(2 * CHUNK):
        world.discourse.add_post(topic.id, f"Somebody's opinion number {at}")
    last = world.discourse.add_post(topic.id, MARKED, DISCOURSE_USER)
    made = requests(world, lambda: posts.find(KEY))
    assert made == [f"GET t/{topic.id}.json", f"GET t/{topic.id}/posts.json", f"GET t/{topic.id}/posts.json"]
    assert [each.id for each in posts.find(KEY)] == [str(last.id)]


def test_a_later_chunk_that_fails_is_no_shorter_topic(world: World, topic: Topic, posts: Posts) -> None:
    for at in range(CHUNK):
        world.discourse.add_post(topic.id, f"Somebody's opinion number {at}")
    world.faults.add(Fault(Kind.PAGE_FAILED))
    refusal(lambda: posts.find(KEY), Unavailable)


@pytest.mark.parametrize(
    ("raw", "author"),
    [
        (MARKED, "mallory"),
        (f"{MARKED}\nand more", DISCOURSE_USER),
        (f"{TEXT}\n\n{marker(mark(key='another/key'))}", DISCOURSE_USER),
        (TEXT, DISCOURSE_USER),
    ],
)
def test_what_is_not_marked_by_the_bot_is_not_its_own(
    world: World, topic: Topic, posts: Posts, raw: str, author: str
) -> None:
    world.discourse.add_post(topic.id, raw, author)
    assert posts.find(KEY) == ()


def test_the_case_of_the_bots_name_does_not_matter(world: World, topic: Topic, clock: Clock) -> None:
    world.discourse.add_post(topic.id, MARKED, DISCOURSE_USER)
    discourse = Discourse(world.discourse_url, DISCOURSE_USER.upper(), DISCOURSE_KEY, now=clock)
    assert len(Posts(discourse, topic.id).find(KEY)) == 1
    discourse.close()


def test_the_oldest_comes_first(world: World, topic: Topic, posts: Posts) -> None:
    ids = [world.discourse.add_post(topic.id, MARKED, DISCOURSE_USER).id for _ in range(3)]
    assert [each.id for each in posts.find(KEY)] == [str(id_) for id_ in ids]


# Writing.


def test_somebody_elses_edit_is_not_written_over(world: World, topic: Topic, posts: Posts) -> None:
    post = world.discourse.add_post(topic.id, MARKED, DISCOURSE_USER)
    found = posts.find(KEY)[0]
    world.discourse.edit_post(post.id, f"{TEXT}, a moderator adds\n\n{marker(mark())}")
    refusal(lambda: posts.update(found, Draft(mark(2), "News of the change, at length")), Conflict)
    posts.update(posts.find(KEY)[0], Draft(mark(2), "News of the change, at length"))
    assert posts.find(KEY)[0].mark == mark(2)


def test_an_edit_moves_no_topic_up(topic: Topic, clock: Clock, posts: Posts) -> None:
    posts.create(Draft(mark(), TEXT))
    before = topic.bumped_at
    clock.advance(3600)
    posts.update(posts.find(KEY)[0], Draft(mark(2), "News of the change, at length"))
    assert topic.bumped_at == before


def test_what_was_written_twice_can_be_told_by_the_first(world: World, topic: Topic, posts: Posts) -> None:
    world.discourse.add_post(topic.id, MARKED, DISCOURSE_USER)
    news = Draft(mark(2), f"{TEXT}: news")
    posts.create(news)
    first, second = posts.find(KEY)
    posts.update(first, news)  # although the forum has just seen this text
    posts.remove(second)
    assert posts.find(KEY) == (Posted(first.id, mark(2), f"{TEXT}: news"),)


def test_what_the_forum_does_not_let_us_delete_points_to_what_stays(world: World, topic: Topic, posts: Posts) -> None:
    first, second = (world.discourse.add_post(topic.id, MARKED, DISCOURSE_USER) for _ in range(2))
    found = posts.find(KEY)
    world.faults.add(Fault(Kind.SECONDARY, at=2))
    posts.remove(found[1])
    assert raws(world, topic)[1] == f"This is kept up to date in [another post]({world.discourse_url}/p/{first.id})."
    assert [each.id for each in posts.find(KEY)] == [str(first.id)]
    assert not second.deleted


def test_what_is_removed_already_is_removed(world: World, topic: Topic, posts: Posts) -> None:
    world.discourse.add_post(topic.id, MARKED, DISCOURSE_USER)
    found = posts.find(KEY)[0]
    world.discourse.delete_post(int(found.id))
    posts.remove(found)
    refusal(lambda: posts.update(found, Draft(mark(2), TEXT)), Gone)


def test_a_post_that_waits_for_approval_is_refused_with_what_to_do(world: World, posts: Posts) -> None:
    world.discourse.set(watched_words_require_approval=("publish",))
    problem = refusal(lambda: posts.create(Draft(mark(), TEXT)), Refused)
    assert "approval" in problem.message
    assert "must not queue" in problem.hint
    assert len(world.discourse.pending()) == 1


def test_a_post_that_waits_is_not_written_again_by_anybody(world: World, topic: Topic, discourse: Discourse) -> None:
    world.discourse.set(watched_words_require_approval=("publish",))
    for _ in range(3):
        refusal(lambda: Posts(discourse, topic.id).create(Draft(mark(), TEXT)), Held)
    other = world.discourse.add_topic("Another topic of another kind", "A place to follow it.", category=STANDARDS)
    refusal(lambda: Posts(discourse, other.id).create(Draft(mark(), TEXT)), Held)
    assert [each.topic_id for each in world.discourse.pending()] == [topic.id, other.id]
    world.discourse.approve()
    assert len(Posts(discourse, topic.id).find(KEY)) == 1


@pytest.mark.parametrize("kind", [Kind.NOT_FOUND, Kind.SECONDARY, Kind.ERROR_503, Kind.TRUNCATED_AFTER])
def test_where_the_forum_does_not_say_what_waits_the_post_is_written(
    world: World, topic: Topic, posts: Posts, kind: Kind
) -> None:
    world.faults.add(Fault(kind, at=1))
    posts.create(Draft(mark(), TEXT))
    assert len(raws(world, topic)) == 1


def test_the_same_request_again_is_answered_with_the_first_post(world: World, topic: Topic, posts: Posts) -> None:
    assert posts.create(Draft(mark(), TEXT)) == posts.create(Draft(mark(), TEXT))
    assert len(raws(world, topic)) == 1


def test_what_was_written_already_is_to_be_looked_for(world: World, topic: Topic, clock: Clock, posts: Posts) -> None:
    world.faults.add(Fault(Kind.RESET_AFTER, at=2))
    refusal(lambda: posts.create(Draft(mark(), TEXT)), Ambiguous)
    clock.advance(121)  # no longer remembered
    problem = refusal(lambda: posts.create(Draft(mark(), TEXT)), Declined)
    assert "too similar" in problem.message
    assert len(raws(world, topic)) == 1


def test_the_limit_of_replies_in_a_row_says_what_to_do(world: World, posts: Posts, clock: Clock) -> None:
    world.discourse.add_user(DISCOURSE_USER, trust_level=4)
    for number in range(3):
        clock.advance(60)
        posts.create(Draft(mark(number), f"{TEXT}, part {number}"))
    problem = refusal(lambda: posts.create(Draft(mark(9), f"{TEXT}, part 9")), Refused)
    assert "moderator of the category" in problem.hint


def test_a_post_that_is_too_old_to_be_edited_says_what_to_do(world: World, posts: Posts, clock: Clock) -> None:
    world.discourse.add_user(DISCOURSE_USER, trust_level=2)
    posts.create(Draft(mark(), TEXT))
    clock.advance(31 * 86_400)
    problem = refusal(lambda: posts.update(posts.find(KEY)[0], Draft(mark(2), f"{TEXT}!")), Over)
    assert "moderator of the category" in problem.hint


@pytest.mark.parametrize(("may", "error"), [(False, Over), (True, Unfit), (None, Unfit)])
def test_that_a_post_is_too_old_is_told_in_whatever_language(
    script: Script, scripted: Posts, may: bool | None, error: type[Refused]
) -> None:
    said = json_answer({"errors": ["Dieser Beitrag kann nicht mehr bearbeitet werden."]}, 422)
    found = shown(2, raw=MARKED)
    script.answers = [
        json_answer(stream(found)),
        said,
        json_answer({**found, "can_edit": may} if may is not None else found),
    ]
    refusal(lambda: scripted.update(scripted.find(KEY)[0], Draft(mark(2), f"{TEXT}!")), error)


def test_a_limit_of_the_forum_says_how_long_to_wait(posts: Posts) -> None:
    posts.create(Draft(mark(), TEXT))
    assert outcome(lambda: posts.create(Draft(mark(2), f"{TEXT}!"))) == "Unavailable 6"


@pytest.mark.parametrize(
    ("content", "says"), [("Short.", "too short"), (32_000 * "long", "is limited to"), ("@a @b", "too short")]
)
def test_a_rule_of_the_forum_is_told_in_its_words(posts: Posts, content: str, says: str) -> None:
    assert says in refusal(lambda: posts.create(Draft(mark(), content)), Refused).message


def test_a_wrong_key(world: World, topic: Topic, clock: Clock) -> None:
    discourse = Discourse(world.discourse_url, DISCOURSE_USER, "another-key", now=clock)
    problem = refusal(lambda: Posts(discourse, topic.id).find(KEY), Refused)
    assert "DISCOURSE_API_KEY" in problem.hint
    discourse.close()


def test_a_topic_that_is_not_there(discourse: Discourse) -> None:
    refusal(lambda: Posts(discourse, 4711).find(KEY), Gone)


# Servers that answer otherwise.


@pytest.fixture
def scripted(served: str, clock: Clock) -> Iterator[Posts]:
    discourse = Discourse(served, DISCOURSE_USER, DISCOURSE_KEY, timeout=SECONDS, now=clock)
    yield Posts(discourse, 7)
    discourse.close()


def stream(*posts: dict[str, object]) -> dict[str, object]:
    return {"post_stream": {"posts": list(posts), "stream": [post["id"] for post in posts]}}


def shown(id_: int, username: str = DISCOURSE_USER, **more: object) -> dict[str, object]:
    return {"id": id_, "topic_id": 7, "username": username, **more}


def test_a_server_that_shows_no_raw_text_is_asked_for_it(script: Script, scripted: Posts) -> None:
    script.answers = [
        json_answer(stream(shown(1, "somebody"), shown(2))),
        json_answer({"post_stream": {"posts": [shown(2, raw=MARKED)]}}),
    ]
    assert [posted.id for posted in scripted.find(KEY)] == ["2"]
    assert script.asked[1].parameters["post_ids[]"] == ["2"]


@pytest.mark.parametrize("how", [{"user_deleted": True}, {"deleted_at": "2026-11-25T12:00:00.000Z"}])
def test_a_deleted_post_that_is_shown_all_the_same_is_none(
    script: Script, scripted: Posts, how: dict[str, Any]
) -> None:
    script.answers = [json_answer(stream(shown(1, raw=MARKED, **how)))]
    assert scripted.find(KEY) == ()


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json;charset=UTF-8", "Application/JSON; charset=utf-8"]
)
def test_json_is_json_however_its_type_is_written(script: Script, scripted: Posts, content_type: str) -> None:
    body = json.dumps(stream(shown(1, raw=MARKED))).encode()
    script.answers = [Response(200, body, {"Content-Type": content_type})]
    assert len(scripted.find(KEY)) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Response(200, b"<html>Welcome</html>", {"Content-Type": "text/html"}),
        Response(200, b'{"post_stream": {', {"Content-Type": "application/json"}),
        Response(200, b"", {"Content-Type": "application/json"}),
        json_answer([]),
        json_answer({"post_stream": {"posts": [{}], "stream": []}}),
        json_answer({"post_stream": {"posts": None, "stream": None}}),
        json_answer({"post_stream": {"posts": [shown(1)], "stream": ["x"]}}),
    ],
)
def test_an_answer_of_another_form_is_no_empty_topic(script: Script, scripted: Posts, answer: Response) -> None:
    script.answers = [answer]
    refusal(lambda: scripted.find(KEY), Unavailable)
    script.answers = [answer]
    refusal(lambda: scripted.create(Draft(mark(), TEXT)), Ambiguous)


@pytest.mark.parametrize(
    ("errors", "says"),
    [
        (["One.", "Two."], "One.; Two."),
        ({"raw": ["is odd"], "title": "too"}, "raw: is odd; title: too"),
        ("Plain.", "Plain."),
        ([{"x": 1}], "{'x': 1}"),
    ],
)
@pytest.mark.parametrize("status", [422, 200])
def test_errors_come_in_many_forms(script: Script, scripted: Posts, errors: object, says: str, status: int) -> None:
    script.answers = [json_answer({"action": "create_post", "errors": errors}, status)]
    assert refusal(lambda: scripted.create(Draft(mark(), TEXT)), Refused).message.endswith(says)


@pytest.mark.parametrize(
    "said",
    ["External has already been taken", "Der Text ist einem kürzlich geschriebenen zu ähnlich", "短すぎます", ""],
)
def test_a_post_that_a_rule_forbids_is_to_be_looked_for_in_whatever_language(
    script: Script, scripted: Posts, said: str
) -> None:
    script.answers = [json_answer({"action": "create_post", "errors": [said]}, 422)]
    refusal(lambda: scripted.create(Draft(mark(), TEXT)), Declined)
    script.answers = [json_answer({"action": "create_post", "errors": [said]}, 400)]
    assert not isinstance(refusal(lambda: scripted.create(Draft(mark(), TEXT)), Refused), Declined)


def test_an_empty_list_of_errors_is_no_error(script: Script, scripted: Posts) -> None:
    script.answers = [json_answer({"id": 5, "errors": []})]
    assert scripted.create(Draft(mark(), TEXT)) == "5"


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        (json_answer({"errors": ["x"], "extras": {"wait_seconds": 4}}, 429, {"Retry-After": "9"}), "Unavailable 5"),
        (json_answer({"errors": ["x"], "extras": None}, 429, {"Retry-After": "9"}), "Unavailable 9"),
        (json_answer({"errors": ["x"]}, 429), "Unavailable 60"),
        (Response(429, b"Slow down", {"Content-Type": "text/plain", "Retry-After": "3"}), "Unavailable 3"),
        (json_answer({"extras": {"wait_seconds": 1e12}}, 429), "Unavailable 86400"),
        (json_answer({"extras": {"wait_seconds": 10**400}}, 429), "Unavailable 86400"),
        (Response(429, b"[" * 200_000, {"Content-Type": "application/json"}), "Unavailable 60"),
        (Response(200, b"[" * 200_000, {"Content-Type": "application/json"}), "Ambiguous"),
        (Response(200, b'{"post": {"id": 1e999}}', {"Content-Type": "application/json"}), "Ambiguous"),
    ],
)
def test_a_limit_is_read_wherever_it_stands(script: Script, scripted: Posts, answer: Response, ends: str) -> None:
    script.answers = [answer]
    assert outcome(lambda: scripted.create(Draft(mark(), TEXT))) == ends


def test_reading_follows_on_the_same_host_alone(script: Script, scripted: Posts) -> None:
    found = json_answer(stream(shown(1, raw=MARKED)))
    script.answers = [Response(301, b"", {"Location": "/t/the-slug/7.json"}), found]
    assert len(scripted.find(KEY)) == 1
    assert script.asked[1].path == "/t/the-slug/7.json"
    assert script.asked[1].first("include_raw") == "true"


@pytest.mark.parametrize("elsewhere", ["http://localhost:1/t/7.json", "https://127.0.0.1/t/7.json", "//example.org/x"])
def test_the_key_is_not_sent_elsewhere(script: Script, scripted: Posts, elsewhere: str) -> None:
    script.answers = [Response(301, b"", {"Location": elsewhere})]
    problem = refusal(lambda: scripted.find(KEY), Refused)
    assert "DISCOURSE_URL" in problem.hint
    assert len(script.asked) == 1


@pytest.mark.parametrize("nowhere", ["http://[bad", "//[", "http://127.0.0.1:99999999/x"])
@pytest.mark.parametrize("status", [301, 307])
def test_a_redirect_that_leads_to_no_address_is_an_error_of_the_forum(
    script: Script, scripted: Posts, nowhere: str, status: int
) -> None:
    script.answers = [Response(status, b"", {"Location": nowhere})]
    assert outcome(lambda: scripted.find(KEY)) in ("Unavailable", "Refused")
    assert outcome(lambda: scripted.create(Draft(mark(), TEXT))) in ("Ambiguous", "Refused")


def test_a_circle_of_redirects_ends(script: Script, scripted: Posts) -> None:
    script.answers = [Response(302, b"", {"Location": "/t/7.json"})]
    refusal(lambda: scripted.find(KEY), Refused)
    assert len(script.asked) == 4


def test_writing_follows_nowhere(script: Script, scripted: Posts) -> None:
    script.answers = [Response(308, b"", {"Location": "/posts.json"})]
    refusal(lambda: scripted.create(Draft(mark(), TEXT)), Refused)
    assert [each.path for each in script.asked if each.method == "POST"] == ["/posts"]


def test_no_cookie_is_kept_and_nobody_takes_us_for_a_crawler(script: Script, scripted: Posts) -> None:
    script.answers = [json_answer(stream(), headers={"Set-Cookie": "_forum_session=abc; path=/"})]
    scripted.find(KEY)
    scripted.find(KEY)
    assert script.asked[1].header("cookie") == ""
    assert "bot" not in script.asked[1].header("user-agent").lower()
