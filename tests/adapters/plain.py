"""GitHub, Discourse and Slack by somebody who implemented as little of each as clients can live with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.exchange import Request, Response
from bot.sandbox.front import Ending

Json = Any
BOT = "github-actions[bot]"
PAGE = 2


def plain(value: Json, link: str = "") -> Response:
    """JSON, and the least of headers, in lower case."""
    headers = {"content-type": "application/json", **({"link": link} if link else {})}
    return Response(200, json.dumps(value).encode(), headers)


NOTHING = Response(404, b"<html><body>nothing here</body></html>", {"content-type": "text/html"})


@dataclass
class Plain:
    """All three at one address: what stands there, and the writes so far."""

    head: str = "a" * 40
    prefix: str = ""
    comments: dict[int, str] = field(default_factory=dict)
    checks: dict[int, Json] = field(default_factory=dict)
    posts: dict[int, str] = field(default_factory=dict)
    messages: dict[str, Json] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    last: int = 0

    def take(self, request: Request) -> tuple[Ending, Response | None]:
        """The answer to a request."""
        path = request.path.removeprefix(self.prefix).removesuffix(".json")
        for method, pattern, answer in self._routes():
            found = re.fullmatch(pattern, path) if method == request.method else None
            if found:
                if method != "GET" and not path.endswith((".history", ".test")):
                    self.writes.append(f"{method} {path}")
                return Ending.ANSWERED, answer(request, *found.groups())
        return Ending.ANSWERED, Response(501) if path == "/graphql" else NOTHING

    def _routes(self) -> list[tuple[str, str, Callable[..., Response]]]:
        here = "/repos/[^/]+/[^/]+"
        return [
            ("GET", f"{here}/pulls/1", lambda _: plain(self._pull())),
            ("GET", f"{here}/issues/1/comments", self._listed),
            (
                "POST",
                f"{here}/issues/1/comments",
                lambda it: plain({"id": self._put(self.comments, it.json()["body"])}),
            ),
            ("PATCH", f"{here}/issues/comments/([0-9]+)", self._edited),
            ("GET", f"{here}/commits/.+/check-runs", lambda _: plain({"check_runs": [*self.checks.values()]})),
            ("POST", f"{here}/check-runs", self._checked),
            ("GET", "/t/5", lambda _: plain({"post_stream": {"stream": [*self.posts], "posts": self._shown()[:1]}})),
            ("GET", "/t/5/posts", lambda _: plain({"post_stream": {"posts": self._shown()}})),
            ("GET", "/posts/([0-9]+)", lambda _, post: plain({**self._post(int(post)), "raw": self.posts[int(post)]})),
            ("POST", "/posts", lambda it: plain({"post": {"id": self._put(self.posts, it.first("raw"))}})),
            ("POST", "/api/auth.test", lambda _: plain({"ok": True, "user_id": "U1"})),
            (
                "POST",
                "/api/conversations.history",
                lambda _: plain({"ok": True, "messages": [*self.messages.values()]}),
            ),
            ("POST", "/api/chat.postMessage", self._said),
        ]

    def _pull(self) -> Json:
        return {"number": 1, "state": "open", "head": {"sha": self.head, "ref": "x"}, "base": {"ref": "main"}}

    def _put(self, kept: dict[int, str], text: str) -> int:
        self.last += 1
        kept[self.last] = text
        return self.last

    def _listed(self, request: Request) -> Response:
        at = int(request.first("page", "1"))
        shown = [{"id": id_, "body": body, "user": {"login": BOT}} for id_, body in self.comments.items()]
        others = [{"id": 9_000 + each, "body": None} for each in range(5)]
        part = [*others, *shown][(at - 1) * PAGE : at * PAGE]
        return plain(part, f'<?page={at + 1}>; rel="next"' if at * PAGE < len(others) + len(shown) else "")

    def _edited(self, request: Request, comment: str) -> Response:
        self.comments[int(comment)] = request.json()["body"]
        return Response(204)

    def _checked(self, request: Request) -> Response:
        self.last += 1
        self.checks[self.last] = {"id": self.last, **request.json()}
        return plain({"id": self.last})

    def _post(self, post: int) -> Json:
        return {"id": post, "username": "Standards"}

    def _shown(self) -> list[Json]:
        return [self._post(each) for each in self.posts]

    def _said(self, request: Request) -> Response:
        given = request.json()
        self.last += 1
        ts = f"{self.last}.000001"
        self.messages[ts] = {"ts": ts, "user": "U1", **given}
        return plain({"ok": True, "ts": ts})
