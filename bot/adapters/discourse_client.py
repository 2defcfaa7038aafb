"""Discourse's API over pydiscourse: each request is sent once, and its outcome told as delivery needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from pydiscourse import DiscourseClient

from bot.adapters.discourse_refusals import problem_of, refusal
from bot.adapters.redaction import Redactor
from bot.adapters.transport import MOST_HOPS, TIMEOUT, USER_AGENT, failure
from bot.adapters.trouble import Asked, Effect, Trouble, led_to, parsed
from bot.standard.values import JSON

T = TypeVar("T")

_EFFECTS = {"GET": Effect.READ, "POST": Effect.CREATE}
_ADDRESS = "Set DISCOURSE_URL to the forum's own address (the one that a browser shows in the end, with https)."


class Client(DiscourseClient):  # type: ignore[misc]  # it has no types
    """pydiscourse with one place to send requests from: never waiting, never without a time-out, following
    redirects on the same host alone (the key is in a header that would be sent along)."""

    def __init__(self, url: str, username: str, key: str, timeout: float | None, now: Callable[[], float]) -> None:
        """`url`: of the forum; `username`: who `key` lets us be."""
        super().__init__(url.rstrip("/"), username, key, timeout=timeout or TIMEOUT)
        self._trouble = Trouble("Discourse", Redactor(key))
        self._now = now
        self._session = requests.Session()
        self._session.headers["User-Agent"] = USER_AGENT
        self._session.auth = _unchanged  # else a password file of this machine would add what it knows
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def ask(self, path: str, read: Callable[[JSON], T], parameters: Mapping[str, JSON] | None = None) -> T:
        """What `read` takes from the answer at a path."""
        answer = self._request("GET", path, dict(parameters or {}))
        return self._trouble.understood(Asked(f"GET {path}", Effect.READ), answer, read)

    def reply(self, topic: int, raw: str) -> int:
        """Write a post in a topic, once; its id."""
        return self._trouble.understood(
            Asked("POST /posts", Effect.CREATE),
            self.create_post(raw, topic_id=topic),
            lambda answer: int((answer.get("post") or answer)["id"]),
        )

    def edit(self, post: str, raw: str, original: str | None) -> None:
        """Write over a post, where it still has the original text; nobody is told."""
        still = {} if original is None else {"post[original_text]": original}
        self.update_post(post, raw, bypass_bump="true", **still)

    def erase(self, post: str) -> None:
        """Delete a post."""
        self._delete(f"/posts/{post}.json")

    def _request(
        self,
        verb: str,
        path: str,
        params: Mapping[str, JSON] | None = None,
        files: Any = None,
        data: Any = None,
        json: Any = None,
        override_request_kwargs: Mapping[str, Any] | None = None,
    ) -> JSON:
        """Send a request, and the answer as JSON; None for an empty one to a change. Raises DeliveryError."""
        asked = Asked(f"{verb} {path}", _EFFECTS.get(verb, Effect.CHANGE))
        more = {"params": params, "files": files, "data": data, "json": json, **(override_request_kwargs or {})}
        url = f"{self.host}{path}"
        for _ in range(MOST_HOPS + 1):
            response = self._send(asked, verb, url, more)
            if not response.is_redirect:
                return self._answer(asked, response)
            url = self._target(asked, response)
            if urlsplit(url).query:
                more["params"] = None
        raise self._trouble.refused(asked, "it sends us from place to place", _ADDRESS)

    def _send(self, asked: Asked, verb: str, url: str, more: Mapping[str, Any]) -> requests.Response:
        headers = {"Accept": "application/json", "Api-Key": self.api_key, "Api-Username": self.api_username}
        try:
            return self._session.request(
                verb, url, headers=headers, timeout=self.timeout, allow_redirects=False, **more
            )
        except requests.RequestException as problem:
            raise failure(self._trouble, asked, problem) from None
        except ValueError as problem:  # requests, of a redirect that leads to no address
            raise self._trouble.undecided(asked, f"the answer makes no sense ({type(problem).__name__})") from None

    def _target(self, asked: Asked, response: requests.Response) -> str:
        """Where to read instead. Writes never follow, and nothing follows to another host."""
        here, there = urlsplit(self.host), led_to(response.url, response.headers["location"])
        if there is None:
            raise self._trouble.refused(asked, f"{response.status_code}: it is at no address", _ADDRESS)
        if asked.effect is not Effect.READ or (here.scheme, here.netloc) != (there.scheme, there.netloc):
            said = f"{response.status_code}: it is at {there.scheme}://{there.hostname}"
            raise self._trouble.refused(asked, said, _ADDRESS)
        return there.geturl()

    def _answer(self, asked: Asked, response: requests.Response) -> JSON:
        headers = {name.lower(): value for name, value in response.headers.items()}
        answer = _json(headers.get("content-type", ""), response.content)
        problem = refusal(self._trouble, asked, response.status_code, headers, answer, self._now())
        if problem:
            raise problem
        if answer is None and (response.content.strip() or asked.effect is not Effect.CHANGE):
            raise self._trouble.undecided(asked, f"{response.status_code}, and no JSON", _ADDRESS)
        refused = problem_of(self._trouble, asked, answer)
        if refused:
            raise refused
        return answer


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _json(content_type: str, content: bytes) -> JSON:
    """What an answer holds, whatever its proxies make of the content type's parameters; None where it is no JSON."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        return None
    try:
        return parsed(content)
    except ValueError:
        return None
