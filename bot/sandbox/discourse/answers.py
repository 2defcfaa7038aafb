"""Discourse's answers that are no success, and what came with a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.sandbox.discourse.state import Forum, Topic, User
from bot.sandbox.exchange import Json, Refused, Request, Response, json_answer
from bot.sandbox.limits import Limit

FORBIDDEN = "You are not permitted to view the requested resource."
NOT_FOUND = "The requested URL or resource could not be found."


@dataclass(frozen=True, slots=True)
class Call:
    """A request with everything that it is about. `user` is None where nobody signed in."""

    forum: Forum
    request: Request
    user: User | None
    now: float
    names: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def author(self) -> User:
        """Who writes; whoever did not sign in may not."""
        if self.user is None:
            raise Refused(json_answer(["BAD CSRF"], 403))
        return self.user

    def first(self, name: str, default: str = "") -> str:
        """The first value of a parameter."""
        return self.given.get(name, [default])[0]

    def flag(self, name: str) -> bool:
        """Whether a parameter is on, as Rails reads it."""
        return self.first(name).lower() not in ("", "0", "f", "false", "off")

    def number(self, name: str) -> int:
        """A number of the path; 404 where it is none."""
        if not self.names[name].isascii() or not self.names[name].isdigit():
            raise not_found()
        return int(self.names[name])

    def topic(self) -> Topic:
        """The topic of the path; 404 where it is gone, 403 where it is not for this user."""
        topic = self.forum.topics.get(self.number("topic"))
        if topic is None or topic.deleted:
            raise not_found()
        self.readable(topic.category_id)
        return topic

    def readable(self, category: int) -> None:
        """403 for a category that only staff reads."""
        if self.forum.categories[category].read_restricted and not (self.user and self.user.staff):
            raise forbidden()


Handler = Callable[[Call], Response]


def errors(messages: list[str], status: int, kind: str = "", **more: Json) -> Refused:
    """The error that ends the handling."""
    body: dict[str, Json] = {"errors": messages, **({"error_type": kind} if kind else {}), **more}
    return Refused(json_answer(body, status))


def forbidden(message: str = FORBIDDEN) -> Refused:
    """What this user may not."""
    return errors([message], 403, "invalid_access")


def not_found() -> Refused:
    """What is not there."""
    return errors([NOT_FOUND], 404, "not_found")


def invalid_parameter(name: str) -> Refused:
    """A parameter that this user may not set."""
    return errors([f"You supplied invalid parameters to the request: {name}"], 400, "invalid_parameters")


def rate_limited(seconds: int) -> Json:
    """The body of a 429."""
    extras = {"wait_seconds": seconds, "time_left": f"{seconds} seconds"}
    message = f"You've performed this action too many times, please wait {seconds} seconds before trying again."
    return {"errors": [message], "error_type": "rate_limit", "extras": extras}


def spend(call: Call, what: str, limit: Limit) -> None:
    """Put one deed of the author on an account; 429 where it is empty. Staff has no such accounts."""
    author = call.author
    if author.staff or limit.most <= 0 or limit.seconds <= 0:
        return
    wait = call.forum.limiter.wait((author.id, what), limit, call.now)
    if wait > 0:
        seconds = max(1, round(wait))
        headers = {"Retry-After": str(seconds), "Discourse-Rate-Limit-Error-Code": what}
        raise Refused(json_answer(rate_limited(seconds), 429, headers))
    call.forum.limiter.spend((author.id, what), limit, call.now)


def given(request: Request) -> dict[str, list[str]]:
    """The parameters of a request as Rails sees them, whether they came as query, form or JSON."""
    found = request.parameters
    if "json" in request.header("content-type") and request.body:
        try:
            body = request.json()
        except (ValueError, RecursionError):
            raise errors(["Bad Request"], 400) from None
        for name, value in body.items() if isinstance(body, dict) else ():
            found.update(_flat(name, value))
    return found


def _flat(name: str, value: Json) -> dict[str, list[str]]:
    if isinstance(value, dict):
        return {key: each for inner, part in value.items() for key, each in _flat(f"{name}[{inner}]", part).items()}
    if isinstance(value, list):
        return {f"{name}[]": [_text(each) for each in value]}
    return {name: [_text(value)]}


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
