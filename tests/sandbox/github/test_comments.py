"""Comments: their life, their limits, who may, and the pages they come in."""

from __future__ import annotations

import pytest
from github import GithubException, UnknownObjectException
from github.Repository import Repository

from bot.sandbox.github.comments import MOST_CHARACTERS
from bot.sandbox.github.state import TokenKind
from bot.sandbox.world import APP_TOKEN, FORK_TOKEN, PERSONAL_TOKEN, World
from tests.sandbox.conftest import github_client
from tests.sandbox.scenes import Clock, github


@pytest.fixture
def number(offline: World) -> int:
    return offline.github.open_pull_request()


@pytest.mark.parametrize(("length", "status"), [(MOST_CHARACTERS, 201), (MOST_CHARACTERS + 1, 422)])
def test_a_body_has_at_most_so_many_characters(offline: World, number: int, length: int, status: int) -> None:
    answer = github(offline, "POST", f"issues/{number}/comments", {"body": "é" * length})
    assert answer.status == status
    assert len(offline.github.comments(number)) == (status == 201)


def test_a_body_that_is_too_long_is_told_by_field_and_code(offline: World, number: int) -> None:
    error = github(offline, "POST", f"issues/{number}/comments", {"body": "x" * 65_537}).json()["errors"][0]
    assert (error["field"], error["code"]) == ("data", "unprocessable")
    assert error["message"] == "Body is too long (maximum is 65536 characters)"


@pytest.mark.parametrize("given", [{}, {"body": None}, {"body": 7}, {"body": " \n"}])
def test_a_body_must_be_text_and_not_blank(offline: World, number: int, given: object) -> None:
    assert github(offline, "POST", f"issues/{number}/comments", given).status == 422


@pytest.mark.parametrize("given", [b"{", b"[]", b'{"body": "\\ud800"}', b'{"body": NaN}', b"[" * 100_000])
def test_what_is_no_json_is_refused(offline: World, number: int, given: bytes) -> None:
    assert github(offline, "POST", f"issues/{number}/comments", given).status == 400
    assert offline.github.comments(number) == ()


