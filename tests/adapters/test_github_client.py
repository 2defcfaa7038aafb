from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.adapters.github import GitHub
from bot.adapters.github_checks import CheckRuns
from bot.adapters.github_comments import Comments
from bot.publish.marks import OPENING, marker
from bot.publish.places import Ambiguous, Draft, Place, Posted, Refused, Unavailable
from bot.sandbox.exchange import Response, json_answer
from bot.sandbox.world import GITHUB_TOKEN, REPOSITORY
from tests.adapters.outside import KEY, TEXT, Clock, Script, mark, outcome, refusal

LOGIN = "github-actions[bot]"
JSON = {"Content-Type": "application/json"}
UNDECIDED = ["Unavailable", "Ambiguous", "Unavailable", "Unavailable"]


@pytest.fixture
def github(served: str, clock: Clock) -> Iterator[GitHub]:
    github = GitHub(GITHUB_TOKEN, served, REPOSITORY, login=LOGIN, now=clock)
    yield github
    github.close()


@pytest.fixture
def comments(github: GitHub) -> Comments:
    return Comments(github, 7)


def comment(id_: int = 5, body: str | None = f"{OPENING}\n{TEXT}\n\n{marker(mark())}") -> dict[str, object]:
    return {"id": id_, "body": body, "user": {"login": LOGIN, "id": 41898282}}


def endings(place: Place[str]) -> list[str]:
    """How finding, creating, changing and removing end."""
    posted = Posted("5", mark(), TEXT)
    return [
        outcome(lambda: place.find(KEY)),
        outcome(lambda: place.create(Draft(mark(), TEXT))),
        outcome(lambda: place.update(posted, Draft(mark(2), TEXT))),
        outcome(lambda: place.remove(posted)),
    ]


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        (Response(200, b"", JSON), ["Unavailable", "Ambiguous", "fine", "fine"]),
        (Response(201, b'{"id": 5, "bo', JSON), ["Unavailable", "Ambiguous", "fine", "fine"]),
        (Response(200, b"<html>Welcome</html>", {}), ["Unavailable", "Ambiguous", "fine", "fine"]),
        (json_answer({"message": "hello"}), ["Unavailable", "Ambiguous", "fine", "fine"]),
        (json_answer([{"id": None}]), ["Unavailable", "Ambiguous", "fine", "fine"]),
        (json_answer({}, 429), ["Unavailable 60"] * 4),
        (json_answer({}, 429, {"Retry-After": "Thu, 09 Oct 2025 08:53:30 GMT"}), ["Unavailable 10"] * 4),
        (json_answer({"message": "No."}, 403, {"Retry-After": "5"}), ["Unavailable 5"] * 4),
        (json_answer({"message": "You have exceeded a secondary rate limit."}, 403), ["Unavailable 60"] * 4),
        (
            json_answer({}, 403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1760000030"}),
            ["Unavailable 31"] * 4,
        ),
        (json_answer({}, 403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "soon"}), UNDECIDED),
        (
            json_answer({}, 403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9" * 400}),
            UNDECIDED,
        ),
        (Response(200, b"[" * 200_000, JSON), ["Unavailable", "Ambiguous", "fine", "fine"]),
        (Response(422, b"[" * 200_000, JSON), ["Unfit"] * 4),
        (Response(200, b'[{"id": 1e999}]', JSON), ["Unavailable", "Ambiguous", "fine", "fine"]),
        (json_answer({}, 429, {"Retry-After": "Mon, 01 Jan 2020 00:00:99999999999 GMT"}), ["Unavailable 60"] * 4),
        (json_answer({"message": "Not you."}, 403), ["Refused"] * 4),
        (json_answer([], 422), ["Unfit"] * 4),
        (json_answer({}, 451), ["Refused"] * 4),
        (json_answer({}, 408), UNDECIDED),
        (Response(520, b"", {}), UNDECIDED),
    ],
)
def test_every_answer_has_its_meaning(script: Script, comments: Comments, answer: Response, ends: list[str]) -> None:
    script.answers = [answer]
    assert endings(comments) == ends
    assert len(script.asked) == 4  # nothing was sent twice


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("body", [b"", b'{"message": "Moved", "url": "/repositories/1"}'])
def test_a_write_that_is_sent_elsewhere_goes_nowhere(
    script: Script, comments: Comments, served: str, status: int, body: bytes
) -> None:
    script.answers = [Response(status, body, {**JSON, "Location": f"{served}/repositories/1/issues/7/comments"})]
    for problem in (
        refusal(lambda: comments.create(Draft(mark(), TEXT)), Refused),
        refusal(lambda: comments.update(Posted("5", mark(), TEXT), Draft(mark(2), TEXT)), Refused),
        refusal(lambda: comments.remove(Posted("5", mark(), TEXT)), Refused),
    ):
        assert "renamed" in problem.hint
    assert len(script.asked) == 3


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_list_is_read_where_it_is_now_with_all_that_was_asked(
    script: Script, comments: Comments, served: str, status: int
) -> None:
    there = f"{served}/repositories/1/issues/7/comments?per_page=100"
    script.answers = [Response(status, b"", {"Location": there}), json_answer([comment()])]
    assert len(comments.find(KEY)) == 1
    assert (script.asked[1].path, script.asked[1].query) == ("/repositories/1/issues/7/comments", "per_page=100")


