"""GitHub's front door: who asks, whether they asked too often, where a repository went, and who answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from threading import BoundedSemaphore
from urllib.parse import unquote

from bot.sandbox.exchange import Json, Refused, Request, Response, json_answer
from bot.sandbox.github import checks, comments, forms, graphql, issues, notes, settings, threads
from bot.sandbox.github.answers import NOT_BY_INTEGRATION, Call, Handler, by_number, failure, not_found, refusal
from bot.sandbox.github.stage import Stage
from bot.sandbox.github.state import Repository, Token, TokenKind
from bot.sandbox.lag import SECONDS as LAG_SECONDS
from bot.sandbox.lag import hide_newest
from bot.sandbox.limits import Limit
from bot.sandbox.routing import Router

AN_HOUR = 3600.0
PRIMARY = {TokenKind.WORKFLOW: 1000, TokenKind.APP: 5000, TokenKind.PERSONAL: 5000}
ANONYMOUS = 60
POINTS = Limit(900, 60)
CONCURRENT = 100
CONTENT = (Limit(80, 60), Limit(500, AN_HOUR))
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
_PLACES = (*settings.ROUTES, *issues.ROUTES, *comments.ROUTES, *notes.ROUTES, *checks.ROUTES)
_REPOSITORY = re.compile(r"/(?:repos/(?P<name>[^/]+/[^/]+)|repositories/(?P<number>[0-9]+))(?:/(?P<rest>.*))?")


class GitHub(Stage):
    """Answers requests to the REST API, and to GraphQL the little that the bot asks."""

    name = "github"

    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: its clock."""
        super().__init__(now)
        self._router: Router[Handler] = Router(_PLACES)
        self._serial = count(1)
        self._room = BoundedSemaphore(CONCURRENT)

    def handle(self, request: Request) -> Response:
        """The answer to a request; errors are answers too. Of those that come while it has its hands full, one too
        many is turned away."""
        if not self._room.acquire(blocking=False):
            return refusal(403, SECONDARY, {"Retry-After": "60"}).response
        try:
            return self._handled(request)
        finally:
            self._room.release()

    def _handled(self, request: Request) -> Response:
        with self._lock:
            now, token = self._now(), None
            try:
                token = self._signed_in(request)
                self._limited(request, token, now)
                response = self._answer(request, token, now)
            except Refused as refused:
                response = refused.response
            return response.adding(self._headers(token, now))

    def writes(self, request: Request) -> bool:
        """Whether a request asks for a change."""
        return request.writes and not (request.path == "/graphql" and b"mutation" not in request.body)

    def later_page(self, request: Request) -> bool:
        """Whether it asks for page 2 or a later one."""
        return request.method == "GET" and request.first("page", "1") != "1"

    def failure(self, status: int, seconds: int) -> Json:  # noqa: ARG002 - the time stands in a header
        """How GitHub words it."""
        words = {401: "Bad credentials", 403: SECONDARY, 404: "Not Found", 410: "Gone", 429: SECONDARY}
        return failure(status, words[status])

    def lag(self, reads: int) -> None:
        """Keep what was made last out of lists for so many reads."""
        with self._lock:
            recent = self._now() - LAG_SECONDS
            for where in self.hub.repositories.values():
                issues = [each for each in where.issues.values() if not each.pull]
                for made in (where.comments.values(), where.notes.values(), issues, where.check_runs.values()):
                    hide_newest([each for each in made if each.created_at >= recent], reads)

    def as_json(self) -> Json:
        """All repositories with their issues, pull requests, comments and checks, as the API shows them."""
        base = "https://api.github.com"
        with self._lock:
            return {where.full_name: self._shown(base, where) for where in self.hub.repositories.values()}

    def _shown(self, base: str, where: Repository) -> Json:
        return {
            "issues": [threads.issue(base, self.hub, where, each) for each in where.issues.values()],
            "comments": [threads.comment(base, self.hub, where, each) for each in where.comments.values()],
            "review_comments": [threads.note(base, where, each) for each in where.notes.values()],
            "check_runs": [
                {**threads.check_run(base, self.hub, where, each), "annotations": each.annotations}
                for each in where.check_runs.values()
            ],
        }

    def _signed_in(self, request: Request) -> Token | None:
        scheme, _, value = request.header("authorization").partition(" ")
        if not value:
            return None
        token = self.hub.tokens.get(value)
        if token is None or scheme.lower() not in ("token", "bearer"):
            raise refusal(401, "Bad credentials")
        return token

    def _limited(self, request: Request, token: Token | None, now: float) -> None:
        if request.path == "/rate_limit":
            return
        who, limiter = (token.value if token else request.address), self.hub.limiter
        primary = _primary(token)
        if limiter.wait(who, primary, now) > 0:
            raise refusal(403, f"API rate limit exceeded for {token.user.login if token else request.address}.")
        points = 5.0 if request.writes else 1.0
        wait = limiter.wait(who, POINTS, now, points)
        if request.writes:
            wait = max(wait, *(limiter.wait(who, limit, now) for limit in CONTENT))
        if wait > 0:
            raise refusal(403, SECONDARY, {"Retry-After": str(max(1, round(wait)))})
        limiter.spend(who, primary, now)
        limiter.spend(who, POINTS, now, points)
        for limit in CONTENT if request.writes else ():
            limiter.spend(who, limit, now)

    def _headers(self, token: Token | None, now: float) -> dict[str, str]:
        limit = _primary(token)
        left = int(self.hub.limiter.left(token.value if token else "127.0.0.1", limit, now))
        return {
            "X-GitHub-Request-Id": f"{next(self._serial):04X}:5A4D:B0C5",
            "X-GitHub-Media-Type": "github.v3; format=json",
            "X-RateLimit-Limit": str(int(limit.most)),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Used": str(int(limit.most) - left),
            "X-RateLimit-Reset": str(int(now + AN_HOUR)),
            "X-RateLimit-Resource": "core",
        }

    def _answer(self, request: Request, token: Token | None, now: float) -> Response:
        match (request.method, request.path):
            case ("POST", "/graphql"):
                return graphql.answer(self.hub, request, token)
            case ("GET", "/user"):
                return _user(request, token)
            case ("GET", "/rate_limit"):
                return self._rate_limit(token, now)
            case ("GET", path) if path.startswith("/users/"):
                return self._account(request)
        match = _REPOSITORY.fullmatch(request.path)
        if match is None:
            raise not_found()
        where = self._repository(request, match["name"], match["number"])
        found = self._router.find(request.method, match["rest"] or "")
        if found is None:
            raise not_found()
        return found.handler(Call(self.hub, request, token, where, found.names, now))

    def _repository(self, request: Request, name: str | None, number: str | None) -> Repository:
        if number is not None:
            where = self.hub.repositories.get(int(number))
            if where is None:
                raise not_found()
            return where
        found = self.hub.named(name or "")
        if found is None:
            raise not_found()
        where, moved = found
        if moved:
            query = f"?{request.query}" if request.query else ""
            location = f"{request.base}{by_number(request.path, where)}{query}"
            status, word = (307, "Temporary Redirect") if request.writes else (301, "Moved Permanently")
            body = {**failure(status, word), "url": location}
            raise Refused(json_answer(body, status, {"Location": location}))
        return where

    def _account(self, request: Request) -> Response:
        login = unquote(request.path.removeprefix("/users/"))
        if login not in self.hub.users:
            raise not_found()
        return json_answer(forms.user(request.base, self.hub.users[login]))

    def _rate_limit(self, token: Token | None, now: float) -> Response:
        limit = _primary(token)
        left = int(self.hub.limiter.left(token.value if token else "127.0.0.1", limit, now))
        rate = {
            "limit": int(limit.most),
            "remaining": left,
            "reset": int(now + AN_HOUR),
            "used": int(limit.most) - left,
        }
        return json_answer({"resources": {"core": rate, "search": rate, "graphql": rate}, "rate": rate})


def _primary(token: Token | None) -> Limit:
    return Limit(PRIMARY[token.kind] if token else ANONYMOUS, AN_HOUR)


def _user(request: Request, token: Token | None) -> Response:
    if token is None:
        raise refusal(401, "Requires authentication")
    if token.is_app:
        raise refusal(403, NOT_BY_INTEGRATION)
    return json_answer(forms.user(request.base, token.user))
