from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.github import GitHub
from bot.adapters.github_checks import BATCH, MOST, CheckRuns
from bot.publish.marks import Mark, marker
from bot.publish.places import Ambiguous, Draft, Refused, Unavailable
from bot.render.contents import CheckRun
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.github.state import CheckRun as Run
from bot.sandbox.world import APP_TOKEN, GITHUB_TOKEN, PERSONAL_TOKEN, World
from tests.adapters.conftest import Open
from tests.adapters.outside import KEY, check, mark, outcome, refusal, requests

NAME = "Schema check"


@pytest.fixture
def sha(world: World) -> str:
    number = world.github.open_pull_request()
    pull = world.github.repository().issues[number].pull
    assert pull
    return pull.head_sha


@pytest.fixture
def checks(github: GitHub, sha: str) -> CheckRuns:
    return CheckRuns(github, sha, NAME)


def draft(version: int = 1, annotations: int = 0) -> Draft[CheckRun]:
    return Draft(mark(version), check(annotations))


def runs(world: World) -> list[Run]:
    return list(world.github.repository().check_runs.values())


def newest(checks: CheckRuns) -> Mark | None:
    found = checks.find(KEY)
    assert len(found) <= 1
    return found[0].mark if found else None


def test_a_run_is_made_and_found(world: World, checks: CheckRuns) -> None:
    assert checks.find(KEY) == ()
    made = checks.create(draft(annotations=2))
    (posted,) = checks.find(KEY)
    assert (posted.id, posted.mark) == (made, mark())
    assert posted.content == replace(check(), annotations=())
    (run,) = runs(world)
    assert (run.given["status"], run.given["conclusion"], run.given["external_id"]) == ("completed", "failure", KEY)
    assert [(each["start_line"], each["annotation_level"]) for each in run.annotations] == [
        (1, "failure"),
        (2, "failure"),
    ]


def test_a_run_without_annotations_is_written_over(world: World, checks: CheckRuns) -> None:
    checks.create(draft())
    checks.update(checks.find(KEY)[0], draft(2))
    assert newest(checks) == mark(2)
    assert len(runs(world)) == 1


@pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 0), (3, 3)])
def test_a_changed_run_with_annotations_is_a_new_one(world: World, checks: CheckRuns, first: int, second: int) -> None:
    checks.create(draft(1, first))
    checks.update(checks.find(KEY)[0], draft(2, second))
    assert newest(checks) == mark(2)
    assert [len(run.annotations) for run in runs(world)] == [first, second]


@pytest.mark.parametrize("count", [0, 1, BATCH - 1, BATCH, BATCH + 1, 2 * BATCH, 2 * BATCH + 1])
def test_annotations_go_in_batches_and_the_mark_with_the_last(world: World, checks: CheckRuns, count: int) -> None:
    made = requests(world, lambda: checks.create(draft(annotations=count)))
    batches = max(1, -(-count // BATCH))
    assert made == ["POST check-runs", *[f"PATCH check-runs/{runs(world)[0].id}"] * (batches - 1)]
    assert [each["start_line"] for each in runs(world)[0].annotations] == list(range(1, count + 1))
    assert newest(checks) == mark()


def test_a_run_that_stopped_half_way_is_not_taken_for_a_whole_one(world: World, checks: CheckRuns) -> None:
    checks.create(draft(1))
    world.faults.add(Fault(Kind.RESET_BEFORE, at=4))
    refusal(lambda: checks.create(draft(2, 120)), Unavailable)
    assert newest(checks) is None  # the whole one before it is not what people see
    checks.create(draft(2, 120))
    assert newest(checks) == mark(2)
    assert [len(run.annotations) for run in runs(world)] == [0, 100, 120]


def test_a_run_whose_answer_is_lost_is_not_sent_again(world: World, checks: CheckRuns) -> None:
    world.faults.add(Fault(Kind.RESET_AFTER, at=1))
    refusal(lambda: checks.create(draft()), Ambiguous)
    assert newest(checks) == mark()
    assert len(runs(world)) == 1


def test_the_newest_run_counts_alone(world: World, checks: CheckRuns) -> None:
    for version in (1, 2, 3):
        checks.create(draft(version))
    assert newest(checks) == mark(3)
    assert len(runs(world)) == 3


def test_runs_of_another_name_key_or_commit_are_not_found(world: World, github: GitHub, sha: str) -> None:
    other = world.github.open_pull_request(head_sha="f" * 40)
    assert other
    CheckRuns(github, sha, "Another check").create(draft())
    CheckRuns(github, "f" * 40, NAME).create(draft())
    CheckRuns(github, sha, NAME).create(Draft(mark(key="another/key"), check()))
    assert CheckRuns(github, sha, NAME).find(KEY) == ()


def test_runs_that_another_app_made_under_our_name_are_not_ours(world: World, open_github: Open, sha: str) -> None:
    CheckRuns(open_github(GITHUB_TOKEN), sha, NAME).create(draft())
    assert newest(CheckRuns(open_github(APP_TOKEN), sha, NAME)) is None
    assert newest(CheckRuns(open_github(GITHUB_TOKEN), sha, NAME)) == mark()
    assert len(runs(world)) == 1


def test_a_personal_token_cannot_write_check_runs(open_github: Open, sha: str) -> None:
    problem = refusal(lambda: CheckRuns(open_github(PERSONAL_TOKEN), sha, NAME).create(draft()), Refused)
    assert "GitHub App" in problem.hint


def test_nothing_is_removed(world: World, checks: CheckRuns) -> None:
    checks.create(draft())
    posted = checks.find(KEY)[0]
    assert requests(world, lambda: checks.remove(posted)) == []
    assert newest(checks) == mark()


@pytest.mark.parametrize(("over", "ends"), [(-1, "fine"), (0, "fine"), (1, "Refused")])
def test_a_summary_has_room_for_its_text_and_its_mark(world: World, checks: CheckRuns, over: int, ends: str) -> None:
    summary = "x" * (MOST - len(marker(mark())) - 2 + over)
    assert outcome(lambda: checks.create(Draft(mark(), check(120, summary)))) == ends
    assert len(runs(world)) == (ends == "fine")


def test_a_run_whose_conclusion_we_never_write_is_read_all_the_same(world: World, checks: CheckRuns) -> None:
    checks.create(draft())
    runs(world)[0].given["conclusion"] = "stale"
    assert newest(checks) == mark()


def test_in_a_later_run_it_is_found_with_three_requests(world: World, open_github: Open, sha: str) -> None:
    CheckRuns(open_github(), sha, NAME).create(draft())
    later = CheckRuns(open_github(), sha, NAME)
    assert requests(world, lambda: later.find(KEY)) == [f"GET commits/{sha}/check-runs", "GET user", "POST graphql"]
