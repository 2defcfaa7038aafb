"""Check runs: by apps alone, fifty annotations at a time, the newest of a name."""

from __future__ import annotations

from typing import Any

import pytest
from github import GithubException
from github.Repository import Repository

from bot.sandbox.exchange import Request
from bot.sandbox.world import APP_TOKEN, FORK_TOKEN, GITHUB_TOKEN, PERSONAL_TOKEN, World
from tests.sandbox.conftest import github_client
from tests.sandbox.scenes import Clock, github, to_github

SHA = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def pull(request: pytest.FixtureRequest) -> int:
    name = "world" if "world" in request.fixturenames else "offline"
    world: World = request.getfixturevalue(name)
    return world.github.open_pull_request(head_sha=SHA)


def run(world: World, by: str = GITHUB_TOKEN, **more: Any) -> Any:
    given = {"name": "standards", "head_sha": SHA, **more}
    return github(world, "POST", "check-runs", given, by=by)


def output(**more: Any) -> dict[str, Any]:
    return {"title": "Compatible", "summary": "Nothing breaks.", **more}


def annotation(**more: Any) -> dict[str, Any]:
    place = {"path": "schema/service.json", "start_line": 4, "end_line": 4}
    return {**place, "annotation_level": "failure", "message": "The value is gone.", **more}


def test_a_check_run_lives_through_pygithub(repository: Repository) -> None:
    made = repository.create_check_run("standards", SHA, external_id="key/1", status="in_progress")
    made.edit(conclusion="failure", output=output(annotations=[annotation()]))
    found = list(repository.get_commit(SHA).get_check_runs(check_name="standards"))
    assert [(each.id, each.external_id, each.status, each.conclusion) for each in found] == [
        (made.id, "key/1", "completed", "failure")
    ]
    assert found[0].output.annotations_count == 1
    assert [each.message for each in found[0].get_annotations()] == ["The value is gone."]
    assert found[0].app.id == 15368


@pytest.mark.parametrize(("many", "status"), [(50, 201), (51, 422)])
def test_a_request_has_at_most_fifty_annotations(offline: World, many: int, status: int) -> None:
    assert run(offline, output=output(annotations=[annotation()] * many)).status == status
    assert len(offline.github.check_runs(SHA)) == (status == 201)


def test_annotations_are_added_and_never_replaced(offline: World) -> None:
    number = run(offline, output=output(annotations=[annotation()] * 50)).json()["id"]
    for _ in range(2):
        github(offline, "PATCH", f"check-runs/{number}", {"output": output(annotations=[annotation()] * 50)})
    assert github(offline, "GET", f"check-runs/{number}").json()["output"]["annotations_count"] == 150
    assert len(github(offline, "GET", f"check-runs/{number}/annotations", query="per_page=100").json()) == 100


@pytest.mark.parametrize("name", ["summary", "text"])
@pytest.mark.parametrize(("length", "status"), [(65_535, 201), (65_536, 422)])
def test_texts_have_a_limit(offline: World, name: str, length: int, status: int) -> None:
    assert run(offline, output=output(**{name: "x" * length})).status == status


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"annotation_level": "notice"}, 201),
        ({"annotation_level": "warning"}, 201),
        ({"annotation_level": "error"}, 422),
        ({"message": "x" * 65_536}, 201),
        ({"message": "x" * 65_537}, 422),
        ({"message": "é" * 32_769}, 422),
        ({"title": "x" * 255}, 201),
        ({"title": "x" * 256}, 422),
        ({"raw_details": "x" * 65_537}, 422),
        ({"start_column": 1, "end_column": 9}, 201),
        ({"start_column": 1, "end_line": 5}, 422),
        ({"start_line": 5}, 422),
        ({"start_line": 0, "end_line": 0}, 422),
        ({"path": None}, 422),
        ({"message": None}, 422),
    ],
)
def test_annotations_have_rules(offline: World, more: dict[str, Any], status: int) -> None:
    assert run(offline, output=output(annotations=[annotation(**more)])).status == status


def test_a_refused_request_changes_nothing(offline: World) -> None:
    number = run(offline, output=output(title="Before")).json()["id"]
    more = {"conclusion": "failure", "output": output(title="After", annotations=[annotation(path=None)])}
    assert github(offline, "PATCH", f"check-runs/{number}", more).status == 422
    shown = github(offline, "GET", f"check-runs/{number}").json()
    assert (shown["status"], shown["output"]["title"], shown["output"]["annotations_count"]) == ("queued", "Before", 0)


@pytest.mark.parametrize(
    "more",
    [
        {"name": ""},
        {"head_sha": "f" * 40},
        {"status": "done"},
        {"conclusion": "good"},
        {"status": "completed"},
        {"output": {"summary": "No title."}},
        {"actions": [{"label": "x", "description": "y", "identifier": "z"}] * 4},
        {"actions": [{"label": "x" * 21, "description": "y", "identifier": "z"}]},
    ],
)
def test_what_does_not_fit_is_refused(offline: World, more: dict[str, Any]) -> None:
    assert run(offline, **more).status == 422


def test_only_an_app_may_write_checks(world: World) -> None:
    with pytest.raises(GithubException) as refused:
        github_client(world, PERSONAL_TOKEN).create_check_run("standards", SHA)
    assert (refused.value.status, refused.value.message) == (403, "You must authenticate via a GitHub App.")
    with pytest.raises(GithubException) as refused:
        github_client(world, FORK_TOKEN).create_check_run("standards", SHA)
    assert refused.value.status == 403


def test_an_app_changes_its_own_check_runs_alone(offline: World) -> None:
    number = run(offline, APP_TOKEN).json()["id"]
    answer = github(offline, "PATCH", f"check-runs/{number}", {"conclusion": "success"})
    assert (answer.status, "Invalid app_id" in answer.json()["message"]) == (403, True)


def test_the_newest_of_a_name_is_listed_unless_all_are_asked_for(offline: World) -> None:
    first, second = run(offline).json()["id"], run(offline).json()["id"]
    other = run(offline, name="lint").json()["id"]
    named = github(offline, "GET", f"commits/{SHA}/check-runs", query="check_name=standards").json()
    assert (named["total_count"], [each["id"] for each in named["check_runs"]]) == (1, [second])
    every = github(offline, "GET", f"commits/{SHA}/check-runs", query="filter=all").json()
    assert [each["id"] for each in every["check_runs"]] == [other, second, first]
    mine = github(offline, "GET", f"commits/{SHA}/check-runs", query="app_id=1").json()
    assert mine == {"total_count": 0, "check_runs": []}
    assert github(offline, "GET", f"commits/{'e' * 40}/check-runs").status == 422


def test_two_apps_have_a_check_of_the_same_name_each(offline: World) -> None:
    run(offline)
    run(offline, APP_TOKEN)
    shown = github(offline, "GET", f"commits/{SHA}/check-runs").json()["check_runs"]
    assert [each["app"]["id"] for each in shown] == [424242, 15368]


def test_a_thousand_check_runs_of_a_name_are_kept(offline: World, clock: Clock) -> None:
    for _ in range(1002):
        clock.advance(60)
        offline.github.handle(_raw_run())
    assert len(offline.github.check_runs(SHA)) == 1000


def _raw_run() -> Request:
    return to_github("POST", "check-runs", {"name": "standards", "head_sha": SHA})


def test_a_check_run_that_is_not_there(offline: World) -> None:
    assert github(offline, "PATCH", "check-runs/7", {"conclusion": "success"}).status == 404
