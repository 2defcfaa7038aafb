"""What stands before a service: it counts and logs each request and lets faults happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from enum import Enum
from threading import Lock
from typing import Protocol

from bot.sandbox.exchange import Json, Request, Response, html_answer, json_answer, plain_answer
from bot.sandbox.faults import Arrival, Fault, Kind, Schedule


class Service(Protocol):
    """One of the three. Each call is safe from any thread."""

    name: str

    def handle(self, request: Request) -> Response:
        """The answer, after the state has changed accordingly."""
        ...

    def writes(self, request: Request) -> bool:
        """Whether a request asks for a change."""
        ...

    def later_page(self, request: Request) -> bool:
        """Whether a request asks for more of a list than its beginning."""
        ...

    def failure(self, status: int, seconds: int) -> Json:
        """How this service words a 401, 403, 404, 410 or 429."""
        ...

    def lag(self, reads: int) -> None:
        """Keep what was made last out of lists for so many reads."""
        ...


class Ending(Enum):
    """How the connection ends."""

    ANSWERED = "answered"
    RESET = "reset"
    HUNG = "hung"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `applied`: the service saw the request; `status` is 0 where no answer went out."""

    service: str
    method: str
    path: str
    status: int
    fault: Kind | None
    writes: bool
    applied: bool
    request: Request = field(repr=False)
    response: Response | None = field(repr=False)

    def as_json(self) -> Json:
        """The line without bodies and headers, which may hold tokens."""
        fault = self.fault.value if self.fault else None
        line = {"service": self.service, "method": self.method, "path": self.path, "status": self.status}
        return {**line, "fault": fault, "writes": self.writes, "applied": self.applied}


class Front:
    """Hands requests to services. `before` is called as each arrives, `after` when its answer is ready."""

    def __init__(self, now: Callable[[], float], schedule: Schedule) -> None:
        """`schedule`: the faults to let happen."""
        self.schedule = schedule
        self.log: list[Entry] = []
        self.before: Callable[[Arrival], None] | None = None
        self.after: Callable[[Entry], None] | None = None
        self._now = now
        self._lock = Lock()
        self._counts: Counter[str] = Counter()

    def take(self, service: Service, request: Request) -> tuple[Ending, Response | None]:
        """Answer a request, or let its fault happen."""
        arrival = self._arrival(service, request)
        if self.before:
            self.before(arrival)
        fault = self.schedule.due(arrival)
        kind = fault.kind if fault else None
        if kind and kind.lag and not arrival.writes:
            service.lag(kind.lag)
        applied = kind is None or kind.applied
        real = service.handle(request) if applied else None
        if kind and kind.lag and arrival.writes:
            service.lag(kind.lag)
        ending, response = _outcome(service, request, real, fault, self._now())
        status = response.status if response else 0
        entry = Entry(
            service.name, request.method, request.path, status, kind, arrival.writes, applied, request, response
        )
        with self._lock:
            self.log.append(entry)
        if self.after:
            self.after(entry)
        return ending, response

    def refuses(self, service: Service) -> bool:
        """Whether the next connection to a service is to be refused; if so it counts as a request."""
        with self._lock:
            number, overall = self._counts[service.name] + 1, sum(self._counts.values()) + 1
            fault = self.schedule.refusal(service.name, number, overall)
            if fault is None:
                return False
            self._counts[service.name] += 1
            nothing = Request("CONNECT", "")
            entry = Entry(service.name, "CONNECT", "", 0, fault.kind, False, False, nothing, None)
            self.log.append(entry)
        return True

    def count(self, service: str = "") -> int:
        """The requests so far, of one service or of all."""
        with self._lock:
            return self._counts[service] if service else sum(self._counts.values())

    def _arrival(self, service: Service, request: Request) -> Arrival:
        with self._lock:
            self._counts[service.name] += 1
            number, overall = self._counts[service.name], sum(self._counts.values())
        return Arrival(service.name, request, number, overall, service.writes(request), service.later_page(request))


def _outcome(
    service: Service, request: Request, real: Response | None, fault: Fault | None, now: float
) -> tuple[Ending, Response | None]:
    match fault.kind if fault else None:
        case Kind.REFUSED | Kind.RESET_BEFORE | Kind.RESET_AFTER:
            return Ending.RESET, None
        case Kind.HUNG_BEFORE | Kind.HUNG_AFTER:
            return Ending.HUNG, None
    if fault is None or fault.kind.lag:
        return Ending.ANSWERED, real
    if real is not None and fault.kind.value.endswith("after") and fault.kind in _SPOILT:
        return Ending.ANSWERED, _SPOILT[fault.kind](real)
    return Ending.ANSWERED, _answer(service, request, fault, now)


_SPOILT: dict[Kind, Callable[[Response], Response]] = {
    Kind.TRUNCATED_AFTER: lambda real: Response(real.status, real.body[: len(real.body) // 2], real.headers),
    Kind.EMPTY_AFTER: lambda real: Response(real.status, b"", real.headers),
    Kind.ODD_TYPE_AFTER: lambda real: Response(
        real.status, real.body, {**real.headers, "Content-Type": "application/json;charset=UTF-8"}
    ),
}
_PAGES = {
    Kind.ERROR_500: (500, "500 Internal Server Error"),
    Kind.ERROR_502: (502, "502 Bad Gateway"),
    Kind.ERROR_503: (503, "503 Service Unavailable"),
    Kind.ERROR_504: (504, "504 Gateway Time-out"),
    Kind.ERROR_502_AFTER: (502, "502 Bad Gateway"),
    Kind.ERROR_504_AFTER: (504, "504 Gateway Time-out"),
    Kind.PAGE_FAILED: (500, "500 Internal Server Error"),
}
_STATUS = {
    Kind.SECONDARY: 403,
    Kind.SECONDARY_TIMED: 403,
    Kind.UNAUTHORISED: 401,
    Kind.NOT_FOUND: 404,
    Kind.GONE: 410,
}
_AN_HOUR = 3600


def _answer(service: Service, request: Request, fault: Fault, now: float) -> Response:
    seconds = _AN_HOUR if fault.kind is Kind.LIMITED_LONG else fault.seconds
    after = {"Retry-After": str(seconds)}
    match fault.kind:
        case Kind.LIMITED_PLAIN:
            return plain_answer(429, "Slow down, too many requests from this IP address", after)
        case Kind.LIMITED_EMPTY:
            return Response(429, b"", after)
        case Kind.LIMITED_SILENT:
            return json_answer(_without_time(service.failure(429, seconds)), 429)
        case Kind.LIMITED_UNTIL:
            return json_answer(
                service.failure(429, seconds), 429, {"Retry-After": formatdate(now + seconds, usegmt=True)}
            )
        case Kind.LIMITED_JSON | Kind.LIMITED_LONG:
            return json_answer(service.failure(429, seconds), 429, after)
        case Kind.REDIRECTED:
            return _redirect(request)
    if fault.kind in _PAGES:
        return html_answer(*_PAGES[fault.kind])
    status = _STATUS[fault.kind]
    return json_answer(service.failure(status, seconds), status, after if fault.kind is Kind.SECONDARY_TIMED else {})


def _without_time(failure: Json) -> Json:
    return {name: value for name, value in failure.items() if name != "extras"}


def _redirect(request: Request) -> Response:
    query = f"?{request.query}" if request.query else ""
    location = f"{request.base}{request.path}{query}"
    return json_answer({"message": "Temporary Redirect", "url": location}, 307, {"Location": location})
