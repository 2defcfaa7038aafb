"""A stage for the workflows: act runs them, against the sandbox and repositories behind a git server of the test."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.community.adoption import WORKFLOW
from bot.sandbox.github.state import TokenKind
from bot.sandbox.world import DISCOURSE_KEY, DISCOURSE_USER, GITHUB_TOKEN, REPOSITORY, SLACK_TOKEN, World
from tests.adapters.test_sources import commit, git
from tests.workflows.git_server import GitServer
from tests.worlds import ROOT

BOT = "open-standard/standards-bot"
CHANNEL = "C0STANDARDS"
APP_TOKEN, APP_KEY = "sandbox-app-token", "sandbox-app-key"
SECRETS = {
    "GITHUB_TOKEN": GITHUB_TOKEN,
    "DISCOURSE_API_KEY": DISCOURSE_KEY,
    "SLACK_BOT_TOKEN": SLACK_TOKEN,
    "STANDARDS_BOT_APP_PRIVATE_KEY": APP_KEY,
}
_ACTIONS = Path(__file__).parent / "actions"
_USED = re.compile(r"uses: (actions/([a-z-]+))(?:/[a-z]+)?@([0-9a-f]{40})")
_OF_A_BOT = ("bot", "requirements-bot.lock", ".github/workflows/bot.yml")
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run of the workflow ended, and all that it said."""

    status: int
    log: str

    @property
    def printed(self) -> str:
        """What the steps printed."""
        return "\n".join(line.partition("  | ")[2] for line in self.log.splitlines() if "  | " in line)

    @property
    def taken(self) -> str:
        """What was printed, or written to files of the runner, and taken for a command to it."""
        return "\n".join(line for line in self.log.splitlines() if re.search("] +(?:⚙|❗|🚧|💬|❓)", line))


