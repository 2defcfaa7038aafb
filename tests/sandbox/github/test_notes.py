"""Comments on lines: where they can stand, what a push makes of them, who may write them."""

from __future__ import annotations

from typing import Any

import pytest
from github import GithubException
from github.Repository import Repository

from bot.sandbox.github.comments import MOST_CHARACTERS
from bot.sandbox.github.diffs import changed_file
from bot.sandbox.github.premises import sha_of
from bot.sandbox.github.state import TokenKind
from bot.sandbox.world import FORK_TOKEN, PERSONAL_TOKEN, World
from tests.sandbox.scenes import Clock, github

PATH = "schema/service.json"
BASE = "".join(f"line {at}\n" for at in range(1, 41))
HEAD = BASE.replace("line 3\n", "line three\n").replace("line 30\n", "line thirty\nand more\n")
FILES = (changed_file(PATH, BASE, HEAD),)


@pytest.fixture
def number(offline: World) -> int:
    return offline.github.open_pull_request(files=FILES)


def given(world: World, number: int, **more: object) -> dict[str, Any]:
    pull = world.github.repository().issues[number].pull
    assert pull is not None
    return {"body": "Hello.", "commit_id": pull.head_sha, "path": PATH, "line": 3, "side": "RIGHT", **more}


def lines(world: World, number: int) -> list[tuple[object, object]]:
    listed = github(world, "GET", f"pulls/{number}/comments").json()
    return [(each["start_line"], each["line"]) for each in listed]


def test_the_diff_of_a_file_has_three_lines_around_each_change() -> None:
    assert FILES[0]["patch"].split("\n")[0] == "@@ -1,6 +1,6 @@"
    assert (FILES[0]["additions"], FILES[0]["deletions"]) == (3, 2)
    assert changed_file(PATH, None, "a\nb")["patch"] == "@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file"


@pytest.mark.parametrize(
    ("place", "field", "said"),
    [
        ({"line": 3}, "", ""),
        ({"line": 6}, "", ""),
        ({"line": 6, "start_line": 1, "start_side": "RIGHT"}, "", ""),
        ({"line": 31, "start_line": 30}, "", ""),
        ({"line": 7}, "pull_request_review_thread.line", "must be part of the diff"),
        ({"line": 0}, "pull_request_review_thread.line", "must be part of the diff"),
        ({"path": "elsewhere.json"}, "pull_request_review_thread.line", "must be part of the diff"),
        ({"line": 3, "start_line": 3}, "pull_request_review_thread.start_line", "must precede the end line"),
        ({"line": 3, "start_line": 4}, "pull_request_review_thread.start_line", "must precede the end line"),
        ({"line": 30, "start_line": 5}, "pull_request_review_thread.start_line", "the same hunk"),
        ({"line": 30, "start_line": 15}, "pull_request_review_thread.start_line", "the same hunk"),
        ({"commit_id": "0" * 40}, "commit_id", "is not part of the pull request"),
        ({"body": " "}, "body", "can't be blank"),
        ({"body": "x" * (MOST_CHARACTERS + 1)}, "body", "too long"),
    ],
)
def test_a_comment_stands_on_lines_that_one_hunk_of_the_diff_shows(
    offline: World, number: int, place: dict[str, object], field: str, said: str
) -> None:
    answer = github(offline, "POST", f"pulls/{number}/comments", given(offline, number, **place))
    assert answer.status == (422 if field else 201)
    if field:
        (error,) = answer.json()["errors"]
        assert (error["field"], said in error["message"]) == (field, True)
    assert len(offline.github.notes(number)) == (not field)


@pytest.mark.parametrize("left", ["commit_id", "path", "line", "body"])
def test_what_a_comment_needs_is_asked_for(offline: World, number: int, left: str) -> None:
    asked = {name: value for name, value in given(offline, number).items() if name != left}
    assert github(offline, "POST", f"pulls/{number}/comments", asked).status == 422
    assert github(offline, "POST", f"pulls/{number}/comments", {**asked, left: []}).status == 422


def test_a_push_moves_a_comment_with_its_lines_and_dates_it_where_they_are_gone(offline: World, number: int) -> None:
    for place in ({"line": 3}, {"line": 31, "start_line": 30}, {"line": 5}):
        github(offline, "POST", f"pulls/{number}/comments", given(offline, number, **place))
    assert lines(offline, number) == [(None, 3), (30, 31), (None, 5)]
    offline.github.push(number, sha_of("two"), files=[changed_file(PATH, BASE, "new\n" + HEAD)])
    assert lines(offline, number) == [(None, 4), (31, 32), (None, 6)]
    later = HEAD.replace("line three", "line 3!").replace("and more", "and less")
    offline.github.push(number, sha_of("three"), files=[changed_file(PATH, BASE, later)])
    assert lines(offline, number) == [(None, None), (None, None), (None, 5)]
    shown = github(offline, "GET", f"pulls/{number}/comments").json()
    assert [(each["original_start_line"], each["original_line"]) for each in shown] == [(None, 3), (30, 31), (None, 5)]
    assert shown[0]["commit_id"] != shown[2]["commit_id"] == sha_of("three")
    # Lines that come back do not bring it back.
    offline.github.push(number, sha_of("four"), files=FILES)
    assert lines(offline, number) == [(None, None), (None, None), (None, 5)]


