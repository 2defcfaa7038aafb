"""Asks a service for one thing at a time, for checks of the setup: no library in between, nothing repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import requests

from bot.adapters.transport import TIMEOUT, USER_AGENT
from bot.adapters.trouble import parsed
from bot.standard.values import JSON

UNREACHABLE = 0
"""The status of an answer that never came."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its status, what it says as JSON (an empty object where it says none), its headers by lower-case
    names."""

    status: int
    value: JSON = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether it is a success."""
        return 200 <= self.status < 300

    @property
    def limited(self) -> bool:
        """Whether it means "slower" and not "no" (GitHub says so by 403 as well)."""
        spent = "retry-after" in self.headers or self.headers.get("x-ratelimit-remaining") == "0"
        return self.status == 429 or (self.status == 403 and (spent or "rate limit" in self.text("message").lower()))

    def get(self, *names: str) -> JSON:
        """A value inside; None where the answer has not the form for it."""
        value = self.value
        for name in names:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def text(self, *names: str) -> str:
        """A text inside; "" where there is none."""
        value = self.get(*names)
        return value if isinstance(value, str) else ""

    def items(self, *names: str) -> list[dict[str, JSON]]:
        """The objects of a list inside; none where there is no list."""
        value = self.get(*names) if names else self.value
        return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


class Http:
    """Requests below one address, each sent once. Redirects are answers, not followed: the key stays here."""

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        """`headers` go with every request; the secret is among them."""
        self._url = url.rstrip("/")
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json", **headers})
        # Otherwise a password file of this machine would replace the header that signs the requests.
        self._session.auth = lambda request: request

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """Read something."""
        return self._ask("GET", path, params=query)

    def post(self, path: str, value: JSON = None, *, form: Mapping[str, str] | None = None) -> Answer:
        """Send JSON, or a form."""
        return self._ask("POST", path, form=form, value=value)

    def delete(self, path: str) -> Answer:
        """Take something away."""
        return self._ask("DELETE", path)

    def _ask(
        self,
        verb: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        value: JSON = None,
    ) -> Answer:
        url, more = f"{self._url}{path}", {"params": params, "data": form, "json": value}
        try:
            response = self._session.request(verb, url, timeout=TIMEOUT, allow_redirects=False, **more)
        except (requests.RequestException, ValueError):  # as of a redirect that leads to no address
            return Answer(UNREACHABLE)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, _json(response.content), headers)


def _json(content: bytes) -> JSON:
    try:
        return parsed(content)
    except ValueError:
        return {}
