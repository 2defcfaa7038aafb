from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot.settings import settings
from tests.workflows.hygiene import faults, granted, workflow
from tests.worlds import ROOT

DIRECTORY = ROOT / ".github" / "workflows"
ADOPTED = ROOT / "bot" / "commands" / "adopt" / "standards-bot.yml"
LOCKS = [ROOT / "requirements.lock", ROOT / "requirements-bot.lock", ROOT / ".ci" / "tools.lock"]
PIN = re.compile(r"([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)")
CALLED = (DIRECTORY / "bot.yml").read_text()
CALLER = (DIRECTORY / "standards-bot.yml").read_text()


def adopted() -> str:
    """What an adopter has, who named a commit."""
    return ADOPTED.read_text().replace("@COMMIT", f"@{'1a2b3c4d' * 5}")


def called_by(text: str) -> dict[str, Any]:
    job: dict[str, Any] = workflow(text)["jobs"]["bot"]
    return job


@pytest.mark.parametrize(
    "path", [*sorted(DIRECTORY.iterdir()), ADOPTED], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_a_workflow_is_clean(path: Path) -> None:
    assert list(faults(adopted() if path == ADOPTED else path.read_text())) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("permissions: {}\n\njobs", "permissions: read-all\n\njobs", "something is granted"),
        ("permissions: {}\n\njobs", "jobs", "something is granted"),
        ("    timeout-minutes: 20\n", "", "it may run for ever"),
        ("    permissions:\n", "    env:\n", "its permissions are not named"),
        (" # v7.0.1", "", "is not pinned to a release"),
        (" # v7.0.1", " # v7.0.2", "is not pinned to a release"),
        ("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "is not pinned to a release"),
        ("actions/setup-python@", "somebody/setup-python@", "is none of the actions that are trusted"),
        ("uses: actions/setup-python@", "uses: docker://somebody/", "is none of the actions that are trusted"),
        ("@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0", "/path@v7", "is none of the actions that are trusted"),
        ("5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0", "5fda3b95a4ea91299a34e894583c3862153e4b98 # v7.0.0", "is not pinned to a release"),
        ("uses: actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0", "uses: 'actions/setup-python@v7'", "is not pinned to a release"),
        ("          persist-credentials: false\n", "", "credentials are left behind"),
        ("persist-credentials: false", "persist-credentials: true", "credentials are left behind"),
        ("(github.event_name == 'schedule' || github.event_name == 'workflow_dispatch') && steps", "steps", "is read by others"),
        ('python-version: "3.11"', 'python-version: "3.11"\n          cache: pip', "a cache"),
        ('case "$TASK" in', 'case "${{ github.event.inputs.task }}" in', "an expression is put into a script"),
        ("          path: standard\n", "          path: standard\n          ref: ${{ github.event.pull_request.head.sha }}\n", "outside of env"),
        ("          path: standard\n", "          path: standard\n          ref: ${{ github.head_ref }}\n", "outside of env"),
        ("name: Judge and tell", "name: ${{ github.event.pull_request.title }}", "outside of env"),
    ],
)  # fmt: skip
def test_what_is_not_clean_is_noticed(before: str, after: str, fault: str) -> None:
    assert before in CALLED
    assert fault in "; ".join(faults(CALLED.replace(before, after, 1)))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("  issue_comment:\n", "    paths: [schema/**]\n  issue_comment:\n", "a check that never starts"),
        ("1a2b3c4d1", "main", "not pinned"),
        ("    secrets:\n", "    secrets: inherit\n    with:\n", "it hands on every secret"),
    ],
)
def test_what_is_not_clean_in_a_caller_is_noticed(before: str, after: str, fault: str) -> None:
    assert before in adopted()
    assert fault in "; ".join(faults(adopted().replace(before, after, 1)))


def test_a_pull_request_is_never_checked_out() -> None:
    checkouts = [
        step["with"]
        for step in workflow(CALLED)["jobs"]["bot"]["steps"]
        if step.get("uses", "").startswith("actions/checkout@")
    ]
    assert [each["path"] for each in checkouts] == ["standard", "bot"]
    assert checkouts[0].keys() == {"path", "fetch-depth", "persist-credentials"}
    assert checkouts[1]["repository"] == "${{ inputs.bot-repository || job.workflow_repository }}"
    assert checkouts[1]["ref"] == "${{ inputs.bot-ref || job.workflow_sha }}"
    assert "head" not in re.sub(r"#.*", "", CALLED)


