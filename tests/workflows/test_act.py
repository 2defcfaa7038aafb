from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.commands.init import InitRequest
from bot.community.adoption import WORKFLOW
from bot.publish.marks import read_marker
from bot.sandbox.world import REPOSITORY
from tests.workflows.hygiene import granted
from tests.workflows.stage import BOT, CHANNEL, SECRETS, Stage, bot_files, stage
from tests.worlds import ROOT, entity

PHONE = entity("phone", {"kind": {"enum": ["voice", "fax"], "example": "voice"}})
NARROWED = entity("phone", {"kind": {"enum": ["voice"], "example": "voice"}})
SETTINGS = """\
version: 1
channels:
  - id: forum
    discourse: {{topic: {topic}}}
  - id: chat
    slack: {{channel: {channel}}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Stage]:
    """This repository as it lies here: its workflow calls the bot in it, on the standard in it."""
    with stage(tmp_path, granted()) as made:
        settings = SETTINGS.format(topic=made.topic, channel=CHANNEL)
        ours = {WORKFLOW: ROOT / WORKFLOW}
        made.publish(REPOSITORY, {**bot_files(), **ours, "schema": ROOT / "schema", ".github/bot.yml": settings})
        yield made


@pytest.fixture
def adopter(tmp_path: Path) -> Iterator[Stage]:
    """A standard that took the bot in, and a pull request that narrows it."""
    with stage(tmp_path, granted()) as made:
        sha = made.publish(BOT, bot_files())
        workflow = (ROOT / "bot/commands/adopt/standards-bot.yml").read_text()
        workflow = workflow.replace(InitRequest().workflow.partition("@")[0], BOT).replace("COMMIT", sha)
        # act, like GitHub Enterprise Server, does not tell where a called workflow is from.
        named = f"    with:\n      bot-repository: {BOT}\n      bot-ref: {sha}\n"
        files = {
            WORKFLOW: workflow.replace("    secrets:\n", f"{named}    secrets:\n"),
            ".github/bot.yml": SETTINGS.format(topic=made.topic, channel=CHANNEL),
            "schema/phone.json": json.dumps(PHONE),
        }
        made.publish(REPOSITORY, files)
        made.propose({"schema/phone.json": json.dumps(NARROWED)}, "Fax is gone", "no-fax")
        yield made


def said(stage: Stage, number: int) -> list[str]:
    """What the bot told of a pull request, everywhere: who, where and what."""
    world, pull = stage.world, stage.world.github.repository().issues[number].pull
    assert pull is not None
    texts = [(each.user.login, each.body) for each in world.github.comments(number)]
    texts += [(each.user.username, each.raw) for each in world.discourse.posts(stage.topic)]
    marked = [f"{author} {mark.key}" for author, text in texts if (mark := read_marker(text)) is not None]
    checks = [f"check {run.given['name']} of {run.app_id}" for run in world.github.check_runs(pull.head_sha)]
    return [*marked, *checks, *(f"chat: {each.text}" for each in world.slack.messages(CHANNEL))]


def writes(stage: Stage) -> list[str]:
    return [f"{entry.service} {entry.path}" for entry in stage.world.log if entry.writes]


def test_a_strangers_pull_request_is_told_of_once_and_nothing_of_it_runs(own: Stage) -> None:
    run = f"touch {own.touched}"
    title = f"$({run}) `{run}` '; {run}; ' ${{{{ github.token }}}}\n::set-output name=verdict::forged\n::error::forged <!-- @here"
    branch = f"$({run})`{run}`;{run}".replace(" ", "${IFS}")
    service = json.loads((ROOT / "schema/service.json").read_text())
    service["required"] += ["description"]
    code = f"import pathlib; pathlib.Path({str(own.touched)!r}).touch()\n"
    files = {
        "schema/service.json": json.dumps(service, indent=2),
        **dict.fromkeys(("sitecustomize.py", "typing.py", "bot/__init__.py", "bot/__main__.py"), code),
        ".github/workflows/bot.yml": "on: workflow_call\njobs: {}\n",
        ".github/bot.yml": "version: 1\nchannels: []\n",
    }
    number = own.propose(files, title, branch)
    event = own.payload(number, action="opened")
    ran = own.run("pull_request_target", event)
    assert ran.status == 0, ran.log
    assert not own.touched.exists()
    assert "set-output:: verdict=breaking" in ran.taken
    assert "forged" not in ran.taken
    assert [secret for secret in SECRETS.values() if secret in ran.log] == []
    first = said(own, number)
    assert first == [
        f"github-actions[bot] github/{REPOSITORY}/pr-{number}/report",
        f"standards forum:{own.topic}/{REPOSITORY}/rolling",
        "check standards-bot of 15368",
        f"chat: Pull request {number} of {REPOSITORY}: This change would break data published under 2 of 3 profiles.",
    ]
    report = json.loads((own.kept / f"report-{number}.json").read_text())
    assert report["verdict"] == "breaking"

    written = writes(own)
    again = own.run("pull_request_target", event)
    assert again.status == 0, again.log
    assert (said(own, number), writes(own)) == (first, written)
    assert not own.touched.exists()


def test_a_comment_on_a_pull_request_wakes_the_bot_and_one_on_an_issue_does_not(adopter: Stage) -> None:
    body = f"$(touch {adopter.touched}) `touch {adopter.touched}`"
    comment: dict[str, Any] = {"action": "created", "comment": {"body": body, "user": {"login": "stranger"}}}
    ran = adopter.run("issue_comment", adopter.payload(issue={"number": 1}, **comment))
    assert (ran.status, ran.printed) == (0, ""), ran.log
    assert adopter.world.log == ()

    ran = adopter.run("issue_comment", adopter.payload(issue={"number": 1, "pull_request": {"url": "…"}}, **comment))
    assert ran.status == 0, ran.log
    assert len(said(adopter, 1)) == 4
    assert not adopter.touched.exists()


def test_the_clock_finds_what_no_event_told_of_and_whoever_asks_later_finds_it_done(adopter: Stage) -> None:
    ran = adopter.run("schedule", adopter.payload(schedule="23 5 * * *"))
    assert ran.status == 0, ran.log
    first, written = said(adopter, 1), writes(adopter)
    assert len(first) == 4

    ran = adopter.run("workflow_dispatch", adopter.payload(inputs={"task": "Whatever is due"}))
    assert ran.status == 0, ran.log
    assert (said(adopter, 1), writes(adopter)) == (first, written)


def test_the_setup_check_tries_everything_and_tells_nobody(adopter: Stage) -> None:
    ran = adopter.run("workflow_dispatch", adopter.payload(inputs={"task": "Setup check"}))
    assert all(word in ran.printed for word in ("GitHub", "Forum", "Slack")), ran.log
    assert (ran.status, "✗" in ran.printed) == (0, False), ran.log
    # It asks whether it may write by what cannot be written.
    accepted = [entry for entry in adopter.world.log if entry.writes and entry.status < 300]
    assert (said(adopter, 1), accepted) == ([], [])


def test_an_app_of_the_projects_own_speaks_and_what_has_no_key_is_left_out(adopter: Stage) -> None:
    adopter.variables["STANDARDS_BOT_APP_ID"] = "4711"
    for each in ("DISCOURSE_API_KEY", "SLACK_BOT_TOKEN"):
        del adopter.secrets[each]
    ran = adopter.run("pull_request_target", adopter.payload(1, action="opened"))
    assert ran.status == 0, ran.log
    assert said(adopter, 1) == [f"app-4711[bot] github/{REPOSITORY}/pr-1/report", "check standards-bot of 4711"]
    assert "skipped: discourse is not told" in ran.printed
    assert "skipped: slack is not told" in ran.printed


def test_a_bot_that_is_not_found_is_said_to_be_missing(adopter: Stage) -> None:
    path = adopter.repository / WORKFLOW
    text = path.read_text()
    named = text[text.index("    with:\n") : text.index("    secrets:\n")]
    path.write_text(text.replace(named, ""))
    ran = adopter.run("pull_request_target", adopter.payload(1, action="opened"))
    assert ran.status == 1
    assert "The bot was not checked out." in ran.taken, ran.log
    assert adopter.world.log == ()
