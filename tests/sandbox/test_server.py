"""Every fault as a client sees it on the wire, and what the service did meanwhile."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

import pytest

from bot.sandbox.faults import Fault, Kind
from bot.sandbox.refusal import refusing
from bot.sandbox.world import GITHUB_TOKEN, World
from tests.sandbox.scenes import Clock, to_discourse, to_github, to_slack

HANG = 0.15


def send(world: World, body: str = "Hello.", timeout: float = HANG) -> tuple[int, dict[str, str], bytes]:
    """Post a comment by hand."""
    port = int(world.github_url.rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    request = to_github("POST", "issues/1/comments", {"body": body})
    try:
        connection.request("POST", request.path, request.body, dict(request.headers))
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.fixture
def broken(clock: Clock) -> Callable[[Kind], World]:
    """A world that is not asked for described exchanges, with a fault at the first request."""

    def make(kind: Kind, seconds: int = 7) -> World:
        world = World(clock, [Fault(kind, at=1, seconds=seconds)], hang_seconds=5)
        world.github.open_pull_request()
        return world

    return make


Broken = Callable[[Kind], World]


def live(world: World) -> int:
    return len(world.github.comments(1))


@pytest.mark.parametrize(("kind", "left"), [(Kind.RESET_BEFORE, 0), (Kind.RESET_AFTER, 1), (Kind.REFUSED, 0)], ids=str)
def test_a_reset_connection_tells_nothing(broken: Broken, kind: Kind, left: int) -> None:
    with broken(kind) as world:
        with pytest.raises(ConnectionResetError):
            send(world)
        assert live(world) == left
        assert send(world)[0] == 201


@pytest.mark.parametrize(("kind", "left"), [(Kind.HUNG_BEFORE, 0), (Kind.HUNG_AFTER, 1)], ids=str)
def test_a_hung_request_lasts_until_the_client_gives_up_and_no_longer(broken: Broken, kind: Kind, left: int) -> None:
    with broken(kind) as world:
        started = time.monotonic()
        with pytest.raises(TimeoutError):
            send(world)
        assert HANG <= time.monotonic() - started < 1
        assert live(world) == left
    assert time.monotonic() - started < 2, "the end of the world did not wait for the request"


@pytest.mark.parametrize(
    ("kind", "status", "left"),
    [
        (Kind.ERROR_500, 500, 0),
        (Kind.ERROR_502, 502, 0),
        (Kind.ERROR_503, 503, 0),
        (Kind.ERROR_504, 504, 0),
        (Kind.ERROR_502_AFTER, 502, 1),
        (Kind.ERROR_504_AFTER, 504, 1),
    ],
    ids=str,
)
def test_a_proxy_shows_a_page(broken: Broken, kind: Kind, status: int, left: int) -> None:
    with broken(kind) as world:
        answer, headers, body = send(world)
        assert (answer, headers["content-type"]) == (status, "text/html")
        assert body.startswith(b"<html>")
        assert live(world) == left


def test_bodies_are_truncated_or_empty_after_the_deed(broken: Broken) -> None:
    with broken(Kind.TRUNCATED_AFTER) as world:
        status, headers, body = send(world)
        assert (status, int(headers["content-length"]), live(world)) == (201, len(body), 1)
        with pytest.raises(ValueError, match="line 1"):
            json.loads(body)
    with broken(Kind.EMPTY_AFTER) as world:
        status, _, body = send(world)
        assert (status, body, live(world)) == (201, b"", 1)
    with broken(Kind.ODD_TYPE_AFTER) as world:
        status, headers, body = send(world)
        assert (status, headers["content-type"], live(world)) == (201, "application/json;charset=UTF-8", 1)
        assert json.loads(body)["body"] == "Hello."


@pytest.mark.parametrize(
    ("kind", "after", "kind_of_body"),
    [
        (Kind.LIMITED_JSON, "7", "application/json; charset=utf-8"),
        (Kind.LIMITED_PLAIN, "7", "text/plain"),
        (Kind.LIMITED_SILENT, None, "application/json; charset=utf-8"),
        (Kind.LIMITED_EMPTY, "7", None),
        (Kind.LIMITED_LONG, "3600", "application/json; charset=utf-8"),
    ],
    ids=str,
)
def test_a_limit_is_told_in_many_ways(broken: Broken, kind: Kind, after: str | None, kind_of_body: str | None) -> None:
    with broken(kind) as world:
        status, headers, _ = send(world)
        assert (status, headers.get("retry-after"), headers.get("content-type")) == (429, after, kind_of_body)
        assert live(world) == 0


def test_a_limit_may_end_at_a_date(broken: Broken, clock: Clock) -> None:
    with broken(Kind.LIMITED_UNTIL) as world:
        _, headers, _ = send(world)
    assert parsedate_to_datetime(headers["retry-after"]).timestamp() == clock() + 7


@pytest.mark.parametrize(
    ("kind", "status", "after"),
    [
        (Kind.SECONDARY, 403, None),
        (Kind.SECONDARY_TIMED, 403, "7"),
        (Kind.UNAUTHORISED, 401, None),
        (Kind.NOT_FOUND, 404, None),
        (Kind.GONE, 410, None),
    ],
    ids=str,
)
def test_a_refusal_has_the_words_of_its_service(broken: Broken, kind: Kind, status: int, after: str | None) -> None:
    with broken(kind) as world:
        answer, headers, body = send(world)
        assert (answer, headers.get("retry-after"), live(world)) == (status, after, 0)
        assert json.loads(body)["message"]


def test_each_service_words_a_limit_its_own_way(clock: Clock) -> None:
    world = World(clock, [Fault(Kind.LIMITED_JSON, times=3, seconds=7)])
    requests = (to_github("GET", ""), to_discourse("GET", "/site.json"), to_slack("auth.test"))
    found = [world.take(service, request)[1] for service, request in zip(world.services, requests, strict=True)]
    github, discourse, slack = (response.json() for response in found if response)
    assert github["message"].startswith("You have exceeded a secondary rate limit")
    assert discourse["error_type"] == "rate_limit"
    assert discourse["extras"]["wait_seconds"] == 7
    assert slack == {"ok": False, "error": "ratelimited"}


@pytest.mark.parametrize("kind", [Kind.UNAUTHORISED, Kind.SECONDARY, Kind.NOT_FOUND, Kind.GONE])
def test_each_service_words_a_refusal_its_own_way(clock: Clock, kind: Kind) -> None:
    world = World(clock, [Fault(kind, times=3)])
    requests = (to_github("GET", ""), to_discourse("GET", "/site.json"), to_slack("auth.test"))
    found = [world.take(service, request)[1] for service, request in zip(world.services, requests, strict=True)]
    github, discourse, slack = (response.json() for response in found if response)
    assert (github["status"], bool(github["message"])) == (str(found[0].status if found[0] else 0), True)
    assert (bool(discourse["errors"]), bool(discourse["error_type"])) == (True, True)
    assert (slack["ok"], bool(slack["error"])) == (False, True)


def test_a_redirection_leads_to_where_the_request_went(broken: Broken) -> None:
    with broken(Kind.REDIRECTED) as world:
        status, headers, _ = send(world)
        assert status == 307
        assert headers["location"] == f"{world.github_url}/repos/open-standard/specification/issues/1/comments"
        assert live(world) == 0


@pytest.mark.parametrize("kind", [Kind.LAG_1, Kind.LAG_2, Kind.LAG_3])
def test_lists_lag_for_so_many_reads(clock: Clock, kind: Kind) -> None:
    world = World(clock, [Fault(kind, when=lambda each: each.writes)])
    world.github.open_pull_request()
    world.take(world.github, to_github("POST", "issues/1/comments", {"body": "New."}))
    lists = [world.github.handle(to_github("GET", "issues/1/comments")).json() for _ in range(kind.lag + 1)]
    assert [len(each) for each in lists] == [0] * kind.lag + [1]


def test_topics_and_histories_lag_as_well(clock: Clock) -> None:
    world = World(clock)
    topic = world.discourse.add_topic("A title that is long enough", "A text that is long enough.")
    world.slack.add_channel("C1", members=["U0BOT1"])
    world.slack.say("C1", "Hello")
    world.discourse.lag(1)
    world.slack.lag(1)
    views = [world.discourse.handle(to_discourse("GET", f"/t/{topic.id}.json")).json() for _ in range(2)]
    assert [len(view["post_stream"]["stream"]) for view in views] == [0, 1]
    histories = [world.slack.handle(to_slack("conversations.history", channel="C1")).json() for _ in range(2)]
    assert [len(history["messages"]) for history in histories] == [0, 1]


def test_a_list_itself_may_lag_but_not_by_what_is_old(clock: Clock) -> None:
    world = World(clock, [Fault(Kind.LAG_1, times=2)])
    world.github.open_pull_request()
    world.github.comment(1, "New.")
    answers = [world.take(world.github, to_github("GET", "issues/1/comments"))[1]]
    clock.advance(120)
    answers.append(world.take(world.github, to_github("GET", "issues/1/comments"))[1])
    assert [len(each.json()) for each in answers if each] == [0, 1]


def test_a_later_page_fails_once(clock: Clock) -> None:
    world = World(clock, [Fault(Kind.PAGE_FAILED)])
    world.github.open_pull_request()
    for at in range(3):
        world.github.comment(1, f"{at}")
    asked = [to_github("GET", "issues/1/comments", query=f"per_page=2&page={page}") for page in (1, 2, 2)]
    answers = [world.take(world.github, each)[1] for each in asked]
    assert [each.status if each else 0 for each in answers] == [200, 500, 200]


def test_a_connection_is_refused_for_real_within_one_process(broken: Broken) -> None:
    with broken(Kind.REFUSED) as world:
        with refusing(world):
            with pytest.raises(ConnectionRefusedError):
                send(world)
            assert send(world)[0] == 201
        assert [(entry.status, entry.fault) for entry in world.log] == [(0, Kind.REFUSED), (201, None)]
        assert world.front.count("github") == 2


def test_connections_elsewhere_are_not_refused(clock: Clock) -> None:
    with World(clock) as world, World(clock, [Fault(Kind.REFUSED)]) as other, refusing(other):
        world.github.open_pull_request()
        assert send(world)[0] == 201
        assert other.faults.left


@pytest.mark.parametrize("kind", Kind)
def test_every_fault_is_logged_by_its_name(clock: Clock, kind: Kind) -> None:
    world = World(clock, [Fault(kind)])
    world.github.open_pull_request()
    world.github.comment(1, "One.")
    world.take(world.github, to_github("GET", "issues/1/comments", query="page=2"))
    assert [(entry.as_json()["fault"], entry.applied) for entry in world.log] == [(kind.value, kind.applied)]


def test_an_error_of_the_sandbox_itself_is_shown_and_a_client_that_left_is_not(
    clock: Clock, capfd: pytest.CaptureFixture[str]
) -> None:
    causes: list[Exception] = [BrokenPipeError("gone"), LookupError("a mistake of ours")]

    def fail(_arrival: object) -> None:
        raise causes.pop(0)

    with World(clock) as world:
        world.front.before = fail
        for _ in range(2):
            with pytest.raises(http.client.RemoteDisconnected):
                send(world, timeout=5)
    shown = capfd.readouterr().err
    assert "a mistake of ours" in shown
    assert "gone" not in shown


def test_those_who_watch_see_each_request_before_and_after(clock: Clock) -> None:
    world, seen = World(clock, [Fault(Kind.ERROR_500, at=2)]), []
    world.front.before = lambda arrival: seen.append(("before", arrival.number))
    world.front.after = lambda entry: seen.append(("after", entry.status))
    for _ in range(2):
        world.take(world.github, to_github("GET", ""))
    assert seen == [("before", 1), ("after", 200), ("before", 2), ("after", 500)]


def test_many_threads_lose_nothing(clock: Clock) -> None:
    from threading import Thread

    with World(clock) as world:
        world.github.open_pull_request()
        threads = [Thread(target=send, args=(world, f"{at}", 5)) for at in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {comment.body for comment in world.github.comments(1)} == {f"{at}" for at in range(20)}
        assert len({comment.id for comment in world.github.comments(1)}) == 20
        assert world.front.count() == len(world.log) == 20


def test_an_unknown_token_in_the_header_is_not_logged(broken: Broken) -> None:
    with broken(Kind.LAG_1) as world:
        send(world)
        assert GITHUB_TOKEN not in repr(world.log)
