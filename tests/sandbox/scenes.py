"""What tests of the sandbox share: a clock that stands still, requests made by hand."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from bot.sandbox.exchange import Request, Response
from bot.sandbox.front import Ending
from bot.sandbox.world import DISCOURSE_KEY, DISCOURSE_USER, GITHUB_TOKEN, REPOSITORY, SLACK_TOKEN, World

CHANNEL = "C0STANDARDS"
STANDARDS = 2
"""The forum's category that the bot moderates."""
TITLE = "How the booking address is written"
BODY = "A text that is long enough for every forum."


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.moment = 1_760_000_000.0

    def __call__(self) -> float:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += seconds


def to_github(method: str, path: str, given: Any = None, by: str = GITHUB_TOKEN, query: str = "") -> Request:
    """A request to the repository of the world."""
    body = given if isinstance(given, bytes) else b"" if given is None else json.dumps(given).encode()
    headers = {"authorization": f"token {by}", "content-type": "application/json"} if by else {}
    place = path if path.startswith("/") else f"/repos/{REPOSITORY}/{path}".rstrip("/")
    return Request(method, place, query, headers, body, "http://127.0.0.1:1")


def to_discourse(
    method: str, path: str, user: str = DISCOURSE_USER, key: str = DISCOURSE_KEY, agent: str = "", **given: Any
) -> Request:
    """A request to the forum, its parameters as a form; `post__raw` is post[raw], a list is `tags[]`."""
    pairs = [(_name(name, value), value) for name, value in given.items()]
    form = urlencode(pairs, doseq=True)
    headers = {"content-type": "application/x-www-form-urlencoded", "user-agent": agent}
    headers |= {"api-key": key, "api-username": user} if key else {}
    if method == "GET":
        return Request(method, path, form, headers, b"", "http://127.0.0.1:1")
    return Request(method, path, "", headers, form.encode(), "http://127.0.0.1:1")


def _name(name: str, value: Any) -> str:
    outer, _, inner = name.partition("__")
    return f"{outer}[{inner}]" if inner else f"{outer}[]" if isinstance(value, list) else outer


def to_slack(method: str, by: str = SLACK_TOKEN, **given: Any) -> Request:
    """A call of a method, its arguments as JSON."""
    headers = {"content-type": "application/json;charset=utf-8"}
    headers |= {"authorization": f"Bearer {by}"} if by else {}
    return Request("POST", f"/api/{method}", "", headers, json.dumps(given).encode(), "http://127.0.0.1:1")


def github(world: World, method: str, path: str, given: Any = None, **more: Any) -> Response:
    """The answer of GitHub to a request made by hand."""
    return _answered(world.take(world.github, to_github(method, path, given, **more)))


def discourse(world: World, method: str, path: str, **more: Any) -> Response:
    """The answer of the forum to a request made by hand."""
    return _answered(world.take(world.discourse, to_discourse(method, path, **more)))


def slack(world: World, method: str, **given: Any) -> Any:
    """What Slack answers to a call made by hand, as JSON."""
    return _answered(world.take(world.slack, to_slack(method, **given))).json()


def _answered(outcome: tuple[Ending, Response | None]) -> Response:
    assert outcome[1] is not None
    return outcome[1]
