"""SETUP.md and the project's own settings: what they name is there."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from bot.adapters.probes_discourse import ALWAYS_EDITS
from bot.community.adoption import WORKFLOW
from bot.community.channels import Channel, Forum, Slack
from bot.community.configuration import PATH, Configuration, Gate, configured
from bot.community.noise import MOST_FOLLOW_UPS, MOST_SUGGESTIONS
from bot.standard.yaml_reading import read_yaml
from tests.worlds import ROOT

SETUP = (ROOT / "SETUP.md").read_text(encoding="utf-8")
ADOPTED = (ROOT / "bot" / "commands" / "adopt" / "standards-bot.yml").read_text(encoding="utf-8")
EXAMPLES = [dedent(each) for each in re.findall(r"(?s)```yaml\n(.*?)```", SETUP)]


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)]+)\)", SETUP)
    headings = {
        f"#{re.sub('[^a-z ]', '', each.lower()).replace(' ', '-')}" for each in re.findall("(?m)^#+ (.*)$", SETUP)
    }
    assert len(targets) > 5
    assert [each for each in targets if not (each in headings or (ROOT / each).is_file())] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_of_settings_are_valid(example: str) -> None:
    configuration, problems = configured(read_yaml(PATH, example.encode()))
    assert problems == ()
    assert configuration != Configuration()


def test_the_examples_are_found() -> None:
    assert len(EXAMPLES) == 5
    channels = configured(read_yaml(PATH, EXAMPLES[1].encode()))[0].channels
    assert channels == (Channel("forum", Forum(1234)), Channel("uk-chat", Slack("C0123456789"), ("GB",)))


@pytest.mark.parametrize("name", re.findall(r"(?:secrets|vars)\.([A-Z_]+)", ADOPTED))
def test_every_secret_of_the_workflow_is_explained(name: str) -> None:
    assert f"`{name}`" in SETUP


def test_the_commands_it_names_are_there() -> None:
    from bot.cli import app

    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    named = set(re.findall(r"standards-bot ([a-z]+)", SETUP)) - {"yml"}
    assert {"init", "doctor"} <= named
    assert named - known <= {"replay", "preview"}


def test_what_it_says_of_numbers_is_so() -> None:
    assert f"trust level {ALWAYS_EDITS}" in SETUP
    assert MOST_FOLLOW_UPS == 3
    assert "three at most in Slack" in SETUP
    assert MOST_SUGGESTIONS == 3
    assert "three of them at most at one time. `suggestions: false`" in SETUP
    assert WORKFLOW in SETUP
    assert re.findall(r"options: \[(.*), (.*)\]", ADOPTED) == [("Whatever is due", "Setup check")]
    assert "`Whatever is due`" in SETUP
    assert "`Setup check`" in SETUP


def test_the_settings_of_this_repository_are_valid() -> None:
    configuration, problems = configured(read_yaml(PATH, (ROOT / PATH).read_bytes()))
    assert problems == ()
    assert configuration.source == "."
    assert configuration.check.gate is Gate.ADVISORY
    assert configuration.is_quiet("12-25")
    assert configuration.is_quiet("08-15")
    assert not configuration.is_quiet("11-25")


def test_the_template_of_this_repository_is_the_one_that_init_writes() -> None:
    own = (ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    assert own == (ROOT / "bot/commands/adopt/settings/template.md").read_text(encoding="utf-8")
