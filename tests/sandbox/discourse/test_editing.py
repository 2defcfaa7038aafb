"""Edits: too late, in conflict, too many; and removal."""

from __future__ import annotations

import pytest
from pydiscourse import DiscourseClient
from pydiscourse.exceptions import DiscourseClientError

from bot.sandbox.discourse.state import Post
from bot.sandbox.world import DISCOURSE_USER, World
from tests.sandbox.scenes import BODY, STANDARDS, TITLE, Clock, discourse

NEW = "The text as it is today, long enough."
A_DAY = 86_400


def written(world: World, category: int = 1) -> Post:
    """A post of the bot in somebody's topic."""
    topic = world.discourse.add_topic(TITLE, BODY, category=category)
    return world.discourse.add_post(topic.id, BODY, DISCOURSE_USER)


def edit(world: World, post: Post, raw: str = NEW, **more: str) -> int:
    return discourse(world, "PUT", f"/posts/{post.id}.json", post__raw=raw, **more).status


def test_an_edit_against_another_text_is_a_conflict(world: World, forum: DiscourseClient) -> None:
    post = written(world)
    world.discourse.edit_post(post.id, "Somebody was faster and wrote this.")
    with pytest.raises(DiscourseClientError) as refused:
        forum.update_post(post.id, NEW, **{"post[original_text]": BODY})
    assert refused.value.response.status_code == 409
    forum.update_post(post.id, NEW, **{"post[original_text]": "Somebody was faster and wrote this."})
    assert post.raw == NEW


def test_an_edit_without_the_old_text_wins(offline: World) -> None:
    post = written(offline)
    offline.discourse.edit_post(post.id, "Somebody was faster and wrote this.")
    assert (edit(offline, post), post.raw) == (200, NEW)


@pytest.mark.parametrize(("level", "minutes"), [(0, 1440), (1, 1440), (2, 43_200), (3, 43_200)])
def test_a_post_can_be_edited_for_so_long(offline: World, clock: Clock, level: int, minutes: int) -> None:
    offline.discourse.add_user(DISCOURSE_USER, trust_level=level)
    post = written(offline)
    clock.advance(minutes * 60)
    assert edit(offline, post) == 200
    clock.advance(1)
    answer = discourse(offline, "PUT", f"/posts/{post.id}.json", post__raw=BODY)
    assert (answer.status, "too long ago" in answer.json()["errors"][0]) == (422, True)
    post.wiki = True
    assert edit(offline, post, BODY) == 200


@pytest.mark.parametrize("right", ["level 4", "category", "staff"])
def test_some_may_edit_for_ever_and_what_others_wrote(offline: World, clock: Clock, right: str) -> None:
    offline.discourse.add_user(DISCOURSE_USER, trust_level=4 if right == "level 4" else 1, moderator=right == "staff")
    offline.discourse.let_moderate(DISCOURSE_USER, *([STANDARDS] if right == "category" else []))
    topic = offline.discourse.add_topic(TITLE, BODY, category=STANDARDS)
    clock.advance(100 * A_DAY)
    assert edit(offline, offline.discourse.posts(topic.id)[0]) == 200


def test_others_posts_are_not_for_everybody(offline: World) -> None:
    offline.discourse.add_user(DISCOURSE_USER, trust_level=3)
    topic = offline.discourse.add_topic(TITLE, BODY)
    post = offline.discourse.posts(topic.id)[0]
    assert edit(offline, post) == 403
    assert discourse(offline, "DELETE", f"/posts/{post.id}.json").status == 403


@pytest.mark.parametrize(("level", "most"), [(1, 30), (2, 45), (3, 60), (4, 90)])
def test_a_day_has_so_many_edits(offline: World, clock: Clock, level: int, most: int) -> None:
    offline.discourse.add_user(DISCOURSE_USER, trust_level=level)
    post = written(offline)
    answers = []
    for at in range(most + 1):
        clock.advance(10)
        answers.append(edit(offline, post, f"{NEW} Part {at}."))
    assert answers == [200] * most + [429]


def test_an_edit_that_changes_nothing_is_not_counted(offline: World, clock: Clock) -> None:
    post = written(offline)
    for _ in range(100):
        clock.advance(10)
        assert edit(offline, post, BODY) == 200
    assert post.version == 1


@pytest.mark.parametrize(("raw", "words"), [("Short.", "too short"), ("x " * 16_001, "limited"), ("", "blank")])
def test_an_edit_keeps_the_rules(offline: World, raw: str, words: str) -> None:
    post = written(offline)
    answer = discourse(offline, "PUT", f"/posts/{post.id}.json", post__raw=raw)
    assert (answer.status, words in answer.json()["errors"][0]) == (422, True)
    assert post.raw == BODY


def test_small_edits_within_the_grace_period_make_no_revision(offline: World, clock: Clock) -> None:
    post = written(offline)
    clock.advance(299)
    edit(offline, post)
    assert post.version == 1
    edit(offline, post, f"{NEW} {'Much more. ' * 60}")
    assert post.version == 2
    clock.advance(301)
    edit(offline, post)
    assert post.version == 3


def test_an_edit_of_the_last_post_bumps_unless_told_not_to(offline: World, clock: Clock) -> None:
    post = written(offline)
    topic = offline.discourse.topics()[0]
    made = topic.bumped_at
    clock.advance(60)
    edit(offline, post, bypass_bump="true")
    assert topic.bumped_at == made
    edit(offline, post, BODY)
    assert topic.bumped_at == clock()
    offline.discourse.add_user(DISCOURSE_USER, trust_level=2)
    clock.advance(60)
    edit(offline, post, bypass_bump="true")
    assert topic.bumped_at == clock(), "without the right it is ignored"


def test_posts_are_taken_away(world: World, forum: DiscourseClient) -> None:
    post = written(world)
    forum._delete(f"/posts/{post.id}.json")  # noqa: SLF001 - it has no other way to that address
    assert [each.id for each in world.discourse.posts(post.topic_id)] != [post.id]
    assert discourse(world, "GET", f"/posts/{post.id}.json").status == 404


def test_the_first_post_goes_with_its_topic_and_not_while_others_answer(offline: World) -> None:
    offline.discourse.add_user(DISCOURSE_USER, trust_level=2)
    made = discourse(offline, "POST", "/posts.json", title=TITLE, raw=BODY, category=1).json()
    answer = offline.discourse.add_post(made["topic_id"], "I think so as well, by and large.")
    assert discourse(offline, "DELETE", f"/posts/{made['id']}.json").status == 403
    offline.discourse.delete_post(answer.id)
    assert discourse(offline, "DELETE", f"/posts/{made['id']}.json").status == 200
    assert offline.discourse.topics() == ()


def test_a_topic_gets_another_title_category_and_tags(world: World, forum: DiscourseClient) -> None:
    topic = world.discourse.add_topic(TITLE, BODY, category=STANDARDS)
    world.discourse.add_topic("A title that is taken already", BODY)
    forum.update_topic(f"/t/-/{topic.id}.json", "how the booking address is read", category_id=1)
    assert (topic.title, topic.category_id) == ("How the booking address is read", 1)
    with pytest.raises(DiscourseClientError, match="already been used"):
        forum.update_topic(f"/t/-/{topic.id}.json", "A title that is taken already")


def test_an_update_that_names_no_post_is_refused(offline: World) -> None:
    post = written(offline)
    assert discourse(offline, "PUT", f"/posts/{post.id}.json", raw=NEW).status == 400
    assert discourse(offline, "PUT", "/posts/9999.json", post__raw=NEW).status == 404
    assert discourse(offline, "PUT", "/posts/x.json", post__raw=NEW).status == 404
