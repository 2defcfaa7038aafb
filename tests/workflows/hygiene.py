"""What a workflow must be that strangers wake and that has secrets: each fault as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.standard.yaml_reading import read_yaml
from tests.worlds import ROOT

RELEASES = {
    "actions/checkout": ("v7.0.1", "3d3c42e5aac5ba805825da76410c181273ba90b1"),
    "actions/setup-python": ("v7.0.0", "5fda3b95a4ea91299a34e894583c3862153e4b97"),
    "actions/upload-artifact": ("v7.0.1", "043fb46d1a93c77aae656e7c1c64a875d1fc6a0a"),
    "actions/cache/restore": ("v6.1.0", "55cc8345863c7cc4c66a329aec7e433d2d1c52a9"),
    "actions/cache/save": ("v6.1.0", "55cc8345863c7cc4c66a329aec7e433d2d1c52a9"),
    "actions/create-github-app-token": ("v3.2.0", "bcd2ba49218906704ab6c1aa796996da409d3eb1"),
}
"""The only actions of others that are trusted, each as well-kept public workflows pin it."""
OURS = re.compile(r"\./\.github/workflows/[a-z-]+\.yml|[\w.-]+/[\w.-]+/\.github/workflows/bot\.yml@[0-9a-f]{40}")
_USED = re.compile(r"uses: *[\"']?([\w.-]+/[\w.-]+(?:/(?:restore|save))?)@([^\s\"']*)[\"']?(?: # (\S+))?\n")
UNTRUSTED = re.compile(
    r"github\.head_ref|github\.event\.\S*(title|body|message|email|label|login|\.name|head\b|head_|comment|pages|inputs)"
)
"""What strangers write, and inputs: nowhere but in `env`."""


def workflow(text: str) -> dict[str, Any]:
    """A workflow as the project's own reader has it."""
    reading = read_yaml("workflow.yml", text.encode())
    assert reading.readable, reading.problems
    assert isinstance(reading.value, dict)
    return reading.value


def granted() -> dict[str, str]:
    """What the token of the bot's job may do."""
    text = (ROOT / ".github/workflows/bot.yml").read_text()
    permissions: dict[str, str] = workflow(text)["jobs"]["bot"]["permissions"]
    return permissions


def faults(text: str) -> Iterator[str]:
    """All that is wrong with a workflow."""
    read = workflow(text)
    if read.get("permissions") != {}:
        yield "something is granted to every job"
    for trigger in read["on"].values() if isinstance(read["on"], dict) else ():
        if isinstance(trigger, dict) and {"paths", "paths-ignore"} & trigger.keys():
            yield "a check that never starts blocks whatever it is required for"
    for action, sha, release in _USED.findall(text):
        if RELEASES.get(action) != (release, sha):
            yield f"{action} is not pinned to a release that is known"
    for name, job in read["jobs"].items():
        yield from (f"{name}: {fault}" for fault in _faults_of_job(job))


def _faults_of_job(job: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(job.get("permissions"), dict):
        yield "its permissions are not named"
    if "uses" in job:
        if not OURS.fullmatch(job["uses"]):
            yield f"{job['uses']} is not ours, or not pinned"
        if job.get("secrets") == "inherit":
            yield "it hands on every secret"
    elif "timeout-minutes" not in job:
        yield "it may run for ever"
    for step in job.get("steps", ()):
        yield from _faults_of_step(step)
    yield from _misused({name: value for name, value in job.items() if name not in ("steps", "env")})


def _faults_of_step(step: Mapping[str, Any]) -> Iterator[str]:
    if "${{" in step.get("run", ""):
        yield "an expression is put into a script"
    yield from _misused({name: value for name, value in step.items() if name != "env"})
    if "uses" not in step:
        return
    if step["uses"].partition("@")[0] not in RELEASES:
        yield f"{step['uses']} is none of the actions that are trusted"
    given = step.get("with", {})
    if step["uses"].startswith("actions/checkout@") and given.get("persist-credentials") is not False:
        yield "credentials are left behind for whatever runs next"
    if step["uses"].startswith("actions/cache/save@") and "github.event_name == 'schedule'" not in step.get("if", ""):
        yield "what a pull request's run leaves behind is read by others"
    if "cache" in given:
        yield "a cache that a pull request may have filled is used"


def _misused(value: object) -> Iterator[str]:
    for text in _texts(value):
        for expression in re.findall(r"\$\{\{(.*?)\}\}", text, re.DOTALL):
            if UNTRUSTED.search(expression):
                yield f"{expression.strip()} is used outside of env"


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
