from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.adapters.project import LocalProject
from bot.adapters.sources import LocalSources
from bot.commands.init import BOX, TEMPLATE, TEMPLATES, InitRequest, run, settings_text
from bot.community.adoption import CALLED, CLOCK, PLACEHOLDER, WORKFLOW
from bot.community.configuration import PATH, Configuration, PatchedProfile, configured
from bot.community.promise import promised
from bot.errors import InputError, UsageError
from bot.standard.values import JSON
from bot.standard.yaml_reading import read_yaml
from tests.adapters.test_sources import commit, git
from tests.workflows.hygiene import faults, workflow
from tests.worlds import ROOT, GivenSources, entity

PINNED = "open-standard/bot@0123456789abcdef0123456789abcdef01234567"
CHECKOUT: Mapping[str, JSON] = {"schema/phone.json": entity("phone", {"number": {"example": "0800"}})}


@dataclass
class GivenProject:
    """A repository made of values."""

    name: str = "our-standard"
    source: str = "."
    schemas: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        return path in self.files

    def has_schemas(self, path: str) -> bool:
        return path in self.schemas

    def write(self, path: str, text: str) -> None:
        self.files[path] = text


def started(project: GivenProject, request: InitRequest | None = None, files: Mapping[str, JSON] = CHECKOUT) -> str:
    return run(request or InitRequest(), GivenSources({}, files, {}), project).kind


def read(text: str) -> Configuration:
    configuration, problems = configured(read_yaml(PATH, text.encode()))
    assert problems == ()
    return configuration


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (CHECKOUT, "HSDS 3 checkout"),
        ({"schema/standard.yml": b"name: x"}, "extended structure"),
        ({"datapackage.json": {"resources": []}}, "tabular standard"),
    ],
)
def test_it_says_what_it_found(files: Mapping[str, JSON], kind: str) -> None:
    project = GivenProject()
    assert started(project, files=files) == kind
    assert sorted(project.files) == [PATH, WORKFLOW]


def test_without_a_standard_nothing_is_written() -> None:
    project = GivenProject(source="docs")
    with pytest.raises(InputError, match="there is no standard in docs"):
        started(project, files={})
    assert project.files == {}


def test_the_first_settings_are_valid_and_tell_the_pull_request_alone() -> None:
    project = GivenProject()
    started(project)
    assert read(project.files[PATH]) == Configuration()


def test_every_setting_that_is_suggested_is_valid() -> None:
    """Taken out of its comment, each example is read without a complaint."""
    lines = settings_text(PLACEHOLDER, ".", "").splitlines()
    examples = [
        line.removeprefix("# ")
        if line.startswith(("# - ", "#   ", "# patches", "# channels", "# profiles", "# quiet"))
        else line
        for line in lines
    ]
    configuration, problems = configured(read_yaml(PATH, "\n".join(examples).encode()))
    assert [each.message for each in problems] == ["'uk' is under patches and under profiles"]
    assert [each.id for each in configuration.channels] == ["forum", "uk-chat"]
    assert configuration.quiet


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("human-services", "human-services"),
        ("UK.Profile_2", "uk-profile-2"),
        ("3.0", "profile-3-0"),
        ("標準", "profile"),
        ("-x-", "x"),
        ("a" * 80, "a" * 40),
    ],
)
def test_a_profile_beside_the_standard_is_set(name: str, id_: str) -> None:
    project = GivenProject(name, schemas=("profile",))
    started(project)
    assert read(project.files[PATH]).patches == (PatchedProfile(id_, "profile"),)


def test_a_standard_further_down(tmp_path: Path) -> None:
    for source, shown in (("schemas/v3", "schemas/v3"), ("my schemas", "my schemas"), ("3.0", "3.0"), ("it's", "it's")):
        project = GivenProject(source=source, schemas=(f"{source}/profile",))
        started(project)
        configuration = read(project.files[PATH])
        assert configuration.source == shown
        assert [each.path for each in configuration.patches] == [f"{shown}/profile"]
    assert tmp_path.is_dir()


def test_only_a_checkout_has_patches() -> None:
    project = GivenProject(schemas=("profile",))
    started(project, files={"schema/standard.yml": b"name: x"})
    assert read(project.files[PATH]).patches == ()


@pytest.mark.parametrize("there", [{PATH: "ours"}, {WORKFLOW: "ours"}, {PATH: "ours", WORKFLOW: "ours"}])
def test_nothing_is_written_over(there: dict[str, str]) -> None:
    project = GivenProject(files=dict(there))
    with pytest.raises(UsageError, match="there already") as caught:
        started(project)
    assert project.files == there
    assert caught.value.hint == "--force writes anew."
    assert all(path in caught.value.message for path in there)
    started(project, InitRequest(force=True))
    assert "ours" not in project.files.values()


