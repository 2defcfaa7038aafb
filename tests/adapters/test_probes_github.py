from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.adapters.probes_gate import ACTIONS_APP
from bot.adapters.probes_github import GitHubProbe
from bot.community.adoption import CALLED, CLOCK, SCHEDULE, WORKFLOW
from bot.community.checkup import Check as Finding
from bot.community.checkup import State
from bot.community.configuration import Check, Gate
from bot.sandbox.exchange import Response
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.github.state import TokenKind
from bot.sandbox.world import FORK_TOKEN, GITHUB_TOKEN, PERSONAL_TOKEN, REPOSITORY, World
from bot.settings import GitHub, Secret
from tests.adapters.probed import STAMP, altered, found, hint, refused, wrong

Probe = Callable[..., list[Finding]]

OWN_APP = Check("the check", Gate.REQUIRED, "our-standard[bot]")
APP_TOKEN, APP = "sandbox-own-app", 4711


@pytest.fixture
def probe(world: World) -> Probe:
    """Tries GitHub; the workflow file is there and awake, and a pull request is open."""
    world.github.add_workflow(WORKFLOW)
    world.github.open_pull_request()
    world.github.add_token(APP_TOKEN, TokenKind.APP, "our-standard[bot]", app_id=APP)

    def probed(
        token: str = GITHUB_TOKEN, check: Check | None = None, repository: str = REPOSITORY, *, post: bool = False
    ) -> list[Finding]:
        settings = GitHub(Secret(token), repository, world.github_url, "https://github.com")
        return list(GitHubProbe(settings, check or Check(), post, STAMP).checks())

    return probed


def test_a_good_setup_is_fine_throughout(world: World, probe: Probe) -> None:
    assert found(probe()) == dict.fromkeys(
        [
            f"the token is valid, and sees {REPOSITORY}",
            "the bot writes as github-actions[bot]",
            "it can read pull requests",
            "it may comment, as far as can be told without a comment (`--post` writes one)",
            "it may write the check",
            "the workflow is there and awake",
            "the check “standards-bot” is advisory: it informs and stops nobody",
        ],
        State.FINE,
    )
    assert world.github.comments(1) == ()
    assert world.github.repository().check_runs == {}


@pytest.mark.parametrize(
    ("token", "repository", "said", "todo"),
    [
        ("expired", REPOSITORY, "the token is not valid", "GITHUB_TOKEN"),
        (GITHUB_TOKEN, "open-standard/elsewhere", "the token does not see open-standard/elsewhere", "Check the name"),
    ],
)
def test_without_a_repository_nothing_else_is_tried(
    probe: Probe, token: str, repository: str, said: str, todo: str
) -> None:
    checks = probe(token, repository=repository)
    assert wrong(checks) == [check.what for check in checks] == [said]
    assert todo in checks[0].hint


def test_a_renamed_repository(world: World, probe: Probe) -> None:
    world.github.rename("renamed")
    assert wrong(probe()) == [f"{REPOSITORY} has another name now"]


def test_an_archived_repository_takes_nothing(world: World, probe: Probe) -> None:
    world.github.repository().archived = True
    assert wrong(probe()) == ["the repository is archived: nothing can be written"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.RESET_BEFORE, f"{REPOSITORY} cannot be read: no answer came"),
        (Kind.ERROR_502, f"{REPOSITORY} cannot be read: GitHub answers 502"),
        (Kind.LIMITED_PLAIN, f"{REPOSITORY} cannot be read: GitHub asks to be slower"),
        (Kind.SECONDARY, f"{REPOSITORY} cannot be read: GitHub asks to be slower"),
        (Kind.SECONDARY_TIMED, f"{REPOSITORY} cannot be read: GitHub asks to be slower"),
    ],
)
def test_github_that_is_not_well_is_said_to_be_so(world: World, probe: Probe, kind: Kind, said: str) -> None:
    world.faults.add(Fault(kind))
    assert wrong(probe()) == [said]


def test_the_token_of_a_fork_may_write_nothing(probe: Probe) -> None:
    checks = probe(FORK_TOKEN)
    assert wrong(checks) == ["it may not comment on pull requests", "it may not write the check"]
    assert "`pull-requests: write` and `checks: write`" in hint(checks, "comment on")


def test_a_token_that_may_not_look_at_workflows_leaves_them_open(world: World, probe: Probe) -> None:
    world.github.add_token("sandbox-narrow", permissions={"pull_requests": "write", "checks": "write"})
    checks = probe("sandbox-narrow")
    assert not wrong(checks)
    assert "actions: read" in hint(checks, "whether the workflow is awake could not be told")


def test_a_person_can_write_no_check_and_needs_not(probe: Probe) -> None:
    checks = found(probe(PERSONAL_TOKEN))
    assert checks["the bot writes as maintainer"] is State.FINE
    assert checks["it cannot write the check: that is for apps, and this is a person's token"] is State.OPEN


