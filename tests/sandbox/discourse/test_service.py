"""Keys, and the limits that hold before anything is looked at."""

from __future__ import annotations

import pytest

from bot.sandbox.world import DISCOURSE_KEY, DISCOURSE_USER, World
from tests.sandbox.scenes import BODY, TITLE, Clock, discourse


@pytest.mark.parametrize(
    ("user", "key", "status"),
    [
        (DISCOURSE_USER, DISCOURSE_KEY, 200),
        (DISCOURSE_USER.upper(), DISCOURSE_KEY, 200),
        (DISCOURSE_USER, "wrong", 403),
        ("system", DISCOURSE_KEY, 403),
        ("nobody", DISCOURSE_KEY, 403),
        ("", DISCOURSE_KEY, 403),
    ],
)
def test_a_key_is_for_one_user(offline: World, user: str, key: str, status: int) -> None:
    offline.discourse.add_user("system", admin=True)
    answer = discourse(offline, "GET", "/session/current.json", user=user, key=key)
    assert answer.status == status
    assert status == 200 or answer.json()["error_type"] == "invalid_access"


def test_a_key_may_be_for_all_users(offline: World) -> None:
    offline.discourse.add_user("system", admin=True)
    offline.discourse.add_key("key-of-all")
    for name in ("system", DISCOURSE_USER):
        shown = discourse(offline, "GET", "/session/current.json", user=name, key="key-of-all").json()
        assert shown["current_user"]["username"] == name


def test_without_a_key_one_reads_and_does_not_write(offline: World) -> None:
    topic = offline.discourse.add_topic(TITLE, BODY)
    assert discourse(offline, "GET", f"/t/{topic.id}.json", key="").status == 200
    answer = discourse(offline, "POST", "/posts.json", key="", topic_id=topic.id, raw=BODY)
    assert (answer.status, answer.json()) == (403, ["BAD CSRF"])


def test_a_key_has_sixty_requests_a_minute(offline: World, clock: Clock) -> None:
    answers = []
    for _ in range(61):
        clock.advance(0.5)
        answers.append(discourse(offline, "GET", "/site.json"))
    assert [each.status for each in answers] == [200] * 60 + [429]
    wait = answers[-1].json()["extras"]["wait_seconds"]
    assert answers[-1].headers["Retry-After"] == str(wait)
    clock.advance(wait)
    assert discourse(offline, "GET", "/site.json").status == 200


def test_an_address_has_fifty_requests_in_ten_seconds_and_is_told_in_plain_text(offline: World, clock: Clock) -> None:
    answers = [discourse(offline, "GET", "/site.json") for _ in range(51)]
    assert [each.status for each in answers] == [200] * 50 + [429]
    assert answers[-1].headers["Content-Type"] == "text/plain"
    clock.advance(10)
    assert discourse(offline, "GET", "/site.json").status == 200


def test_a_forum_may_allow_more(offline: World) -> None:
    offline.discourse.set(max_admin_api_reqs_per_minute=1000, max_reqs_per_ip_per_10_seconds=1000)
    assert {discourse(offline, "GET", "/site.json").status for _ in range(150)} == {200}


@pytest.mark.parametrize(
    ("scopes", "allowed"),
    [
        (["topics:write"], {"create"}),
        (["topics:read"], {"topic"}),
        (["posts:edit", "users:show"], {"edit", "member"}),
        (["global:read"], {"topic", "post", "external", "session", "member"}),
        ([], set()),
    ],
)
def test_a_granular_key_opens_what_its_scopes_name(offline: World, scopes: list[str], allowed: set[str]) -> None:
    topic = offline.discourse.add_topic(TITLE, BODY, DISCOURSE_USER, external_id="gov-1")
    post = offline.discourse.posts(topic.id)[0]
    offline.discourse.add_key("granular", DISCOURSE_USER, scopes)
    asked = {
        "create": discourse(offline, "POST", "/posts.json", key="granular", topic_id=topic.id, raw=f"{BODY} More."),
        "edit": discourse(offline, "PUT", f"/posts/{post.id}.json", key="granular", post__raw=f"{BODY} Much more."),
        "topic": discourse(offline, "GET", f"/t/{topic.id}.json", key="granular"),
        "post": discourse(offline, "GET", f"/posts/{post.id}.json", key="granular"),
        "external": discourse(offline, "GET", "/t/external_id/gov-1.json", key="granular"),
        "session": discourse(offline, "GET", "/session/current.json", key="granular"),
        "member": discourse(offline, "GET", f"/u/{DISCOURSE_USER}.json", key="granular"),
    }
    assert {name for name, answer in asked.items() if answer.status < 400} == allowed
    assert {answer.status for name, answer in asked.items() if name not in allowed} <= {403}


def test_a_key_that_nobody_uses_for_half_a_year_is_revoked(offline: World, clock: Clock) -> None:
    for days, status in ((179, 200), (179, 200), (181, 403), (0, 403)):
        clock.advance(days * 86_400)
        assert discourse(offline, "GET", "/site.json").status == status
    offline.discourse.set(revoke_api_keys_days=0)
    offline.discourse.add_key(DISCOURSE_KEY, DISCOURSE_USER)
    clock.advance(400 * 86_400)
    assert discourse(offline, "GET", "/site.json").status == 200
