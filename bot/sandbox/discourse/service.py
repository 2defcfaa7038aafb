"""The forum's front door: who asks, whether they asked too often, and who answers."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.discourse import forms, reading
from bot.sandbox.discourse.answers import FORBIDDEN, NOT_FOUND, Call, Handler, forbidden, given, not_found, rate_limited
from bot.sandbox.discourse.posting import A_DAY
from bot.sandbox.discourse.stage import Stage
from bot.sandbox.discourse.state import Key, Settings, Topic, User
from bot.sandbox.exchange import Json, Refused, Request, Response, json_answer, plain_answer
from bot.sandbox.lag import SECONDS as LAG_SECONDS
from bot.sandbox.lag import hide_newest
from bot.sandbox.limits import Limit
from bot.sandbox.routing import Router

BAD_KEY = "You are not permitted to view the requested resource. The API username or key is invalid."


class Discourse(Stage):
    """Answers requests to the API of a forum."""

    name = "discourse"

    def __init__(self, now: Callable[[], float], settings: Settings | None = None) -> None:
        """`settings`: where the forum differs from a new one."""
        super().__init__(now, settings)
        self._router: Router[Handler] = Router(reading.ROUTES)

    def handle(self, request: Request) -> Response:
        """The answer to a request; errors are answers too."""
        with self._lock:
            now = self._now()
            try:
                self._limit_address(request, now)
                user = self._signed_in(request)
                self._limit_key(request, now)
                found = self._router.find(request.method, request.path.removesuffix(".json"))
                if found is None:
                    raise not_found()
                self._opened(request, found.handler)
                return found.handler(Call(self.forum, request, user, now, found.names, given(request)))
            except Refused as refused:
                return refused.response

    def writes(self, request: Request) -> bool:
        """Whether a request asks for a change."""
        return request.writes

    def later_page(self, request: Request) -> bool:
        """Whether it asks for posts beyond the first of a topic."""
        asked = request.parameters
        return request.method == "GET" and ("post_ids[]" in asked or asked.get("page", ["1"])[0] != "1")

    def failure(self, status: int, seconds: int) -> Json:
        """How Discourse words it."""
        if status == 429:
            return rate_limited(seconds)
        kind, message = {
            401: ("not_logged_in", "You need to be logged in to do that."),
            403: ("invalid_access", FORBIDDEN),
        }.get(status, ("not_found", NOT_FOUND))
        return {"errors": [message], "error_type": kind}

    def lag(self, reads: int) -> None:
        """Keep the post made last out of the views of its topic for so many reads."""
        with self._lock:
            recent = self._now() - LAG_SECONDS
            hide_newest([each for each in self.forum.posts.values() if each.created_at >= recent], reads)

    def as_json(self) -> Json:
        """All live topics with their posts, and what waits for approval."""
        with self._lock:
            topics = [self._shown(each) for each in self.topics()]
            return {"topics": topics, "pending": [forms.pending(each) for each in self.forum.pending]}

    def _shown(self, which: Topic) -> Json:
        stream = self.forum.stream(which.id)
        whole = forms.topic(self.forum, which, None, stream, stream, raw=True)
        return {**whole, "external_id": which.external_id or None}

    def _limit_address(self, request: Request, now: float) -> None:
        """What the web server in front refuses, in plain text."""
        settings, limiter = self.forum.settings, self.forum.limiter
        limits = (Limit(settings.max_reqs_per_ip_per_minute, 60), Limit(settings.max_reqs_per_ip_per_10_seconds, 10))
        wait = max(limiter.wait(request.address, limit, now) for limit in limits)
        if wait > 0:
            text = "Slow down, too many requests from this IP address."
            raise Refused(plain_answer(429, text, {"Retry-After": str(max(1, round(wait)))}))
        for limit in limits:
            limiter.spend(request.address, limit, now)

    def _opened(self, request: Request, handler: Handler) -> None:
        """A granular key opens what its scopes name."""
        key = self.forum.keys.get(request.header("api-key"))
        if key is None or key.scopes is None or (reading.READING in key.scopes and not request.writes):
            return
        if not any(handler in reading.SCOPES.get(scope, ()) for scope in key.scopes):
            raise forbidden(BAD_KEY)

    def _limit_key(self, request: Request, now: float) -> None:
        key, limit = request.header("api-key"), Limit(self.forum.settings.max_admin_api_reqs_per_minute, 60)
        if not key:
            return
        wait = self.forum.limiter.wait(("key", key), limit, now)
        if wait > 0:
            seconds = max(1, round(wait))
            headers = {"Retry-After": str(seconds), "Discourse-Rate-Limit-Error-Code": "admin_api_key_rate_limit"}
            raise Refused(json_answer(rate_limited(seconds), 429, headers))
        self.forum.limiter.spend(("key", key), limit, now)

    def _key(self, value: str) -> Key | None:
        """The key of that value; one that nobody has used for long is revoked."""
        now, spared = self._now(), self.forum.settings.revoke_api_keys_days * A_DAY
        if value in self.forum.keys and spared and now - self.forum.key_used[value] > spared:
            del self.forum.keys[value]
        if value in self.forum.keys:
            self.forum.key_used[value] = now
        return self.forum.keys.get(value)

    def _signed_in(self, request: Request) -> User | None:
        value, username = request.header("api-key"), request.header("api-username")
        if not value:
            return None
        key, user = self._key(value), self.forum.user(username)
        if key is None or user is None or (key.username and key.username.lower() != username.lower()):
            raise forbidden(BAD_KEY)
        return user
