from __future__ import annotations

import pytest

from bot.adapters.github import GitHub
from bot.adapters.github_issues import Issues
from bot.publish.marks import marker
from bot.publish.places import Ambiguous, Draft, Gone, Posted
from bot.render.contents import IssueText
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.github.state import Issue
from bot.sandbox.world import PERSONAL_TOKEN, World
from tests.adapters.conftest import Open
from tests.adapters.outside import KEY, TEXT, issue, mark, refusal, requests

PROFILE = "open-standard/profile"


@pytest.fixture
def github(world: World, open_github: Open) -> GitHub:
    world.github.add_repository(PROFILE)
    return open_github(PERSONAL_TOKEN, PROFILE)


@pytest.fixture
def issues(github: GitHub) -> Issues:
    return Issues(github)


def standing(world: World) -> list[Issue]:
    return list(world.github.repository(PROFILE).issues.values())


def test_an_issue_is_opened_found_and_changed(world: World, issues: Issues) -> None:
    assert issues.find(KEY) == ()
    made = issues.create(Draft(mark(), issue()))
    assert issues.find(KEY) == (Posted(made, mark(), issue()),)
    issues.update(issues.find(KEY)[0], Draft(mark(2), IssueText("Another title", "News")))
    assert issues.find(KEY) == (Posted(made, mark(2), IssueText("Another title", "News")),)
    assert [(each.title, each.state) for each in standing(world)] == [("Another title", "open")]


def test_a_closed_issue_is_found_and_opened_again_by_news_alone(world: World, issues: Issues) -> None:
    number = int(issues.create(Draft(mark(), issue())))
    world.github.close(number, repository=PROFILE)
    (posted,) = issues.find(KEY)
    assert standing(world)[0].state == "closed"
    issues.update(posted, Draft(mark(2), issue("News")))
    assert standing(world)[0].state == "open"


def test_each_step_is_one_request(world: World, issues: Issues) -> None:
    assert requests(world, lambda: issues.find(KEY)) == ["GET user", "GET issues"]
    assert requests(world, lambda: issues.create(Draft(mark(), issue()))) == ["POST issues"]
    assert requests(world, lambda: issues.find(KEY)) == ["GET issues"]
    posted = issues.find(KEY)[0]
    assert requests(world, lambda: issues.update(posted, Draft(mark(2), issue()))) == [f"PATCH issues/{posted.id}"]


def test_an_issue_that_stands_twice_is_closed_with_a_pointer(world: World, issues: Issues) -> None:
    first, second = (issues.create(Draft(mark(version), issue())) for version in (1, 2))
    found = issues.find(KEY)
    assert [posted.id for posted in found] == [first, second]
    issues.remove(found[1])
    assert [posted.id for posted in issues.find(KEY)] == [first]
    assert (standing(world)[1].body, standing(world)[1].state) == (f"This is kept up to date in #{first}.", "closed")


@pytest.mark.parametrize("author", ["mallory", "Maintainer2"])
def test_what_others_open_with_our_mark_is_not_ours(world: World, issues: Issues, author: str) -> None:
    number = world.github.open_pull_request(author=author, repository=PROFILE)
    opened = world.github.repository(PROFILE).issues[number]
    opened.pull, opened.body = None, f"{TEXT}\n\n{marker(mark())}"
    assert issues.find(KEY) == ()


def test_a_pull_request_of_ours_is_no_issue(world: World, issues: Issues) -> None:
    body = f"{TEXT}\n\n{marker(mark())}"
    world.github.open_pull_request(author="maintainer", body=body, repository=PROFILE)
    assert issues.find(KEY) == ()


def test_an_issue_whose_answer_is_lost_is_not_opened_again(world: World, issues: Issues) -> None:
    world.faults.add(Fault(Kind.EMPTY_AFTER, at=1))
    refusal(lambda: issues.create(Draft(mark(), issue())), Ambiguous)
    assert len(issues.find(KEY)) == 1


def test_a_repository_without_issues(world: World, issues: Issues) -> None:
    world.github.repository(PROFILE).has_issues = False
    problem = refusal(lambda: issues.create(Draft(mark(), issue())), Gone)
    assert "Issues are disabled" in problem.message
