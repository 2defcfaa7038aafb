"""GitHub's REST API over PyGithub: each request is sent once, and its outcome told as delivery needs it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit

import requests
from github import Auth, Github
from requests.utils import parse_header_links
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import MaxRetryError
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from bot.adapters.github_refusals import refusal
from bot.adapters.redaction import Redactor
from bot.adapters.server_clock import ServerClock
from bot.adapters.transport import MOST_HOPS, TIMEOUT, USER_AGENT, failure
from bot.adapters.trouble import Asked, Effect, Trouble, led_to, parsed
from bot.standard.values import JSON

T = TypeVar("T")

PER_PAGE = 100
MOST_PAGES = 500
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOVED = "The repository was renamed or moved: use its new name, or check GITHUB_API_URL."

# PyGithub writes its log to stderr by a handler of its own, which nobody asked for and which no filter cleans.
_LOG = logging.getLogger("github")
_LOG.handlers.clear()
_LOG.setLevel(logging.WARNING)


class _Moved(Exception):
    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class _Once(Retry):
    """Repeats nothing. Stops at a 301, which PyGithub would follow by itself: for writes too, and without the query."""

    def increment(
        self,
        method: str | None = None,  # noqa: ARG002 - as urllib3 calls it
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> NoReturn:
        """End the request in an error."""
        if response is not None:
            response.drain_conn()
            raise _Moved(response.headers.get("Location", ""))
        raise MaxRetryError(_pool, url or "", error)  # type: ignore[arg-type]  # requests reads the reason alone


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    text: str


class Client:
    """PyGithub signs, sends and guards the requests. Its objects are not used: to them an empty answer is an
    empty list and a redirect an object without an id, and either would have us write twice or not at all."""

    def __init__(self, token: str, url: str, timeout: int | None, now: ServerClock) -> None:
        """`url`: of the API, as GITHUB_API_URL has it. `now` learns from each answer."""
        self._trouble = Trouble("GitHub", Redactor(token))
        self._now = now
        self._host = urlsplit(url).hostname
        self._base = url.rstrip("/")
        self._github = Github(
            auth=Auth.Token(token),
            base_url=url.rstrip("/"),
            timeout=timeout or TIMEOUT,
            per_page=PER_PAGE,
            user_agent=USER_AGENT,
            retry=_Once(total=0, allowed_methods=None, status_forcelist={301}, respect_retry_after_header=False),
            seconds_between_requests=0,
            seconds_between_writes=0,
            lazy=True,
        )

    def close(self) -> None:
        """Let go of the connection."""
        self._github.close()

    def get(self, path: str, read: Callable[[JSON], T]) -> T:
        """What `read` takes from the answer at a path."""
        asked = Asked(f"GET {path}", Effect.READ)
        return self._understood(asked, self._exchange(asked, "GET", path), read)

    def pages(self, path: str, parameters: Mapping[str, str], items: Callable[[JSON], list[T]]) -> Iterator[T]:
        """All items of a list, page after page; `items` takes them from an answer."""
        asked = Asked(f"GET {path}", Effect.READ)
        url: str | None = path
        first: dict[str, str] | None = {**parameters, "per_page": str(PER_PAGE)}
        for _ in range(MOST_PAGES):
            answer = self._exchange(asked, "GET", url or path, parameters=first)
            yield from self._understood(asked, answer, items)
            url, first = self._next_page(asked, answer, self._absolute(url or path)), None
            if url is None:
                return
        raise self._trouble.undecided(asked, f"the list has more than {MOST_PAGES} pages")

    def create(self, path: str, body: JSON, read: Callable[[JSON], T]) -> T:
        """Make something new, once; what `read` takes from the answer."""
        asked = Asked(f"POST {path}", Effect.CREATE)
        return self._understood(asked, self._exchange(asked, "POST", path, body), read)

    def change(self, path: str, body: JSON) -> None:
        """Change something; the same again changes no more, so that nothing hangs on the answer."""
        self._exchange(Asked(f"PATCH {path}", Effect.CHANGE), "PATCH", path, body)

    def delete(self, path: str) -> None:
        """Take something away."""
        self._exchange(Asked(f"DELETE {path}", Effect.CHANGE), "DELETE", path)

    def query(self, query: str, read: Callable[[JSON], T]) -> T:
        """What `read` takes from the answer to a GraphQL query that changes nothing."""
        asked = Asked("a GraphQL query", Effect.READ)
        answer = self._exchange(asked, "POST", self._github.requester.graphql_url, {"query": query})
        return self._understood(asked, answer, read)

    def _exchange(
        self, asked: Asked, verb: str, url: str, body: JSON = None, parameters: Mapping[str, str] | None = None
    ) -> Answer:
        for _ in range(MOST_HOPS + 1):
            answer = self._send(asked, verb, url, body, parameters)
            self._now.hear(answer.headers.get("date", ""))
            if answer.status not in _REDIRECTS:
                break
            url, parameters = self._target(asked, verb, answer), None
        problem = refusal(self._trouble, asked, answer.status, answer.headers, answer.text, self._now())
        if problem:
            raise problem
        return answer

    def _send(self, asked: Asked, verb: str, url: str, body: JSON, parameters: Mapping[str, str] | None) -> Answer:
        try:
            return Answer(*self._github.requester.requestJson(verb, url, dict(parameters or {}), input=body))
        except _Moved as moved:
            return Answer(301, {"location": moved.location}, "")
        except requests.RequestException as problem:
            raise failure(self._trouble, asked, problem) from None
        except (
            AssertionError,
            RuntimeError,
            ValueError,
            ArithmeticError,
        ) as problem:  # PyGithub, of headers that make no sense
            raise self._trouble.undecided(asked, f"the answer makes no sense ({type(problem).__name__})") from None

    def _target(self, asked: Asked, verb: str, answer: Answer) -> str:
        """Where to read instead. Writes never follow: what was meant for one place does not go to another."""
        target = led_to("", answer.headers.get("location", ""))
        if verb != "GET" or target is None or target.hostname not in (None, self._host) or not target.path:
            raise self._trouble.refused(asked, f"{answer.status}: what was asked for is elsewhere", _MOVED)
        return target.geturl()

    def _absolute(self, url: str) -> str:
        return f"{self._base}{url}" if url.startswith("/") else url

    def _understood(self, asked: Asked, answer: Answer, read: Callable[[JSON], T]) -> T:
        return self._trouble.understood(asked, answer.text, lambda text: read(parsed(text)))

    def _next_page(self, asked: Asked, answer: Answer, page: str) -> str | None:
        """Where the next page is, None after the last; a link may be relative to the page that it stands on."""
        links = parse_header_links(answer.headers.get("link", ""))
        link = next((link["url"] for link in links if link.get("rel") == "next"), None)
        found = led_to(page, link) if link is not None else None
        if link is not None and found is None:
            raise self._trouble.undecided(asked, "the next page of the list is at no address")
        return found.geturl() if found is not None else None
