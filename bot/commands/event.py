"""What woke the bot: the event that GitHub Actions hands over, as far as it matters."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import InputError
from bot.standard.json_reading import read_json
from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class Event:
    """`name` as GitHub calls it; `number` of the pull request it is about, 0 where it is about none."""

    name: str = ""
    number: int = 0
    default_branch: str = ""


def read_event(name: str, data: bytes) -> Event:
    """The event of a payload; raises InputError where it is none."""
    reading = read_json("the event", data)
    if not reading.readable or not isinstance(reading.value, dict):
        raise InputError("the event that GitHub hands over cannot be read", "Check GITHUB_EVENT_PATH.")
    return Event(name, _number(reading.value), _text(reading.value, "repository", "default_branch"))


def _number(payload: dict[str, JSON]) -> int:
    subject = payload.get("pull_request")
    issue = payload.get("issue")
    if not isinstance(subject, dict) and isinstance(issue, dict) and isinstance(issue.get("pull_request"), dict):
        subject = issue  # a comment on a pull request is told as one on an issue
    number = subject.get("number") if isinstance(subject, dict) else None
    return number if isinstance(number, int) and number > 0 else 0


def _text(payload: dict[str, JSON], *steps: str) -> str:
    value: JSON = payload
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""
