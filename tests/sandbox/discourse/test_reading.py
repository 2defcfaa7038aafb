"""What is read of a forum, in the pieces in which it comes."""

from __future__ import annotations

import pytest
from pydiscourse import DiscourseClient

from bot.sandbox.world import DISCOURSE_USER, World
from tests.sandbox.scenes import BODY, STANDARDS, TITLE, discourse, to_discourse


def test_a_topic_comes_in_chunks_of_twenty(offline: World) -> None:
    topic = offline.discourse.add_topic(TITLE, BODY)
    made = [offline.discourse.add_post(topic.id, f"{BODY} Part {at}.").id for at in range(44)]
    shown = discourse(offline, "GET", f"/t/{topic.id}.json").json()
    assert len(shown["post_stream"]["posts"]) == 20
    assert shown["post_stream"]["stream"][1:] == made
    third = discourse(offline, "GET", f"/t/{topic.slug}/{topic.id}.json", page=3).json()
    assert [each["id"] for each in third["post_stream"]["posts"]] == made[-5:]
    assert discourse(offline, "GET", f"/t/{topic.id}.json", page=4).status == 404


def test_chosen_posts_come_with_their_text(world: World, forum: DiscourseClient) -> None:
    topic = world.discourse.add_topic(TITLE, BODY)
    made = [world.discourse.add_post(topic.id, f"{BODY} <!-- gov:v1 key={at} -->").id for at in range(30)]
    shown = forum.posts(topic.id, post_ids=made[25:27], include_raw="true")["post_stream"]["posts"]
    assert [each["raw"] for each in shown] == [f"{BODY} <!-- gov:v1 key={at} -->" for at in (25, 26)]
    assert "gov:v1" not in shown[0]["cooked"]
    assert "raw" not in forum.posts(topic.id, post_ids=made[:1])["post_stream"]["posts"][0]
    assert len(forum.topic_posts(topic.id)["post_stream"]["posts"]) == 20


def test_an_external_id_leads_to_an_address(offline: World) -> None:
    topic = offline.discourse.add_topic(TITLE, BODY, external_id="Gov-1")
    answer = discourse(offline, "GET", "/t/external_id/gov-1.json")
    assert answer.status == 301
    assert answer.headers["Location"] == f"http://127.0.0.1:1/t/how-the-booking-address-is-written/{topic.id}.json"
    assert discourse(offline, "GET", "/t/external_id/gov-2.json").status == 404
    offline.discourse.delete_topic(topic.id)
    assert discourse(offline, "GET", "/t/external_id/gov-1.json").status == 404


def test_the_id_of_a_deleted_topic_stays_taken(offline: World) -> None:
    topic = offline.discourse.add_topic(TITLE, BODY, external_id="gov-1")
    offline.discourse.delete_topic(topic.id)
    answer = discourse(offline, "POST", "/posts.json", title=TITLE, raw=BODY, external_id="gov-1")
    assert "External has already been taken" in answer.json()["errors"]


def test_a_post_by_its_id_and_by_its_place(world: World, forum: DiscourseClient) -> None:
    topic = world.discourse.add_topic(TITLE, BODY)
    post = world.discourse.add_post(topic.id, "The second post of this topic.")
    assert forum.post_by_id(post.id)["raw"] == post.raw
    assert forum.post_by_number(topic.id, 2)["id"] == post.id
    assert discourse(world, "GET", f"/posts/by_number/{topic.id}/3").status == 404


@pytest.mark.parametrize(
    "path", ["/t/99.json", "/t/x.json", "/posts/99.json", "/c/99/show.json", "/u/nobody.json", "/x"]
)
def test_what_is_not_there_is_not_found(offline: World, path: str) -> None:
    answer = offline.discourse.handle(to_discourse("GET", path))
    assert (answer.status, answer.json()["error_type"]) == (404, "not_found")


def test_categories_show_what_one_may_do(world: World, forum: DiscourseClient) -> None:
    hidden = world.discourse.add_category("Staff", read_restricted=True)
    shown = {each["id"]: each for each in forum.categories()}
    assert set(shown) == {1, STANDARDS}
    assert shown[STANDARDS]["permission"] == 1
    assert forum.category(STANDARDS)["category"]["name"] == "Standards"
    assert discourse(world, "GET", f"/c/{hidden}/show.json").status == 403


def test_a_category_shows_whether_posts_wait(offline: World) -> None:
    quiet = offline.discourse.add_category("Quiet", require_topic_approval=True)
    shown = discourse(offline, "GET", f"/c/{quiet}/show.json").json()["category"]["category_setting"]
    assert (shown["require_topic_approval"], shown["require_reply_approval"]) == (True, False)


def test_the_site_tells_settings_categories_and_tags(offline: World) -> None:
    offline.discourse.set(max_post_length=150_000)
    offline.discourse.add_tags("uk")
    assert discourse(offline, "GET", "/site/settings.json").json()["max_post_length"] == 150_000
    assert discourse(offline, "GET", "/site.json").json()["can_create_tag"]
    assert [each["name"] for each in discourse(offline, "GET", "/tags.json").json()["tags"]] == ["uk"]


def test_who_one_is_and_who_others_are(world: World, forum: DiscourseClient) -> None:
    assert forum.user(DISCOURSE_USER)["trust_level"] == 4
    shown = discourse(world, "GET", "/session/current.json").json()["current_user"]
    assert (shown["username"], shown["moderator"]) == (DISCOURSE_USER, False)
    assert discourse(world, "GET", "/session/current.json", key="").status == 404


def test_what_waits_is_shown_to_who_wrote_it_alone(offline: World) -> None:
    topic = offline.discourse.add_topic(TITLE, BODY)
    offline.discourse.set(watched_words_require_approval=("booking",))
    sent = discourse(offline, "POST", "/posts.json", topic_id=topic.id, raw=f"{BODY} booking")
    assert sent.json()["action"] == "enqueued"
    (waiting,) = discourse(offline, "GET", f"/posts/{DISCOURSE_USER}/pending.json").json()["pending_posts"]
    assert (waiting["raw_text"], waiting["topic_id"]) == (f"{BODY} booking", topic.id)
    offline.discourse.add_user("mallory")
    assert discourse(offline, "GET", "/posts/mallory/pending.json").status == 404
    assert discourse(offline, "GET", "/posts/nobody/pending.json").status == 404