def test_a_person_can_be_no_gate(world: World, probe: Probe) -> None:
    world.github.require_check("the check", APP)
    checks = probe(PERSONAL_TOKEN, Check("the check", Gate.REQUIRED, "maintainer"))
    assert wrong(checks) == ["it cannot write the check: that is for apps, and this is a person's token"]


def test_who_writes_is_who_bot_yml_expects(probe: Probe) -> None:
    """Otherwise the bot would not know its own messages again, and write them twice."""
    checks = probe(check=Check(login="our-standard[bot]"))
    assert wrong(checks) == ["the token writes as github-actions[bot], and bot.yml expects our-standard[bot]"]
    assert not wrong(probe(check=Check(login="GitHub-Actions[bot]")))


def test_as_whom_a_token_writes_is_not_taken_on_trust(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(monkeypatch, world.github, "POST", "/graphql", 403)
    said = "as whom the token writes could not be told; bot.yml expects our-standard[bot]"
    assert found(probe(check=Check(login="our-standard[bot]")))[said] is State.OPEN
    assert "the bot writes as github-actions[bot]" in found(probe())


def test_without_an_open_pull_request_commenting_cannot_be_told(world: World, probe: Probe) -> None:
    world.github.close(1)
    assert found(probe())["whether it may comment shows with the first open pull request"] is State.OPEN
    assert found(probe(post=True))["there is no open pull request to write a test comment on"] is State.OPEN


def test_a_locked_conversation_is_no_sign_of_a_missing_right(world: World, probe: Probe) -> None:
    world.github.lock(1)
    assert not wrong(probe())
    world.github.open_pull_request()
    assert not wrong(probe(post=True))
    assert found(probe(post=True))["a test comment on pull request 2 was written and taken away"] is State.FINE


@pytest.mark.parametrize(
    ("path", "status", "said", "state"),
    [
        ("pulls", 403, "it cannot read pull requests", State.WRONG),
        ("pulls", 500, "pull requests cannot be read: GitHub answers 500", State.WRONG),
        ("issues/1/comments", 500, "whether it may comment could not be told", State.OPEN),
        ("issues/1/comments", 429, "whether it may comment could not be told", State.OPEN),
        ("check-runs", 500, "whether it may write the check could not be told", State.OPEN),
    ],
)
def test_one_answer_that_is_none_is_said_of_that_alone(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch, path: str, status: int, said: str, state: State
) -> None:
    method = "GET" if path == "pulls" else "POST"
    refused(monkeypatch, world.github, method, f"/repos/{REPOSITORY}/{path}", status)
    checks = found(probe())
    assert checks[said] is state
    assert [each for each in checks.values() if each is State.WRONG] == ([state] if state is State.WRONG else [])


# The workflow file.


def test_a_clock_in_the_same_file_is_said_to_take_the_answers_with_it(world: World, probe: Probe) -> None:
    said = "the clock stands in the same file as the answers to pull requests: after 60 days without a commit GitHub "
    said += "switches off both"
    world.github.repository().files[WORKFLOW] = f"on:\n{SCHEDULE}".encode()
    assert found(probe())[said] is State.OPEN
    assert "--clock-apart" in hint(probe(), said)
    world.github.add_workflow(CLOCK)
    checks = found(probe())
    assert said not in checks
    assert checks["the clock is in a file of its own, and awake"] is State.FINE


def test_a_clock_of_its_own_that_sleeps_takes_nothing_with_it(world: World, probe: Probe) -> None:
    world.github.add_workflow(CLOCK, "disabled_inactivity")
    assert wrong(probe()) == ["the clock sleeps; pull requests are answered, and nothing is done at night"]
    assert found(probe())["the workflow is there and awake"] is State.FINE


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (
            "disabled_inactivity",
            "the workflow sleeps, and answers nobody: GitHub switches clocks off after 60 days without a commit",
        ),
        ("disabled_manually", "somebody has switched the workflow off"),
        ("disabled_fork", "the workflow does not run"),
    ],
)
def test_a_workflow_that_does_not_run(world: World, probe: Probe, state: str, said: str) -> None:
    world.github.repository().workflows[0]["state"] = state
    checks = probe()
    assert wrong(checks) == [said]
    assert "under Actions" in hint(checks, said)


def test_a_workflow_that_is_not_there(world: World, probe: Probe) -> None:
    world.github.repository().workflows.clear()
    world.github.add_workflow(".github/workflows/other.yml")
    checks = probe()
    assert wrong(checks) == [f"there is no {WORKFLOW} on the default branch"]
    assert "standards-bot init" in hint(checks, "there is no")


def test_a_workflow_that_still_names_nobody(world: World, probe: Probe) -> None:
    world.github.repository().files[WORKFLOW] = f"jobs: {{bot: {{uses: {CALLED}}}}}".encode()
    assert wrong(probe()) == [f"{WORKFLOW} still says OWNER/standards-bot@COMMIT"]
    world.github.repository().files[WORKFLOW] = b"jobs: {bot: {uses: a/b/.github/workflows/bot.yml@0123}}"
    assert not wrong(probe())