def test_comments_come_in_pages_of_at_most_a_hundred(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request()
    made = [world.github.comment(number, f"{at}") for at in range(205)]
    assert [each.id for each in repository.get_issue(number).get_comments()] == made
    assert [entry.request.query for entry in world.log] == [
        "per_page=100",
        "page=2&per_page=100",
        "page=3&per_page=100",
    ]
    assert world.log[1].path == "/repositories/1296269/issues/1/comments"


def test_links_lead_to_the_other_pages(offline: World, number: int) -> None:
    for at in range(5):
        offline.github.comment(number, f"{at}")
    answer = github(offline, "GET", f"issues/{number}/comments", query="per_page=2&page=2")
    parts = [each.split("; ") for each in answer.headers["Link"].split(", ")]
    links = {name: link for link, name in parts}
    assert {name: link[-2:-1] for name, link in links.items()} == {
        'rel="prev"': "1",
        'rel="next"': "3",
        'rel="last"': "3",
        'rel="first"': "1",
    }
    assert [each["body"] for each in answer.json()] == ["2", "3"]
    assert "Link" not in github(offline, "GET", f"issues/{number}/comments").headers
    assert github(offline, "GET", f"issues/{number}/comments", query="per_page=2&page=9").json() == []


def test_pages_are_never_larger_than_a_hundred(offline: World, number: int) -> None:
    for at in range(101):
        offline.github.comment(number, f"{at}")
    assert len(github(offline, "GET", f"issues/{number}/comments", query="per_page=1000").json()) == 100
    assert len(github(offline, "GET", f"issues/{number}/comments").json()) == 30


def test_comments_since_a_moment(offline: World, number: int, clock: Clock) -> None:
    offline.github.comment(number, "Old.")
    clock.advance(3600)
    offline.github.comment(number, "New.")
    answer = github(offline, "GET", f"issues/{number}/comments", query="since=2025-10-09T09:00:00Z")
    assert [each["body"] for each in answer.json()] == ["New."]


def test_who_writes_is_who_the_token_is(offline: World, number: int) -> None:
    for token in ("sandbox-workflow-token", APP_TOKEN, PERSONAL_TOKEN):
        github(offline, "POST", f"issues/{number}/comments", {"body": "Hello."}, by=token)
    shown = github(offline, "GET", f"issues/{number}/comments").json()
    assert [(each["user"]["login"], each["user"]["type"]) for each in shown] == [
        ("github-actions[bot]", "Bot"),
        ("standards-bot[bot]", "Bot"),
        ("maintainer", "User"),
    ]
    assert shown[0]["user"]["id"] == 41898282
    assert shown[0]["performed_via_github_app"]["id"] == 15368
    assert shown[2]["performed_via_github_app"] is None


def test_the_token_of_a_fork_reads_and_does_not_write(offline: World, number: int) -> None:
    comment = offline.github.comment(number, "Hello.")
    assert github(offline, "GET", f"issues/{number}/comments", by=FORK_TOKEN).status == 200
    for method, path in (("POST", f"issues/{number}/comments"), ("PATCH", f"issues/comments/{comment}")):
        answer = github(offline, method, path, {"body": "Changed."}, by=FORK_TOKEN)
        assert (answer.status, answer.json()["message"]) == (403, "Resource not accessible by integration")
    assert github(offline, "DELETE", f"issues/comments/{comment}", by=FORK_TOKEN).status == 403
    assert [each.body for each in offline.github.comments(number)] == ["Hello."]


def test_without_a_token_anybody_reads_and_nobody_writes(offline: World, number: int) -> None:
    assert github(offline, "GET", f"issues/{number}/comments", by="").status == 200
    assert github(offline, "POST", f"issues/{number}/comments", {"body": "x"}, by="").status == 401


def test_a_locked_conversation_takes_no_comments(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request()
    world.github.lock(number)
    with pytest.raises(GithubException) as refused:
        repository.get_issue(number).create_comment("Hello.")
    assert refused.value.status == 403


def test_what_is_gone_is_told_apart_from_what_never_was(offline: World, number: int) -> None:
    comment = offline.github.comment(number, "Hello.")
    offline.github.delete_comment(comment)
    assert github(offline, "PATCH", f"issues/comments/{comment}", {"body": "x"}).status == 404
    offline.github.delete_issue(number)
    assert github(offline, "POST", f"issues/{number}/comments", {"body": "x"}).status == 410
    assert github(offline, "POST", "issues/99/comments", {"body": "x"}).status == 404
    assert github(offline, "POST", "issues/x/comments", {"body": "x"}).status == 404


def test_an_edit_keeps_the_date_and_the_place(offline: World, number: int, clock: Clock) -> None:
    first = github(offline, "POST", f"issues/{number}/comments", {"body": "One."}).json()
    github(offline, "POST", f"issues/{number}/comments", {"body": "Two."})
    clock.advance(60)
    edited = github(offline, "PATCH", f"issues/comments/{first['id']}", {"body": "Changed."}).json()
    assert edited["created_at"] == first["created_at"] < edited["updated_at"]
    assert [each.body for each in offline.github.comments(number)] == ["Changed.", "Two."]


def test_a_person_may_not_edit_what_others_wrote(offline: World, number: int) -> None:
    offline.github.add_token("stranger-token", kind=TokenKind.PERSONAL, login="stranger")
    comment = offline.github.comment(number, "Hello.", "somebody")
    own = github(offline, "POST", f"issues/{number}/comments", {"body": "Mine."}, by="stranger-token").json()
    assert github(offline, "PATCH", f"issues/comments/{comment}", {"body": "x"}, by="stranger-token").status == 403
    assert github(offline, "PATCH", f"issues/comments/{own['id']}", {"body": "x"}, by="stranger-token").status == 200
    assert github(offline, "PATCH", f"issues/comments/{comment}", {"body": "x"}, by=PERSONAL_TOKEN).status == 200


def test_reactions_are_given_once_and_taken_back(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request()
    comment = repository.get_issue(number).get_comment(world.github.comment(number, "/bot help"))
    first, second = comment.create_reaction("eyes"), comment.create_reaction("eyes")
    assert first.id == second.id
    assert [each.content for each in comment.get_reactions()] == ["eyes"]
    assert repository.get_issue(number).get_comment(comment.id).reactions["eyes"] == 1
    assert comment.delete_reaction(first.id)
    assert list(comment.get_reactions()) == []
    with pytest.raises(GithubException):
        comment.create_reaction("shrug")


def test_a_pull_request_takes_reactions_too(world: World, repository: Repository) -> None:
    issue = repository.get_issue(world.github.open_pull_request())
    issue.create_reaction("+1")
    assert [each.user.login for each in issue.get_reactions()] == ["github-actions[bot]"]


def test_a_minimised_comment_says_so(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request()
    comment = world.github.comment(number, "Hello.", "github-actions[bot]")
    world.github.minimize(comment)
    shown = repository.get_issue(number).get_comment(comment)
    assert shown.raw_data["minimized"] == {"reason": "outdated"}


def test_a_comment_that_is_not_there_is_unknown_to_pygithub(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request()
    with pytest.raises(UnknownObjectException):
        repository.get_issue(number).get_comment(7).edit("x")


def test_another_client_finds_the_same(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request()
    repository.get_issue(number).create_comment("Hello.")
    other = github_client(world, PERSONAL_TOKEN)
    assert [each.user.id for each in other.get_issue(number).get_comments()] == [41898282]
