"""Rate limits: so many events in so many seconds."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """So many points in a sliding window of so many seconds."""

    most: float
    seconds: float


class Limiter:
    """Keeps account of who spent how much of which limit."""

    def __init__(self) -> None:
        """Nothing is spent yet."""
        self._spent: dict[tuple[Hashable, Limit], deque[tuple[float, float]]] = defaultdict(deque)

    def wait(self, who: Hashable, limit: Limit, now: float, points: float = 1) -> float:
        """The seconds until `points` more fit; 0 where they fit now."""
        events = self._current(who, limit, now)
        over = sum(spent for _, spent in events) + points - limit.most
        for at, spent in events:
            if over <= 0:
                return 0.0
            over -= spent
            if over <= 0:
                return at + limit.seconds - now
        return 0.0 if over <= 0 else limit.seconds

    def spend(self, who: Hashable, limit: Limit, now: float, points: float = 1) -> None:
        """Put `points` on the account."""
        self._current(who, limit, now).append((now, points))

    def left(self, who: Hashable, limit: Limit, now: float) -> float:
        """What may still be spent now."""
        return max(0.0, limit.most - sum(spent for _, spent in self._current(who, limit, now)))

    def _current(self, who: Hashable, limit: Limit, now: float) -> deque[tuple[float, float]]:
        events = self._spent[who, limit]
        while events and events[0][0] <= now - limit.seconds:
            events.popleft()
        return events