@pytest.mark.parametrize(
    "there", ["https://example.org/repositories/1", "http://localhost/x", "", "?page=2", "http://[bad"]
)
def test_nothing_is_read_at_another_host(script: Script, comments: Comments, there: str) -> None:
    script.answers = [Response(301, b"", {"Location": there})]
    assert "renamed" in refusal(lambda: comments.find(KEY), Refused).hint
    assert len(script.asked) == 1


def test_a_circle_of_redirects_ends(script: Script, comments: Comments, served: str) -> None:
    script.answers = [Response(301, b"", {"Location": f"{served}/repos/{REPOSITORY}/issues/7/comments"})]
    refusal(lambda: comments.find(KEY), Refused)
    assert len(script.asked) <= 5


def test_the_token_follows_no_link_to_another_host(script: Script, comments: Comments) -> None:
    link = '<https://example.org/repos/x/comments?page=2>; rel="next", <https://example.org/>; rel="last"'
    script.answers = [json_answer([comment(1, "Hello.")], headers={"Link": link}), json_answer([comment(2)])]
    assert [posted.id for posted in comments.find(KEY)] == ["2"]  # the path of the link, at the host we know
    assert (script.asked[1].path, script.asked[1].query) == ("/repos/x/comments", "page=2")


def test_a_list_that_goes_on_at_no_address_is_no_shorter_list(script: Script, comments: Comments) -> None:
    script.answers = [json_answer([comment()], headers={"Link": '<http://[bad>; rel="next"'})]
    assert "no address" in refusal(lambda: comments.find(KEY), Unavailable).message


def test_a_list_without_end_is_given_up(script: Script, comments: Comments, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.github_client.MOST_PAGES", 3)
    script.answers = [json_answer([], headers={"Link": '</repos/x/comments?page=2>; rel="next"'})]
    assert "more than 3 pages" in refusal(lambda: comments.find(KEY), Unavailable).message
    assert len(script.asked) == 3


def test_headers_that_make_no_sense_are_no_answer(script: Script, comments: Comments) -> None:
    odd = {"X-RateLimit-Remaining": "many", "X-RateLimit-Limit": "more"}
    script.answers = [json_answer([comment()], headers=odd)]
    refusal(lambda: comments.find(KEY), Unavailable)
    refusal(lambda: comments.create(Draft(mark(), TEXT)), Ambiguous)


def test_a_comment_without_a_body_or_an_author_is_nobodys(script: Script, comments: Comments) -> None:
    script.answers = [json_answer([comment(body=None), {**comment(), "user": None}])]
    assert comments.find(KEY) == ()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            {"message": "Validation Failed", "errors": [{"field": "body", "code": "custom", "message": "too long"}]},
            "422 Validation Failed: too long",
        ),
        (
            {"message": "Validation Failed", "errors": [{"field": "title", "code": "missing_field"}]},
            "422 Validation Failed: title missing_field",
        ),
        ({"message": "Invalid request.\n\nno", "errors": ["one", "two"]}, "422 Invalid request. no: one: two"),
        ({"message": f"echo {GITHUB_TOKEN}"}, "422 echo [hidden]"),
        ([1], "422"),
    ],
)
def test_a_refusal_is_told_in_githubs_words(script: Script, comments: Comments, answer: object, said: str) -> None:
    script.answers = [json_answer(answer, 422)]
    problem = refusal(lambda: comments.create(Draft(mark(), TEXT)), Refused)
    assert problem.message == f"GitHub, POST /repos/{REPOSITORY}/issues/7/comments: {said}"


def test_check_runs_without_an_app_or_an_output_are_read(script: Script, github: GitHub) -> None:
    output = {"title": None, "summary": f"{TEXT}\n\n{marker(mark())}", "text": None, "annotations_count": 0}
    ours = {"id": 5, "name": "Check", "external_id": KEY, "conclusion": None, "output": output}
    bare = {**ours, "id": 6, "external_id": None, "output": {**output, "summary": None}}
    script.answers = [json_answer({"total_count": 2, "check_runs": [bare, ours]})]
    assert [posted.id for posted in CheckRuns(github, "a" * 40, "Check").find(KEY)] == ["5"]


def test_below_a_path_everything_is_asked_there(script: Script, served: str, clock: Clock) -> None:
    script.answers = [json_answer([], headers={"Link": f'<{served}/api/v3/next?page=2>; rel="next"'}), json_answer([])]
    github = GitHub(GITHUB_TOKEN, f"{served}/api/v3/", REPOSITORY, login=LOGIN, now=clock)
    assert Comments(github, 7).find(KEY) == ()
    assert [each.path for each in script.asked] == [f"/api/v3/repos/{REPOSITORY}/issues/7/comments", "/api/v3/next"]
    github.close()
