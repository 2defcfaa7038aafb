from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.commands.doctor import MailingLists, SettingsFile, Unreachable, run
from bot.commands.init import InitRequest
from bot.commands.init import run as adopt
from bot.community.adoption import PLACEHOLDER, WORKFLOW
from bot.community.channels import Channel, Forum, Kind, MailingList
from bot.community.checkup import Check, State, fine, left_open, wrong
from bot.community.configuration import PATH, configured
from bot.errors import InputError
from bot.publish.places import Unavailable
from bot.sandbox.world import World
from bot.settings import settings
from bot.standard.snapshot import Snapshot
from bot.standard.yaml_reading import read_yaml
from bot.wiring import probes, project, sources
from tests.adapters.test_sources import git
from tests.worlds import ROOT, entity, snapshot

CHECKOUT = snapshot({"schema/phone.json": entity("phone", {"number": {"example": "0800"}})})
BUNDLED = ("core", "classic", "uk")


@dataclass(frozen=True)
class Given:
    """A service that finds what it is told to find."""

    title: str
    found: tuple[Check | Exception, ...]

    def checks(self) -> Iterator[Check]:
        for each in self.found:
            if isinstance(each, Exception):
                raise each
            yield each


def settings_file(text: str | None, standard: Snapshot | None = CHECKOUT) -> list[Check]:
    reading = read_yaml(PATH, (text or "").encode())
    configuration, problems = configured(reading)
    return list(SettingsFile(None if text is None else reading, configuration, problems, standard).checks())


def said(checks: Iterable[Check], state: State) -> list[str]:
    return [check.what for check in checks if check.state is state]


# All services.


def test_the_status_is_1_where_something_is_to_be_mended() -> None:
    good = Given("one", (fine("a"), left_open("b")))
    bad = Given("two", (wrong("c", "do it"), wrong("d", "do that"), fine("e")))
    assert (run([good]).exit_status, run([good]).to_mend) == (0, 0)
    assert (run([good, bad]).exit_status, run([good, bad]).to_mend) == (1, 2)
    assert [section.title for section in run([good, bad]).sections] == ["one", "two"]


def test_a_service_that_fails_keeps_no_other_from_being_tried() -> None:
    broken = Given("one", (fine("a"), Unavailable("it does not answer"), fine("never")))
    diagnosis = run([broken, Given("two", (InputError("no file", "Make one."),)), Given("three", (fine("b"),))])
    assert diagnosis.sections[0].checks == (fine("a"), wrong("it does not answer", "Run it again later."))
    assert diagnosis.sections[1].checks == (wrong("no file", "Make one."),)
    assert diagnosis.sections[2].checks == (fine("b"),)


# The file of settings.


@pytest.mark.parametrize(("named", "open_"), [(PLACEHOLDER, True), (f"acme/standards-bot@{'a' * 40}", False)])
def test_a_workflow_file_that_names_no_bot_is_to_be_mended_before_github_can_be_asked(
    named: str, open_: bool, tmp_path: Path
) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "phone.json").write_bytes(CHECKOUT.files["schema/phone.json"])
    git(tmp_path, "init", "-q")
    adopt(InitRequest(named), sources(tmp_path), project(tmp_path))
    first = probes(tmp_path, settings({}), post=False)[0]
    assert (f"{WORKFLOW} still says {PLACEHOLDER}" in said(first.checks(), State.WRONG)) is open_


def test_a_directory_of_patches_that_is_not_there_is_to_be_mended() -> None:
    reading = read_yaml(PATH, b"version: 1\npatches: [{id: uk, path: profil}]\n")
    checks = list(SettingsFile(reading, *configured(reading), CHECKOUT, ("profil",)).checks())
    assert said(checks, State.WRONG) == ["there is no directory profil, which holds the patches of a profile"]


def test_without_a_file_the_pull_request_alone_is_told() -> None:
    checks = settings_file(None)
    assert said(checks, State.OPEN) == ["there is none: the pull request alone is told"]
    assert said(checks, State.FINE) == ["the top of the repository holds a standard (HSDS 3 checkout); profiles: hsds"]
    assert said(checks, State.WRONG) == []


def test_a_good_file_names_its_channels_and_profiles() -> None:
    text = """\
patches: [{id: uk, path: profile}]
profiles: [{id: nordic, repository: o/n, ref: v1, path: p}]
channels:
  - {id: a, discourse: {topic: 1}, title: The thread}
  - {id: b, slack: {channel: C0123456789}, profiles: [uk, nordic]}
"""
    assert settings_file(text) == [
        fine("the file is in order; channels: the pull request, The thread, b"),
        fine("the top of the repository holds a standard (HSDS 3 checkout); profiles: uk, nordic"),
    ]


def test_what_is_wrong_with_the_file_is_said_with_its_place() -> None:
    checks = settings_file("chanels: []\ncheck: {gate: required}\n")
    assert said(checks, State.WRONG) == ['line 1, column 1: "chanels" is no setting']
    assert checks[0].hint.startswith("Did you mean 'channels'?")
    assert "the check is required, and any workflow" in said(checks, State.OPEN)[0]


def test_a_channel_that_names_a_profile_that_is_not_there() -> None:
    checks = settings_file("channels: [{id: a, slack: {channel: C0123456789}, profiles: [hsd]}]")
    assert said(checks, State.WRONG) == [
        "line 1, column 62: the channel 'a' names the profile 'hsd', which does not exist"
    ]
    assert checks[-1].hint == "Did you mean 'hsds'? The profiles are: hsds."


