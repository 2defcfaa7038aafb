"""What a check of the setup asks: rights, rules, workflows, files."""

from __future__ import annotations

import pytest
from github import GithubException, UnknownObjectException
from github.Repository import Repository

from bot.sandbox.world import PERSONAL_TOKEN, World
from tests.sandbox.scenes import Clock, github


def test_who_may_what(world: World, repository: Repository) -> None:
    world.github.comment(world.github.open_pull_request(), "Hello.", "passer-by")
    world.github.repository().collaborators["editor"] = "maintain"
    world.github.hub.user("editor")
    assert repository.get_collaborator_permission("maintainer") == "admin"
    assert repository.get_collaborator_permission("editor") == "write"
    assert repository.get_collaborator_permission("passer-by") == "read"
    assert github(world, "GET", "collaborators/editor/permission").json()["role_name"] == "maintain"
    with pytest.raises(GithubException) as refused:
        repository.get_collaborator_permission("nobody")
    assert (refused.value.status, refused.value.message) == (404, "nobody is not a user")


def test_a_required_check_shows_by_name_and_app(offline: World) -> None:
    offline.github.require_check("standards", 424242)
    rules = github(offline, "GET", "rules/branches/main").json()
    assert rules[0]["parameters"]["required_status_checks"] == [{"context": "standards", "integration_id": 424242}]
    assert github(offline, "GET", "rules/branches/other").json() == []
    assert [each["id"] for each in github(offline, "GET", "rulesets").json()] == [42]
    assert github(offline, "GET", "rulesets/42").json()["conditions"]["ref_name"]["include"] == ["refs/heads/main"]
    assert github(offline, "GET", "rulesets/43").status == 404
    assert github(offline, "GET", "branches/main").json()["protected"]


def test_protection_in_the_old_way_is_for_administrators(offline: World) -> None:
    assert github(offline, "GET", "branches/main/protection").status == 403
    answer = github(offline, "GET", "branches/main/protection", by=PERSONAL_TOKEN)
    assert (answer.status, answer.json()["message"]) == (404, "Branch not protected")


def test_a_clock_that_sleeps_shows_and_is_woken(world: World, repository: Repository) -> None:
    world.github.add_workflow(".github/workflows/standards.yml", "disabled_inactivity")
    found = list(repository.get_workflows())
    assert [(each.path, each.state) for each in found] == [(".github/workflows/standards.yml", "disabled_inactivity")]
    assert repository.get_workflow("standards.yml").id == found[0].id
    assert github(world, "GET", "actions/workflows/other.yml").status == 404
    world.github.add_token("waker", permissions={"actions": "write"})
    assert github(world, "PUT", "actions/workflows/standards.yml/enable").status == 403
    assert github(world, "PUT", "actions/workflows/standards.yml/enable", by="waker").status == 204
    assert repository.get_workflow("standards.yml").state == "active"


def test_branches_and_refs(world: World, repository: Repository) -> None:
    head = world.github.repository().branches["main"]
    assert repository.get_branch("main").commit.sha == head
    assert repository.get_git_ref("heads/main").object.sha == head
    for ask in (lambda: repository.get_branch("other"), lambda: repository.get_git_ref("heads/other").object):
        with pytest.raises(UnknownObjectException):
            ask()


def test_files_of_the_default_branch(world: World, repository: Repository) -> None:
    world.github.repository().files[".github/bot.yml"] = b"channels: []\n"
    found = repository.get_contents(".github/bot.yml")
    assert not isinstance(found, list)
    assert found.decoded_content == b"channels: []\n"
    assert found.sha == "d25c09a65b06d4b2dcfafd88303848876cc5ae72", "as git names it"
    with pytest.raises(UnknownObjectException):
        repository.get_contents("README.md")


def test_the_repository_tells_its_default_branch(world: World) -> None:
    found = github(world, "GET", "").json()
    assert (found["default_branch"], found["full_name"]) == ("main", "open-standard/specification")


def test_the_runs_of_a_workflow_are_shown_by_what_woke_them_the_newest_first(offline: World, clock: Clock) -> None:
    offline.github.add_workflow(".github/workflows/bot.yml")
    for event in ("schedule", "issue_comment", "schedule"):
        clock.advance(60)
        offline.github.add_run(".github/workflows/bot.yml", event)
    answer = github(offline, "GET", "actions/workflows/bot.yml/runs", query="event=schedule&per_page=1").json()
    assert answer["total_count"] == 2
    (newest,) = answer["workflow_runs"]
    assert newest == offline.github.repository().runs[-1]
    assert github(offline, "GET", "actions/workflows/other.yml/runs").status == 404