def test_the_workflow_names_the_bot() -> None:
    project = GivenProject()
    done = run(InitRequest(PINNED), GivenSources({}, CHECKOUT, {}), project)
    repository, _, sha = PINNED.partition("@")
    assert f"uses: {repository}/.github/workflows/bot.yml@{sha}\n" in project.files[WORKFLOW]
    assert f"{repository}/{sha}/bot/community/schemas/bot.json" in project.files[PATH]
    assert "OWNER" not in "".join(project.files.values())
    assert PLACEHOLDER not in "".join(done.steps)


@pytest.mark.parametrize("ref", ["v1", "main", "0123456"])
def test_what_can_be_moved_is_not_taken_silently(ref: str) -> None:
    done = run(InitRequest(f"open-standard/bot@{ref}"), GivenSources({}, CHECKOUT, {}), GivenProject())
    assert "Put a full commit in its place" in done.steps[1]
    assert "Put a full commit" not in "".join(
        run(InitRequest(PINNED), GivenSources({}, CHECKOUT, {}), GivenProject()).steps
    )


def test_a_placeholder_is_to_be_replaced_first() -> None:
    project = GivenProject()
    done = run(InitRequest(), GivenSources({}, CHECKOUT, {}), project)
    assert f"uses: {CALLED}\n" in project.files[WORKFLOW]
    assert PLACEHOLDER in done.steps[0]
    assert len(done.steps) == 4


@pytest.mark.parametrize(
    "workflow", ["", "bot", "a/b", "a/b@", "a/b@x y", "a/b@x\nevil: true", "a/b@-x", "a/b/c@x", "https://x@y"]
)
def test_a_workflow_that_is_none(workflow: str) -> None:
    project = GivenProject()
    with pytest.raises(UsageError, match="is not owner/name@ref"):
        started(project, InitRequest(workflow))
    assert project.files == {}


def test_the_workflow_file_grants_no_more_than_is_needed() -> None:
    """Read as the project reads YAML, in which `on` is a name like any other."""
    text = (ROOT / "bot" / "commands" / "adopt" / "standards-bot.yml").read_text()
    workflow = read_yaml("standards-bot.yml", text.encode()).value
    (job,) = workflow["jobs"].values()
    assert workflow["permissions"] == {}
    assert {name for name, level in job["permissions"].items() if level == "write"} == {"checks", "pull-requests"}
    assert set(workflow["on"]) == {"pull_request_target", "issue_comment", "schedule", "workflow_dispatch"}
    assert "paths" not in workflow["on"]["pull_request_target"]
    assert "steps" not in job
    assert "secrets: inherit" not in text


def test_the_slack_app_asks_for_what_is_needed() -> None:
    from bot.adapters.probes_slack import SCOPES

    text = (ROOT / "bot" / "commands" / "adopt" / "slack" / "app.yml").read_bytes()
    manifest = read_yaml("app.yml", text).value
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert len(manifest["display_information"]["description"]) <= 140


def test_the_command_says_what_to_do_next_in_four_lines(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "phone.json").write_text(json.dumps(CHECKOUT["schema/phone.json"]))
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "phone.json").write_text("{}")
    command = [sys.executable, "-m", "bot", "init", "--workflow", PINNED]
    more = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=more)
    assert (done.returncode, done.stderr) == (0, "")
    name = configured(read_yaml(PATH, (tmp_path / PATH).read_bytes()))[0].patches[0].id
    assert done.stdout.splitlines()[:2] == [
        f"Found: HSDS 3 checkout, with a profile beside it, which messages call {name!r} (`id` in {PATH} says so).",
        f"Wrote {WORKFLOW} and {PATH}.",
    ]
    assert [line[:5] for line in done.stdout.splitlines()[4:]] == ["  1. ", "  2. ", "  3. ", "  4. "]
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=more)
    assert (again.returncode, again.stdout) == (2, "")
    assert "--force" in again.stderr


# The public repositories as they are.


@pytest.mark.parametrize(
    ("published", "patches"), [("hsds-3.0", ()), ("oruk-3.0", (PatchedProfile("our-copy", "profile"),))]
)
def test_the_public_repositories_work_unchanged(
    data: Path, tmp_path: Path, published: str, patches: tuple[PatchedProfile, ...]
) -> None:
    copy = tmp_path / "our-copy"
    shutil.copytree(data / published, copy)
    git(copy, "init", "-q")
    commit(copy)
    before = git(copy, "ls-files").splitlines()
    run(InitRequest(PINNED), LocalSources(copy), LocalProject(copy))
    added = git(copy, "ls-files", "--others").splitlines()
    assert sorted(added) == sorted([PATH, WORKFLOW])
    assert git(copy, "diff", "--name-only") == ""
    assert len(before) > 50
    configuration = read((copy / PATH).read_text())
    assert configuration == Configuration(patches=patches)


