"""Issues, labels and pull requests: lists, limits, states."""

from __future__ import annotations

from typing import Any

import pytest
from github import GithubException
from github.Repository import Repository

from bot.sandbox.exchange import Request
from bot.sandbox.world import World
from tests.sandbox.scenes import Clock, github, to_github

BOT: Any = "github-actions[bot]"
"""PyGithub asks for an account, and sends on a name as well: to look an app up is not needed."""


def test_an_issue_is_kept_true_through_pygithub(repository: Repository) -> None:
    made = repository.create_issue("What 3.1 means here", body="As of today.", labels=["standards-bot"])
    made.edit(body="As of tomorrow.")
    found = list(repository.get_issues(creator=BOT, labels=["standards-bot"]))
    assert [(each.number, each.body) for each in found] == [(made.number, "As of tomorrow.")]
    found[0].edit(state="closed", state_reason="not_planned")
    assert list(repository.get_issues(creator=BOT)) == []
    closed = list(repository.get_issues(state="closed"))
    assert [(each.number, each.state_reason) for each in closed] == [(made.number, "not_planned")]
    assert closed[0].closed_at is not None


def test_issues_of_others_and_without_the_label_are_not_listed(offline: World) -> None:
    github(offline, "POST", "issues", {"title": "Mine", "labels": ["a"]})
    github(offline, "POST", "issues", {"title": "Theirs", "labels": ["a"]}, by="sandbox-personal-token")
    found = github(offline, "GET", "issues", query="creator=GitHub-Actions[bot]&labels=A").json()
    assert [each["title"] for each in found] == ["Mine"]
    assert github(offline, "GET", "issues", query="labels=a,b").json() == []
    assert github(offline, "GET", "issues", query="state=merged").status == 422


def test_pull_requests_are_issues_too(offline: World) -> None:
    number = offline.github.open_pull_request(draft=True)
    shown = github(offline, "GET", "issues").json()
    assert [(each["number"], each["draft"], "pull_request" in each) for each in shown] == [(number, True, True)]
    assert github(offline, "GET", f"issues/{number}").json()["pull_request"]["merged_at"] is None


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"title": "x" * 256}, 201),
        ({"title": "x" * 257}, 422),
        ({"title": " "}, 422),
        ({}, 422),
        ({"title": "x", "body": "x" * 65_536}, 201),
        ({"title": "x", "body": "x" * 65_537}, 422),
        ({"title": "x", "labels": ["x" * 50]}, 201),
        ({"title": "x", "labels": ["x" * 51]}, 422),
        ({"title": "x", "labels": [""]}, 422),
    ],
)
def test_issues_have_limits(offline: World, given: dict[str, object], status: int) -> None:
    assert github(offline, "POST", "issues", given).status == status


def test_labels_are_added_replaced_and_removed(world: World, repository: Repository) -> None:
    issue = repository.get_issue(world.github.open_pull_request(labels=["one"]))
    issue.add_to_labels("two", "two")
    assert [each.name for each in issue.get_labels()] == ["one", "two"]
    issue.remove_from_labels("one")
    issue.set_labels("three")
    assert [each.name for each in issue.get_labels()] == ["three"]
    with pytest.raises(GithubException) as refused:
        issue.remove_from_labels("one")
    assert refused.value.status == 404


def test_where_issues_are_switched_off_pull_requests_still_take_comments(offline: World) -> None:
    number = offline.github.open_pull_request()
    offline.github.repository().has_issues = False
    assert github(offline, "POST", "issues", {"title": "x"}).status == 410
    assert github(offline, "GET", "issues").status == 410
    assert github(offline, "POST", f"issues/{number}/comments", {"body": "x"}).status == 201


def test_an_archived_repository_is_read_only(offline: World) -> None:
    number = offline.github.open_pull_request()
    offline.github.repository().archived = True
    answer = github(offline, "POST", f"issues/{number}/comments", {"body": "x"})
    assert (answer.status, answer.json()["message"]) == (403, "Repository was archived so is read-only.")
    assert github(offline, "GET", f"pulls/{number}").status == 200


def test_pull_requests_are_listed_by_state_head_and_base(world: World, repository: Repository) -> None:
    first = world.github.open_pull_request("One", author="newcomer", head_ref="main", fork=True)
    second = world.github.open_pull_request("Two", base_ref="2.1-dev")
    world.github.close(second, merged=True)
    assert [each.number for each in repository.get_pulls()] == [first]
    assert [each.number for each in repository.get_pulls(state="all")] == [second, first]
    assert [each.number for each in repository.get_pulls(state="all", head="newcomer:main")] == [first]
    assert [each.number for each in repository.get_pulls(state="all", base="2.1-dev")] == [second]
    merged = next(iter(repository.get_pulls(state="closed")))
    assert merged.merged_at is not None
    assert merged.merge_commit_sha
    assert [each.number for each in repository.get_commit(merged.merge_commit_sha).get_pulls()] == [second]


def test_pull_requests_can_be_sorted_by_their_last_change(offline: World, clock: Clock) -> None:
    first, second = offline.github.open_pull_request("One"), offline.github.open_pull_request("Two")
    clock.advance(60)
    offline.github.push(first, "f" * 40)
    rising = github(offline, "GET", "pulls", query="sort=updated&direction=asc").json()
    assert [each["number"] for each in rising] == [second, first]
    assert github(offline, "GET", f"pulls/{first}").json()["head"]["sha"] == "f" * 40


def test_the_fork_of_a_pull_request_may_be_gone(offline: World) -> None:
    number = offline.github.open_pull_request(author="newcomer", fork=True)
    fork = offline.github.repository("newcomer/specification")
    del offline.github.hub.repositories[fork.id]
    answer = offline.github.handle(_get(f"pulls/{number}"))
    assert answer.json()["head"]["repo"] is None


def _get(path: str) -> Request:
    return to_github("GET", path)


def test_files_and_commits_have_an_end(offline: World) -> None:
    files = [{"filename": f"schema/{at}.json", "additions": 1, "deletions": 2} for at in range(3100)]
    commits = [{"sha": f"{at:040x}"} for at in range(300)]
    number = offline.github.open_pull_request(files=files, commits=commits)
    shown = offline.github.handle(_get(f"pulls/{number}")).json()
    assert (shown["changed_files"], shown["additions"], shown["commits"]) == (3100, 3100, 300)
    last = github(offline, "GET", f"pulls/{number}/commits", query="per_page=100&page=3").json()
    assert len(last) == 50
    assert len(offline.github.handle(_get(f"pulls/{number}/files")).json()) == 30


def test_an_issue_is_no_pull_request(offline: World) -> None:
    number = github(offline, "POST", "issues", {"title": "An issue"}).json()["number"]
    assert github(offline, "GET", f"pulls/{number}").status == 404
    with pytest.raises(KeyError):
        offline.github.push(number, "f" * 40)
