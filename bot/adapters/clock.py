"""The time of the machine, and waiting."""

from __future__ import annotations

import time


class SystemClock:
    """The clock that delivery waits by outside of tests."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