@dataclass
class Stage:
    """The world, a repository in it with a workflow, and what its runs kept."""

    directory: Path
    world: World
    server: GitServer
    topic: int
    variables: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=lambda: dict(SECRETS))

    @property
    def repository(self) -> Path:
        return self.place(REPOSITORY)

    @property
    def kept(self) -> Path:
        """What was kept of all runs."""
        return self.directory / "kept" / "standards-bot"

    @property
    def touched(self) -> Path:
        """What hostile text tries to bring about: it is there once any of it was executed."""
        return self.directory / "pwned"

    def place(self, repository: str) -> Path:
        """Where a repository is."""
        return self.directory / "server" / f"{repository}.git"

    def publish(self, repository: str, files: Mapping[str, str | Path]) -> str:
        """Commit files to the default branch of a repository, texts or copies of ours; the commit."""
        place = self.place(repository)
        if not place.exists():
            place.mkdir(parents=True)
            git(place, "init", "--quiet")
        put(place, files)
        commit(place)
        sha = git(place, "rev-parse", "HEAD")
        if repository == REPOSITORY:
            self.world.github.repository().branches["main"] = sha
        return sha

    def propose(self, files: Mapping[str, str], title: str, branch: str) -> int:
        """Open a fork's pull request with these files; its number."""
        git(self.repository, "checkout", "--quiet", "--detach")
        put(self.repository, files)
        commit(self.repository, title)
        sha = git(self.repository, "rev-parse", "HEAD")
        git(self.repository, "checkout", "--quiet", "main")
        number = self.world.github.open_pull_request(title, head_sha=sha, head_ref=branch, fork=True)
        git(self.repository, "update-ref", f"refs/pull/{number}/head", sha)
        return number

    def payload(self, number: int = 0, **more: Any) -> dict[str, Any]:
        """The event as GitHub tells it, about a pull request where there is a number."""
        told: dict[str, Any] = {"repository": {"full_name": REPOSITORY, "default_branch": "main"}, **more}
        issue = self.world.github.repository().issues.get(number)
        if issue is not None and issue.pull is not None:
            pull = issue.pull
            head = {"ref": pull.head_ref, "sha": pull.head_sha, "repo": {"full_name": pull.head_repository}}
            base = {"ref": pull.base_ref, "sha": pull.base_sha}
            told["pull_request"] = {"number": number, "title": issue.title, "body": "", "head": head, "base": base}
        return told

    def run(self, event: str, payload: Mapping[str, Any]) -> Ran:
        """Run the repository's workflow on an event, as a runner would."""
        (self.directory / "event.json").write_text(json.dumps(payload))
        (self.directory / "secrets").write_text("".join(f"{name}={value}\n" for name, value in self.secrets.items()))
        command = [act(), event, "--workflows", WORKFLOW, *self._options()]
        done = subprocess.run(
            command,
            cwd=self.repository,
            env=self._environment(),
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return Ran(done.returncode, _COLOURS.sub("", done.stdout + done.stderr))

    def _options(self) -> Iterator[str]:
        yield from ("--eventpath", str(self.directory / "event.json"), "--secret-file", str(self.directory / "secrets"))
        yield from (
            "--platform",
            "ubuntu-latest=-self-hosted",
            "--no-cache-server",
            "--no-skip-checkout",
            "--pull=false",
        )
        workflow = (ROOT / ".github/workflows/bot.yml").read_text()
        for action, name, sha in sorted(set(_USED.findall(workflow))):
            yield from ("--local-repository", f"{action}@{sha}={_ACTIONS / name}")
        yield from ("--local-repository", f"{BOT}@{self._bot_commit}={self.place(BOT)}")
        context = {"REPOSITORY": REPOSITORY, "API_URL": self.world.github_url, "SERVER_URL": self.server.url}
        for name, value in context.items():
            yield from ("--env", f"GITHUB_{name}={value}")
        for name, value in self.variables.items():
            yield from ("--var", f"{name}={value}")

    @property
    def _bot_commit(self) -> str:
        return git(self.place(BOT), "rev-parse", "HEAD") if self.place(BOT).exists() else "none"

    def _environment(self) -> dict[str, str]:
        """What a runner's own environment holds here. Packages are not fetched: what the lock names is installed."""
        paths = {name: str(self.directory / name.lower()) for name in ("HOME", "TMPDIR")}
        for path in paths.values():
            Path(path).mkdir(exist_ok=True)
        return {
            **paths,
            "PATH": os.environ["PATH"],
            "PIP_NO_INDEX": "1",
            "PIP_CONFIG_FILE": os.devnull,
            "SLACK_API_URL": self.world.slack_url,
            "STAGE_PYTHON": str(Path(sys.executable).parent),
            "STAGE_KEPT": str(self.directory / "kept"),
            "STAGE_APP_TOKEN": APP_TOKEN,
            "STAGE_APP_KEY": APP_KEY,
        }


def put(directory: Path, files: Mapping[str, str | Path]) -> None:
    """Write texts, and copies of files and directories, below a directory."""
    for name, content in files.items():
        target = directory / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            target.write_text(content)
        elif content.is_dir():
            shutil.copytree(content, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(content, target)


def bot_files() -> dict[str, Path]:
    """The bot as it lies here."""
    return {name: ROOT / name for name in _OF_A_BOT}


def act() -> str:
    """What runs workflows; skips the test where it is not there."""
    found = shutil.which("act", path=f"{ROOT / '.venv-tools/bin'}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip("act is not here (make tools)")
    return found


@contextmanager
def stage(directory: Path, permissions: Mapping[str, str]) -> Iterator[Stage]:
    """An empty stage; the job's token may do what the workflow grants it, and the app's the same."""
    act()
    with World() as world, GitServer(directory / "server") as server:
        granted = {area.replace("-", "_"): level for area, level in permissions.items()}
        world.github.add_token(GITHUB_TOKEN, permissions=granted)
        world.github.add_token(APP_TOKEN, TokenKind.APP, "app-4711[bot]", permissions=granted, app_id=4711)
        world.github.add_workflow(WORKFLOW)
        world.slack.add_channel(CHANNEL, "standards", ["U0BOT1"])
        topic = world.discourse.add_topic(
            "News about the standard", "Here is the news about the standard.", category=1
        ).id
        variables = {"DISCOURSE_URL": world.discourse_url, "DISCOURSE_API_USERNAME": DISCOURSE_USER}
        yield Stage(directory, world, server, topic, variables)
