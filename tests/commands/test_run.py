"""`run` and `reconcile` as the workflow runs them: a repository, an event, and the stand-in services."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.community.adoption import CLOCK, WORKFLOW
from bot.publish.marks import read_marker
from bot.sandbox.world import PERSONAL_TOKEN, REPOSITORY, World
from tests.adapters.test_sources import commit, git
from tests.conftest import Run
from tests.test_cli import PHONE, narrowed, write
from tests.workflows.git_server import GitServer


@dataclass
class Project:
    """A clone of a project with one pull request."""

    world: World
    origin: Path
    clone: Path
    number: int
    head: str

    def event(self, name: str, monkeypatch: pytest.MonkeyPatch, **payload: object) -> None:
        path = self.clone.parent / "event.json"
        path.write_text(json.dumps({"repository": {"default_branch": "main"}, **payload}))
        monkeypatch.setenv("GITHUB_EVENT_NAME", name)
        monkeypatch.setenv("GITHUB_EVENT_PATH", str(path))

    def comments(self) -> list[str]:
        return [each.body for each in self.world.github.comments(self.number) if read_marker(each.body)]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    origin = write(tmp_path / REPOSITORY, phone=PHONE)
    git(origin, "init", "-q", "-b", "main")
    commit(origin)
    base = git(origin, "rev-parse", "HEAD")
    git(origin, "checkout", "-q", "--detach")
    write(origin, phone=narrowed())
    (origin / ".github").mkdir()
    (origin / ".github" / "bot.yml").write_text("version: 1\ncheck: {gate: required}\n")
    commit(origin)
    head = git(origin, "rev-parse", "HEAD")
    git(origin, "checkout", "-q", "main")
    git(tmp_path, "clone", "-q", "--bare", str(origin), f"{origin}.git")
    git(tmp_path, "clone", "-q", "--branch", "main", f"file://{origin}.git", "clone")
    with World() as world, GitServer(tmp_path) as server:
        git(tmp_path / "clone", "remote", "set-url", "origin", f"{server.url}/{REPOSITORY}.git")
        world.github.repository().branches["main"] = base
        number = world.github.open_pull_request("`rm -rf` <!-- @everyone", head_sha=head, fork=True, author="stranger")
        git(origin, "push", "-q", f"{origin}.git", f"{head}:refs/pull/{number}/head")
        for name, value in world.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("GITHUB_SERVER_URL", server.url)
        monkeypatch.chdir(tmp_path / "clone")
        yield Project(world, origin, tmp_path / "clone", number, head)


def test_a_pull_request_is_fetched_judged_and_told_once(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "outputs"))
    for _ in range(2):
        ran = run("run", "--output", tmp_path / "reports")
        # The settings are those of the default branch, where there are none: the pull request's own gate is not heard.
        assert (ran.status, ran.err) == (0, "")
        assert f"#{project.number}: breaking, needs major" in ran.out
    (comment,) = project.comments()
    assert "phone.kind" in comment
    assert "would break" in comment
    assert "verdict=breaking" in (tmp_path / "outputs").read_text()
    summary = (tmp_path / "summary.md").read_text()
    assert "phone.kind" in summary
    report = json.loads((tmp_path / "reports" / f"report-{project.number}.json").read_text())
    assert report["head"]["commit"] == project.head
    assert git(project.clone, "status", "--porcelain") == ""


def test_a_run_that_finds_everything_as_it_was_writes_nothing_though_its_own_page_is_another(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    seen = 0
    for page in (100, 101, 20_000_000_002):
        monkeypatch.setenv("GITHUB_RUN_ID", str(page))
        assert run("run").status == 0
        writes = [each.path for each in project.world.log[seen:] if each.writes and each.service == "github"]
        seen = len(project.world.log)
        assert bool(writes) is (page == 100), writes
    (comment,) = project.comments()
    assert "/actions/runs/100)" in comment
    assert len(project.world.github.check_runs(project.head)) == 1


@pytest.mark.parametrize("how", ["unknown", "deleted"])
def test_a_pull_request_that_is_gone_fails_nothing_and_is_said_in_the_log(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    number = project.number if how == "deleted" else 77
    if how == "deleted":
        project.world.github.delete_issue(number)
    project.event("pull_request_target", monkeypatch, pull_request={"number": number})
    ran = run("run")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"#{number}: it is not there any more, so nothing is told of it.\n"
    assert [each for each in project.world.log if each.writes] == []


def test_where_the_token_sees_nothing_of_the_repository_its_pull_requests_are_not_gone(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "open-standard/unseen")
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    ran = run("run")
    assert ran.status == 4
    assert "404" in ran.err


def test_what_was_not_delivered_is_in_the_summary_of_the_job(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    project.world.github.lock(project.number)
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert run("run").status == 4
    summary = (tmp_path / "summary.md").read_text()
    heading, _, rest = summary.partition("\n")
    assert heading.startswith(f"# Pull request {project.number}: ")
    assert "rm -rf" in heading
    assert rest.startswith("\n**Not delivered**\n\n- github: ")
    assert "phone.kind" in rest


def test_a_gate_that_was_merged_stops_what_breaks(run: Run, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.origin / ".github").mkdir(exist_ok=True)
    (project.origin / ".github" / "bot.yml").write_text("version: 1\ncheck: {gate: required}\n")
    commit(project.origin)
    git(project.origin, "push", "-q", f"{project.origin}.git", "main:main")
    git(project.clone, "fetch", "-q", "origin")
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    assert run("run").status == 1


def propose(project: Project, name: str, text: str) -> int:
    """A pull request from main that changes the settings alone; its number."""
    git(project.origin, "checkout", "-q", "--detach", "main")
    (project.origin / ".github").mkdir(exist_ok=True)
    (project.origin / ".github" / "bot.yml").write_text(text)
    commit(project.origin)
    head = git(project.origin, "rev-parse", "HEAD")
    number = project.world.github.open_pull_request(name, head_sha=head)
    git(project.origin, "push", "-q", f"{project.origin}.git", f"{head}:refs/pull/{number}/head")
    git(project.origin, "checkout", "-q", "main")
    return number


def conclusions(project: Project) -> list[tuple[str, str]]:
    runs = project.world.github.repository().check_runs.values()
    return [(str(each.given["conclusion"]), str(each.given["output"]["title"])) for each in runs]


def test_settings_that_cannot_be_read_close_the_gate_but_to_what_mends_them(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.origin / ".github").mkdir(exist_ok=True)
    (project.origin / ".github" / "bot.yml").write_text("version: 1\ncheck:\n  gate: required\n  nmae: x\n")
    commit(project.origin)
    git(project.origin, "push", "-q", f"{project.origin}.git", "main:main")
    git(project.clone, "fetch", "-q", "origin")
    base = git(project.origin, "rev-parse", "main")
    project.world.github.repository().branches["main"] = base
    worse, mending = (propose(project, *each) for each in (("Worse", "chekc: {}\n"), ("Mend", "version: 1\n")))
    for number, status in ((worse, 1), (mending, 0)):
        project.event("pull_request_target", monkeypatch, pull_request={"number": number})
        assert run("run").status == status
    (first, why), (second, _) = conclusions(project)
    assert (first, second) == ("failure", "success")
    assert why.startswith("The settings cannot be read (.github/bot.yml:4:3).")
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    assert run("run").status == 1


def test_a_pull_request_that_breaks_the_settings_is_told_where_and_how_to_mend_them(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = propose(project, "Settings", "version: 1\nchanels: []\n")
    project.event("pull_request_target", monkeypatch, pull_request={"number": number})
    assert run("run").status == 0
    (comment,) = (each.body for each in project.world.github.comments(number))
    assert "`.github/bot.yml:2:1 /chanels`" in comment
    assert "Did you mean 'channels'?" in comment
    assert "count only when it is merged" in comment
    assert conclusions(project)[0][0] == "neutral"


@pytest.mark.parametrize("event", ["schedule", "workflow_dispatch", "push"])
def test_without_a_pull_request_everything_is_looked_at(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch, event: str
) -> None:
    project.event(event, monkeypatch)
    assert run("run").status == 0
    assert len(project.comments()) == 1
    ran = run("reconcile")
    assert (ran.status, len(project.comments())) == (0, 1)
    assert "stands as it should" in ran.out


def test_a_comment_on_a_pull_request_wakes_the_bot_for_that_one(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = project.world.github.open_pull_request("Another", head_sha="a" * 40)
    project.event("issue_comment", monkeypatch, issue={"number": project.number, "pull_request": {}})
    assert run("run").status == 0
    assert len(project.comments()) == 1
    assert project.world.github.comments(other) == ()


def test_what_cannot_be_judged_is_told_all_the_same(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = project.world.github.open_pull_request("Its commit is nowhere", head_sha="b" * 40)
    project.event("schedule", monkeypatch)
    ran = run("run")
    assert ran.status == 0
    assert f"#{lost}: invalid" in ran.out
    (comment,) = [each.body for each in project.world.github.comments(lost)]
    assert "cannot be judged" in comment
    assert len(project.comments()) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "cannot be read"), ("[]", "cannot be read"), ('{"pull_request": {"number": "1; rm"}}', "")],
)
@pytest.mark.usefixtures("project")
def test_an_event_that_is_none(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "odd.json").write_text(content)
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(tmp_path / "odd.json"))
    ran = run("run")
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert ran.status == (3 if said else 0)


def test_without_a_token_it_says_what_is_missing(run: Run, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    ran = run("run")
    assert ran.status == 2
    assert "GITHUB_TOKEN is not set" in ran.err
    assert project.comments() == []


def test_a_report_is_published_and_shown(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git(project.clone, "fetch", "-q", "origin", f"refs/pull/{project.number}/head:topic")
    assert run("check", "--base", "main", "--head", "topic", "--format", "json", "--output", "r.json").status == 1
    monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)
    assert run("publish", "--report", "r.json").status == 2
    dry = run("publish", "--report", "r.json", "--pull-request", project.number, "--dry-run")
    assert (dry.status, project.comments()) == (0, [])
    assert "would be written" in dry.out
    ran = run("publish", "--report", "r.json", "--pull-request", project.number)
    assert (ran.status, len(project.comments())) == (0, 1)
    assert run("preview", "--report", "r.json", "--output", tmp_path / "p.html").status == 0
    assert "phone.kind" in (tmp_path / "p.html").read_text()
    assert REPOSITORY not in (tmp_path / "p.html").read_text()


def test_settings_that_are_wrong_are_said_with_their_place(run: Run, project: Project) -> None:
    (project.clone / ".github").mkdir()
    (project.clone / ".github" / "bot.yml").write_text("version: 1\nchanels: []\n")
    (project.clone / "r.json").write_text("{}")
    ran = run("publish", "--report", "r.json", "--pull-request", project.number)
    assert ran.status == 3
    ran = run("reconcile")
    assert ".github/bot.yml:2:1" in ran.err
    assert "channels" in ran.err


def test_profiles_elsewhere_are_told_with_a_token_of_their_own_and_left_out_without(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(project.origin, phone=narrowed())
    (project.origin / ".github").mkdir(exist_ok=True)
    profile = "profiles: [{id: uk, repository: uk/profile, ref: v1, path: profile}]"
    (project.origin / ".github" / "bot.yml").write_text(f"version: 1\n{profile}\n")
    git(project.origin, "tag", "standard-1.0.0")
    commit(project.origin)
    git(project.origin, "push", "-q", f"{project.origin}.git", "main:main", "standard-1.0.0")
    git(project.clone, "fetch", "-q", "origin")
    elsewhere = tmp_path / "uk" / "profile.git"
    (elsewhere / "profile").mkdir(parents=True)
    (elsewhere / "profile" / "phone.json").write_text('{"title": "UK"}')
    git(elsewhere, "init", "-q")
    commit(elsewhere)
    git(elsewhere, "tag", "v1")
    project.world.github.add_repository("uk/profile")
    project.world.github.add_token("ghs_ofajob")
    project.event("schedule", monkeypatch)
    monkeypatch.setenv("GITHUB_TOKEN", "ghs_ofajob")
    issues = project.world.github.repository("uk/profile").issues

    ran = run("run")
    assert (ran.status, issues) == (0, {})
    assert "skipped: profiles elsewhere are not told, GITHUB_ELSEWHERE_TOKEN is not set." in ran.err

    monkeypatch.setenv("GITHUB_ELSEWHERE_TOKEN", PERSONAL_TOKEN)
    ran = run("run")
    assert ran.status == 0
    assert "skipped" not in ran.err
    assert "profiles elsewhere, uk/profile: the issue on what is coming was written" in ran.out
    (issue,) = issues.values()
    assert (issue.user.login, "would break" in issue.title) == ("maintainer", True)


def test_the_setup_check_says_that_nobody_elsewhere_is_told_without_a_token(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.clone / ".github").mkdir()
    profile = "{id: uk, repository: uk/profile, ref: v1.0.0, path: profile}"
    (project.clone / ".github" / "bot.yml").write_text(f"version: 1\nprofiles: [{profile}]\n")
    project.world.github.add_repository("uk/profile")
    project.world.github.add_token("ghs_ofajob")
    monkeypatch.setenv("GITHUB_TOKEN", "ghs_ofajob")
    ran = run("doctor")
    assert ran.status == 1
    assert "GITHUB_ELSEWHERE_TOKEN is not set, so nobody there hears what is coming: uk/profile" in ran.out
    monkeypatch.setenv("GITHUB_ELSEWHERE_TOKEN", PERSONAL_TOKEN)
    assert "an issue can be opened in uk/profile" in run("doctor").out


@pytest.mark.parametrize(("days", "path", "overdue"), [(1, WORKFLOW, False), (4, WORKFLOW, True), (4, CLOCK, True)])
def test_where_the_clock_sleeps_whatever_wakes_the_bot_does_its_work(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch, days: int, path: str, overdue: bool
) -> None:
    other = project.world.github.open_pull_request("Another", head_sha="a" * 40)
    project.world.github.add_workflow(path)
    project.world.github.add_run(path)
    struck = datetime.now(UTC) - timedelta(days=days)
    project.world.github.repository().runs[0]["created_at"] = struck.strftime("%Y-%m-%dT%H:%M:%SZ")
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    ran = run("run")
    assert ran.status == 0
    assert ("the clock sleeps" in ran.out) is overdue
    assert (len(project.comments()), len(project.world.github.comments(other))) == (1, int(overdue))


def test_a_clock_that_never_struck_or_that_nobody_may_see_sleeps_not(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.world.github.add_workflow(WORKFLOW)
    project.world.github.add_run(WORKFLOW, "pull_request_target")
    project.world.github.repository().runs[0]["created_at"] = "2020-01-01T00:00:00Z"
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    assert "the clock sleeps" not in run("run").out
    project.world.github.add_token("ghs_blind", permissions={"pull_requests": "write", "checks": "write"})
    monkeypatch.setenv("GITHUB_TOKEN", "ghs_blind")
    ran = run("run")
    assert (ran.status, "the clock sleeps" in ran.out) == (0, False)