@pytest.mark.parametrize(
    ("standard", "message"),
    [(None, "there is no directory docs"), (Snapshot("docs", {}), "there is no standard in docs")],
)
def test_a_source_that_leads_nowhere(standard: Snapshot | None, message: str) -> None:
    checks = settings_file("source: docs", standard)
    assert said(checks, State.WRONG) == [message]
    assert "source" in checks[-1].hint


# Services without a key.


def test_a_service_without_a_key_is_to_be_mended_where_somebody_waits_for_it() -> None:
    waiting = (Channel("thread", Forum(1)), Channel("list", MailingList("a@b.org")))
    checks = list(Unreachable("Forum", "DISCOURSE_API_KEY is not set", Kind.DISCOURSE, waiting).checks())
    assert said(checks, State.WRONG) == ["DISCOURSE_API_KEY is not set, so these channels are not told: thread"]
    (check,) = Unreachable("Slack", "SLACK_BOT_TOKEN is not set", Kind.SLACK, waiting).checks()
    assert check == left_open("not used: SLACK_BOT_TOKEN is not set, and no channel in bot.yml asks for it")


def test_without_github_there_is_nothing() -> None:
    (check,) = Unreachable("GitHub", "GITHUB_TOKEN is not set", Kind.GITHUB, ()).checks()
    assert check.state is State.WRONG
    assert check.hint


def test_mail_is_not_sent_yet() -> None:
    channels = (Channel("list", MailingList("a@b.org")), Channel("thread", Forum(1)))
    assert list(MailingLists(channels).checks()) == [left_open("list: the bot does not send mail yet")]


# The command, against the sandbox.


@pytest.fixture
def world() -> Iterator[World]:
    with World() as world:
        world.github.add_workflow(".github/workflows/standards-bot.yml")
        world.github.open_pull_request()
        world.slack.add_channel("C0STANDARDS", "standards", ["U0BOT1"])
        yield world


@pytest.fixture
def repository(tmp_path: Path, world: World) -> Path:
    """A repository with a standard and three channels."""
    directory = tmp_path / "standard"
    for path, content in CHECKOUT.files.items():
        (directory / path).parent.mkdir(parents=True)
        (directory / path).write_bytes(content)
    topic = world.discourse.add_topic("What changes in the standard", "All about it, and more.", "standards").id
    (directory / ".github").mkdir()
    channels = f"- {{id: thread, discourse: {{topic: {topic}}}}}\n- {{id: chat, slack: {{channel: C0STANDARDS}}}}\n"
    (directory / PATH).write_text(f"channels:\n{channels}")
    git(directory, "init", "-q")
    return directory


def doctor(directory: Path, environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "doctor", *words]
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "DISCOURSE_", "SLACK_"))
    }
    return subprocess.run(
        command,
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
    )


def test_a_good_setup(world: World, repository: Path, tmp_path: Path) -> None:
    done = doctor(repository, {**world.environment(), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}, "--post")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == [
        "Settings (.github/bot.yml)",
        "GitHub",
        "Forum (Discourse)",
        "Slack",
        "All is well: nothing has to be done.",
    ]
    assert [line for line in lines if line != line.rstrip()] == []
    assert sum("written and taken away" in line for line in lines) == 3
    assert "\x1b" not in done.stdout
    assert not [
        secret for secret in world.environment().values() if secret.startswith("sandbox-") and secret in done.stdout
    ]
    assert (tmp_path / "summary.md").read_text().startswith("## Setup check\n\nAll is well")


def test_something_to_mend(world: World, repository: Path) -> None:
    world.slack.archive("C0STANDARDS")
    done = doctor(repository, world.environment())
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if "✗" in line)
    assert lines[at : at + 2] == [
        "  ✗ chat (C0STANDARDS), #standards, is archived",
        "      Take it out of the archive, or name another channel in bot.yml.",
    ]
    assert lines[-1] == "One thing is to be mended: the line with ✗ says how."


def test_wrong_words_and_a_malformed_address_are_wrong_usage(world: World, repository: Path) -> None:
    assert doctor(repository, world.environment(), "--pots").returncode == 2
    done = doctor(repository, {**world.environment(), "DISCOURSE_URL": "forum.example.org"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: DISCOURSE_URL is not an address. ")


def test_a_terminal_that_has_no_such_characters_gets_others(world: World, repository: Path) -> None:
    done = doctor(repository, {**world.environment(), "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "  ok the token is valid" in done.stdout
    assert done.stdout.isascii()


def test_the_log_of_a_job_takes_no_part_of_it_for_a_command(world: World, repository: Path) -> None:
    evil = "Hello ##[error]there ::set-output name=x::y"
    topic = world.discourse.add_topic(evil, "All about it, and more.", "standards").id
    (repository / PATH).write_text(f"channels: [{{id: thread, discourse: {{topic: {topic}}}}}]")
    done = doctor(repository, {**world.environment(), "CI": "true"})
    assert done.returncode == 0
    assert "is there and open: “Hello ##%5Berror]there" in done.stdout
    assert not [line for line in done.stdout.splitlines() if "##[" in line or "::" in line]


def test_a_terminal_gets_colour_and_the_same_words(world: World, repository: Path) -> None:
    leader, follower = pty.openpty()
    environment = {**os.environ, **world.environment(), "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "200"}
    environment.pop("NO_COLOR", None)
    done = subprocess.Popen([sys.executable, "-m", "bot", "doctor"], cwd=repository, stdout=follower, env=environment)
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(leader)
    assert done.wait() == 0
    assert b"\x1b[32m" in shown
    assert "the token is valid, and sees open-standard/specification" in shown.decode()