def test_a_comment_on_an_older_commit_is_out_of_date_at_once(offline: World, number: int) -> None:
    asked = given(offline, number)
    offline.github.push(number, sha_of("two"))
    github(offline, "POST", f"pulls/{number}/comments", asked)
    assert lines(offline, number) == [(None, None)]


def test_replies_hang_on_the_first_comment_and_stay_when_it_goes(offline: World, number: int) -> None:
    first = github(offline, "POST", f"pulls/{number}/comments", given(offline, number)).json()["id"]
    reply = github(offline, "POST", f"pulls/{number}/comments/{first}/replies", {"body": "Why?"}).json()
    second = github(offline, "POST", f"pulls/{number}/comments", {"body": "So.", "in_reply_to": reply["id"]}).json()
    third = offline.github.answer(first, "Thanks.")
    assert (reply["in_reply_to_id"], second["in_reply_to_id"], second["line"]) == (first, first, 3)
    assert github(offline, "DELETE", f"pulls/comments/{first}").status == 204
    assert [each.id for each in offline.github.notes(number)] == [reply["id"], second["id"], third]
    assert github(offline, "GET", f"pulls/comments/{first}").status == 404
    assert github(offline, "POST", f"pulls/{number}/comments/{first}/replies", {"body": "x"}).status == 404


def test_a_comment_is_edited_by_its_author_or_who_may_write(offline: World, number: int, clock: Clock) -> None:
    note = offline.github.note(number, PATH, 3, "Mine.")
    clock.advance(60)
    assert github(offline, "PATCH", f"pulls/comments/{note}", {"body": "x"}, by=FORK_TOKEN).status == 403
    edited = github(offline, "PATCH", f"pulls/comments/{note}", {"body": "Other words."}).json()
    assert (edited["body"], edited["line"], edited["created_at"] < edited["updated_at"]) == ("Other words.", 3, True)
    assert github(offline, "POST", f"pulls/{number}/comments", given(offline, number), by=FORK_TOKEN).status == 403


@pytest.mark.parametrize("side", [{"side": "LEFT"}, {"start_line": 1, "start_side": "LEFT"}])
def test_the_side_of_base_is_not_known_here(offline: World, number: int, side: dict[str, object]) -> None:
    assert github(offline, "POST", f"pulls/{number}/comments", given(offline, number, **side)).status == 422


def test_a_person_may_not_edit_what_others_wrote(offline: World, number: int) -> None:
    offline.github.add_token("stranger-token", kind=TokenKind.PERSONAL, login="stranger")
    note = offline.github.note(number, PATH, 3, "Hello.")
    assert github(offline, "PATCH", f"pulls/comments/{note}", {"body": "x"}, by="stranger-token").status == 403
    assert github(offline, "DELETE", f"pulls/comments/{note}", by="stranger-token").status == 403
    assert github(offline, "DELETE", f"pulls/comments/{note}", by=PERSONAL_TOKEN).status == 204


def test_a_locked_conversation_takes_none_and_an_issue_has_no_lines(offline: World, number: int) -> None:
    issue = github(offline, "POST", "issues", {"title": "A question"}).json()["number"]
    assert github(offline, "GET", f"pulls/{issue}/comments").status == 404
    offline.github.lock(number)
    assert github(offline, "POST", f"pulls/{number}/comments", given(offline, number)).status == 403


def test_they_come_in_pages_and_are_counted(offline: World, number: int) -> None:
    for _ in range(3):
        offline.github.note(number, PATH, 3, "x")
    answer = github(offline, "GET", f"pulls/{number}/comments", query="per_page=2&page=2")
    assert len(answer.json()) == 1
    assert 'rel="prev"' in answer.headers["Link"]
    assert github(offline, "GET", f"pulls/{number}").json()["review_comments"] == 3


def test_pygithub_reads_every_field(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request(files=FILES)
    pull = repository.get_pull(number)
    commit = repository.get_commit(pull.head.sha)
    made = pull.create_review_comment("Hello.", commit, PATH, 6, side="RIGHT", start_line=2, start_side="RIGHT")
    assert (made.start_line, made.line, made.original_line, made.side) == (2, 6, 6, "RIGHT")
    assert (made.path, made.commit_id, made.original_commit_id) == (PATH, pull.head.sha, pull.head.sha)
    assert made.html_url == f"https://github.com/open-standard/specification/pull/{number}#discussion_r{made.id}"
    assert (made.user.login, made.body) == ("github-actions[bot]", "Hello.")
    assert made.diff_hunk == "line 2\nline three\nline 4\nline 5\nline 6"
    assert [each.id for each in pull.get_review_comments()] == [made.id]
    with pytest.raises(GithubException, match="must be part of the diff"):
        pull.create_review_comment("Hello.", commit, PATH, 20)
    made.edit("Other words.")
    made.delete()
    assert list(pull.get_review_comments()) == []
