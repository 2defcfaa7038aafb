from __future__ import annotations

import logging

import pytest

from bot.adapters.github import Author, GitHub, author
from bot.adapters.github_comments import Comments
from bot.publish.marks import OPENING, marker
from bot.publish.places import Draft, Gone, Refused
from bot.report.subject import State
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.github.service import AN_HOUR, PRIMARY
from bot.sandbox.github.state import TokenKind
from bot.sandbox.limits import Limit
from bot.sandbox.world import APP_TOKEN, FORK_TOKEN, GITHUB_TOKEN, PERSONAL_TOKEN, REPOSITORY, World
from tests.adapters.conftest import Open
from tests.adapters.outside import KEY, TEXT, Clock, mark, outcome, refusal, requests

# Who the bot is.


@pytest.mark.parametrize(
    ("token", "login", "asked"),
    [
        (PERSONAL_TOKEN, "maintainer", ["GET user"]),
        (GITHUB_TOKEN, "github-actions[bot]", ["GET user", "POST graphql"]),
        (APP_TOKEN, "standards-bot[bot]", ["GET user", "POST graphql"]),
    ],
)
def test_the_bot_asks_once_who_it_is(world: World, open_github: Open, token: str, login: str, asked: list[str]) -> None:
    github = open_github(token)
    assert requests(world, github.identity) == asked
    assert requests(world, github.identity) == []
    assert github.identity().login == login
    assert github.identity().id is not None


def test_an_installation_token_is_not_asked_what_it_cannot_say(world: World, open_github: Open) -> None:
    world.github.add_token("ghs_0123456789")
    github = open_github("ghs_0123456789")
    assert requests(world, github.identity) == ["POST graphql"]
    assert github.identity().login == "github-actions[bot]"


def test_a_login_that_is_given_is_not_asked_for(world: World, open_github: Open) -> None:
    github = open_github(login="standards-bot[bot]")
    assert requests(world, github.identity) == []
    assert github.identity() == Author("standards-bot[bot]")


@pytest.mark.parametrize("kind", [Kind.NOT_FOUND, Kind.GONE])
def test_one_wrong_answer_makes_nobody_else_of_the_bot(world: World, open_github: Open, kind: Kind) -> None:
    world.faults.add(Fault(kind, at=1))
    assert open_github(PERSONAL_TOKEN).identity().login == "maintainer"


def test_where_nothing_tells_who_the_bot_is_it_is_that_of_actions(world: World, open_github: Open) -> None:
    world.faults.add(Fault(Kind.NOT_FOUND, times=2))
    assert open_github(PERSONAL_TOKEN).identity() == Author("github-actions[bot]")


@pytest.mark.parametrize(
    ("kind", "ends"),
    [(Kind.UNAUTHORISED, "Refused"), (Kind.ERROR_502, "Unavailable"), (Kind.SECONDARY, "Unavailable 60")],
)
def test_trouble_with_asking_is_not_taken_for_an_answer(world: World, open_github: Open, kind: Kind, ends: str) -> None:
    world.faults.add(Fault(kind, at=1))
    github = open_github(PERSONAL_TOKEN)
    assert outcome(github.identity) == ends
    assert github.identity().login == "maintainer"


def test_what_it_wrote_tells_best_who_it_is(world: World, open_github: Open, caplog: pytest.LogCaptureFixture) -> None:
    number = world.github.open_pull_request()
    github = open_github(APP_TOKEN, login="misspelt[bot]")
    with caplog.at_level(logging.WARNING):
        Comments(github, number).create(Draft(mark(), TEXT))
    assert github.identity().login == "standards-bot[bot]"
    assert "correct `check: {login: …}`" in caplog.text


@pytest.mark.parametrize(
    ("own", "other", "same"),
    [
        (Author("bot", 1), Author("renamed", 1), True),
        (Author("bot", 1), Author("bot", 2), False),
        (Author("Bot"), Author("bot", 2), True),
        (Author("bot[bot]"), Author("bot", 2), False),
    ],
)
def test_authors_are_told_apart_by_id_where_it_is_known(own: Author, other: Author, *, same: bool) -> None:
    assert own.wrote(other) is same


def test_whose_account_is_gone_is_not_the_bot(github: GitHub) -> None:
    assert author(None) is None
    assert not github.is_own(author(None))


@pytest.mark.parametrize(
    ("login", "slug", "own"),
    [
        ("github-actions[bot]", "github-actions", True),
        ("github-actions[bot]", "standards-bot", False),
        ("github-actions[bot]", "", True),
        ("maintainer", "github-actions", True),
    ],
)
def test_an_app_is_known_by_its_name(open_github: Open, login: str, slug: str, *, own: bool) -> None:
    assert open_github(login=login).is_own_app(slug) is own


# Pull requests.


def test_a_pull_request_as_it_is_now(world: World, clock: Clock, github: GitHub) -> None:
    number = world.github.open_pull_request(
        "Add `x`", author="newcomer", fork=True, draft=True, labels=["schema"], base_ref="2.1-dev", head_sha="1" * 40
    )
    pull = github.pull_request(number)
    assert (pull.repository, pull.number, pull.title, pull.author) == (REPOSITORY, number, "Add `x`", "newcomer")
    assert (pull.head_sha, pull.base_ref, pull.state, pull.draft, pull.fork) == (
        "1" * 40,
        "2.1-dev",
        State.OPEN,
        True,
        True,
    )
    assert (pull.labels, pull.opened_at, pull.name) == (("schema",), clock(), f"pr-{number}")
    assert pull.url.endswith(f"/pull/{number}")
    world.github.push(number, "2" * 40)
    assert github.pull_request(number).head_sha == "2" * 40