def test_content_that_is_no_base64_is_nothing(world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    world.github.repository().files[WORKFLOW] = b""
    path = f"/repos/{REPOSITORY}/contents/{WORKFLOW}"
    altered(monkeypatch, world.github, "GET", path, lambda value: {**value, "content": "a"})
    assert not wrong(probe())


# The gate.


@pytest.mark.parametrize(
    ("required", "check", "said"),
    [
        ([], Check("the check"), None),
        ([("another", None)], Check("the check"), None),
        ([("the check", None)], Check("the check"), "a rule of main requires the check “the check”, and bot.yml says that it is advisory"),
        ([], OWN_APP, "bot.yml says that the check is required, and no rule of main requires “the check”"),
        ([("another", APP)], OWN_APP, "bot.yml says that the check is required, and no rule of main requires “the check”"),
        ([("the check", None)], OWN_APP, "“the check” is required from anybody: a pull request can bring a job of that name"),
        ([("the check", ACTIONS_APP)], OWN_APP, "“the check” is required from GitHub Actions, which every job is: it can be forged"),
        ([("the check", None), ("the check", ACTIONS_APP)], OWN_APP, "“the check” is required from GitHub Actions, which every job is: it can be forged"),
        ([("the check", APP)], OWN_APP, None),
        ([("the check", None), ("the check", APP)], OWN_APP, None),
    ],
)  # fmt: skip
def test_the_rules_and_bot_yml_agree(
    world: World, probe: Probe, required: list[tuple[str, int | None]], check: Check, said: str | None
) -> None:
    for name, app in required:
        world.github.require_check(name, app)
    assert wrong(probe(APP_TOKEN if check is OWN_APP else GITHUB_TOKEN, check)) == ([said] if said else [])


def test_the_older_way_to_protect_a_branch_counts_too(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    protection = {"required_status_checks": {"checks": [{"context": "the check", "app_id": APP}]}}
    path = f"/repos/{REPOSITORY}/branches/main"
    altered(monkeypatch, world.github, "GET", path, lambda value: {**value, "protection": protection})
    assert not wrong(probe(APP_TOKEN, OWN_APP))
    protection["required_status_checks"]["checks"][0]["app_id"] = -1
    assert wrong(probe(APP_TOKEN, OWN_APP)) == [
        "“the check” is required from anybody: a pull request can bring a job of that name"
    ]


def test_rules_that_cannot_be_read_are_not_judged(world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("rules/branches/main", "branches/main"):
        refused(monkeypatch, world.github, "GET", f"/repos/{REPOSITORY}/{path}", 403)
    assert found(probe())["whether the check is required could not be told"] is State.OPEN


# --post.


def test_a_test_comment_is_written_and_taken_away(world: World, probe: Probe) -> None:
    assert found(probe(post=True))["a test comment on pull request 1 was written and taken away"] is State.FINE
    assert world.github.comments(1) == ()
    written = [entry for entry in world.log if entry.method == "POST" and entry.status == 201]
    assert STAMP.encode() in written[0].request.body


def test_a_test_comment_is_refused(probe: Probe) -> None:
    assert "a test comment on pull request 1 was refused" in wrong(probe(FORK_TOKEN, post=True))


@pytest.mark.parametrize("kind", [Kind.SECONDARY, Kind.LIMITED_JSON])
def test_a_limit_is_no_missing_right(world: World, probe: Probe, kind: Kind) -> None:
    world.faults.add(Fault(kind, when=lambda arrival: arrival.writes, times=2))
    checks = found(probe(post=True))
    assert checks["a test comment on pull request 1 was refused: GitHub asks to be slower"] is State.WRONG
    assert checks["whether it may write the check could not be told"] is State.OPEN


def test_a_test_comment_that_stays_is_said_to_stay(world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = world.github.handle
    monkeypatch.setattr(
        world.github,
        "handle",
        lambda request: Response(500) if request.method == "DELETE" else handle(request),
    )
    checks = probe(post=True)
    assert wrong(checks) == ["a test comment on pull request 1 was written and could not be taken away"]
    assert f"/pull/1#issuecomment-{world.github.comments(1)[0].id}" in hint(checks, "taken away")


@pytest.mark.parametrize("kind", [Kind.RESET_AFTER, Kind.EMPTY_AFTER, Kind.ERROR_502_AFTER])
def test_an_answer_that_is_lost_leaves_it_open_whether_it_was_written(world: World, probe: Probe, kind: Kind) -> None:
    world.faults.add(Fault(kind, when=lambda arrival: b"Setup check" in arrival.request.body))
    assert wrong(probe(post=True)) == ["nobody knows whether a test comment on pull request 1 was written"]
    assert len(world.github.comments(1)) == 1


def test_the_test_comment_tells_who_writes_where_nothing_else_does(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(monkeypatch, world.github, "POST", "/graphql", 404)
    assert wrong(probe(check=OWN_APP, post=True))[:1] == [
        "the token writes as github-actions[bot], and bot.yml expects our-standard[bot]"
    ]
    assert world.github.comments(1) == ()
