"""A request and its answer as values, so that a service knows nothing of sockets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

Json = Any


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent. `path` is as sent, without the query; names of headers are in lower case;
    `base` is the address the client used, without a slash at the end."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    base: str = ""
    address: str = "127.0.0.1"

    @property
    def writes(self) -> bool:
        """Whether its method may change something. (For Slack, where all is POST, its service knows better.)"""
        return self.method not in ("GET", "HEAD", "OPTIONS")

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The query and the form together; names that end in [] may come many times, as may others."""
        found: dict[str, list[str]] = {}
        form = self.body.decode("utf-8", "replace") if "form-urlencoded" in self.header("content-type") else ""
        for name, value in (*parse_qsl(self.query, True), *parse_qsl(form, True)):
            found.setdefault(name, []).append(value)
        return found

    def header(self, name: str) -> str:
        """A header's value, empty where there is none."""
        return self.headers.get(name.lower(), "")

    def first(self, name: str, default: str = "") -> str:
        """The first value of a parameter."""
        return self.parameters.get(name, [default])[0]

    def json(self) -> Json:
        """The body as JSON; raises ValueError, also for what a strict reader refuses."""
        value = json.loads(self.body, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()  # lone surrogates do not encode
        return value


def _refuse(constant: str) -> None:
    raise ValueError(constant)


@dataclass(frozen=True, slots=True)
class Response:
    """What a service answers."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> Json:
        """The body as JSON; None where it is empty."""
        return json.loads(self.body) if self.body else None

    def adding(self, headers: Mapping[str, str]) -> Response:
        """The same answer with these headers beside its own, which win."""
        return Response(self.status, self.body, {**headers, **self.headers})


class Refused(Exception):
    """A service's answer that ends the handling of a request wherever it is found."""

    def __init__(self, response: Response) -> None:
        """`response`: the answer."""
        super().__init__(response.status)
        self.response = response


def json_answer(value: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer of JSON, with the content type that all three services write."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, body, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})


def html_answer(status: int, title: str) -> Response:
    """The page that a proxy in front of a service shows."""
    body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n".encode()
    return Response(status, body, {"Content-Type": "text/html"})


def plain_answer(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    """An answer of plain text."""
    return Response(status, text.encode(), {"Content-Type": "text/plain", **(headers or {})})