def test_a_pull_request_of_the_same_repository_is_of_no_fork(world: World, github: GitHub) -> None:
    assert not github.pull_request(world.github.open_pull_request()).fork


def test_a_pull_request_that_ended(world: World, github: GitHub) -> None:
    merged, closed = world.github.open_pull_request(), world.github.open_pull_request()
    world.github.close(merged, merged=True)
    world.github.close(closed)
    assert github.pull_request(merged).state is State.MERGED
    assert github.pull_request(closed).state is State.CLOSED


def test_a_pull_request_that_is_not_there(github: GitHub) -> None:
    problem = refusal(lambda: github.pull_request(7), Gone)
    assert problem.message == f"GitHub, GET /repos/{REPOSITORY}/pulls/7: 404 Not Found"
    assert "check the number" in problem.hint


def test_open_pull_requests_come_from_all_pages_the_oldest_first(world: World, github: GitHub) -> None:
    numbers = [world.github.open_pull_request() for _ in range(101)]
    world.github.close(numbers.pop(3))
    found: list[int] = []
    made = requests(world, lambda: found.extend(pull.number for pull in github.open_pull_requests()))
    assert found == numbers
    assert made == ["GET pulls"]
    world.github.open_pull_request()
    assert requests(world, lambda: list(github.open_pull_requests())) == ["GET pulls", "GET pulls"]


def test_the_last_merged_pull_requests_are_those_merged_last_not_those_touched_last(
    world: World, clock: Clock, github: GitHub
) -> None:
    numbers = [world.github.open_pull_request() for _ in range(6)]
    for number in numbers[:4]:
        clock.advance(60)
        world.github.close(number, merged=True)
    clock.advance(60)
    world.github.close(numbers[4])
    world.github.repository().issues[numbers[0]].updated_at = clock() + 60
    assert [pull.number for pull in github.merged_pull_requests(2)] == [numbers[3], numbers[2]]
    assert [pull.number for pull in github.merged_pull_requests(9)] == [numbers[3], numbers[2], numbers[1], numbers[0]]
    assert list(github.merged_pull_requests(0)) == []


def test_pull_requests_that_ended_since_a_moment(world: World, clock: Clock, github: GitHub) -> None:
    numbers = [world.github.open_pull_request() for _ in range(4)]
    world.github.close(numbers[0], merged=True)
    clock.advance(60)
    since = clock()
    world.github.close(numbers[1], merged=True)
    clock.advance(60)
    world.github.close(numbers[2])
    assert [pull.number for pull in github.closed_pull_requests(since)] == [numbers[2], numbers[1]]
    assert [pull.number for pull in github.closed_pull_requests(clock() + 1)] == []


# What GitHub refuses.


def test_a_renamed_repository_is_read_where_it_is_now(world: World, github: GitHub) -> None:
    number = world.github.open_pull_request()
    for _ in range(101):
        world.github.comment(number, "Hello.")
    world.github.comment(number, f"{OPENING}\n{TEXT}\n\n{marker(mark())}", "github-actions[bot]")
    world.github.rename("renamed")
    assert github.pull_request(number).number == number
    assert len(Comments(github, number).find(KEY)) == 1


def test_a_renamed_repository_is_not_written_to(world: World, github: GitHub) -> None:
    number = world.github.open_pull_request()
    world.github.rename("renamed")
    problem = refusal(lambda: Comments(github, number).create(Draft(mark(), TEXT)), Refused)
    assert "renamed" in problem.hint
    assert not world.github.repository().comments


def test_the_token_of_a_fork_cannot_write(world: World, open_github: Open) -> None:
    number = world.github.open_pull_request(fork=True)
    problem = refusal(lambda: Comments(open_github(FORK_TOKEN), number).create(Draft(mark(), TEXT)), Refused)
    assert "pull_request_target" in problem.hint


def test_a_token_that_is_not_valid(world: World, open_github: Open) -> None:
    world.github.open_pull_request()
    problem = refusal(lambda: open_github("no-such-token").pull_request(1), Refused)
    assert problem.message.endswith("401 Bad credentials")
    assert "GITHUB_TOKEN" in problem.hint


def test_a_locked_conversation(world: World, github: GitHub, open_github: Open) -> None:
    number = world.github.open_pull_request()
    world.github.lock(number)
    for each in (github, open_github(PERSONAL_TOKEN)):
        problem = refusal(lambda each=each: Comments(each, number).create(Draft(mark(), TEXT)), Refused)  # type: ignore[misc]
        assert "unlock it" in problem.hint


def test_a_spent_limit_says_when_it_is_filled_again(world: World, clock: Clock, github: GitHub) -> None:
    number = world.github.open_pull_request()
    world.github.hub.limiter.spend(GITHUB_TOKEN, Limit(PRIMARY[TokenKind.WORKFLOW], AN_HOUR), clock(), 999)
    assert outcome(lambda: github.pull_request(number)) == "fine"
    assert outcome(lambda: github.pull_request(number)) == "Unavailable 3601"
    clock.advance(3601)
    assert outcome(lambda: github.pull_request(number)) == "fine"


def test_the_log_of_the_library_goes_to_no_handler_of_its_own(github: GitHub) -> None:
    assert github.repository == REPOSITORY
    assert logging.getLogger("github").handlers == []
