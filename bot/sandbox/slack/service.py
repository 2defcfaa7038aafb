"""Slack's front door: who asks, with which scopes, whether they asked too often, and who answers."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.exchange import Json, Refused, Request, Response, json_answer
from bot.sandbox.lag import SECONDS as LAG_SECONDS
from bot.sandbox.lag import hide_newest
from bot.sandbox.limits import Limit
from bot.sandbox.slack import chat, conversations, forms
from bot.sandbox.slack.answers import Call, Handler, failure, given
from bot.sandbox.slack.stage import Stage
from bot.sandbox.slack.state import App, Settings

TIERS = {
    "chat.update": Limit(50, 60),
    "chat.delete": Limit(50, 60),
    "conversations.history": Limit(50, 60),
    "conversations.replies": Limit(50, 60),
    "conversations.info": Limit(50, 60),
    "conversations.list": Limit(20, 60),
    "conversations.members": Limit(100, 60),
}
RATIONED = Limit(1, 60)
_METHODS: dict[str, tuple[Handler, tuple[str, ...]]] = {**chat.ROUTES, **conversations.ROUTES}
_WRITES = ("chat.postMessage", "chat.update", "chat.delete")


class Slack(Stage):
    """Answers requests to the Web API, below /api/."""

    name = "slack"

    def __init__(self, now: Callable[[], float], settings: Settings | None = None) -> None:
        """`settings`: where the workspace differs from a small one on the free plan."""
        super().__init__(now, settings)

    def handle(self, request: Request) -> Response:
        """The answer to a request, which is status 200 for almost every error."""
        with self._lock:
            try:
                return self._answer(request, self._now())
            except Refused as refused:
                return refused.response

    def writes(self, request: Request) -> bool:
        """Whether a request asks for a change; all are POST."""
        return _method(request) in _WRITES

    def later_page(self, request: Request) -> bool:
        """Whether it asks for more than the beginning of a list."""
        return bool(request.first("cursor"))

    def failure(self, status: int, seconds: int) -> Json:  # noqa: ARG002 - the time stands in a header
        """How Slack words it."""
        words = {401: "invalid_auth", 403: "restricted_action", 404: "unknown_method", 410: "method_deprecated"}
        return {"ok": False, "error": words.get(status, "ratelimited")}

    def lag(self, reads: int) -> None:
        """Keep the message made last out of histories for so many reads."""
        with self._lock:
            recent = self._now() - LAG_SECONDS
            for channel in self.workspace.channels.values():
                hide_newest([each for each in channel.messages.values() if each.created_at >= recent], reads)

    def as_json(self) -> Json:
        """All channels with their messages, metadata included."""
        with self._lock:
            return {
                channel.id: {
                    **forms.channel(channel, ""),
                    "messages": [
                        forms.message(self.workspace, channel, each, metadata=True)
                        for each in channel.messages.values()
                    ],
                }
                for channel in self.workspace.channels.values()
            }

    def _answer(self, request: Request, now: float) -> Response:
        found = _METHODS.get(_method(request))
        if found is None:
            raise failure("unknown_method", req_method=_method(request))
        handler, scopes = found
        asked = given(request)
        app = self._app(request, asked)
        if scopes and not set(scopes) & set(app.scopes):
            raise failure("missing_scope", needed=scopes[0], provided=",".join(app.scopes))
        self._limit(_method(request), app, str(asked.get("channel") or ""), now)
        answer = {"ok": True, **handler(Call(self.workspace, app, asked, now))}
        return json_answer(answer, headers={"X-OAuth-Scopes": ",".join(app.scopes), "X-Slack-Req-Id": "sandbox"})

    def _app(self, request: Request, asked: dict[str, Json]) -> App:
        token = request.header("authorization").removeprefix("Bearer ") or str(asked.get("token") or "")
        if not token:
            raise failure("not_authed")
        if token not in self.workspace.apps:
            raise failure("invalid_auth")
        return self.workspace.apps[token]

    def _limit(self, method: str, app: App, channel: str, now: float) -> None:
        settings, limit = self.workspace.settings, TIERS.get(method)
        account: tuple[str, ...] = (app.app_id, method)
        if method == "chat.postMessage":
            account, limit = (*account, channel), Limit(settings.post_burst, 1)
        elif settings.distributed and method in ("conversations.history", "conversations.replies"):
            limit = RATIONED
        if limit is None:
            return
        wait = self.workspace.limiter.wait(account, limit, now)
        if wait > 0:
            headers = {"Retry-After": str(max(1, round(wait)))}
            raise Refused(json_answer({"ok": False, "error": "ratelimited"}, 429, headers))
        self.workspace.limiter.spend(account, limit, now)


def _method(request: Request) -> str:
    return request.path.rpartition("/")[2]
