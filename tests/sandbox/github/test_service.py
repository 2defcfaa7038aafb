"""Who asks, how often, and where a repository went."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from github import Auth, BadCredentialsException, Github, GithubException, RateLimitExceededException
from github.Repository import Repository

from bot.sandbox.exchange import Request
from bot.sandbox.github.service import CONCURRENT
from bot.sandbox.github.state import TokenKind
from bot.sandbox.world import APP_TOKEN, GITHUB_TOKEN, PERSONAL_TOKEN, REPOSITORY, World
from tests.sandbox.scenes import Clock, github, to_github


def client(world: World, token: str) -> Github:
    return Github(auth=Auth.Token(token), base_url=world.github_url, retry=None, timeout=5)


def test_a_person_has_a_user_and_an_app_has_none(world: World) -> None:
    assert client(world, PERSONAL_TOKEN).get_user().login == "maintainer"
    for token in (GITHUB_TOKEN, APP_TOKEN):
        with pytest.raises(GithubException) as refused:
            assert client(world, token).get_user().login
        assert (refused.value.status, refused.value.message) == (403, "Resource not accessible by integration")


@pytest.mark.parametrize(
    ("token", "login", "number"),
    [(GITHUB_TOKEN, "github-actions[bot]", 41898282), (PERSONAL_TOKEN, "maintainer", None)],
)
def test_graphql_tells_everybody_who_they_are(world: World, token: str, login: str, number: int | None) -> None:
    _, data = client(world, token).requester.graphql_query("query { viewer { login databaseId } }", {})
    viewer = data["data"]["viewer"]
    assert viewer["login"] == login
    assert number in (None, viewer["databaseId"])


def test_graphql_minimises_a_comment_and_brings_it_back(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request()
    comment = repository.get_issue(number).create_comment("Hello.")
    assert comment.minimize()
    assert world.github.comments(number)[0].minimized == "outdated"
    assert comment.unminimize()
    assert world.github.comments(number)[0].minimized == ""


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"query": "{ repository { id } }"}, 200),
        ({"query": "mutation { minimizeComment }"}, 200),
        ({}, 400),
        (b"{", 400),
    ],
)
def test_graphql_fails_in_its_own_way(offline: World, given: object, status: int) -> None:
    answer = github(offline, "POST", "/graphql", given)
    assert answer.status == status
    assert status == 400 or answer.json()["errors"]
    assert github(offline, "POST", "/graphql", given, by="").status == 401


def test_a_stranger_may_not_minimise(offline: World) -> None:
    offline.github.add_token("stranger-token", TokenKind.PERSONAL, "stranger")
    comment = offline.github.comment(offline.github.open_pull_request(), "Hello.")
    given = {"query": "mutation { minimizeComment }", "variables": {"input": {"subjectId": f"IC_{comment}"}}}
    answer = github(offline, "POST", "/graphql", given, by="stranger-token")
    assert answer.json()["errors"][0]["type"] == "FORBIDDEN"


def test_a_wrong_token_is_told(world: World) -> None:
    with pytest.raises(BadCredentialsException):
        client(world, "wrong").get_repo(REPOSITORY)


def test_a_renamed_repository_redirects_reads_and_writes_differently(offline: World) -> None:
    number = offline.github.open_pull_request()
    offline.github.rename("standard")
    read = github(offline, "GET", f"issues/{number}/comments", query="per_page=100")
    write = github(offline, "POST", f"issues/{number}/comments", {"body": "x"})
    assert (read.status, write.status) == (301, 307)
    assert read.headers["Location"].endswith(f"/repositories/1296269/issues/{number}/comments?per_page=100")
    assert github(offline, "GET", "/repositories/1296269").json()["full_name"] == "open-standard/standard"
    assert github(offline, "GET", "/repos/Open-Standard/STANDARD").status == 200


def test_pygithub_follows_to_a_renamed_repository_when_it_reads(world: World, repository: Repository) -> None:
    number = world.github.open_pull_request()
    world.github.comment(number, "Hello.")
    world.github.rename("standard")
    assert [each.body for each in repository.get_issue(number).get_comments()] == ["Hello."]


@pytest.mark.parametrize("path", ["/nowhere", "/repos/a/b", "/repositories/7", "nowhere", "/users/nobody"])
def test_what_is_not_there_is_not_found(offline: World, path: str) -> None:
    answer = offline.github.handle(_get(path))
    assert (answer.status, answer.json()["message"]) == (404, "Not Found")


def _get(path: str) -> Request:
    return to_github("GET", path)


def test_each_answer_counts_what_is_left(offline: World) -> None:
    first, second = github(offline, "GET", ""), github(offline, "GET", "")
    assert [each.headers["X-RateLimit-Remaining"] for each in (first, second)] == ["999", "998"]
    assert first.headers["X-RateLimit-Limit"] == "1000"
    assert first.headers["X-GitHub-Request-Id"] != second.headers["X-GitHub-Request-Id"]
    shown = github(offline, "GET", "/rate_limit").json()["rate"]
    assert (shown["limit"], shown["remaining"], shown["used"]) == (1000, 998, 2)


def test_an_hour_has_a_thousand_requests(offline: World, clock: Clock) -> None:
    for _ in range(1000):
        clock.advance(1)
        assert github(offline, "GET", "issues").status == 200
    answer = github(offline, "GET", "issues")
    assert (answer.status, answer.headers["X-RateLimit-Remaining"]) == (403, "0")
    assert answer.json()["message"].startswith("API rate limit exceeded")
    reset = int(answer.headers["X-RateLimit-Reset"])
    assert clock() < reset <= clock() + 3600
    assert github(offline, "GET", "issues", by=PERSONAL_TOKEN).status == 200
    clock.advance(reset - clock())
    assert github(offline, "GET", "issues").status == 200


def test_a_minute_has_eighty_writes(world: World, repository: Repository, clock: Clock) -> None:
    issue = repository.get_issue(world.github.open_pull_request())
    for at in range(80):
        issue.create_comment(f"{at}")
    with pytest.raises(RateLimitExceededException) as refused:
        issue.create_comment("One more.")
    assert refused.value.status == 403
    assert (refused.value.headers or {})["retry-after"] == "60"
    clock.advance(60)
    issue.create_comment("One more.")


def test_an_hour_has_five_hundred_writes(offline: World, clock: Clock) -> None:
    number = offline.github.open_pull_request()
    for at in range(500):
        clock.advance(2)
        assert github(offline, "POST", f"issues/{number}/comments", {"body": f"{at}"}, by=APP_TOKEN).status == 201
    assert github(offline, "POST", f"issues/{number}/comments", {"body": "x"}, by=APP_TOKEN).status == 403


def test_a_minute_has_nine_hundred_points(offline: World, clock: Clock) -> None:
    for _ in range(900):
        assert github(offline, "GET", "issues", by=PERSONAL_TOKEN).status == 200
    assert github(offline, "GET", "issues", by=PERSONAL_TOKEN).status == 403
    clock.advance(60)
    assert github(offline, "GET", "issues", by=PERSONAL_TOKEN).status == 200


def test_a_token_may_what_the_workflow_grants(offline: World) -> None:
    number = offline.github.open_pull_request(head_sha="a" * 40)
    offline.github.add_token("checks-alone", permissions={"checks": "write"})
    offline.github.add_token("pulls-alone", permissions={"pull_requests": "write"})
    check, comment = {"name": "x", "head_sha": "a" * 40}, {"body": "x"}
    assert github(offline, "POST", "check-runs", check, by="checks-alone").status == 201
    assert github(offline, "POST", f"issues/{number}/comments", comment, by="checks-alone").status == 403
    assert github(offline, "GET", f"issues/{number}/comments", by="checks-alone").status == 403
    assert github(offline, "POST", f"issues/{number}/comments", comment, by="pulls-alone").status == 201
    assert github(offline, "POST", "issues", {"title": "x"}, by="pulls-alone").status == 403
    assert github(offline, "POST", "check-runs", check, by="pulls-alone").status == 403


def test_another_repository_is_another_place(world: World) -> None:
    world.github.add_repository("uk/profile")
    for token in (GITHUB_TOKEN, PERSONAL_TOKEN):
        profile = client(world, token).requester
        there = Repository(profile, {}, {"url": f"{world.github_url}/repos/uk/profile"}, completed=False)
        if token == PERSONAL_TOKEN:
            assert there.create_issue("x").number == 1
            continue
        # The token of a job writes to the repository of the job alone.
        with pytest.raises(GithubException, match="Resource not accessible by integration"):
            there.create_issue("x")
    assert world.github.repository().issues == {}
    assert list(world.github.repository("uk/profile").issues) == [1]


def test_a_hundred_requests_at_once_are_answered_and_one_more_is_turned_away(offline: World) -> None:
    hub, statuses = offline.github, list[int]()
    threads = [
        Thread(target=lambda: statuses.append(github(offline, "GET", "pulls").status)) for _ in range(CONCURRENT)
    ]
    with hub._lock:  # noqa: SLF001 - as long as it is held, none of them is answered
        for each in threads:
            each.start()
        while hub._room._value:  # noqa: SLF001 - until all of them have come in
            Event().wait(0.001)
        refused = github(offline, "GET", "pulls")
    for each in threads:
        each.join()
    assert (refused.status, refused.headers["Retry-After"]) == (403, "60")
    assert "secondary rate limit" in refused.json()["message"]
    assert statuses == [200] * CONCURRENT