def test_a_change_of_the_public_profile_is_judged_by_the_patches_that_init_found(data: Path, tmp_path: Path) -> None:
    """The schema directory of the profile's repository is generated later; the patches are what people edit."""
    from bot.adapters.jsonschema_library import JsonSchemaConfirmer
    from bot.adapters.worker import Worker
    from bot.commands import check
    from tests.worlds import quietly

    copy = tmp_path / "our-copy"
    shutil.copytree(data / "oruk-3.0", copy)
    git(copy, "init", "-q")
    run(InitRequest(PINNED), LocalSources(copy), LocalProject(copy))
    commit(copy)
    patch = json.loads((copy / "profile" / "service.json").read_text())
    patch["required"].append("url")
    (copy / "profile" / "service.json").write_text(json.dumps(patch))
    found = read((copy / PATH).read_text()).patches
    request = check.CheckRequest(
        "HEAD", patches=tuple(check.PatchDirectory(each.id, str(copy / each.path)) for each in found)
    )
    worker = Worker()
    report = check.run(request, LocalSources(copy), JsonSchemaConfirmer(worker), quietly)
    worker.close()
    assert [(profile.id, profile.outcome.value) for profile in report.profiles] == [("our-copy", "breaking")]


def test_a_clock_apart_is_a_file_of_its_own_and_the_two_together_are_the_one() -> None:
    one, two = GivenProject(), GivenProject()
    started(one, InitRequest(PINNED))
    started(two, InitRequest(PINNED, clock_apart=True))
    assert sorted(two.files) == sorted([PATH, WORKFLOW, CLOCK])
    whole, main, clock = (workflow(text) for text in (one.files[WORKFLOW], two.files[WORKFLOW], two.files[CLOCK]))
    assert {**main["on"], **clock["on"]} == whole["on"]
    assert set(clock["on"]) == {"schedule"}
    assert main["on"].keys() & clock["on"].keys() == set()
    for name in ("permissions", "concurrency", "jobs"):
        assert main[name] == clock[name] == whole[name]
    assert [*faults(two.files[WORKFLOW]), *faults(two.files[CLOCK])] == []


def test_a_clock_that_is_there_already_is_not_written_over() -> None:
    project = GivenProject(files={CLOCK: "mine"})
    with pytest.raises(UsageError, match=r"clock\.yml is there already"):
        started(project, InitRequest(PINNED, clock_apart=True))
    assert project.files == {CLOCK: "mine"}
    started(project, InitRequest(PINNED))
    assert project.files[CLOCK] == "mine"


# The text that pull requests begin with.


def test_a_template_is_written_where_it_is_asked_for_and_its_box_promises() -> None:
    project = GivenProject()
    started(project)
    assert TEMPLATE not in project.files
    asked = GivenProject()
    started(asked, InitRequest(template=True))
    assert sorted(asked.files) == sorted([PATH, TEMPLATE, WORKFLOW])
    text = asked.files[TEMPLATE]
    assert not promised((), text)
    assert promised((), text.replace("[ ]", "[x]"))
    assert promised((), BOX.replace("[ ]", "[x]"))


def test_beside_files_that_are_there_the_template_alone_is_written() -> None:
    there = {PATH: "ours", WORKFLOW: "ours"}
    project = GivenProject(files=dict(there))
    done = run(InitRequest(template=True), GivenSources({}, CHECKOUT, {}), project)
    assert done.files == (TEMPLATE,)
    assert {path: project.files[path] for path in there} == there
    assert len(done.steps) == 1


@pytest.mark.parametrize("path", TEMPLATES)
@pytest.mark.parametrize("force", [False, True])
def test_a_template_is_never_written_over(path: str, force: bool) -> None:
    project = GivenProject(files={path: "ours"})
    with pytest.raises(UsageError, match="is there already, and is never written over") as caught:
        started(project, InitRequest(template=True, force=force))
    assert BOX in caught.value.hint
    assert project.files == {path: "ours"}


def test_what_may_be_done_for_promises_is_the_last_step() -> None:
    steps = [
        run(InitRequest(PINNED), GivenSources({}, CHECKOUT, {}), GivenProject(files=files)).steps[-1]
        for files in ({}, {TEMPLATES[1]: "ours"})
    ]
    assert steps[0].endswith("`standards-bot init --template` writes one.")
    assert steps[1].endswith(f"add this line to {TEMPLATES[1]}: {BOX}")
