"""GitHub's answers that are no success, lists in pages, and what came with a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from bot.sandbox.exchange import Json, Refused, Request, Response, json_answer
from bot.sandbox.github.state import Hub, Issue, Repository, Token

DOCUMENTATION = "https://docs.github.com/rest"
NOT_BY_INTEGRATION = "Resource not accessible by integration"
MOST_PER_PAGE = 100
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """A request with everything that it is about. `token` is None where nobody signed in."""

    hub: Hub
    request: Request
    token: Token | None
    repository: Repository
    names: Mapping[str, str]
    now: float

    @property
    def base(self) -> str:
        """The address of the API as this client calls it."""
        return self.request.base

    @property
    def author(self) -> Token:
        """The token of a write."""
        if self.token is None:
            raise refusal(401, "Requires authentication")
        return self.token

    def number(self, name: str) -> int:
        """A number of the path; 404 where it is none."""
        if not self.names[name].isascii() or not self.names[name].isdigit():
            raise not_found()
        return int(self.names[name])

    def issue(self) -> Issue:
        """The issue or pull request of the path; 404 or 410 where it is gone."""
        number = self.number("number")
        if number in self.repository.gone:
            raise refusal(410, "This issue was deleted")
        if number not in self.repository.issues:
            raise not_found()
        return self.repository.issues[number]

    def value(self) -> Json:
        """The body; 400 where it is no JSON."""
        try:
            return self.request.json() if self.request.body else {}
        except (ValueError, RecursionError):
            raise refusal(400, "Problems parsing JSON") from None

    def given(self) -> dict[str, Json]:
        """The body, an object; 400 where it is none."""
        value = self.value()
        if not isinstance(value, dict):
            raise refusal(400, "Body should be a JSON object")
        return value

    def demand(self, level: str, *areas: str) -> None:
        """403 where the token may not, as for the read-only token of a fork's pull request."""
        if level == "write" and self.repository.archived:
            raise refusal(403, "Repository was archived so is read-only.")
        if level == "write" and self.author.reach not in (0, self.repository.id):
            raise refusal(403, NOT_BY_INTEGRATION)
        if level == "write" and not self.author.may(level, *areas):
            raise refusal(403, NOT_BY_INTEGRATION)
        if self.token is not None and not self.token.may(level, *areas):
            raise refusal(403, NOT_BY_INTEGRATION)


Handler = Callable[[Call], Response]


def failure(status: int, message: str) -> Json:
    """The body of an error."""
    return {"message": message, "documentation_url": DOCUMENTATION, "status": str(status)}


def refusal(status: int, message: str, headers: Mapping[str, str] | None = None) -> Refused:
    """An error that ends the handling."""
    return Refused(json_answer(failure(status, message), status, headers))


def not_found() -> Refused:
    """What is not there, or not for this token."""
    return refusal(404, "Not Found")


def invalid(resource: str, field: str, message: str, code: str = "custom") -> Refused:
    """422 for one field of what was sent."""
    error = {"resource": resource, "code": code, "field": field, "message": message}
    body = {**failure(422, "Validation Failed"), "errors": [error]}
    return Refused(json_answer(body, 422))


def wrongly_formed(message: str) -> Refused:
    """422 for what does not fit the form of the API at all."""
    return refusal(422, f"Invalid request.\n\n{message}")


def page(call: Call, items: Sequence[T], form: Callable[[T], Json]) -> Response:
    """One page of a list, and where the others are."""
    shown, headers = sliced(call, items)
    return json_answer([form(each) for each in shown], headers=headers)


def sliced(call: Call, items: Sequence[T]) -> tuple[Sequence[T], dict[str, str]]:
    """The items of the page asked for, and the header that links to the others."""
    size = min(MOST_PER_PAGE, max(1, _whole(call.request.first("per_page"), 30)))
    at = max(1, _whole(call.request.first("page"), 1))
    last = max(1, -(-len(items) // size))
    links = {"prev": at - 1, "next": at + 1, "last": last, "first": 1}
    fitting = [
        name for name in links if (name in ("prev", "first") and at > 1) or (name in ("next", "last") and at < last)
    ]
    header = ", ".join(f'<{_address(call, links[name])}>; rel="{name}"' for name in fitting)
    return items[(at - 1) * size : at * size], {"Link": header} if header else {}


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() else default


def _address(call: Call, at: int) -> str:
    """Pages are linked by the number of the repository, not by its name."""
    kept = [(name, value) for name, value in parse_qsl(call.request.query, True) if name != "page"]
    path = by_number(call.request.path, call.repository)
    return f"{call.base}{path}?{urlencode([*kept, ('page', str(at))])}"


def by_number(path: str, repository: Repository) -> str:
    """The path with the repository's number in place of its name."""
    steps = path.split("/")
    if steps[1:2] == ["repos"]:
        steps[1:4] = ["repositories", str(repository.id)]
    return "/".join(steps)
