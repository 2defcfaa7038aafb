"""What tests of the adapters share: a clock that stands still, messages, what was asked, what went wrong."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from bot.publish.marks import Mark, digest
from bot.publish.places import DeliveryError, Unavailable
from bot.render.contents import Annotation, Blocks, CheckRun, Conclusion, IssueText, Level
from bot.sandbox.exchange import Request, Response
from bot.sandbox.front import Ending, Entry
from bot.sandbox.world import DISCOURSE_KEY, FORK_TOKEN, GITHUB_TOKEN, PERSONAL_TOKEN, SLACK_TOKEN, World

CHANNEL = "C0STANDARDS"
SECONDS = 5.0
"""What a client waits for an answer: long enough for a busy machine."""
SECRETS = (GITHUB_TOKEN, PERSONAL_TOKEN, FORK_TOKEN, DISCOURSE_KEY, SLACK_TOKEN)
KEY = "place/open-standard/specification/pr-1/report"
TEXT = "What this change means for those who publish"


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.moment = 1_760_000_000.0

    def __call__(self) -> float:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += seconds


class Script:
    """A server that answers what it is told to, whatever it is asked, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Response] = []
        self.asked: list[Request] = []

    def take(self, request: Request) -> tuple[Ending, Response | None]:
        """The next answer; the last one again where there is no other."""
        self.asked.append(request)
        return Ending.ANSWERED, self.answers[min(len(self.asked), len(self.answers)) - 1]


def mark(version: int = 1, key: str = KEY, text: str = TEXT) -> Mark:
    """The mark of a version of a message."""
    return Mark(key, "1a2b3c4", version, digest(text))


def blocks(text: str = TEXT) -> Blocks:
    """A message for Slack."""
    return Blocks(text, ({"type": "section", "text": {"type": "plain_text", "text": text}},))


def check(annotations: int = 0, summary: str = TEXT) -> CheckRun:
    """A check run with so many annotations."""
    notes = (
        Annotation("schema/service.json", line, Level.FAILURE, "Gone", "It is gone.")
        for line in range(1, annotations + 1)
    )
    return CheckRun("1 profile breaks", summary, "The table", Conclusion.FAILURE, tuple(notes))


def issue(text: str = TEXT) -> IssueText:
    """An issue."""
    return IssueText("The coming core version", text)


def asked(entries: Iterable[Entry]) -> list[str]:
    """The requests of a log: the method and what follows the repository, or Slack's name for it."""
    return [
        f"{entry.method} {re.sub(r'^/(repos/open-standard/[a-z-]+/|repositories/[0-9]+/|api/)?', '', entry.path)}"
        for entry in entries
    ]


def requests(world: World, do: Callable[[], Any]) -> list[str]:
    """The requests that something makes."""
    before = len(world.log)
    do()
    return asked(world.log[before:])


def outcome(do: Callable[[], Any]) -> str:
    """How something ends: "fine", or the name of the error with the seconds it asks to wait. No error holds a secret,
    nor does what is shown of where it comes from; each says what to do."""
    try:
        do()
    except DeliveryError as problem:
        return _checked(problem)
    return "fine"


def _checked(problem: DeliveryError) -> str:
    shown = "".join(traceback.format_exception(problem)) + problem.message + problem.hint
    assert not [secret for secret in SECRETS if secret in shown]
    assert problem.hint
    assert "\n" not in problem.message
    wait = f" {problem.wait:.0f}" if isinstance(problem, Unavailable) and problem.wait is not None else ""
    return type(problem).__name__ + wait


def refusal(do: Callable[[], Any], kind: type[DeliveryError] = DeliveryError) -> DeliveryError:
    """The error that something ends with."""
    with pytest.raises(kind) as caught:
        do()
    return caught.value
