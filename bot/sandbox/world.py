"""The three services together: started and stopped, their addresses and tokens, their log and their state."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from email.utils import formatdate
from types import TracebackType
from typing import Self

from bot.sandbox.discourse.service import Discourse
from bot.sandbox.exchange import Json, Request, Response
from bot.sandbox.faults import Fault, Schedule
from bot.sandbox.front import Ending, Entry, Front, Service
from bot.sandbox.github.premises import GRANTS
from bot.sandbox.github.service import GitHub
from bot.sandbox.github.state import TokenKind
from bot.sandbox.server import Server, Take
from bot.sandbox.slack.service import Slack

REPOSITORY = "open-standard/specification"
GITHUB_TOKEN = "sandbox-workflow-token"  # noqa: S105 - opens nothing but the sandbox
PERSONAL_TOKEN = "sandbox-personal-token"  # noqa: S105 - likewise
APP_TOKEN = "sandbox-app-token"  # noqa: S105 - likewise
FORK_TOKEN = "sandbox-fork-token"  # noqa: S105 - likewise
APP = 424242
DISCOURSE_KEY = "sandbox-forum-key"
DISCOURSE_USER = "standards"
SLACK_TOKEN = "sandbox-slack-token"  # noqa: S105 - likewise


class World:
    """Three services with one repository, one forum category that the bot moderates and one Slack app to begin with.

    Used as a context manager it serves them over HTTP, each at a port of its own; without, `take` answers requests
    directly. `now` is their clock. A hung request lasts until its client gives up, at most `hang_seconds`.
    """

    def __init__(
        self,
        now: Callable[[], float] = time.time,
        faults: Iterable[Fault] = (),
        *,
        hang_seconds: float = 5.0,
        ports: Mapping[str, int] | None = None,
    ) -> None:
        """`ports`: by the names github, discourse and slack; free ones are taken where none are given."""
        self.date: Callable[[], float] | None = now
        """The time that answers tell; None where they tell none."""
        self.faults = Schedule(faults)
        self.front = Front(now, self.faults)
        self.github, self.discourse, self.slack = GitHub(now), Discourse(now), Slack(now)
        self._hang_seconds = hang_seconds
        self._ports = dict(ports or {})
        self._servers: dict[str, Server] = {}
        self._furnish()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def services(self) -> tuple[Service, ...]:
        """All three."""
        return (self.github, self.discourse, self.slack)

    @property
    def log(self) -> tuple[Entry, ...]:
        """Each request so far, in the order of the answers."""
        return tuple(self.front.log)

    def start(self, *names: str) -> None:
        """Serve these, or all three. One that was stopped comes back at the port it had."""
        for service in self.services:
            if not names or service.name in names:
                port = self._ports.get(service.name, 0)
                server = Server(self._taker(service), port, self._hang_seconds)
                self._servers[service.name], self._ports[service.name] = server, server.port
                server.start()

    def stop(self, *names: str) -> None:
        """Serve these no more, or none; the state stays, and connections are refused."""
        for name in names or tuple(self._servers):
            self._servers.pop(name).stop()

    def take(self, service: Service, request: Request) -> tuple[Ending, Response | None]:
        """Answer a request without HTTP, faults and log included."""
        return self.front.take(service, request)

    @property
    def github_url(self) -> str:
        """The base of GitHub's REST API."""
        return self._url("github")

    @property
    def discourse_url(self) -> str:
        """The forum."""
        return self._url("discourse")

    @property
    def slack_url(self) -> str:
        """The base of Slack's Web API, with the slash that slack_sdk wants at its end."""
        return f"{self._url('slack')}/api/"

    def environment(self) -> dict[str, str]:
        """The variables by which a run of the bot finds the three."""
        return {
            "GITHUB_API_URL": self.github_url,
            "GITHUB_TOKEN": GITHUB_TOKEN,
            "GITHUB_REPOSITORY": REPOSITORY,
            "DISCOURSE_URL": self.discourse_url,
            "DISCOURSE_API_KEY": DISCOURSE_KEY,
            "DISCOURSE_API_USERNAME": DISCOURSE_USER,
            "SLACK_API_URL": self.slack_url,
            "SLACK_BOT_TOKEN": SLACK_TOKEN,
        }

    def as_json(self) -> Json:
        """What stands in all three, and the log."""
        stands = {each.name: each.as_json() for each in (self.github, self.discourse, self.slack)}
        return {**stands, "log": [entry.as_json() for entry in self.log]}

    def at_port(self, port: int) -> Service | None:
        """The service of a port."""
        return next((each for each in self.services if self._ports.get(each.name) == port), None)

    def _url(self, name: str) -> str:
        return f"http://127.0.0.1:{self._ports[name]}"

    def _taker(self, service: Service) -> Take:
        def taken(request: Request) -> tuple[Ending, Response | None]:
            ending, response = self.take(service, request)
            if response is not None and self.date is not None:
                response = response.adding({"Date": formatdate(self.date(), usegmt=True)})
            return ending, response

        return taken

    def _furnish(self) -> None:
        self.github.add_repository(REPOSITORY)
        self.github.add_token(GITHUB_TOKEN)
        self.github.add_token(PERSONAL_TOKEN, TokenKind.PERSONAL, "maintainer")
        self.github.add_token(APP_TOKEN, TokenKind.APP, "standards-bot[bot]", app_id=APP)
        self.github.add_token(FORK_TOKEN, permissions=dict.fromkeys(GRANTS, "read"))
        self.github.repository().collaborators["maintainer"] = "admin"
        category = self.discourse.add_category("Standards")
        self.discourse.add_user(DISCOURSE_USER, trust_level=4)
        self.discourse.let_moderate(DISCOURSE_USER, category)
        self.discourse.add_key(DISCOURSE_KEY, DISCOURSE_USER)
        self.slack.add_app(SLACK_TOKEN)