def test_what_an_adopter_gets_is_what_we_use_ourselves() -> None:
    ours, theirs = workflow(CALLER), workflow(ADOPTED.read_text())
    assert ours["jobs"]["bot"].pop("uses") == "./.github/workflows/bot.yml"
    assert theirs["jobs"]["bot"].pop("uses").endswith("/.github/workflows/bot.yml@COMMIT")
    assert ours == theirs


def test_whatever_may_have_to_be_told_wakes_the_bot() -> None:
    on = workflow(CALLER)["on"]
    types = "opened synchronize reopened ready_for_review converted_to_draft edited closed labeled unlabeled"
    assert on["pull_request_target"] == {"types": types.split()}
    assert on["issue_comment"] == {"types": ["created"]}
    assert len(on["schedule"]) == 1
    assert on["workflow_dispatch"]["inputs"]["task"]["options"] == ["Whatever is due", "Setup check"]
    assert '"Setup check") exec python -m bot doctor' in CALLED


def test_runs_on_one_pull_request_follow_each_other() -> None:
    concurrency = workflow(CALLER)["concurrency"]
    assert concurrency["cancel-in-progress"] is False
    assert "github.event.pull_request.number || github.event.issue.number" in concurrency["group"]


def test_a_setup_check_waits_in_no_line_from_which_a_later_run_could_push_it() -> None:
    group = workflow(CALLER)["concurrency"]["group"]
    alone, others = group.index("inputs.task == 'Setup check' && github.run_id"), group.index("github.event_name")
    assert alone < others
    assert "Setup check" in workflow(CALLER)["on"]["workflow_dispatch"]["inputs"]["task"]["options"]


def test_a_caller_grants_what_the_bot_takes_and_hands_over_what_it_knows() -> None:
    for text in (CALLER, adopted()):
        job = called_by(text)
        assert job["permissions"] == granted()
        assert job["secrets"] == {name: f"${{{{ secrets.{name} }}}}" for name in job["secrets"]}
        assert job["secrets"].keys() == workflow(CALLED)["on"]["workflow_call"]["secrets"].keys()


def test_the_bot_is_handed_all_that_it_reads_from_the_environment() -> None:
    (step,) = (each for each in workflow(CALLED)["jobs"]["bot"]["steps"] if each["name"] == "Do what is due")
    given = {name: "https://forum.example.org" if name == "DISCOURSE_URL" else "ghs_given" for name in step["env"]}
    known = settings({**given, "GITHUB_REPOSITORY": "open-standard/specification"})
    assert known.missing == {}
    for name in step["env"].keys() - {"PYTHONPATH", "PYTHONSAFEPATH", "TASK"}:
        without = {each: value for each, value in given.items() if each != name}
        assert name in str(settings({**without, "GITHUB_REPOSITORY": "open-standard/specification"}).missing)


def test_the_token_for_elsewhere_is_in_no_run_that_a_stranger_wakes() -> None:
    (step,) = (each for each in workflow(CALLED)["jobs"]["bot"]["steps"] if each["name"] == "Do what is due")
    condition, _, _ = step["env"]["GITHUB_ELSEWHERE_TOKEN"].partition(" && ")
    assert condition == "${{ (github.event_name == 'schedule' || github.event_name == 'workflow_dispatch')"
    assert CALLED.count("secrets.STANDARDS_BOT_ELSEWHERE_TOKEN") == 1


# What is installed.


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_versions_with_hashes_and_nothing_else(lock: Path) -> None:
    assert PIN.sub("", lock.read_text()) == ""
    assert len(PIN.findall(lock.read_text())) >= 3


def test_the_bot_runs_on_what_the_tests_ran_on() -> None:
    tested, installed = (
        {name: (version, hashes) for name, version, hashes in PIN.findall(lock.read_text())} for lock in LOCKS[:2]
    )
    assert installed.items() <= tested.items()
    assert tested.keys() - installed.keys() >= {"pytest", "mypy", "ruff"}
