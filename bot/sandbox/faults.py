"""What may go wrong between a client and a service, and when it is to go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from threading import Lock

from bot.sandbox.exchange import Request


class Kind(Enum):
    """Every fault; its value is how the log names it. "After" means that the service did what was asked."""

    REFUSED = "connection refused"
    RESET_BEFORE = "reset before"
    RESET_AFTER = "reset after"
    HUNG_BEFORE = "hung before"
    HUNG_AFTER = "hung after"
    ERROR_500 = "500"
    ERROR_502 = "502"
    ERROR_503 = "503"
    ERROR_504 = "504"
    ERROR_502_AFTER = "502 after"
    ERROR_504_AFTER = "504 after"
    LIMITED_JSON = "429 with JSON and Retry-After"
    LIMITED_PLAIN = "429 with plain text and Retry-After"
    LIMITED_SILENT = "429 with JSON that tells no time"
    LIMITED_EMPTY = "429 with Retry-After alone"
    LIMITED_LONG = "429 for an hour"
    LIMITED_UNTIL = "429 with a date as Retry-After"
    SECONDARY = "403 secondary limit"
    SECONDARY_TIMED = "403 secondary limit with Retry-After"
    TRUNCATED_AFTER = "truncated JSON after"
    EMPTY_AFTER = "empty body after"
    ODD_TYPE_AFTER = "content type written otherwise, after"
    REDIRECTED = "307"
    UNAUTHORISED = "401"
    NOT_FOUND = "404"
    GONE = "410"
    LAG_1 = "lists lag for 1 read"
    LAG_2 = "lists lag for 2 reads"
    LAG_3 = "lists lag for 3 reads"
    PAGE_FAILED = "a later page fails"

    @property
    def applied(self) -> bool:
        """Whether the service does what was asked before the fault shows."""
        return self.value.endswith("after") or self.lag > 0

    @property
    def hides_outcome(self) -> bool:
        """Whether the client cannot know if the service did what was asked."""
        return self in _HIDING

    @property
    def lag(self) -> int:
        """For how many reads lists do not show the newest."""
        return {Kind.LAG_1: 1, Kind.LAG_2: 2, Kind.LAG_3: 3}.get(self, 0)


_HIDING = frozenset(
    {
        *(Kind.RESET_BEFORE, Kind.RESET_AFTER, Kind.HUNG_BEFORE, Kind.HUNG_AFTER, Kind.PAGE_FAILED),
        *(Kind.ERROR_500, Kind.ERROR_502, Kind.ERROR_503, Kind.ERROR_504, Kind.ERROR_502_AFTER, Kind.ERROR_504_AFTER),
        *(Kind.TRUNCATED_AFTER, Kind.EMPTY_AFTER, Kind.REDIRECTED),
    }
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request as it arrives: the how-manieth of its service and of all, counted from 1."""

    service: str
    request: Request
    number: int
    overall: int
    writes: bool
    later_page: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: at the `at`-th request (of `service`, or of all) or at those that `when` picks, `times` times.
    A failing page waits from the `at`-th request on for a later page. `seconds` is what 429 and 403 ask for."""

    kind: Kind
    at: int | None = None
    service: str = ""
    when: Callable[[Arrival], bool] | None = None
    times: int = 1
    seconds: int = 1

    def fits(self, arrival: Arrival) -> bool:
        """Whether it is to happen to this request."""
        if self.service and self.service != arrival.service:
            return False
        if self.when and not self.when(arrival):
            return False
        number = arrival.number if self.service else arrival.overall
        if self.kind is Kind.PAGE_FAILED:
            return arrival.later_page and number >= (self.at or 1)
        return self.at is None or number == self.at


class Schedule:
    """The faults still to come. Threads may share it."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        """`faults`: those to begin with."""
        self._lock = Lock()
        self._left = [(fault, fault.times) for fault in faults]

    def add(self, *faults: Fault) -> None:
        """Have these happen too."""
        with self._lock:
            self._left += [(fault, fault.times) for fault in faults]

    def clear(self) -> None:
        """Let nothing happen any more."""
        with self._lock:
            self._left = []

    def due(self, arrival: Arrival) -> Fault | None:
        """The fault for this request, which is then spent once."""
        with self._lock:
            for at, (fault, left) in enumerate(self._left):
                if fault.fits(arrival):
                    self._left[at : at + 1] = [(fault, left - 1)] if left > 1 else []
                    return fault
        return None

    def refusal(self, service: str, number: int, overall: int) -> Fault | None:
        """The refused connection due before the request is known; one that hangs on the request is not."""
        with self._lock:
            for at, (fault, left) in enumerate(self._left):
                counted = number if fault.service else overall
                known = fault.kind is Kind.REFUSED and fault.when is None and fault.service in ("", service)
                if known and fault.at in (None, counted):
                    self._left[at : at + 1] = [(fault, left - 1)] if left > 1 else []
                    return fault
        return None

    @property
    def left(self) -> tuple[Fault, ...]:
        """The faults that did not happen yet."""
        with self._lock:
            return tuple(fault for fault, _ in self._left)
